"""Whether a group is held: decided by itself on its day. One that too few want is called off, and each is told."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q

from luotsi.base.now import local_day
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.bookings.actions.grouping import tell_group
from luotsi.domain.bookings.actions.joining import give_up_places, lock_slots
from luotsi.domain.bookings.actions.planning import check_plans
from luotsi.domain.bookings.events.groups import GroupDecided, GroupEnded
from luotsi.domain.bookings.models import Booking, Group, HeadCount, Plan, ResourceUse, Slot, SlotOffer
from luotsi.domain.bookings.rules import groups as rules
from luotsi.domain.events.actions.system import as_system

AT_ONCE = 50
CALLED_OFF = "group"  # why a meeting is closed: the whole group is


@dataclass(frozen=True)
class Undecided:
    """A group whose day has come; `subjects` are found by whoever knows for which matters its bookings are."""

    id: UUID
    bookings: tuple[UUID, ...]


def due(*, at: datetime) -> list[Undecided]:
    """The groups about which it is time to decide, with the bookings in force at their meetings."""
    with as_system():
        day = local_day(at)
        rows = Group.objects.filter(decided_at=None, cancelled_at=None, ended_at=None, decide_by__lte=day)
        rows = rows.order_by("decide_by", "pk")[:AT_ONCE]
        return [Undecided(row.pk, bookings_in(row.pk)) for row in rows if rules.is_due(row.decide_by, at=at)]


@transaction.atomic
def decide(*, group: UUID, at: datetime, subjects: dict[UUID, UUID | None] | None = None) -> tuple[Booking, ...]:
    """Hold the group, or call it off when fewer than needed have signed up. Answers the bookings that are over.

    Deciding twice changes nothing; several workers decide each group once.
    """
    with as_system():
        row = _locked(group)
        if row is None or row.decided_at or row.cancelled_at:
            return ()
        _lock_meetings(row)
        signed_up = count_signed_up(row)
        if not rules.is_held(signed_up, fewest=row.fewest):
            return _call_off(row, reason="too_few", signed_up=signed_up, by=SYSTEM, at=at, subjects=subjects or {})
        row.decided_at = at
        row.save(update_fields=["decided_at"])
        tell_group(row, GroupDecided(row.pk, row.offering, True, signed_up), by=SYSTEM, at=at)
        return ()


@transaction.atomic
def call_off(
    *, group: UUID, reason: str, by: Who, at: datetime, subjects: dict[UUID, UUID | None] | None = None
) -> tuple[Booking, ...]:  # fmt: skip
    """A planner calls the group off. Doing it twice changes nothing. Raises NotAllowed, KeyError (no such reason),
    Group.DoesNotExist.
    """
    check_plans(by, Group.objects.select_related("plan").get(plan=group).plan.unit_id)
    if reason not in rules.REASONS:
        raise KeyError(reason)
    with as_system():
        row = _locked(group, waits=True)
        if row is None or row.cancelled_at or row.ended_at:
            return ()
        _lock_meetings(row)
        return _call_off(row, reason=reason, signed_up=count_signed_up(row), by=by, at=at, subjects=subjects or {})


def end_due(*, at: datetime) -> int:
    """Groups whose last meeting is over end; whoever asks for feedback hears of it. Answers how many."""
    with as_system():
        last = Group.objects.filter(cancelled_at=None, ended_at=None).annotate(
            last=Max("plan__slots__ends_at", filter=Q(plan__slots__closed_at=None))
        )
        found = list(last.filter(last__lte=at).order_by("last", "pk").values_list("pk", flat=True)[:AT_ONCE])
    return sum(_end(one, at) for one in found)


def bookings_in(group: UUID) -> tuple[UUID, ...]:
    """The bookings in force at the group's meetings. For actions: nobody's right is asked here."""
    with as_system():
        rows = Booking.objects.filter(slot__plan=group, cancelled_at=None, declined_at=None)
        return tuple(rows.filter(held_at=None, no_show_at=None).values_list("id", flat=True))


def count_signed_up(group: Group) -> int:
    """How many people have a place. Those who were offered one and have not answered are not among them."""
    rows = Booking.objects.filter(slot__plan=group.plan, accepted_at__isnull=False, cancelled_at=None)
    return rows.values("resident_id").distinct().count()


@transaction.atomic
def _end(group: UUID, at: datetime) -> int:
    with as_system():
        row = _locked(group)
        if row is None or row.ended_at:
            return 0
        row.ended_at = at
        row.save(update_fields=["ended_at"])
        slots = Slot.objects.filter(plan=row.plan, closed_at=None)
        told = GroupEnded(
            row.pk, row.offering, meetings=slots.count(), signed_up=count_signed_up(row),
            attended=Booking.objects.filter(slot__in=slots, held_at__isnull=False).count(),
            heads=sum(HeadCount.objects.filter(slot__in=slots).values_list("people", flat=True)),
        )  # fmt: skip
        tell_group(row, told, by=SYSTEM, at=at)
    return 1


def _call_off(
    group: Group, *, reason: str, signed_up: int, by: Who, at: datetime, subjects: dict[UUID, UUID | None]
) -> tuple[Booking, ...]:
    """The meetings ahead close, everybody's places with them. The rows of the meetings are locked."""
    rows = Booking.objects.filter(slot__plan=group.plan, slot__starts_at__gt=at, cancelled_at=None, declined_at=None)
    rows = rows.filter(held_at=None, no_show_at=None)
    places = tuple(rows.select_for_update(of=("self",)).select_related("slot__staff").order_by("slot__starts_at", "id"))
    SlotOffer.objects.filter(booking__in=places, answered_at=None).update(answered_at=at, answer="withdrawn")
    give_up_places(places, by_whom="provider", reason=reason, by=by, at=at, subjects=subjects)
    ahead = Slot.objects.filter(plan=group.plan, starts_at__gt=at, closed_at=None)
    ahead.update(closed_at=at, closed_reason=CALLED_OFF)
    ResourceUse.objects.filter(plan=group.plan, starts_at__gt=at).delete()
    Plan.objects.filter(id=group.pk).update(ended_at=at)
    group.cancelled_at, group.cancel_reason = at, reason
    group.save(update_fields=["cancelled_at", "cancel_reason"])
    tell_group(group, GroupDecided(group.pk, group.offering, False, signed_up, reason), by=by, at=at)
    return places


def _locked(group: UUID, *, waits: bool = False) -> Group | None:
    """The group, its row locked; None when another worker has it and one does not wait."""
    rows = Group.objects.select_for_update(of=("self",), skip_locked=not waits).select_related("plan")
    return rows.filter(plan=group).first()


def _lock_meetings(group: Group) -> None:
    lock_slots(Slot.objects.filter(plan=group.plan).values_list("id", flat=True))
