"""A calendar closes over times that wait for an answer: what nobody has taken is taken back, and never moved unseen.

Whoever waited for a time waits on, and hears that this one is gone; whoever was choosing it finds it no longer kept.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import F

from luotsi.base.who import Who
from luotsi.domain.bookings.actions.keeping import together
from luotsi.domain.bookings.actions.resources import release_resources
from luotsi.domain.bookings.actions.telling import tell
from luotsi.domain.bookings.events import BookingCancelled, BookingLapsed
from luotsi.domain.bookings.models import Booking, Slot, SlotOffer


def withdraw(waiting: Collection[Booking], *, by: Who, at: datetime) -> int:
    """Take these back, each with what was chosen or offered with it. Answers how many were on offer. The rows of the
    times are locked, and somebody has asked for the right.
    """
    seen: set[UUID] = set()
    offered = 0
    for one in waiting:
        rows = [row for row in unanswered_with(one) if row.id not in seen]
        offer = SlotOffer.objects.filter(booking__in=rows, answered_at=None).select_related("entry").first()
        seen |= {row.id for row in rows}
        offered += offer is not None
        _take_back(rows, offer, by=by, at=at)
    return offered


def unanswered_with(row: Booking) -> list[Booking]:
    """The time that waits, and those that wait with it."""
    rows = together(row).filter(accepted_at=None, cancelled_at=None, declined_at=None)
    return list(rows.select_related("slot__staff").order_by("slot__starts_at", "id"))


def _take_back(rows: Collection[Booking], offer: SlotOffer | None, *, by: Who, at: datetime) -> None:
    if offer:
        SlotOffer.objects.filter(id=offer.id).update(answered_at=at, answer="withdrawn")
    Booking.objects.filter(id__in=[row.id for row in rows]).update(
        cancelled_at=at, cancelled_by="provider", cancel_reason="calendar"
    )
    release_resources([row.id for row in rows])
    for row in rows:
        Slot.objects.filter(id=row.slot_id).update(taken=F("taken") - 1)
        kind, told = (BookingCancelled, {"by": "provider"}) if offer else (BookingLapsed, {})
        fact = kind(booking=row.id, starts_at=row.slot.starts_at, **told)
        tell(row, fact, by=by, at=at, subject=offer.entry.subject if offer else None)
