"""How soon child welfare decides and assesses: the figures that a county follows, beside what the law asks for. Pure.

Source document 002 (Soite / Keski-Pohjanmaa RRP project plan, 2022) tells the mean days from a notification to its
decision, and the share of assessments ready in 90 days. The law counts three months, which is 89 to 92 days and moves
off days when authorities are shut; so both are told.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

READY_DAYS = 90


@dataclass(frozen=True)
class Notified:
    """A notification, the day it was decided whether an assessment begins, and whether that was within the law's limit
    (None while it is open and not late).
    """

    received: date
    decided: date | None
    is_in_law: bool | None


@dataclass(frozen=True)
class Assessed:
    """An assessment that is ready: the day the matter became pending, the day it was ready, the law's last day."""

    opened: date
    ready: date
    due: date | None


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        """0–100 to one decimal; None of nothing."""
        return round(100 * self.part / self.whole, 1) if self.whole else None


@dataclass(frozen=True)
class Handling:
    """The figures of one period. `mean_days` is of those `decided`."""

    notifications: int
    decided: int
    mean_days: float | None
    decided_in_law: Share
    ready_in_days: Share
    ready_in_law: Share


def handling(notified: Sequence[Notified], assessed: Sequence[Assessed]) -> Handling:
    return Handling(
        notifications=len(notified),
        decided=sum(1 for one in notified if one.decided),
        mean_days=mean_days(notified),
        decided_in_law=share(one.is_in_law for one in notified if one.is_in_law is not None),
        ready_in_days=share((one.ready - one.opened).days <= READY_DAYS for one in assessed),
        ready_in_law=share(one.ready <= one.due for one in assessed if one.due),
    )


def mean_days(notified: Iterable[Notified]) -> float | None:
    """Calendar days from the notification to its decision, of those decided, to two decimals; None of none."""
    days = [(one.decided - one.received).days for one in notified if one.decided]
    return round(sum(days) / len(days), 2) if days else None


def share(fits: Iterable[bool]) -> Share:
    told = list(fits)
    return Share(sum(told), len(told))
