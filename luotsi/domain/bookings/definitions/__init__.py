"""What the shelf says of times: offerings, and vehicles that bring them to the villages."""

from luotsi.domain.bookings.definitions.counters import Counter, Desk, counters
from luotsi.domain.bookings.definitions.offerings import (
    Duration,
    Example,
    Kind,
    Mode,
    Need,
    Offering,
    Price,
    WhoMayBook,
    offered_in,
    offerings,
)
from luotsi.domain.bookings.definitions.vehicles import (
    Halt,
    Vehicle,
    VehicleRoute,
    VehicleStop,
    Workplace,
    vehicle_routes,
    vehicle_stops,
    vehicles,
)

__all__ = [
    "Counter",
    "Desk",
    "Duration",
    "Example",
    "Halt",
    "Kind",
    "Mode",
    "Need",
    "Offering",
    "Price",
    "Vehicle",
    "VehicleRoute",
    "VehicleStop",
    "WhoMayBook",
    "Workplace",
    "counters",
    "offered_in",
    "offerings",
    "vehicle_routes",
    "vehicle_stops",
    "vehicles",
]
