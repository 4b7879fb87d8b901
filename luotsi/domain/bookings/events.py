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


@dataclass(frozen=True)
class BookingMoved:
    """The booking `was` became this one at another time."""

    kind: ClassVar[str] = "booking.moved"
    booking: UUID
    was: UUID
    starts_at: datetime
    mode: str = "visit"


@dataclass(frozen=True)
class PlanMade:
    """A worker or a thing can be booked again and again; `times` were made of it at once."""

    kind: ClassVar[str] = "plan.made"
    plan: UUID
    staff: UUID | None
    resource: UUID | None
    times: int


@dataclass(frozen=True)
class CalendarChanged:
    """A calendar is closed, or open on a holiday. So many booked times were kept, moved or given up with it."""

    kind: ClassVar[str] = "calendar.changed"
    change: UUID
    opens: bool
    closed: int
    kept: int
    moved: int
    cancelled: int
