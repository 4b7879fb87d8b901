"""A kept time becomes the resident's own; they give it up again, or exchange it for another."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from luotsi.base.who import Who
from luotsi.domain.bookings import access, rules
from luotsi.domain.bookings.actions.giving import SlotTaken
from luotsi.domain.bookings.actions.keeping import check_fits, check_free_for, lock_person, take, together
from luotsi.domain.bookings.actions.resources import release_resources, use_resources
from luotsi.domain.bookings.actions.telling import relate_worker, tell
from luotsi.domain.bookings.definitions import offerings
from luotsi.domain.bookings.events import BookingCancelled, BookingMade, BookingMoved
from luotsi.domain.bookings.models import Booking, Slot
from luotsi.domain.bookings.rules import own
from luotsi.domain.people import actions as people

MOVED = "move"


class Lapsed(SlotTaken):
    """The time was not confirmed in time and is no longer kept."""


@transaction.atomic
def confirm(*, booking: UUID, by: Who, at: datetime, subject: UUID | None = None) -> tuple[Booking, ...]:
    """The kept time, or all that were chosen with it, are the resident's. Confirming twice changes nothing.

    Raises NotAllowed, Lapsed, NotPossible (it was given up).
    """
    rows = locked(booking, by)
    if all(row.accepted_at and not row.cancelled_at for row in rows):
        return rows
    if any(_is_lapsed(row, at) for row in rows):
        raise Lapsed("the time is no longer kept")
    for row in rows:
        rules.check_can("accept", rules.booking_state(rules.moments_of(row)))
    Booking.objects.filter(id__in=[row.id for row in rows]).update(accepted_at=at)
    for row in rows:
        row.accepted_at = at
        relate_worker(row, at)
        fact = BookingMade(booking=row.id, starts_at=row.slot.starts_at, mode=row.slot.mode)
        tell(row, fact, by=by, at=at, subject=subject)
    return rows


@transaction.atomic
def give_up(*, booking: UUID, by: Who, at: datetime, subject: UUID | None = None, reason: str = "") -> Booking:
    """Cancel one time. A resident does so by the offering's notice; whoever works here until it is held.

    Cancelling twice changes nothing. Raises NotAllowed, NotPossible, NotBookable.
    """
    (row,) = locked(booking, by, alone=True)
    who = "resident" if by.is_resident else "provider"
    if row.cancelled_at and row.cancelled_by == who:
        return row
    rules.check_can("cancel", rules.booking_state(rules.moments_of(row)))
    check_may_change(row, by=by, at=at)
    row.cancelled_at, row.cancelled_by, row.cancel_reason = at, who, reason
    row.save(update_fields=["cancelled_at", "cancelled_by", "cancel_reason"])
    _free(row)
    people.end_relationship(subject=row.id, ground="booking", at=at)
    fact = BookingCancelled(booking=row.id, starts_at=row.slot.starts_at, by=who)
    tell(row, fact, by=by, at=at, subject=subject)
    return row


@transaction.atomic
def move(
    *, booking: UUID, slot: UUID, key: UUID, by: Who, at: datetime, subject: UUID | None = None
) -> Booking:  # fmt: skip
    """Exchange a booked time for another: the new one is taken before the old one is freed, or nothing changes.

    The same `key` again answers the same booking. Raises NotAllowed, NotPossible, NotBookable, SlotTaken.
    """
    old = Booking.objects.get(id=booking)
    access.check_for(by, old.resident_id)
    if earlier := Booking.objects.select_related("slot__staff").filter(resident_id=old.resident_id, key=key).first():
        return earlier
    definition = offerings().get(old.offering)
    _lock_beside(old.slot_id, slot)
    (new_slot,) = take([slot], at=at, by=by, overbook=definition.overbook if definition else 0)
    if str(old.slot_id) > str(slot):
        _lock_slots([old.slot_id])
    (row,) = locked(booking, by, alone=True)
    rules.check_can("move", rules.booking_state(rules.moments_of(row)))
    check_may_change(row, by=by, at=at)
    new = Booking(
        slot=new_slot, resident_id=row.resident_id, key=key, offering=row.offering, reason=row.reason,
        series=row.series, moved_from=row, made_by_id=by.id if by.is_staff else None, offered_at=at, accepted_at=at,
    )  # fmt: skip
    if definition:
        check_fits([new_slot], definition, reason=row.reason, by=by, at=at)
        use_resources(definition.needs, [(new_slot, new.id)])
    lock_person(row.resident_id)
    check_free_for(row.resident_id, [new], at=at, but=row.id)
    new.save(force_insert=True)
    Booking.objects.filter(id=row.id).update(cancelled_at=at, cancelled_by=MOVED)
    _free(row)
    people.end_relationship(subject=row.id, ground="booking", at=at)
    relate_worker(new, at)
    fact = BookingMoved(booking=new.id, was=row.id, starts_at=new_slot.starts_at, mode=new_slot.mode)
    tell(new, fact, by=by, at=at, subject=subject)
    return new


def check_may_change(row: Booking, *, by: Who, at: datetime) -> None:
    """Raises NotBookable when the time has begun, or is too near for the resident to change it without calling."""
    definition = offerings().get(row.offering)
    is_late = definition is not None and not definition.can_cancel(row.slot.starts_at, asked=at)
    if by.is_resident and (row.slot.starts_at <= at or is_late):
        raise own.NotBookable("too_late")


def locked(booking: UUID, by: Who, *, alone: bool = False) -> tuple[Booking, ...]:
    """The booking, with those of its series unless `alone`: first their times are locked, then their own rows.

    Raises NotAllowed, Booking.DoesNotExist.
    """
    found = Booking.objects.filter(id=booking).only("id", "series", "slot_id", "resident_id").get()
    access.check_for(by, found.resident_id)
    is_one = alone or found.series is None
    rows = Booking.objects.filter(id=found.id) if is_one else together(found)
    _lock_slots([found.slot_id] if is_one else rows.values_list("slot_id", flat=True))
    held = rows.select_for_update(of=("self",)).select_related("slot").order_by("slot__starts_at", "id")
    return tuple(held)


def _lock_slots(slots: Collection[UUID]) -> None:
    list(Slot.objects.select_for_update().filter(id__in=list(slots)).order_by("id").values_list("id", flat=True))


def _lock_beside(old: UUID, new: UUID) -> None:
    """The old time is locked first where its id is the smaller one."""
    if str(old) < str(new):
        _lock_slots([old])


def _is_lapsed(row: Booking, at: datetime) -> bool:
    was_let_go = row.cancelled_at is not None and row.accepted_at is None
    return was_let_go or (row.accepted_at is None and row.hold_until is not None and row.hold_until <= at)


def _free(row: Booking) -> None:
    Slot.objects.filter(id=row.slot_id).update(taken=F("taken") - 1)
    release_resources([row.id])
