"""Open on a public holiday; and taking back what was closed or opened."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from luotsi.base import bulk
from luotsi.base.dates import holiday_name, start_of
from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.bookings.actions.changing import Undecided
from luotsi.domain.bookings.actions.generating import TURN, generate
from luotsi.domain.bookings.actions.planning import check_plans
from luotsi.domain.bookings.events import CalendarChanged
from luotsi.domain.bookings.events.calendars import CalendarReopened
from luotsi.domain.bookings.models import CalendarChange, Plan, Slot
from luotsi.domain.bookings.queries.calendar import Closing, slots_inside
from luotsi.domain.bookings.rules.plans import PlanRefused
from luotsi.domain.events import actions as events
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.organisation import queries as organisation
from luotsi.domain.organisation.rules import NotAllowed

# What the closing closed is open again, unless another closing holds there or the worker has another time by now.
_REOPEN = """
UPDATE bookings_slot s SET closed_at = NULL, closed_reason = ''
WHERE s.id = ANY (%(slots)s) AND s.starts_at > %(at)s
  AND NOT EXISTS (SELECT FROM bookings_calendarchange c
        WHERE NOT c.opens AND c.ended_at IS NULL AND c.starts_at < s.ends_at AND c.ends_at > s.starts_at
          AND (c.staff_id = s.staff_id OR c.resource_id = s.resource_id
               OR (c.unit_id = s.unit_id AND c.staff_id IS NULL AND c.resource_id IS NULL)))
  AND NOT EXISTS (SELECT FROM bookings_slot o
        WHERE o.id <> s.id AND o.closed_at IS NULL AND o.starts_at < s.ends_at AND o.ends_at > s.starts_at
          AND (o.staff_id = s.staff_id OR o.resource_id = s.resource_id))
"""


@transaction.atomic
def open_day(*, key: UUID, unit: str, day: date, staff: UUID | None, by: Who, at: datetime) -> int:
    """The unit, or one worker, works on this public holiday: the plans make their times. The same `key` does nothing.

    Answers how many times there are. Raises NotAllowed, PlanRefused ("past"; "no_holiday": the day is open anyhow).
    """
    check_plans(by, unit)
    if day < local_day(at):
        raise PlanRefused("past")
    if holiday_name(day) is None:
        raise PlanRefused("no_holiday")
    if staff and staff not in {one.id for one in organisation.members_of([unit], on=day)}:
        raise PlanRefused("nobody")
    bulk.wait_for_turn(TURN)
    if CalendarChange.objects.filter(id=key).exists():
        return 0
    row = CalendarChange.objects.create(
        id=key, staff_id=staff, unit_id=unit, starts_at=start_of(day), ends_at=start_of(day + timedelta(days=1)),
        opens=True, reason="open", made_by_id=by.id, made_at=at,
    )  # fmt: skip
    made = generate(_plans_on(row), at=at)
    told = CalendarChanged(row.id, True, 0, 0, 0, 0)
    events.record(told, by=by, at=at, subject=row.id, where=events.Dimensions(unit=unit))
    return made


@transaction.atomic
def take_back(*, change: UUID, by: Who, at: datetime) -> int:
    """The closing, or the opening, does not hold after all. Taking it back twice changes nothing.

    Answers how many times were opened, or closed. Raises NotAllowed, Undecided (somebody is booked on the day that was
    opened: that is decided by closing it).
    """
    bulk.wait_for_turn(TURN)
    row = CalendarChange.objects.select_for_update(of=("self",)).filter(id=change).first()
    if row is None:
        raise NotAllowed("there is no such change")
    check_plans(by, row.unit_id or "")
    if row.ended_at:
        return 0
    CalendarChange.objects.filter(id=row.id).update(ended_at=at, ended_by_id=by.id)
    times = _close_again(row, at) if row.opens else _reopen(row, at) + generate(_plans_on(row), at=at)
    told = CalendarReopened(row.id, times)
    events.record(told, by=by, at=at, subject=row.id, where=events.Dimensions(unit=row.unit_id or ""))
    return times


def _reopen(row: CalendarChange, at: datetime) -> int:
    closed = Slot.objects.filter(
        unit=row.unit_id, closed_at=row.made_at, starts_at__lt=row.ends_at, ends_at__gt=row.starts_at
    )
    closed = closed.filter(staff=row.staff_id) if row.staff_id else closed
    closed = closed.filter(resource=row.resource_id) if row.resource_id else closed
    slots = sorted(closed.select_for_update().values_list("id", flat=True), key=str)
    with connection.cursor() as cursor:
        cursor.execute(_REOPEN, {"slots": slots, "at": at})
        return int(cursor.rowcount)


def _close_again(row: CalendarChange, at: datetime) -> int:
    """Only what no other opening holds open: a worker's own stands although the unit's is taken back."""
    others = CalendarChange.objects.filter(unit=row.unit_id, opens=True, ended_at=None, starts_at=row.starts_at)
    closing = Closing(row.unit_id or "", row.starts_at, row.ends_at, staff=row.staff_id)
    slots = slots_inside(closing, at=at).exclude(plan=None)
    if row.staff_id and others.filter(staff=None).exists():
        return 0
    slots = slots.exclude(staff__in=[one for one in others.values_list("staff", flat=True) if one])
    with as_system():
        if slots.filter(taken__gt=0).exists():
            raise Undecided
        return int(slots.update(closed_at=at, closed_reason="calendar"))


def _plans_on(row: CalendarChange) -> list[UUID]:
    """The plans that the change touches."""
    first, last = local_day(row.starts_at), local_day(row.ends_at)
    plans = Plan.objects.filter(unit=row.unit_id, ended_at=None, valid_from__lte=last, valid_to__gte=first)
    plans = plans.filter(staff=row.staff_id) if row.staff_id else plans
    plans = plans.filter(resource=row.resource_id) if row.resource_id else plans
    return list(plans.values_list("id", flat=True))
