"""What can happen to a clock. The events of the matter itself are the truth; these say what followed from them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar


@dataclass(frozen=True)
class ClockStarted:
    """A limit began to run. Occurred when its trigger did; from here on the rule stays the same."""

    kind: ClassVar[str] = "clock.started"
    line: str
    rule: str
    due: date | None


@dataclass(frozen=True)
class ClockStartedAtAnyAge(ClockStarted):
    """A limit began to run that depends on an age which was not known. Its rule is the strictest one, until it is."""

    age_unknown: bool = True


@dataclass(frozen=True)
class ClockStopped:
    """The limit was met, met late, or ended without what it asks for. `started` names the clock, `on` the lawful day:
    a time that the resident declined meets the duty on its own day, which may be later than the event."""

    kind: ClassVar[str] = "clock.stopped"
    line: str
    rule: str
    outcome: str
    started: datetime
    on: date


@dataclass(frozen=True)
class ClockMissed:
    """The last day passed and what the law asks for had not been done. Occurred when that day ended; told once."""

    kind: ClassVar[str] = "clock.missed"
    line: str
    rule: str
    due: date
    started: datetime


@dataclass(frozen=True)
class ClockPaused:
    kind: ClassVar[str] = "clock.paused"
    line: str
    reason: str
    by: str


@dataclass(frozen=True)
class ClockResumed:
    kind: ClassVar[str] = "clock.resumed"
    line: str


@dataclass(frozen=True)
class ClockWithdrawn:
    """A start, stop or miss that was told did not happen after all: a correction took it away. `what` is its kind."""

    kind: ClassVar[str] = "clock.withdrawn"
    line: str
    rule: str
    what: str
