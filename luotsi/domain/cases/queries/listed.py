"""Which cases stand on a list, in what state and order: light, so that a list of a thousand costs little.

Five queries whatever the length. The page then asks `worklist(only=…)` for the cases that it shows.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol, TypeVar
from uuid import UUID

from luotsi.base.now import today
from luotsi.base.text import sort_key
from luotsi.base.who import Who
from luotsi.domain.bookings import queries as bookings
from luotsi.domain.bookings.rules import BookingState
from luotsi.domain.cases import access, rules
from luotsi.domain.cases.definitions import case_kinds
from luotsi.domain.cases.models import Assessment, CaseBooking
from luotsi.domain.clocks import queries as clocks
from luotsi.domain.people import access as people
from luotsi.domain.people.rules import is_protected


@dataclass(frozen=True)
class Listed:
    """One open case, as far as its place on a list depends on it. `steps_taken` grows with each judgement and time."""

    id: UUID
    resident_name: str
    opened_at: datetime
    state: rules.CaseState
    due: date | None
    has_danger: bool
    steps_taken: int
    is_protected: bool


def listed(*, viewer: Who, units: Collection[str], words: str = "", sort: str = "due") -> list[Listed]:
    """Open cases of these units that the viewer may see, in order; `sort` and `words` as in `worklist`."""
    on, hides = today(), people.hides_names(viewer)
    cases = access.listed_to(viewer).open_in(units).with_visits()
    columns = (
        "id",
        "kind",
        "opened_at",
        "is_visited",
        "resident__last_name",
        "resident__first_name",
        "contact__has_danger",
        "resident__protected_from",
        "resident__protected_until",
    )
    named = [(row, _name(row, is_hidden=hides and is_protected(*row[7:9], on))) for row in cases.values_list(*columns)]
    rows = [(*row[:4], name, *row[6:]) for row, name in named if is_named(name, words)]
    kinds = {row[0]: row[1] for row in rows}
    effects, times, due = _effects(kinds), _bookings(kinds), clocks.earliest_due(kinds)
    return in_order(
        [
            Listed(
                id=case,
                resident_name=name,
                opened_at=opened_at,
                state=rules.case_state(rules.CaseFacts(False, effects[case], times[case], is_visited)),
                due=due.get(case),
                has_danger=bool(has_danger),
                steps_taken=len(effects[case]) + len(times[case]),
                is_protected=is_protected(since, until, on),
            )
            for case, _, opened_at, is_visited, name, has_danger, since, until in rows
        ],
        sort,
    )


def _name(row: tuple[Any, ...], *, is_hidden: bool) -> str:
    return "" if is_hidden else f"{row[4]} {row[5]}"


class Placed(Protocol):
    """What a list is ordered by."""

    @property
    def id(self) -> UUID: ...
    @property
    def resident_name(self) -> str: ...
    @property
    def opened_at(self) -> datetime: ...
    @property
    def state(self) -> rules.CaseState: ...
    @property
    def due(self) -> date | None: ...
    @property
    def has_danger(self) -> bool: ...


P = TypeVar("P", bound=Placed)
_ORDER = {"new": 0, "urgent": 1, "assessed": 2, "offered": 3, "booked": 4, "visited": 5, "closed": 6}


def in_order(rows: Iterable[P], sort: str) -> list[P]:
    """By due, opened, name or state, with a leading "-" for the other way; the older one first where these are even.

    In the order of what is due, an unread contact that told of a danger sign stands before all others.
    """
    keys = {
        "due": lambda row: (not (row.has_danger and row.state == "new"), row.due or date.max, row.opened_at, row.id),
        "opened": lambda row: (row.opened_at, row.id),
        "name": lambda row: (sort_key(row.resident_name), row.opened_at, row.id),
        "state": lambda row: (_ORDER[row.state], row.due or date.max, row.opened_at, row.id),
    }
    key = keys.get(sort.removeprefix("-"), keys["due"])
    return sorted(rows, key=key, reverse=sort.startswith("-"))


def count_by_state(rows: Iterable[Placed]) -> dict[str, int]:
    return dict(Counter(row.state for row in rows))


def is_named(name: str, words: str) -> bool:
    """Whether every word is a part of the name."""
    return all(word in name.casefold() for word in words.casefold().split())


def _effects(kinds: dict[UUID, str]) -> dict[UUID, list[str]]:
    """What each case's assessments decided, in order."""
    found: dict[UUID, list[str]] = defaultdict(list)
    judged = Assessment.objects.filter(case_id__in=kinds).order_by("assessed_at").values_list("case_id", "outcome")
    for case, outcome in judged:
        found[case].append(case_kinds()[kinds[case]].outcome(outcome).effect)
    return found


def _bookings(kinds: dict[UUID, str]) -> dict[UUID, list[BookingState]]:
    """Where the times of each case stand."""
    found: dict[UUID, list[BookingState]] = defaultdict(list)
    links = list(CaseBooking.objects.filter(case_id__in=kinds).values_list("case_id", "booking_id"))
    states = bookings.states([booking for _, booking in links])
    for case, booking in links:
        found[case].append(states[booking])
    return found
