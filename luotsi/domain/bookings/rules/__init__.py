"""Decisions on times: what may be done to a booking, who may have one, who is next in the queue. Pure."""

from luotsi.domain.bookings.rules.booking import (
    MARKS,
    WRONG_MARKS,
    BookingState,
    Mark,
    Moments,
    NotPossible,
    booking_state,
    can,
    check_can,
    last_mark,
    moments_of,
)

__all__ = [
    "MARKS",
    "WRONG_MARKS",
    "BookingState",
    "Mark",
    "Moments",
    "NotPossible",
    "booking_state",
    "can",
    "check_can",
    "last_mark",
    "moments_of",
]
