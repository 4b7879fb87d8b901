"""Who came to a meeting: marked by whoever held it, and corrected when a finger slipped."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.bookings.access import register_of
from luotsi.domain.bookings.actions.joining import lock_slots
from luotsi.domain.bookings.actions.telling import dimensions, told_before
from luotsi.domain.bookings.actions.visiting import NO_SHOW_REASONS
from luotsi.domain.bookings.events import VisitHeld, VisitMissed
from luotsi.domain.bookings.models import Booking, Slot
from luotsi.domain.bookings.rules import NotPossible
from luotsi.domain.events import actions as events
from luotsi.domain.organisation.rules import NotAllowed, check_may, sees_unit
from luotsi.domain.people import access as people


@transaction.atomic
def mark(
    *, slot: UUID, came: Collection[UUID], missed: Mapping[UUID, str], by: Who, at: datetime,
    subjects: Mapping[UUID, UUID] | None = None,
) -> tuple[Booking, ...]:  # fmt: skip
    """These came to the meeting, and those did not, for a reason of the closed list. Saying it again changes nothing;
    another word corrects. Answers the bookings that changed. `subjects`: the matter for which a booking is.

    Raises NotAllowed, NotPossible (the day has not come, or the meeting was not held), ValueError (no such reason).
    """
    check_may(by, "visit.record")
    if not set(missed.values()) <= set(NO_SHOW_REASONS):
        raise ValueError(f"the reason is one of {', '.join(NO_SHOW_REASONS)}")
    lock_slots([slot])
    time = Slot.objects.filter(id=slot).first()
    if time is None or not sees_unit(by, time.unit_id):
        raise NotAllowed("another unit's meeting")
    if local_day(at) < local_day(time.starts_at) or time.closed_at:
        raise NotPossible("who came is marked on the day of a meeting that was held")
    rows = Booking.objects.filter(slot=time, id__in={*came, *missed}, accepted_at__isnull=False, cancelled_at=None)
    changed = []
    for row in rows.select_for_update(of=("self",)).select_related("slot").order_by("id"):
        people.check_relationship(by, row.resident_id, register=register_of(time.unit_id))
        if _mark_one(row, missed.get(row.id, ""), subjects or {}, by=by, at=at):
            changed.append(row)
    return tuple(changed)


def _mark_one(row: Booking, reason: str, subjects: Mapping[UUID, UUID], *, by: Who, at: datetime) -> bool:
    """Whether the word was a new one. `reason` "": they came."""
    if (row.held_at and not reason) or (row.no_show_at and row.no_show_reason == reason):
        return False
    was_marked = bool(row.held_at or row.no_show_at)
    happened = min(at, row.slot.starts_at)
    row.held_at, row.no_show_at, row.no_show_reason = (None, happened, reason) if reason else (happened, None, "")
    row.save(update_fields=["held_at", "no_show_at", "no_show_reason"])
    subject = subjects.get(row.id, row.id)
    fact = VisitMissed(row.id, reason) if reason else VisitHeld(booking=row.id, mode=row.slot.mode)
    events.record(
        fact, by=by, at=happened, subject=subject, resident=row.resident_id,
        where=dimensions(row.slot, row.resident_id, row.offering),
        corrects=told_before(row.id, VisitHeld.kind, VisitMissed.kind, subject=subject) if was_marked else None,
    )  # fmt: skip
    return True
