"""A worker books for the resident, who sits there or is on the phone: one time, a series, or several steps at once."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from luotsi.base.who import Who
from luotsi.domain.bookings.actions import confirming, keeping
from luotsi.domain.bookings.models import Booking
from luotsi.domain.bookings.rules import own
from luotsi.domain.cases import access, rules
from luotsi.domain.cases.actions.road import check_possible, follow_clocks, locked
from luotsi.domain.cases.models import CaseBooking


@transaction.atomic
def book(
    *, case: UUID, slots: Sequence[UUID], offering: str, key: UUID, by: Who, at: datetime, reason: str = "",
    also: Sequence[own.Step] = (),
) -> tuple[Booking, ...]:  # fmt: skip
    """Give the matter all of these times, or none. The resident is told. The same `key` again changes nothing.

    `also`: what the further times are for, when they are the steps of one visit.

    Raises NotAllowed, NotPossible (of the matter), keeping.SlotsTaken naming each that went, NotBookable.
    """
    row = locked(case)
    access.check_write(by, row, "booking.offer")
    if row.times.filter(booking__key=key).exists():
        return confirming.locked(row.times.get(booking__key=key).booking_id, by)
    check_possible("offer_time", row)
    times = keeping.keep(
        slots=slots, resident=row.resident_id, offering=offering, reason=reason, key=key, by=by, at=at,
        booker=own.Booker(is_staff=True), subject=row.id, at_once=True, also=also,
    )  # fmt: skip
    if CaseBooking.objects.filter(booking__in=times).exists():
        raise rules.NotPossible("this form booked a time in another matter")
    CaseBooking.objects.bulk_create(CaseBooking(case=row, booking=one) for one in times)
    follow_clocks(row, by=by, at=at)
    return times
