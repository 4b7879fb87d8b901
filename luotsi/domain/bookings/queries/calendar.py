"""Calendars for those who plan them: a week of a unit, its plans, and who is booked when something closes."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as clock
from uuid import UUID

from django.db.models import F, Q, QuerySet

from luotsi.base.dates import start_of
from luotsi.base.who import Who
from luotsi.domain.bookings.definitions import offerings
from luotsi.domain.bookings.models import Booking, CalendarChange, Plan, Slot
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.organisation.rules import NotAllowed, check_may, sees_unit

_CHOICES = 6
_MOST_FREE = 600


@dataclass(frozen=True)
class Closing:
    """What is closed, from one moment to another: a worker's times in the unit, a thing's, those of one plan, or the
    whole unit's.
    """

    unit: str
    starts_at: datetime
    ends_at: datetime
    staff: UUID | None = None
    resource: UUID | None = None
    plan: UUID | None = None


@dataclass(frozen=True)
class Time:
    """One time of a calendar. `free` places of `capacity`; a closed one says so."""

    id: UUID
    unit: str
    staff: UUID | None
    name: str
    profession: str
    offering: str
    mode: str
    starts_at: datetime
    ends_at: datetime
    capacity: int
    taken: int
    is_closed: bool

    @property
    def is_free(self) -> bool:
        return not self.is_closed and self.taken < self.capacity


@dataclass(frozen=True)
class PlanView:
    id: UUID
    unit: str
    staff: UUID | None
    name: str
    profession: str
    offerings: tuple[str, ...]
    recurrence: str
    begins: clock
    ends: clock
    valid_from: date
    valid_to: date
    slot_minutes: int
    buffer_minutes: int
    mode: str
    resource: UUID | None
    resources: tuple[UUID, ...]


@dataclass(frozen=True)
class Booked:
    """A booked time inside what closes, and the free times to which it could move, the nearest first. `is_answered`:
    the resident has taken it; else it is offered only, and moving it offers them another one.

    Who is booked is not told here: whoever plans calendars has no reason to read it.
    """

    id: UUID
    time: Time
    offering: str
    choices: tuple[Time, ...]
    is_answered: bool


def week(*, viewer: Who, unit: str, after: datetime, before: datetime, staff: UUID | None = None) -> list[Time]:
    """The unit's times that begin between the two moments, by worker. One query. Raises NotAllowed."""
    _check(viewer, unit)
    rows = Slot.objects.filter(unit=unit, starts_at__gte=after, starts_at__lt=before)
    rows = rows.filter(Q(closed_at=None) | Q(taken__gt=0))
    if staff:
        rows = rows.filter(staff=staff)
    return [time_of(row) for row in rows.select_related("staff", "resource").order_by("starts_at", "staff__name", "id")]


def plan_of(plan: UUID, *, viewer: Who) -> PlanView:
    """One plan that has not ended. Raises NotAllowed when there is none for this viewer."""
    row = Plan.objects.filter(id=plan, ended_at=None).select_related("staff", "resource").first()
    if row is None:
        raise NotAllowed("there is no such plan")
    _check(viewer, row.unit_id)
    return _plan(row)


def rest_of(plan: UUID, unit: str, first: date) -> Closing:
    """The times of a plan from that day on."""
    return Closing(unit, start_of(first), start_of(date(9000, 1, 1)), plan=plan)


def stays_in(closing: Closing, spans: Collection[tuple[datetime, datetime]], *, at: datetime) -> set[UUID]:
    """The bookings inside that these sessions would hold all the same. For whoever changes a plan."""
    with as_system():
        rows = booked_inside(closing, at=at)
    return {
        row.id for row in rows if any(a <= row.slot.starts_at and row.slot.ends_at <= b for a, b in spans)
    }  # fmt: skip


def plans(*, viewer: Who, unit: str, on: date) -> list[PlanView]:
    """The unit's plans that hold on that day or later. Two queries. Raises NotAllowed."""
    _check(viewer, unit)
    rows = Plan.objects.filter(unit=unit, ended_at=None, valid_to__gte=on).select_related("staff", "resource")
    rows = rows.prefetch_related("resources")
    return [_plan(row) for row in rows.order_by("staff__name", "valid_from", "begins", "id")]


def changes(*, viewer: Who, unit: str, after: datetime) -> list[CalendarChange]:
    """What differs from the plans of the unit from that moment on. One query. Raises NotAllowed."""
    _check(viewer, unit)
    rows = CalendarChange.objects.filter(unit=unit, ended_at=None, ends_at__gt=after)
    rows = rows.select_related("staff", "resource")
    return list(rows.order_by("starts_at", "id"))


def booked(closing: Closing, *, viewer: Who, at: datetime, stays: Collection[UUID] = ()) -> list[Booked]:
    """Each booked time inside, but those that stay anyhow, with the times to which it could move. Raises NotAllowed."""
    _check(viewer, closing.unit)
    with as_system():
        rows = [row for row in booked_inside(closing, at=at) if row.id not in stays]
    choices = _choices(rows, closing, at=at)
    return [
        Booked(
            row.id,
            time_of(row.slot),
            row.offering,
            tuple(_nearest(choices[_kind(row.slot)], row.slot)),
            row.accepted_at is not None,
        )
        for row in rows
    ]


def booked_inside(closing: Closing, *, at: datetime) -> list[Booking]:
    """The bookings in force inside what closes, in their order: of each it is said what becomes of it. For actions:
    nobody's right is asked here.
    """
    rows = _inside(closing, at=at).exclude(accepted_at=None, hold_until__isnull=False)
    return list(rows.select_related("slot__staff", "slot__resource").order_by("slot__starts_at", "id"))


def waiting_inside(closing: Closing, *, at: datetime) -> list[Booking]:
    """The times that somebody is choosing, or that the queue offered, and that nobody has taken yet. For actions."""
    rows = _inside(closing, at=at).filter(accepted_at=None, hold_until__isnull=False)
    return list(rows.select_related("slot__staff", "slot__resource").order_by("slot__starts_at", "id"))


def _inside(closing: Closing, *, at: datetime) -> "QuerySet[Booking]":
    return Booking.objects.filter(
        slot__in=slots_inside(closing, at=at), declined_at=None, cancelled_at=None, held_at=None, no_show_at=None
    )


def slots_inside(closing: Closing, *, at: datetime | None = None) -> "QuerySet[Slot]":
    """The open times that what closes touches; with `at`, those that have not begun."""
    rows = Slot.objects.filter(
        unit=closing.unit, starts_at__lt=closing.ends_at, ends_at__gt=closing.starts_at, closed_at=None
    )
    rows = rows.filter(starts_at__gt=at) if at else rows
    if closing.plan:
        return rows.filter(plan=closing.plan)
    if closing.staff:
        return rows.filter(staff=closing.staff)
    if closing.resource:  # its own times, and those of the plans that bring it along: a vehicle in repair stops nowhere
        brought = Plan.objects.filter(resources=closing.resource)
        return rows.filter(Q(resource=closing.resource) | Q(plan__in=brought))
    return rows


def free_like(
    time: Time, *, viewer: Who, after: datetime, before: datetime, offering: str = "", reason: str = ""
) -> list[Time]:  # fmt: skip
    """Free times to which what was booked in this one can move: of its unit, profession and way of meeting, long enough
    and for the same thing. One query. Raises NotAllowed.
    """
    _check(viewer, time.unit)
    known = offerings().get(offering)
    length = timedelta(minutes=known.minutes(reason)) if known else time.ends_at - time.starts_at
    rows = Slot.objects.filter(
        unit=time.unit, profession=time.profession, mode=time.mode, starts_at__gt=after, starts_at__lt=before,
        taken__lt=F("capacity"), closed_at=None, ends_at__gte=F("starts_at") + length,
        offering__in=known.fits if known else {"", time.offering},
    )  # fmt: skip
    return [time_of(row) for row in rows.select_related("staff", "resource").order_by("starts_at", "id")[:_MOST_FREE]]


def _choices(rows: Collection[Booking], closing: Closing, *, at: datetime) -> dict[tuple[str, str, int], list[Slot]]:
    """Free times of each kind that is asked for, outside of what closes. One query for each kind."""
    found: dict[tuple[str, str, int], list[Slot]] = defaultdict(list)
    for kind in {_kind(row.slot) for row in rows}:
        profession, mode, minutes = kind
        free = Slot.objects.filter(
            unit=closing.unit, profession=profession, mode=mode, starts_at__gt=at, taken__lt=F("capacity"),
            closed_at=None,
        ).exclude(id__in=slots_inside(closing).values("id"))  # fmt: skip
        nearest = free.select_related("staff", "resource").order_by("starts_at", "id")[:400]
        found[kind] = [one for one in nearest if _minutes(one) >= minutes]
    return found


def _nearest(free: Collection[Slot], to: Slot) -> list[Time]:
    """The nearest ones in time, in their order."""
    nearest = sorted(free, key=lambda one: (abs(one.starts_at - to.starts_at), one.id))[:_CHOICES]
    return [time_of(one) for one in sorted(nearest, key=lambda one: (one.starts_at, one.id))]


def _kind(slot: Slot) -> tuple[str, str, int]:
    return slot.profession, slot.mode, _minutes(slot)


def _minutes(slot: Slot) -> int:
    return int((slot.ends_at - slot.starts_at).total_seconds() // 60)


def _check(viewer: Who, unit: str) -> None:
    check_may(viewer, "calendar.read")
    if not sees_unit(viewer, unit):
        raise NotAllowed("another unit's calendar")


def time_of(row: Slot) -> Time:
    return Time(
        id=row.id,
        unit=row.unit_id,
        staff=row.staff_id,
        name=row.staff.name if row.staff else row.resource.name,
        profession=row.profession,
        offering=row.offering,
        mode=row.mode,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        capacity=row.capacity,
        taken=row.taken,
        is_closed=row.closed_at is not None,
    )


def _plan(row: Plan) -> PlanView:
    return PlanView(
        id=row.id,
        unit=row.unit_id,
        staff=row.staff_id,
        name=row.staff.name if row.staff else row.resource.name,
        profession=row.profession,
        offerings=tuple(row.offerings),
        recurrence=row.recurrence,
        begins=row.begins,
        ends=row.ends,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        slot_minutes=row.slot_minutes,
        buffer_minutes=row.buffer_minutes,
        mode=row.mode,
        resource=row.resource_id,
        resources=tuple(one.id for one in row.resources.all()),
    )
