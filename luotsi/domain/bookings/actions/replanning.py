"""A plan ends earlier, or goes on otherwise from some day: it is said what becomes of each booked time."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from luotsi.base import bulk
from luotsi.base.dates import start_of
from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.bookings.actions.changing import Decision, Done, settle
from luotsi.domain.bookings.actions.generating import TURN
from luotsi.domain.bookings.actions.planning import Asked, check_plans, make_plan
from luotsi.domain.bookings.events.calendars import PlanEnded
from luotsi.domain.bookings.models import Booking, Plan, ResourceUse
from luotsi.domain.bookings.queries.calendar import rest_of, stays_in
from luotsi.domain.bookings.rules.plans import Draft, PlanRefused, check_draft, sessions
from luotsi.domain.events import actions as events
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.organisation.rules import NotAllowed


@dataclass(frozen=True)
class Changed:
    """The new plan, how many times it made, and what became of those of the old one."""

    plan: Plan
    made: int
    done: Done


@transaction.atomic
def end_plan(
    *, plan: UUID, last: date, decisions: Mapping[UUID, Decision], subjects: Mapping[UUID, UUID], by: Who, at: datetime
) -> Done:  # fmt: skip
    """The plan holds until that day and no longer. Ending it twice changes nothing.

    Raises NotAllowed, PlanRefused (a day that has passed), Undecided, SlotTaken.
    """
    row = _locked(plan, by)
    if row.ended_at or row.valid_to <= last:
        return Done(0, 0, (), {})
    done = _end(row, last, decisions, subjects, by=by, at=at)
    _keep_rooms(row, last + timedelta(days=1), ())
    return done


@transaction.atomic
def change_plan(
    *, key: UUID, plan: UUID, asked: Asked, draft: Draft, decisions: Mapping[UUID, Decision],
    subjects: Mapping[UUID, UUID], by: Who, at: datetime,
) -> Changed:  # fmt: skip
    """From the new plan's first day on it holds instead of the old one. What is booked within its sessions stays; of
    every other booked time something is said. The same `key` again changes nothing.

    Raises NotAllowed, PlanRefused, Undecided, SlotTaken.
    """
    if known := Plan.objects.filter(id=key, unit=asked.unit, replaces=plan).first():
        check_plans(by, asked.unit)
        return Changed(known, 0, Done(0, 0, (), {}))
    row = _locked(plan, by)
    if (row.unit_id, row.staff_id, row.resource_id) != (asked.unit, asked.staff, asked.resource):
        raise NotAllowed("a plan goes on for the same worker or thing, in the same unit")
    if draft.valid_from < local_day(at):
        raise PlanRefused("past")
    check_draft(draft, today=local_day(at))
    if row.ended_at or row.valid_to < draft.valid_from:
        raise PlanRefused("over")
    rest = rest_of(row.id, row.unit_id, draft.valid_from)
    stays = stays_in(rest, sessions(draft), at=at)
    done = _end(row, draft.valid_from - timedelta(days=1), decisions, subjects, by=by, at=at, stays=stays)
    made, count = make_plan(key=key, asked=replace(asked, stop=row.stop), draft=draft, by=by, at=at)
    made.replaces, made.version = row, row.version + 1
    made.save(update_fields=["replaces", "version"])
    _keep_rooms(row, draft.valid_from, sessions(draft))
    return Changed(made, count, done)


def _end(
    row: Plan, last: date, decisions: Mapping[UUID, Decision], subjects: Mapping[UUID, UUID], *, by: Who, at: datetime,
    stays: Collection[UUID] = (),
) -> Done:  # fmt: skip
    if last < local_day(at) - timedelta(days=1):
        raise PlanRefused("past")
    first, was_to = last + timedelta(days=1), row.valid_to
    done = settle(rest_of(row.id, row.unit_id, first), decisions, subjects, reason="plan", by=by, at=at, stays=stays)
    ResourceUse.objects.filter(plan=row, starts_at__gte=start_of(first)).delete()
    if last < row.valid_from:
        row.ended_at = at
    else:
        row.valid_to = last
    row.save(update_fields=["ended_at", "valid_to"])
    fact = PlanEnded(row.id, last, was_to, done.closed, done.kept, len(done.moved), len(done.cancelled))
    events.record(fact, by=by, at=at, subject=row.id, where=events.Dimensions(unit=row.unit_id))
    return done


def _keep_rooms(row: Plan, first: date, spans: Collection[tuple[datetime, datetime]]) -> None:
    """A booked time that stays after its plan keeps the plan's rooms, unless the new plan's sessions hold them.

    Raises PlanRefused("resource_in_use").
    """
    resources = list(row.resources.values_list("id", flat=True))
    with as_system():
        rows = Booking.objects.filter(
            slot__plan=row,
            slot__starts_at__gte=start_of(first),
            slot__closed_at=None,
            declined_at=None,
            cancelled_at=None,
        ).select_related("slot")
        kept = [(one.id, one.slot.starts_at, one.slot.ends_at) for one in rows]
    alone = [one for one in kept if not any(a <= one[1] and one[2] <= b for a, b in spans)]
    try:
        with transaction.atomic():
            ResourceUse.objects.bulk_create(
                ResourceUse(resource_id=resource, starts_at=starts, ends_at=ends, booking=booking)
                for booking, starts, ends in alone
                for resource in resources
            )
    except IntegrityError:
        raise PlanRefused("resource_in_use") from None


def _locked(plan: UUID, by: Who) -> Plan:
    """The plan, when its unit's calendars are theirs to plan. One change of plans at a time."""
    bulk.wait_for_turn(TURN)
    row = Plan.objects.select_for_update(of=("self",)).filter(id=plan).first()
    if row is None:
        raise NotAllowed("there is no such plan")
    check_plans(by, row.unit_id)
    return row
