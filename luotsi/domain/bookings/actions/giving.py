"""Giving times. A slot is taken by one statement in the database, so it is never given twice."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from luotsi.base import bulk
from luotsi.base.bulk import Stream
from luotsi.base.who import Who
from luotsi.domain.bookings import rules
from luotsi.domain.bookings.events import BookingCancelled, BookingDeclined, BookingMade, BookingOffered, VisitHeld
from luotsi.domain.bookings.models import Booking, ResourceUse, Slot
from luotsi.domain.events import actions as events

CONSULTATION = "consultation"  # the mode of a time at which colleagues' questions are read; nobody comes to it


class SlotTaken(Exception):
    """Somebody else got the time first. Offer another one."""


def open_slots(rows: list[dict[str, Any]]) -> int:
    """Add times to calendars; a time that stands already is left alone. Answers how many were asked."""
    Slot.objects.bulk_create((Slot(**row) for row in rows), batch_size=5_000, ignore_conflicts=True)
    return len(rows)


@transaction.atomic
def offer(
    *, slot: UUID, resident: UUID, key: UUID, by: Who, at: datetime, subject: UUID, where: events.Dimensions
) -> Booking:
    """Reserve a slot for a resident until they answer. The same `key` of theirs again answers the same booking.

    Raises SlotTaken when the slot is full, gone or already past.
    """
    if earlier := Booking.objects.filter(key=key, resident_id=resident).select_related("slot").first():
        return earlier
    free = Slot.objects.filter(id=slot, taken__lt=F("capacity"), starts_at__gt=at, closed_at=None)
    won = free.update(taken=F("taken") + 1)
    if not won:
        raise SlotTaken(f"slot {slot} has no place left")
    try:
        with transaction.atomic():
            booking = Booking.objects.create(slot_id=slot, resident_id=resident, key=key, offered_at=at)
    except IntegrityError:  # the same key came twice at the same moment: the other one stands, give the place back
        Slot.objects.filter(id=slot).update(taken=F("taken") - 1)
        return Booking.objects.select_related("slot").get(key=key, resident_id=resident)
    fact = BookingOffered(booking=booking.id, starts_at=booking.slot.starts_at, mode=booking.slot.mode)
    events.record(fact, by=by, at=at, subject=subject, resident=resident, where=where)
    return booking


@transaction.atomic
def accept(*, booking: UUID, by: Who, at: datetime, subject: UUID, where: events.Dimensions) -> Booking:
    """The resident takes the offered time. Raises NotPossible when it was answered, cancelled, held or has passed."""
    row = _locked(booking, "accept")
    if row.slot.starts_at <= at:
        raise rules.NotPossible("the offered time has passed")
    row.accepted_at = at
    row.save(update_fields=["accepted_at"])
    fact = BookingMade(booking=row.id, starts_at=row.slot.starts_at, mode=row.slot.mode)
    events.record(fact, by=by, at=at, subject=subject, resident=row.resident_id, where=where)
    return row


@transaction.atomic
def decline(*, booking: UUID, by: Who, at: datetime, subject: UUID, where: events.Dimensions) -> Booking:
    """The resident asks for another time; the slot is free again. Raises NotPossible."""
    row = _locked(booking, "decline")
    row.declined_at = at
    row.save(update_fields=["declined_at"])
    _free(row)
    fact = BookingDeclined(booking=row.id, starts_at=row.slot.starts_at)
    events.record(fact, by=by, at=at, subject=subject, resident=row.resident_id, where=where)
    return row


@transaction.atomic
def cancel(*, booking: UUID, by: Who, at: datetime, subject: UUID, where: events.Dimensions) -> Booking:
    """The resident or the provider gives the time up; the slot is free again. Raises NotPossible."""
    row = _locked(booking, "cancel")
    row.cancelled_at, row.cancelled_by = at, "resident" if by.is_resident else "provider"
    row.save(update_fields=["cancelled_at", "cancelled_by"])
    _free(row)
    fact = BookingCancelled(booking=row.id, starts_at=row.slot.starts_at, by=row.cancelled_by)
    events.record(fact, by=by, at=at, subject=subject, resident=row.resident_id, where=where)
    return row


@transaction.atomic
def hold_visit(*, booking: UUID, by: Who, at: datetime, subject: UUID, where: events.Dimensions) -> Booking:
    """The visit took place at `at`. Raises NotPossible when the booking was declined, cancelled or held before."""
    row = _locked(booking, "hold")
    row.held_at = at
    row.save(update_fields=["held_at"])
    fact = VisitHeld(booking=row.id, mode=row.slot.mode)
    events.record(fact, by=by, at=at, subject=subject, resident=row.resident_id, where=where)
    return row


def take_place(*, slot: UUID, unit: str, at: datetime) -> None:
    """Reserve a place in a consultation time of the unit: for a question, not for a resident. Raises SlotTaken."""
    free = Slot.objects.filter(id=slot, unit_id=unit, mode=CONSULTATION, taken__lt=F("capacity"), starts_at__gt=at)
    if not free.filter(closed_at=None).update(taken=F("taken") + 1):
        raise SlotTaken(f"slot {slot} has no place left")


def give_place_back(*, slot: UUID) -> None:
    """A question is not asked at that time after all."""
    Slot.objects.filter(id=slot, mode=CONSULTATION, taken__gt=0).update(taken=F("taken") - 1)


def _locked(booking: UUID, step: str) -> Booking:
    """The booking, its row locked so that two answers at once are taken one after the other. Its time is locked first:
    the one order of locks.
    """
    slot = Booking.objects.filter(id=booking).values("slot_id")
    list(Slot.objects.select_for_update().filter(id__in=slot).values_list("id", flat=True))
    row = Booking.objects.select_for_update(of=("self",)).select_related("slot").get(id=booking)
    rules.check_can(step, rules.booking_state(rules.moments_of(row)))
    return row


def _free(row: Booking) -> None:
    Slot.objects.filter(id=row.slot_id).update(taken=F("taken") - 1)
    ResourceUse.objects.filter(booking=row.id).delete()


def load(*, slots: Stream, bookings: Stream) -> None:
    """Add very many times and bookings from CSV, without events: for imports and the demonstration county."""
    bulk.load({Slot: slots, Booking: bookings})
