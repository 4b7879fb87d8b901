"""Reading times for pages."""

from luotsi.domain.bookings.queries.times import (
    BookingView,
    FreeSlot,
    Places,
    bookings,
    first_free,
    free_slots,
    places_on,
    slots,
    states,
)

__all__ = ["BookingView", "FreeSlot", "Places", "bookings", "first_free", "free_slots", "places_on", "slots", "states"]
