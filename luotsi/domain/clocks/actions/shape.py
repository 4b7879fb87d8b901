"""What the events of a matter mean for its clocks, told without its own moments."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from luotsi.base.now import in_helsinki
from luotsi.domain.clocks.definitions import ClockRule, clock_rules
from luotsi.domain.clocks.rules import (
    ClockStory,
    Declined,
    Ended,
    Paused,
    PromiseCancelled,
    Promised,
    Resumed,
    Stopped,
    StoryEvent,
)
from luotsi.domain.events.queries import Matter

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Part(NamedTuple):
    """One clock of matters of a shape, told by the first of them. `number` is its own.

    The other numbers are places among the events: of each event of the story, and of the clock that it joins. `days`:
    those whose day counts, `promises`: those that promise a day, where it still tells anything; both up to the one that
    closes the clock.
    """

    number: int
    rule: ClockRule
    story: ClockStory
    places: tuple[int, ...]
    days: tuple[int, ...]
    promises: tuple[int, ...]
    joins: int | None

    @property
    def line(self) -> str:
        return self.story.use.line

    @property
    def start(self) -> int:
        return self.places[0]

    def events_of(self, matter: Matter) -> list[StoryEvent]:
        """The story as it went in another matter of the shape."""
        told: list[StoryEvent] = []
        for event, place in zip(self.story.events, self.places, strict=True):
            at = moment_of(matter.times[place])
            if isinstance(event, Promised):
                told.append(Promised(at, promised_at(matter.starts[place]), event.offer))
            else:
                told.append(replace(event, at=at))
        return told


def part_of(number: int, story: ClockStory, told: Mapping[tuple[Any, int], Any], matter: Matter) -> Part | None:
    """None when the rule was never told, or two things happened to the clock at one moment."""
    ats = [microseconds(event.at) for event in story.events]
    rule = clock_rules().get(told.get((story.use.line, ats[0]), ""))
    places = [place_of(matter, at, isinstance(event, Promised)) for event, at in zip(story.events, ats, strict=True)]
    if rule is None or len(set(ats)) != len(ats) or None in places:
        return None
    closing = next((place for place, event in enumerate(story.events, 1) if isinstance(event, Stopped | Ended)), None)
    until = list(zip(story.events, places, strict=True))[:closing]
    days = tuple(place for event, place in until if isinstance(event, Stopped | Ended | Paused | Resumed))
    # A promise that nobody declined or cancelled says nothing any more of a clock that has been closed.
    tell = closing is None or any(isinstance(event, Declined | PromiseCancelled) for event, _ in until)
    promises = tuple(place for event, place in until if tell and isinstance(event, Promised))
    joins = matter.times.index(microseconds(story.joins)) if story.joins else None
    return Part(number, rule, story, tuple(places), days, promises, joins)  # type: ignore[arg-type]


def place_of(matter: Matter, at: int, is_promise: bool) -> int | None:
    """The place of an event of this moment; of one that promises, the only one that says when a time begins."""
    found = [place for place, time in enumerate(matter.times) if time == at]
    if not is_promise:
        return found[0]
    starts = [place for place in found if matter.starts[place]]
    return starts[0] if len(starts) == 1 else None


def promised_at(text: str) -> datetime:
    return in_helsinki(datetime.fromisoformat(text))


def moment_of(microseconds: int) -> datetime:
    return _EPOCH + timedelta(microseconds=microseconds)


def microseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)
