"""What can happen to a time."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class BookingOffered:
    kind: ClassVar[str] = "booking.offered"
    booking: UUID
    starts_at: datetime
    mode: str = "visit"


@dataclass(frozen=True)
class BookingMade:
    kind: ClassVar[str] = "booking.made"
    booking: UUID
    starts_at: datetime
    mode: str = "visit"


@dataclass(frozen=True)
class BookingDeclined:
    kind: ClassVar[str] = "booking.declined"
    booking: UUID
    starts_at: datetime


@dataclass(frozen=True)
class BookingCancelled:
    kind: ClassVar[str] = "booking.cancelled"
    booking: UUID
    starts_at: datetime
    by: str


@dataclass(frozen=True)
class VisitHeld:
    kind: ClassVar[str] = "visit.held"
    booking: UUID | None
    mode: str = "visit"
