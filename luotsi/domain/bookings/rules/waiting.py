"""To whom a freed time is offered first. Pure: the same waiting and the same times always give the same answer."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from luotsi.base.now import in_helsinki

ANSWER_HOURS = 12  # how long an offered time waits for its answer
LEAST_AHEAD = timedelta(hours=24)  # a nearer time is not offered: there must be time to answer and to come
LAST_MOMENT = timedelta(hours=6)  # and to give it to the next one
_NEVER = datetime.max.replace(tzinfo=UTC)
URGENCIES = {"at_once": 5, "today": 4, "days": 3, "weeks": 2, "can_wait": 1}  # keys of content/urgencies by weight
PARTS = {"morning": (0, 12), "afternoon": (12, 16), "evening": (16, 24)}  # hours of the day in Finland


@dataclass(frozen=True)
class Waiting:
    """One who waits. `days` are weekdays (0 = Monday) and `parts` keys of PARTS that suit; none: any.

    `refused` are times that they were offered before; `stops` those of a vehicle that suit, where it comes by one.
    """

    id: UUID
    units: frozenset[str]
    entered_at: datetime
    due_at: datetime | None = None
    urgency: int = 0
    days: frozenset[int] = frozenset()
    parts: frozenset[str] = frozenset()
    not_before: datetime | None = None
    refused: frozenset[UUID] = frozenset()
    stops: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Free:
    """A time with so many places left."""

    id: UUID
    unit: str
    starts_at: datetime
    places: int
    stop: str = ""


def order(waiting: Iterable[Waiting]) -> list[Waiting]:
    """Who has the least time left on their clock first, then the more urgent, then who has waited longest."""
    return sorted(
        waiting,
        key=lambda one: (one.due_at or _NEVER, -one.urgency, one.entered_at, one.id),
    )


def suits(one: Waiting, free: Free) -> bool:
    """Whether the time is in a place and at a moment that they wished for, and was not offered to them before."""
    local = in_helsinki(free.starts_at)
    return (
        (not one.units or free.unit in one.units)
        and (not one.stops or free.stop in one.stops)
        and free.id not in one.refused
        and (not one.days or local.weekday() in one.days)
        and (not one.parts or any(PARTS[part][0] <= local.hour < PARTS[part][1] for part in one.parts))
        and (one.not_before is None or free.starts_at >= one.not_before)
    )


def pair(waiting: Collection[Waiting], times: Sequence[Free]) -> list[tuple[UUID, UUID]]:
    """Each who waits, in order, with the earliest time left that suits them: (entry, slot). Nobody gets two, and no
    time is given more often than it has places.
    """
    left = {free.id: free.places for free in times}
    ordered = sorted(times, key=lambda free: (free.starts_at, free.id))
    found = []
    for one in order(waiting):
        chosen = next((free for free in ordered if left[free.id] > 0 and suits(one, free)), None)
        if chosen is not None:
            left[chosen.id] -= 1
            found.append((one.id, chosen.id))
    return found


def answer_by(starts_at: datetime, *, at: datetime, hours: int = ANSWER_HOURS) -> datetime:
    """Until when an offered time waits: so many hours, and at the latest while the next one can still come."""
    return min(at + timedelta(hours=hours), starts_at - LAST_MOMENT)


def can_offer(starts_at: datetime, *, at: datetime) -> bool:
    """Whether the time is far enough ahead to be offered to somebody who waits."""
    return starts_at >= at + LEAST_AHEAD
