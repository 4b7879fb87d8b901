"""What can happen to a clock, in what order it is read, and which stories are refused."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Literal

from luotsi.base.now import in_helsinki
from luotsi.domain.clocks.definitions import ClockRule


class StoryError(ValueError):
    """A story that cannot have happened. The sentence says what to mend."""


@dataclass(frozen=True)
class Started:
    """The trigger of the law: the contact, the assessment of need, the arrival of the referral."""

    at: datetime


@dataclass(frozen=True)
class Promised:
    """A time was offered or booked for `on`. It stops nothing: only care does. `offer` is the booking's id."""

    at: datetime
    on: datetime
    offer: str = ""


@dataclass(frozen=True)
class Declined:
    """The resident declined an offered time: the provider's duty was met by it if it was within the limit."""

    at: datetime
    offer: str = ""


@dataclass(frozen=True)
class PromiseCancelled:
    """A promised time was cancelled, or the resident did not come. By the provider: the clock runs on unchanged."""

    at: datetime
    by: Literal["resident", "provider"]
    offer: str = ""


@dataclass(frozen=True)
class Paused:
    """The matter waits for a reason that the rule admits; `by` is who decided so."""

    at: datetime
    reason: str
    by: str


@dataclass(frozen=True)
class Resumed:
    at: datetime


@dataclass(frozen=True)
class Stopped:
    """What the law asks for was done: the first care, the assessment, the decision."""

    at: datetime


@dataclass(frozen=True)
class Ended:
    """The matter ended without it: the resident withdrew, moved or died. Counted apart from attainment."""

    at: datetime
    reason: str = ""


StoryEvent = Started | Promised | Declined | PromiseCancelled | Paused | Resumed | Stopped | Ended

_KINDS = (Started, Promised, Declined, PromiseCancelled, Paused, Resumed, Stopped, Ended)
_ORDER: dict[type, int] = {kind: place for place, kind in enumerate(_KINDS)}


def in_order(story: Iterable[StoryEvent]) -> tuple[StoryEvent, ...]:
    """The events by time; at the same moment by kind, so that the order they came in never matters."""
    events = sorted(story, key=_when)
    if any(_when(one) == _when(other) for one, other in pairwise(events)):
        events.sort(key=lambda event: (*_when(event), repr(event)))
    return tuple(events)


def _when(event: StoryEvent) -> tuple[datetime, int]:
    return event.at, _ORDER[type(event)]


def check_story(rule: ClockRule, story: tuple[StoryEvent, ...], *, at: datetime) -> None:
    """Refuse what cannot be: no start or two, a naive or future time, something before the start, a wrong pause."""
    starts = [event for event in story if isinstance(event, Started)]
    if len(starts) != 1:
        raise StoryError(
            f"{rule.key}: a clock has one start, this one has {len(starts)}; a second start is a new clock"
        )
    for event in story:
        if event.at > at:
            raise StoryError(f"{rule.key}: {_told(event)} is in the future; mend its time")
        if event.at < starts[0].at:
            raise StoryError(f"{rule.key}: {_told(event)} is before {_told(starts[0])}; mend one of the times")
        if isinstance(event, Paused):
            check_pause(rule, reason=event.reason, by=event.by)


def check_pause(rule: ClockRule, *, reason: str, by: str) -> None:
    """Raise StoryError unless the rule may be paused for this reason by a named author."""
    if rule.counts_working_days:
        raise StoryError(f"{rule.key} is counted in working days and is never paused")
    if reason not in rule.pauses:
        grounds = f"only for: {', '.join(rule.pauses)}" if rule.pauses else "for no reason"
        raise StoryError(f"{rule.key} cannot be paused for {reason!r}; it is paused {grounds}")
    if not by:
        raise StoryError(f"{rule.key}: a pause needs the name of the one who decided it")


def _told(event: StoryEvent) -> str:
    return f"{_NAMES[type(event)]} ({in_helsinki(event.at):%d.%m.%Y %H:%M})"


_NAMES: dict[type[StoryEvent], str] = {
    Started: "the start",
    Promised: "the promise of a time",
    Declined: "the declining of a time",
    PromiseCancelled: "the cancelling of a time",
    Paused: "the pause",
    Resumed: "the end of the pause",
    Stopped: "what stops the clock",
    Ended: "the end of the matter",
}
