"""Which times make a series: the same worker, the same day of the week, the same time of day, as far as there are such.

Pure. A series of ten is not found by booking ten times: it is proposed whole, looked at and changed, and kept whole.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from luotsi.base.now import in_helsinki

MOST = 20  # times in one series; more is another series
AROUND = timedelta(days=3)  # how far from its day a time of the series may be
CHOICES = 8


@dataclass(frozen=True)
class Free:
    """A time that could be one of the series."""

    id: UUID
    starts_at: datetime
    staff: UUID | None


def target(anchor: datetime, number: int, *, every_days: int) -> datetime:
    """When the time of that number should begin: by the clock on the wall, also when that has been changed."""
    local = in_helsinki(anchor)
    return (local.replace(tzinfo=None) + timedelta(days=number * every_days)).replace(tzinfo=local.tzinfo)


def nearest(free: Collection[Free], wanted: datetime, *, staff: UUID | None = None) -> list[Free]:
    """The times around the wanted moment that could take its place, the best first: the same worker's before others',
    then the nearest.
    """
    around = [one for one in free if abs(one.starts_at - wanted) <= AROUND]
    ordered = sorted(around, key=lambda one: (one.staff != staff, abs(one.starts_at - wanted), str(one.id)))
    return ordered[:CHOICES]


def propose(rounds: Sequence[Collection[Free]], anchor: Free, *, every_days: int) -> list[UUID | None]:
    """Of each round of free times the best for it; None where there is none. The first round's is the anchor."""
    found: list[UUID | None] = [anchor.id]
    for number, free in enumerate(rounds[1:], start=1):
        best = nearest(free, target(anchor.starts_at, number, every_days=every_days), staff=anchor.staff)
        found.append(next((one.id for one in best if one.id not in found), None))
    return found
