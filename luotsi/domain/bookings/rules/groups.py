"""Where a group stands, who still gets in, and whether it is held. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from luotsi.base.dates import start_of
from luotsi.base.now import local_day

GroupState = Literal["ahead", "runs", "over", "called_off"]
DECIDED_AT = time(9)  # of the day by which it is decided: who is told hears it in the daytime
USUALLY_BEFORE = timedelta(days=7)  # how long before the first meeting one decides, unless somebody says otherwise
REASONS = ("too_few", "leader_away", "other")  # why a group is called off: a closed list

Why = Literal["no_meetings", "too_late", "too_few_places", "not_a_group", "nobody_leads"]


class GroupRefused(Exception):
    """There can be no such group. `why` is a key that the page has words for."""

    def __init__(self, why: Why) -> None:
        self.why: Why = why
        super().__init__(_SENTENCES[why])


class SignUpShut(Exception):
    """Nobody can sign up for this group now: it is called off, over, or too far on."""


@dataclass(frozen=True)
class Meeting:
    """One meeting, with its places. `is_held` unless the calendar was closed on it."""

    starts_at: datetime
    ends_at: datetime
    capacity: int
    taken: int
    is_held: bool = True

    @property
    def free(self) -> int:
        return max(self.capacity - self.taken, 0)


def state(meetings: Sequence[Meeting], *, cancelled_at: datetime | None, at: datetime) -> GroupState:
    """Where the group stands: ahead of its first meeting, under way, over, or called off."""
    if cancelled_at is not None:
        return "called_off"
    held = [one for one in meetings if one.is_held]
    if not held or max(one.ends_at for one in held) <= at:
        return "over"
    return "ahead" if min(one.starts_at for one in held) > at else "runs"


def joinable(meetings: Sequence[Meeting], *, at: datetime, lead: timedelta = timedelta(0)) -> list[Meeting]:
    """The meetings to which one who signs up now comes: those ahead, as long as they are at least half of all.

    Who would come later than that is better served by the next group.
    """
    held = [one for one in meetings if one.is_held]
    ahead = [one for one in held if one.starts_at > at + lead]
    return ahead if ahead and 2 * len(ahead) >= len(held) else []


def free_places(meetings: Sequence[Meeting]) -> int:
    """How many can still sign up: a place is needed at every one of these meetings."""
    return min((one.free for one in meetings), default=0)


def is_due(decide_by: date | None, *, at: datetime) -> bool:
    """Whether it is time to decide if the group is held."""
    return decide_by is not None and at >= start_of(decide_by, DECIDED_AT)


def is_held(signed_up: int, *, fewest: int) -> bool:
    return signed_up >= fewest


def usual_day(first: date) -> date:
    """The day by which it is usually decided."""
    return first - USUALLY_BEFORE


def check_group(
    meetings: Sequence[datetime], *, places: int, fewest: int, decide_by: date | None, at: datetime
) -> None:
    """Raises GroupRefused: there is no meeting ahead, or the decision would come too late or could never be yes."""
    if not meetings:
        raise GroupRefused("no_meetings")
    if not 1 <= fewest <= places:
        raise GroupRefused("too_few_places")
    if decide_by is not None and (is_due(decide_by, at=at) or decide_by >= local_day(min(meetings))):
        raise GroupRefused("too_late")


_SENTENCES: dict[Why, str] = {
    "no_meetings": "there is no meeting: the leader has other times at the same moments, or the days are holidays",
    "too_late": "it is decided before the day of the first meeting, and at a moment that is still to come",
    "too_few_places": "fewest is at least one and at most as many as there are places",
    "not_a_group": "the offering is not one for groups",
    "nobody_leads": "a group has a leader",
}
