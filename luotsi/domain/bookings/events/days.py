"""What can happen to granted days."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class DaysGranted:
    """A decision in the matter grants so many days of a kind, counted as content/granted_days says."""

    kind: ClassVar[str] = "days.granted"
    grant: UUID
    granted: str
    days: int
    until: date


@dataclass(frozen=True)
class DaysEnded:
    """The decision ended before its time."""

    kind: ClassVar[str] = "days.ended"
    grant: UUID
    granted: str


@dataclass(frozen=True)
class DaysWished:
    kind: ClassVar[str] = "days.wished"
    wish: UUID
    offering: str
    days: int


@dataclass(frozen=True)
class DaysGiven:
    """The family has the days that it wished for."""

    kind: ClassVar[str] = "days.given"
    wish: UUID
    offering: str
    days: int


@dataclass(frozen=True)
class DaysNotGiven:
    """There was no place; `reason` says why, as the rule of sharing found it."""

    kind: ClassVar[str] = "days.not_given"
    wish: UUID
    offering: str
    reason: str


@dataclass(frozen=True)
class DaysGivenUp:
    """A wish was withdrawn, or so many of its given days were; they can be wished for again."""

    kind: ClassVar[str] = "days.given_up"
    wish: UUID
    offering: str
    days: int
    by: str
