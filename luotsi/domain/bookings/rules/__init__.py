"""Decisions on times: what may be done to a booking, who may have one, who is next in the queue. Pure."""

from luotsi.domain.bookings.rules.booking import (
    BookingState,
    Moments,
    NotPossible,
    booking_state,
    can,
    check_can,
    moments_of,
)

__all__ = ["BookingState", "Moments", "NotPossible", "booking_state", "can", "check_can", "moments_of"]
