"""What the shelf says of times: offerings."""

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

__all__ = [
    "Duration",
    "Example",
    "Kind",
    "Mode",
    "Need",
    "Offering",
    "Price",
    "WhoMayBook",
    "offered_in",
    "offerings",
]
