"""The rounds of a day for those who plan them, and one's own round for who drives it."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from luotsi.base.who import Who
from luotsi.domain.bookings import access, rules
from luotsi.domain.bookings.definitions.homerounds import HomeRounds, home_rounds
from luotsi.domain.bookings.models import HomeVisit, RoundPlanning
from luotsi.domain.bookings.queries import roundsday
from luotsi.domain.bookings.queries.roundsday import Loaded, has_begun, minute_of, moment_of
from luotsi.domain.bookings.rules.rounds import Entry, Placed, Trouble, Visit, run_of
from luotsi.domain.events import actions as events
from luotsi.domain.organisation import queries as organisation
from luotsi.domain.organisation.rules import NotAllowed, check_may, sees_unit
from luotsi.domain.people import access as people_access
from luotsi.domain.people import queries as people
from luotsi.domain.people.queries import Person

READ = "round.read"


@dataclass(frozen=True)
class VisitView:
    """A home visit. `given_at` is the time that the resident was told, None before; a protection order hides the place.

    `state` is that of the given time; `is_known` whether whoever is to come is the own worker or was there before.
    """

    id: UUID
    person: Person
    day: date
    offering: str
    reason: str
    minutes: int
    earliest: time
    latest: time
    staff: UUID | None
    starts_at: datetime | None
    is_pinned: bool
    is_urgent: bool
    is_known: bool
    own_worker: UUID | None
    why_left: str
    booking: UUID | None
    slot: UUID | None
    given_at: datetime | None
    given_to: UUID | None
    state: str
    has_begun: bool

    @property
    def is_changed(self) -> bool:
        """Whether the resident has not yet been told what is laid now."""
        return (self.given_at, self.given_to) != (self.starts_at, self.staff)


@dataclass(frozen=True)
class Stop:
    """One thing of a round: a visit with the drive to it, the lunch, or the drive back."""

    kind: str
    starts_at: datetime
    ends_at: datetime
    drive_minutes: int
    visit: VisitView | None
    troubles: tuple[Trouble, ...]


@dataclass(frozen=True)
class Round:
    """A worker's day. `is_away`: they still have visits, but are not at work."""

    staff: UUID
    name: str
    begins_at: datetime | None
    ends_at: datetime | None
    stops: tuple[Stop, ...]

    @property
    def is_away(self) -> bool:
        return self.begins_at is None

    @property
    def drive_minutes(self) -> int:
        return sum(one.drive_minutes for one in self.stops)

    @property
    def visits(self) -> int:
        return sum(one.visit is not None for one in self.stops)


@dataclass(frozen=True)
class RoundsDay:
    """A unit's day. `left` have no place; `changes` is what giving the times would do."""

    unit: str
    on: date
    rounds: tuple[Round, ...]
    left: tuple[VisitView, ...]
    planning: RoundPlanning | None
    changes: Counter[str]

    @property
    def visits(self) -> int:
        return sum(one.visits for one in self.rounds) + len(self.left)

    @property
    def is_being_laid(self) -> bool:
        return self.planning is not None and self.planning.ended_at is None


def units_with_rounds(viewer: Who) -> list[str]:
    """The viewer's units that make home visits by rounds."""
    return sorted(unit for unit in viewer.units if unit in home_rounds())


def day_of(*, viewer: Who, unit: str, day: date, at: datetime) -> RoundsDay:
    """The rounds of the unit's day. Raises NotAllowed."""
    whole = _day(viewer, unit, day, at)
    _saw(viewer, _all_of(whole), unit)
    return whole


def own_round(*, viewer: Who, day: date, at: datetime) -> Round | None:
    """The viewer's own round as the residents were told it; None when they have no rounds. Raises NotAllowed."""
    check_may(viewer, READ)
    for unit in units_with_rounds(viewer):
        loaded = roundsday.load(home_rounds()[unit], day, at=at)
        views = {key: one for key, one in _views(loaded, viewer, at=at).items() if _is_mine(one, viewer)}
        found = next((one for one in _rounds(loaded, views, as_told=True) if one.staff == viewer.id), None)
        if found is not None:
            _saw(viewer, views.values(), unit)
            return found
    return None


def visit(visit_id: UUID, *, viewer: Who, at: datetime) -> tuple[VisitView, RoundsDay]:
    """One visit, and the day that it is in for who is at work. Raises NotAllowed."""
    row = HomeVisit.objects.filter(id=visit_id, cancelled_at=None).exclude(booking__cancelled_by="resident").first()
    if row is None:
        raise NotAllowed("there is no such visit for this viewer")
    people_access.check_relationship(viewer, row.resident_id, register=access.register_of(row.unit_id))
    whole = _day(viewer, row.unit_id, row.day, at)
    found = next(one for one in _all_of(whole) if one.id == visit_id)
    _saw(viewer, [found], row.unit_id)
    return found, whole


def visits_of(resident: UUID, *, viewer: Who, after: date) -> list[HomeVisit]:
    """The resident's visits from that day on, the nearest first. Raises NotAllowed."""
    check_may(viewer, READ)
    units = units_with_rounds(viewer)
    rows = list(
        HomeVisit.objects.filter(resident=resident, unit__in=units, day__gte=after, cancelled_at=None)
        .exclude(booking__cancelled_by="resident")
        .select_related("staff", "booking")
        .order_by("day", "earliest", "id")[:60]
    )
    if rows:
        people_access.check_relationship(viewer, resident)
    return rows


def _day(viewer: Who, unit: str, day: date, at: datetime) -> RoundsDay:
    rounds = _checked(viewer, unit)
    loaded = roundsday.load(rounds, day, at=at)
    views = _views(loaded, viewer, at=at)
    left = tuple(view for view in views.values() if view.staff is None)
    plannings = RoundPlanning.objects.filter(unit=unit, day=day).order_by("-asked_at")
    return RoundsDay(unit, day, _rounds(loaded, views), left, plannings.first(), _changes(views.values(), at))


def _checked(viewer: Who, unit: str) -> HomeRounds:
    check_may(viewer, READ)
    if unit not in home_rounds() or not sees_unit(viewer, unit):
        raise NotAllowed("another unit's rounds")
    return home_rounds()[unit]


def _is_mine(one: VisitView, viewer: Who) -> bool:
    return one.given_to == viewer.id and one.state in {"made", "held", "missed"}


def _views(loaded: Loaded, viewer: Who, *, at: datetime) -> dict[UUID, VisitView]:
    known = {one.id: one.familiar for one in loaded.day.visits}
    persons = {key: people.shown(person, viewer) for key, person in loaded.persons.items()}
    return {row.id: _view(row, persons[row.resident_id], known[row.id], at) for row in loaded.rows}


def _view(row: HomeVisit, person: Person, familiar: Collection[UUID], at: datetime) -> VisitView:
    given = row.booking if row.booking and not row.booking.cancelled_at else None
    return VisitView(
        id=row.id, person=person, day=row.day, offering=row.offering, reason=row.reason, minutes=row.minutes,
        earliest=row.earliest, latest=row.latest, staff=row.staff_id, starts_at=row.starts_at,
        is_pinned=row.is_pinned, is_urgent=row.is_urgent, is_known=row.staff_id in familiar,
        own_worker=row.own_worker_id, why_left=row.why_left, booking=given.id if given else None,
        slot=given.slot_id if given else None,
        given_at=given.slot.starts_at if given else None, given_to=given.slot.staff_id if given else None,
        state=rules.booking_state(rules.moments_of(given)) if given else "", has_begun=has_begun(row, at=at),
    )  # fmt: skip


def _rounds(loaded: Loaded, views: dict[UUID, VisitView], *, as_told: bool = False) -> tuple[Round, ...]:
    """The day of everybody who is at work or still has visits. `as_told`: by the times that were given."""
    places = {key: _place(one, loaded.on, as_told=as_told) for key, one in views.items()}
    at_work = {one.id: one for one in loaded.day.workers}
    staff = {*at_work, *(place.staff for place in places.values() if place)}
    names = organisation.names_of(staff)
    found = []
    for one in sorted(staff, key=lambda key: (names.get(key, ""), str(key))):
        mine = [(visit, place) for visit in loaded.day.visits if (place := places.get(visit.id)) and place.staff == one]
        worker = at_work.get(one)
        entries = run_of(worker, mine, drive=loaded.day.drive) if worker else _as_they_are(mine)
        begins, ends = (
            (moment_of(minute, loaded.on) for minute in (worker.begins, worker.ends)) if worker else (None,) * 2
        )
        stops = tuple(_stop(entry, views, loaded.on) for entry in entries)
        found.append(Round(one, names.get(one, ""), begins, ends, stops))
    return tuple(found)


def _place(one: VisitView, day: date, *, as_told: bool) -> Placed | None:
    staff, starts_at = (one.given_to, one.given_at) if as_told else (one.staff, one.starts_at)
    return Placed(staff, minute_of(starts_at, day)) if staff and starts_at else None


def _as_they_are(visits: Iterable[tuple[Visit, Placed]]) -> list[Entry]:
    """The visits of somebody who is not at work after all: nothing is driven."""
    ordered = sorted(visits, key=lambda one: one[1].starts)
    return [Entry("visit", place.starts, place.starts + one.minutes, 0, one.id) for one, place in ordered]


def _stop(entry: Entry, views: dict[UUID, VisitView], day: date) -> Stop:
    return Stop(
        entry.kind, moment_of(entry.starts, day), moment_of(entry.ends, day), entry.drive_minutes,
        views[entry.visit] if entry.visit else None, entry.troubles,
    )  # fmt: skip


def _all_of(whole: RoundsDay) -> list[VisitView]:
    return [*whole.left, *(stop.visit for one in whole.rounds for stop in one.stops if stop.visit)]


def _changes(views: Iterable[VisitView], at: datetime) -> Counter[str]:
    """What giving the times would do: new ones, others, and those given up."""
    found: Counter[str] = Counter()
    for one in views:
        is_past = one.starts_at is not None and one.starts_at <= at
        if one.has_begun or is_past or not one.is_changed:
            continue
        found["cancelled" if one.staff is None else "given" if one.given_at is None else "moved"] += 1
    return found


def _saw(viewer: Who, views: Iterable[VisitView], unit: str) -> None:
    residents = {one.person.id for one in views}
    if residents:
        events.saw(viewer, residents=residents, what="list", register=access.register_of(unit))
