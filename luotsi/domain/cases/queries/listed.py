"""Which cases stand on a list, in what state and order: light, so that a list of two thousand costs little.

Two statements whatever the length, or fewer when the list is remembered. The page then asks `named` for the cases that
it shows.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime
from typing import Any, Protocol, TypeVar
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import TextField
from django.db.models.functions import Cast

from luotsi.base.text import sort_key
from luotsi.base.who import Who
from luotsi.domain.cases import access, rules
from luotsi.domain.cases.queries import remembered
from luotsi.domain.cases.queries.gathered import Listed, gathered
from luotsi.domain.people import access as people


def listed(*, viewer: Who, units: Collection[str], words: str = "", sort: str = "due") -> list[Listed]:
    """Open cases of these units that the viewer may see, in order; `sort` and `words` as in `worklist`.

    Which they are is asked as the viewer. What hangs on them is then gathered by the system, for these cases alone. A
    list that is remembered and still holds is not asked again.
    """
    order = sort if sort.removeprefix("-") in _KEYS else "due"
    held = remembered.standing(viewer=viewer, units=units)
    rows = held.in_order(order, _placed) if held else _placed(_asked(viewer, units), order)
    return [row for row in rows if is_named(row.resident_name, words)] if words else rows


def _asked(viewer: Who, units: Collection[str]) -> list[Listed]:
    # As text: nothing is done with two thousand ids here but to send them back.
    cases = access.listed_to(viewer).open_in(units).order_by()
    ids = cases.aggregate(ids=Cast(ArrayAgg("id"), TextField()))["ids"] or "{}"
    return gathered(ids, hides=people.hides_names(viewer))


def _placed(rows: Iterable[Listed], sort: str) -> list[Listed]:
    return sorted(rows, key=_KEYS[sort.removeprefix("-")], reverse=sort.startswith("-"))


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
_STATES: tuple[rules.CaseState, ...] = (
    "new", "urgent", "under_way", "assessed", "arranged", "offered", "booked", "visited", "closed",
)  # fmt: skip
_ORDER: dict[str, int] = {state: place for place, state in enumerate(_STATES)}


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


_KEYS: dict[str, Callable[[Listed], Any]] = {
    "due": lambda row: (row.place, row.due or date.max, row.opened_at, row.id),
    "opened": lambda row: (row.opened_at, row.id),
    "name": lambda row: (sort_key(row.resident_name), row.opened_at, row.id),
    "state": lambda row: (_ORDER[row.state], row.due or date.max, row.opened_at, row.id),
}


def count_by_state(rows: Iterable[Placed]) -> dict[str, int]:
    return dict(Counter(row.state for row in rows))


def is_named(name: str, words: str) -> bool:
    """Whether every word is a part of the name; a hidden name, "", is found by none."""
    return all(word in name.casefold() for word in words.casefold().split())
