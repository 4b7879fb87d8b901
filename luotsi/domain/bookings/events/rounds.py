"""What can happen to home visits and to the rounds of a day."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class HomeVisitAsked:
    """A visit is to be laid into the rounds of that day."""

    kind: ClassVar[str] = "home_visit.asked"
    visit: UUID
    day: date


@dataclass(frozen=True)
class HomeVisitCancelled:
    """The visit is not needed after all."""

    kind: ClassVar[str] = "home_visit.cancelled"
    visit: UUID
    day: date


@dataclass(frozen=True)
class HomeVisitMoved:
    """A planner put the visit with this worker, where it stays when the day is planned anew."""

    kind: ClassVar[str] = "home_visit.moved"
    visit: UUID
    day: date
    staff: UUID


@dataclass(frozen=True)
class RoundsLaid:
    """The visits of a unit's day were put in order; so many found a place, with so much driving."""

    kind: ClassVar[str] = "rounds.laid"
    day: date
    visits: int
    placed: int
    drive_minutes: int


@dataclass(frozen=True)
class RoundsGiven:
    """The laid visits of a unit's day became times: so many new, moved so far that it was told, and given up."""

    kind: ClassVar[str] = "rounds.given"
    day: date
    given: int
    moved: int
    cancelled: int
