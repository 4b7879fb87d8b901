"""A unit's day of home visits as the rules know it: who is at work, what is to be done where, and what stands.

For actions and for the queries of pages: nobody's right is asked here.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from luotsi.base.dates import start_of
from luotsi.domain.bookings.actions.generating import draft_of
from luotsi.domain.bookings.definitions.homerounds import HomeRounds, Point
from luotsi.domain.bookings.models import Booking, CalendarChange, HomeVisit, Plan
from luotsi.domain.bookings.rules.plans import sessions
from luotsi.domain.bookings.rules.rounds import STEP, Day, Drive, Placed, Visit, Worker
from luotsi.domain.organisation import queries as organisation
from luotsi.domain.people import queries as people
from luotsi.domain.people.queries import Person

_LOOKS_BACK = timedelta(days=90)  # whoever came in these days is known to the resident
_NOTICE = timedelta(minutes=15)  # a day that is planned anew begins so much later than now


@dataclass(frozen=True)
class Loaded:
    """The rows of the day, who they are of, and the problem that the rules solve."""

    rounds: HomeRounds
    on: date
    rows: tuple[HomeVisit, ...]
    persons: dict[UUID, Person]
    day: Day
    professions: dict[UUID, str]

    @property
    def by_id(self) -> dict[UUID, HomeVisit]:
        return {row.id: row for row in self.rows}


def load(rounds: HomeRounds, day: date, *, at: datetime) -> Loaded:
    """The unit's day. Visits that have begun stay where they are; the others can begin from a little after `at`."""
    rows = list(needed(rounds.unit, day).select_related("booking__slot"))
    rows.sort(key=lambda row: (row.earliest, row.made_at, str(row.id)))
    persons = people.persons({row.resident_id for row in rows})
    professions, workers = _workers(rounds, day)
    able = _able(rounds, professions, day)
    known, busy = _known(rows, day), _busy(rows, day)
    visits = tuple(_visit(row, able, known[row.resident_id], busy[row.resident_id], at=at) for row in rows)
    whole = Day(
        visits, workers, _drive(rounds, rows, persons), own_worker_minutes=rounds.weights.own_worker_minutes,
        same_worker_minutes=rounds.weights.same_worker_minutes,
    )  # fmt: skip
    return Loaded(rounds, day, tuple(rows), persons, whole, professions)


def needed(unit: str, day: date) -> QuerySet[HomeVisit]:
    """The visits of the day that are needed still: neither cancelled nor given up by the resident."""
    rows = HomeVisit.objects.filter(unit=unit, day=day, cancelled_at=None)
    return rows.exclude(booking__cancelled_by="resident")


def minute_of(moment: datetime, day: date) -> int:
    """Minutes that have passed since the day began in Finland: an hour less or more when the clock is changed."""
    return int((moment - start_of(day)).total_seconds() // 60)


def moment_of(minute: int, day: date) -> datetime:
    return start_of(day) + timedelta(minutes=minute)


def has_begun(row: HomeVisit, *, at: datetime) -> bool:
    """Whether the visit cannot be moved any more: it is going on, was held or missed, or its time has come."""
    if row.booking is None or row.starts_at is None:
        return False
    given = row.booking
    is_over = bool(given.held_at or given.began_at or given.arrived_at or given.no_show_at)
    return is_over or given.slot.starts_at <= at


def _visit(
    row: HomeVisit, able: dict[str, frozenset[UUID]], known: frozenset[UUID], busy: Sequence[tuple[int, int]], *,
    at: datetime,
) -> Visit:  # fmt: skip
    earliest, latest = (minute_of(start_of(row.day, hour), row.day) for hour in (row.earliest, row.latest))
    placed = Placed(row.staff_id, minute_of(row.starts_at, row.day)) if row.staff_id and row.starts_at else None
    is_fixed = row.is_pinned or has_begun(row, at=at)
    soonest = minute_of(at + _NOTICE, row.day)
    if soonest > earliest and not is_fixed:
        earliest, latest = -(-soonest // STEP) * STEP, max(latest, -(-soonest // STEP) * STEP)
    return Visit(
        id=row.id, minutes=row.minutes, earliest=earliest, latest=latest,
        able=able.get(row.offering, frozenset()), known=known, own=row.own_worker_id, is_urgent=row.is_urgent,
        told=_told(row), pinned=placed if is_fixed else None, busy=tuple(busy),
    )  # fmt: skip


def _told(row: HomeVisit) -> Placed | None:
    slot = row.booking.slot if row.booking and not row.booking.cancelled_at else None
    return Placed(slot.staff_id, minute_of(slot.starts_at, row.day)) if slot and slot.staff_id else None


def _workers(rounds: HomeRounds, day: date) -> tuple[dict[UUID, str], tuple[Worker, ...]]:
    """Who is on the rounds, by what they are, and their hours: their plans, less absences and what is closed."""
    plans = Plan.objects.filter(
        unit=rounds.unit, ended_at=None, valid_from__lte=day, valid_to__gte=day, staff__isnull=False,
        offerings__overlap=list(rounds.offerings),
    ).order_by("staff__name", "id")  # fmt: skip
    hours: dict[UUID, tuple[datetime, datetime]] = {}
    professions: dict[UUID, str] = {}
    for plan in plans:
        for start, end in sessions(draft_of(plan), opened={day}):  # care at home knows no holidays
            if start_of(day) <= start < start_of(day + timedelta(days=1)):
                first, last = hours.get(plan.staff_id, (start, end))
                hours[plan.staff_id] = (min(first, start), max(last, end))
                professions[plan.staff_id] = plan.profession
    away = organisation.away_on(hours, on=day)
    closed = _closed(rounds.unit, hours, day)
    found = [
        _worker(rounds, day, staff, span)
        for staff, at_work in hours.items()
        if staff not in away and (span := _less(at_work, closed[staff]))
    ]
    return professions, tuple(found)


def _worker(rounds: HomeRounds, day: date, staff: UUID, span: tuple[datetime, datetime]) -> Worker:
    begins, ends = (minute_of(moment, day) for moment in span)
    lunch = rounds.lunch
    has_lunch = lunch.minutes and ends - begins >= lunch.from_hours * 60
    first, last = (minute_of(start_of(day, hour), day) for hour in (lunch.earliest, lunch.latest))
    return Worker(staff, begins, ends, (first, last, lunch.minutes) if has_lunch else None)


def _able(rounds: HomeRounds, professions: dict[UUID, str], day: date) -> dict[str, frozenset[UUID]]:
    """By offering, the workers who give it: of its professions, with its qualifications on that day."""
    held = organisation.qualifications_of(professions, first=day)
    return {
        key: frozenset(
            staff
            for staff, profession in professions.items()
            if profession in one.professions and set(one.qualifications) <= held.get(staff, frozenset())
        )
        for key, one in rounds.given.items()
    }


def _closed(unit: str, staff: Iterable[UUID], day: date) -> dict[UUID, list[tuple[datetime, datetime]]]:
    rows = CalendarChange.objects.filter(
        Q(staff__in=list(staff)) | Q(unit=unit, staff=None, resource=None), opens=False, ended_at=None,
        starts_at__lt=start_of(day + timedelta(days=1)), ends_at__gt=start_of(day),
    )  # fmt: skip
    found: dict[UUID, list[tuple[datetime, datetime]]] = defaultdict(list)
    everybody = list(staff)
    for row in rows:
        for one in [row.staff_id] if row.staff_id else everybody:
            found[one].append((row.starts_at, row.ends_at))
    return found


def _less(
    span: tuple[datetime, datetime], closed: Iterable[tuple[datetime, datetime]]
) -> tuple[datetime, datetime] | None:
    """What is left of the hours at their longest; None when nothing is."""
    parts = [span]
    for start, end in closed:
        cut = [part for first, last in parts for part in ((first, min(last, start)), (max(first, end), last))]
        parts = [(first, last) for first, last in cut if first < last]
    return max(parts, key=lambda part: part[1] - part[0], default=None)


def _known(rows: Iterable[HomeVisit], day: date) -> dict[UUID, frozenset[UUID]]:
    """By resident, the workers who were at their home lately. One query."""
    before = Booking.objects.filter(
        resident_id__in={row.resident_id for row in rows}, slot__mode="home", slot__starts_at__lt=start_of(day),
        slot__starts_at__gte=start_of(day) - _LOOKS_BACK, cancelled_at=None, accepted_at__isnull=False,
    )  # fmt: skip
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for resident, staff in before.values_list("resident_id", "slot__staff_id"):
        found[resident].add(staff)
    return defaultdict(frozenset, {resident: frozenset(staff) for resident, staff in found.items()})


def _busy(rows: Collection[HomeVisit], day: date) -> dict[UUID, list[tuple[int, int]]]:
    """By resident, when they have something else that day. One query."""
    others = Booking.objects.filter(
        resident_id__in={row.resident_id for row in rows}, slot__starts_at__lt=start_of(day + timedelta(days=1)),
        slot__ends_at__gt=start_of(day), cancelled_at=None, declined_at=None, no_show_at=None,
    ).exclude(id__in=[row.booking_id for row in rows if row.booking_id])  # fmt: skip
    found: dict[UUID, list[tuple[int, int]]] = defaultdict(list)
    for resident, starts_at, ends_at in others.values_list("resident_id", "slot__starts_at", "slot__ends_at"):
        found[resident].append((minute_of(starts_at, day), minute_of(ends_at, day)))
    return found


def _drive(rounds: HomeRounds, rows: Iterable[HomeVisit], persons: dict[UUID, Person]) -> Drive:
    points = {row.id: _point(row, rounds, persons.get(row.resident_id)) for row in rows}
    homes = {row.id: row.resident_id for row in rows}

    def minutes(start: Visit | None, end: Visit | None) -> int:
        if start and end and homes[start.id] == homes[end.id]:
            return 0
        a, b = (points[one.id] if one else rounds.start for one in (start, end))
        return rounds.travel.minutes(a, b)

    return minutes


def _point(row: HomeVisit, rounds: HomeRounds, person: Person | None) -> Point | None:
    """Where the home is, as far as it is known; nowhere for somebody under a protection order."""
    if person is None or person.is_protected:
        return None
    if row.northing is not None and row.easting is not None:
        return Point(northing=row.northing, easting=row.easting)
    return rounds.middle_of(person.postal_code)
