"""What can happen to plans and to what differs from them. Nobody's data: who was booked has events of their own."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class PlanEnded:
    """A plan holds no longer than `last`; it would have held until `was_to`. So many booked times were kept, moved or
    given up with it. A changed plan has ended, too: the new one names it.
    """

    kind: ClassVar[str] = "plan.ended"
    plan: UUID
    last: date
    was_to: date
    closed: int
    kept: int
    moved: int
    cancelled: int


@dataclass(frozen=True)
class CalendarReopened:
    """What was closed, or opened on a holiday, is taken back: so many times can be booked again, or not any more."""

    kind: ClassVar[str] = "calendar.reopened"
    change: UUID
    times: int


@dataclass(frozen=True)
class ThingAdded:
    """A unit has a room, or a thing of some type, that a time can need."""

    kind: ClassVar[str] = "thing.added"
    thing: UUID
    sort: str
    type: str


@dataclass(frozen=True)
class ThingEnded:
    kind: ClassVar[str] = "thing.ended"
    thing: UUID
    last: date
