"""What can happen to a time."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from luotsi.domain.bookings.events.calendars import (  # noqa: F401 (told beside the others)
    CalendarReopened,
    PlanEnded,
    ThingAdded,
    ThingEnded,
)
from luotsi.domain.bookings.events.days import (  # noqa: F401 (told beside the others)
    DaysEnded,
    DaysGiven,
    DaysGivenUp,
    DaysGranted,
    DaysNotGiven,
    DaysWished,
)
from luotsi.domain.bookings.events.groups import (  # noqa: F401 (told beside the others)
    GroupDecided,
    GroupEnded,
    GroupPlanned,
)


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
class BookingKept:
    """Somebody chose the time and has some minutes to confirm it."""

    kind: ClassVar[str] = "booking.kept"
    booking: UUID
    starts_at: datetime
    mode: str = "visit"


@dataclass(frozen=True)
class BookingLapsed:
    """A kept time was not confirmed and is free again."""

    kind: ClassVar[str] = "booking.lapsed"
    booking: UUID
    starts_at: datetime


@dataclass(frozen=True)
class BookingMoved:
    """The booking `was` became this one at another time."""

    kind: ClassVar[str] = "booking.moved"
    booking: UUID
    was: UUID
    starts_at: datetime
    mode: str = "visit"


@dataclass(frozen=True)
class VisitArrived:
    kind: ClassVar[str] = "visit.arrived"
    booking: UUID


@dataclass(frozen=True)
class VisitBegan:
    kind: ClassVar[str] = "visit.began"
    booking: UUID


@dataclass(frozen=True)
class VisitMissed:
    """The resident did not come. `reason` is one of a closed list."""

    kind: ClassVar[str] = "visit.missed"
    booking: UUID
    reason: str


@dataclass(frozen=True)
class VisitUnmarked:
    """What was marked of the visit was wrong, for a reason of a closed list. `corrects` of the event names the mark."""

    kind: ClassVar[str] = "visit.unmarked"
    booking: UUID
    mark: str
    reason: str


@dataclass(frozen=True)
class WaitingJoined:
    kind: ClassVar[str] = "waiting.joined"
    entry: UUID
    offering: str


@dataclass(frozen=True)
class WaitingLeft:
    """The waiting ended: `reason` says whether with a time, or because the resident left."""

    kind: ClassVar[str] = "waiting.left"
    entry: UUID
    offering: str
    reason: str


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


@dataclass(frozen=True)
class HeadsCounted:
    """So many came to a time without a name; `before` is what was counted earlier, None the first time."""

    kind: ClassVar[str] = "heads.counted"
    slot: UUID
    people: int
    before: int | None
    mode: str = "group"


@dataclass(frozen=True)
class BookingReminded:
    """The resident was reminded of a time that is near."""

    kind: ClassVar[str] = "booking.reminded"
    booking: UUID
    starts_at: datetime
