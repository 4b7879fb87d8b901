"""Lists of cases: a team's open ones and a resident's own. Four or five queries whatever the length."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from uuid import UUID

from luotsi.base.dates import age_if_known
from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.bookings import queries as bookings
from luotsi.domain.cases import access, rules
from luotsi.domain.cases.definitions import case_kinds
from luotsi.domain.cases.models import Assessment, Case, CaseBooking
from luotsi.domain.cases.queries import remembered
from luotsi.domain.cases.queries.gathered import Listed
from luotsi.domain.cases.queries.listed import in_order, is_named
from luotsi.domain.clocks import queries as clocks
from luotsi.domain.clocks.queries import ClockChip
from luotsi.domain.events import actions as events
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.people import access as people


@dataclass(frozen=True)
class WorklistRow:
    """One open case on a team's list. `due` is the earliest limit that still runs, `time` the offered or booked time.

    `has_danger`: the resident answered that something dangerous is going on. The list marks it, and shows it first
    until it is read. `is_protected`: a protection order hides where the person can be found; `resident_name` is ""
    for a reader who has no relationship with them. `responsible_name` is "" while it is nobody's. `listed` is the line
    of the light list to which it belongs, where it was asked for by that.
    """

    id: UUID
    resident_name: str
    age: int | None
    kind: str
    service: str
    unit: str
    channel: str
    opened_at: datetime
    state: rules.CaseState
    chips: tuple[ClockChip, ...]
    due: date | None
    time: bookings.BookingView | None
    has_danger: bool
    is_protected: bool
    responsible: UUID | None = None
    responsible_name: str = ""
    listed: Listed | None = None


@dataclass(frozen=True)
class MatterRow:
    """One matter as its resident sees it. `time` is the offered or booked time, if there is one."""

    id: UUID
    kind: str
    service: str
    unit: str
    opened_at: datetime
    state: rules.CaseState
    chips: tuple[ClockChip, ...]
    time: bookings.BookingView | None


def worklist(
    *,
    viewer: Who,
    units: Collection[str],
    at: datetime,
    state: str = "",
    words: str = "",
    sort: str = "due",
    only: Collection[UUID] | None = None,
) -> list[WorklistRow]:
    """Open cases of these units that the viewer may see.

    `sort` is due, opened, name or state, with a leading "-" for the other way; `words` are looked for in the name.
    `only` these: a long list asks `listed` first which ones stand on the page.
    """
    cases = access.listed_to(viewer).open_in(units).with_visits()
    cases = cases.select_related("resident", "contact", "responsible")
    cases = cases if only is None else cases.filter(id__in=only)
    hides = people.hides_names(viewer)
    shown = [case for case in cases if is_named(_name(case, at, hides=hides), words)]
    rows = [_worklist_row(case, known, at, hides=hides) for case, known in with_facts(shown)]
    rows = [row for row in rows if not state or row.state == state]
    for register, residents in _by_register([case for case in shown if _name(case, at, hides=hides)]).items():
        events.saw(viewer, residents=residents, what="list", register=register, ground="team")
    return in_order(rows, sort)


def named(*, viewer: Who, units: Collection[str], among: Sequence[Listed], at: datetime) -> list[WorklistRow]:
    """These lines of the light list of the units whole, in their order."""
    held = remembered.standing(viewer=viewer, units=units)
    if held is None:
        found = {row.id: row for row in worklist(viewer=viewer, units=units, at=at, only=[row.id for row in among])}
    else:
        seen = remembered.through_the_wall([row.id for row in among])
        among = [row for row in among if row.id in seen]
        found = held.whole([row.id for row in among], partial(_whole, hides=people.hides_names(viewer), at=at))
        for register, rows in _shown_by_register(among).items():
            residents = [row.resident for row in rows if row.resident_name]
            events.saw(viewer, residents=residents, what="list", register=register, ground="team")
    return [replace(found[row.id], listed=row) for row in among if row.id in found]


def _whole(ids: Sequence[UUID], *, hides: bool, at: datetime) -> dict[UUID, WorklistRow]:
    """What the lists of everybody who may see these open cases show of them."""
    with as_system(savepoint=False):
        cases = Case.objects.filter(id__in=ids, closed_at=None).with_visits()
        cases = cases.select_related("resident", "contact", "responsible")
        return {case.id: _worklist_row(case, known, at, hides=hides) for case, known in with_facts(list(cases))}


def _shown_by_register(rows: Iterable[Listed]) -> dict[str, list[Listed]]:
    found: dict[str, list[Listed]] = defaultdict(list)
    for row in rows:
        found[row.register].append(row)
    return found


def _by_register(cases: Sequence[Case]) -> dict[str, list[UUID]]:
    found: dict[str, list[UUID]] = defaultdict(list)
    for case in cases:
        found[case.register].append(case.resident_id)
    return found


def my_matters(*, viewer: Who, is_closed: bool = False) -> list[MatterRow]:
    """A resident's own matters, newest first."""
    cases = access.visible_to(viewer).with_visits().filter(closed_at__isnull=not is_closed).order_by("-opened_at", "id")
    shown = list(cases[:200])
    for register, residents in _by_register(shown).items():
        events.saw(viewer, residents=residents, what="list", register=register, ground=viewer.ground or "own")
    return [_matter_row(case, known) for case, known in with_facts(shown)]


@dataclass(frozen=True)
class Known:
    effects: tuple[str, ...]
    times: tuple[bookings.BookingView, ...]
    chips: tuple[ClockChip, ...]
    is_visited: bool

    @property
    def waiting_time(self) -> bookings.BookingView | None:
        return next((time for time in reversed(self.times) if time.state in {"offered", "made"}), None)


def with_facts(cases: Sequence[Case]) -> list[tuple[Case, Known]]:
    """Each case with its assessments, times and clocks: three or four queries for all. Takes cases `with_visits()`."""
    ids = [case.id for case in cases]
    outcomes: dict[UUID, list[str]] = defaultdict(list)
    judged = Assessment.objects.filter(case_id__in=ids).order_by("assessed_at", "id").values_list("case_id", "outcome")
    for case_id, outcome in judged:
        outcomes[case_id].append(outcome)
    links = list(CaseBooking.objects.filter(case_id__in=ids).order_by("id").values_list("case_id", "booking_id"))
    given = bookings.bookings([booking for _, booking in links]) if links else {}
    times: dict[UUID, list[bookings.BookingView]] = defaultdict(list)
    for case_id, booking in links:
        times[case_id].append(given[booking])
    chips = clocks.clocks_of(ids)
    effects = {case.id: tuple(case_kinds()[case.kind].effects(outcomes[case.id])) for case in cases}
    return [
        (case, Known(effects[case.id], tuple(times[case.id]), tuple(chips.get(case.id, ())), case.is_visited))
        for case in cases
    ]


def state_with(case: Case, known: Known) -> rules.CaseState:
    facts = rules.CaseFacts(
        is_closed=case.closed_at is not None,
        effects=known.effects,
        bookings=[time.state for time in known.times],
        is_visited=known.is_visited,
    )
    return rules.case_state(facts)


def _worklist_row(case: Case, known: Known, at: datetime, *, hides: bool) -> WorklistRow:
    return WorklistRow(
        id=case.id,
        resident_name=_name(case, at, hides=hides),
        age=age_if_known(case.resident.birth_date, local_day(at)),
        kind=case.kind,
        service=case.service,
        unit=case.unit_id,
        channel=case.contact.channel if case.contact else "",
        opened_at=case.opened_at,
        state=state_with(case, known),
        chips=known.chips,
        due=min((chip.due for chip in known.chips if chip.is_running and chip.due), default=None),
        time=known.waiting_time,
        has_danger=_has_danger(case),
        is_protected=case.resident.is_protected(local_day(at)),
        responsible=case.responsible_id,
        responsible_name=case.responsible.name if case.responsible else "",
    )


def _has_danger(case: Case) -> bool:
    """The resident answered so, or a worker who spoke with them wrote it down."""
    return case.contact is not None and bool(case.contact.has_danger)


def _matter_row(case: Case, known: Known) -> MatterRow:
    return MatterRow(
        id=case.id,
        kind=case.kind,
        service=case.service,
        unit=case.unit_id,
        opened_at=case.opened_at,
        state=state_with(case, known),
        chips=known.chips,
        time=known.waiting_time,
    )


def _name(case: Case, at: datetime, *, hides: bool) -> str:
    """ "" where a protection order holds and the reader has no relationship with the person."""
    is_hidden = hides and case.resident.is_protected(local_day(at))
    return "" if is_hidden else f"{case.resident.last_name} {case.resident.first_name}"
