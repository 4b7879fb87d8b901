"""Reminding people of the times they have. Whoever cannot come gives the time up in one tap, and it goes on."""

from datetime import datetime

from django.db import transaction

from luotsi.base.who import SYSTEM
from luotsi.domain.bookings.actions.telling import tell
from luotsi.domain.bookings.events import BookingReminded
from luotsi.domain.bookings.models import Booking
from luotsi.domain.bookings.rules import reminding as rules
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.organisation import definitions as organisation

AT_ONCE = 200  # reminders in one round of the worker, one transaction


@transaction.atomic
def remind_due(*, at: datetime, limit: int = AT_ONCE) -> int:
    """Remind of the times that are near, each once. Answers how many; two workers share them."""
    if not rules.may_remind(at):
        return 0
    near = Booking.objects.filter(
        reminded_at=None, accepted_at__lte=at - rules.BOOKED_FOR, cancelled_at=None, held_at=None, no_show_at=None,
        slot__mode__in=rules.MODES, slot__unit__in=list(organisation.units()), slot__starts_at__gte=at + rules.LEAST,
        slot__starts_at__lte=at + rules.BEFORE,
    )  # fmt: skip
    with as_system():
        rows = list(near.select_for_update(of=("self",), skip_locked=True).select_related("slot")[:limit])
        Booking.objects.filter(id__in=[row.id for row in rows]).update(reminded_at=at)
        for row in rows:
            tell(row, BookingReminded(booking=row.id, starts_at=row.slot.starts_at), by=SYSTEM, at=at)
    return len(rows)
