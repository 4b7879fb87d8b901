"""Decisions on times: what may be done to a booking. Pure."""

from luotsi.domain.bookings.rules.booking import BookingState, Moments, NotPossible, booking_state, can, check_can

__all__ = ["BookingState", "Moments", "NotPossible", "booking_state", "can", "check_can"]
