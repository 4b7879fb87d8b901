"""A whole story told from outside, read into all its clocks, whatever the order in which it was told."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from luotsi.base.now import in_helsinki, local_day
from luotsi.domain.clocks.definitions import LINES, ClockRule, ClockSettings, ClockStories, ClockUse, Condition, Line
from luotsi.domain.clocks.definitions.stories import holds
from luotsi.domain.clocks.definitions.vocabulary import Stop
from luotsi.domain.clocks.rules.choose import NoRuleError, choose_rule
from luotsi.domain.clocks.rules.compose import ClockStory, Fact, closed_by, compose
from luotsi.domain.clocks.rules.count import Due, due
from luotsi.domain.clocks.rules.offers import with_offers_named
from luotsi.domain.clocks.rules.read import ClockReading, read_clock
from luotsi.domain.clocks.rules.story import StoryError, check_pause
from luotsi.domain.clocks.rules.told import Known, Told, ToldEvent

_PAUSES = ("clock.paused", "clock.resumed")
# Of these the line says what was needed, asked or applied for; of other events, which clock they concern.
_OPENERS = ("need.assessed", "application.received", "request.received")


@dataclass(frozen=True)
class ToldClock:
    """One clock of a story. `event` is the number of the event that started it, `joins` when the clock began to which
    it is joined."""

    line: Line
    event: int
    reading: ClockReading
    answer: Due
    joins: datetime | None


@dataclass(frozen=True)
class WithoutRule:
    """A start that no rule of the line covers, and why."""

    line: Line
    event: int
    why: str


@dataclass(frozen=True)
class WholeReading:
    clocks: tuple[ToldClock, ...]
    without_rule: tuple[WithoutRule, ...]


def read_whole(told: Told, known: Known, *, at: datetime) -> WholeReading:
    """Every clock of the story at `at` (aware). Raises ToldWronglyError, which names the event and the field."""
    settings, conditions = known.settings.changed_by(told.choices)
    events = tuple(sorted(told.events, key=lambda event: (event.at, event.uid)))
    corrected = {event.corrects for event in events if event.corrects}
    events = tuple(event for event in events if event.uid not in corrected)
    _check_times(events, told.born, at)
    _check_contact_comes_first(events, known.stories)
    reader = _Reader(known, settings, conditions, told.born, max([at, *(event.at for event in events)]))
    events = with_offers_named(events, known.stories)
    events = _with_pauses_placed(events, reader)
    return WholeReading(tuple(reader.clocks(events)), tuple(reader.uncovered(events)))


def _check_times(events: Iterable[ToldEvent], born: date | None, at: datetime) -> None:
    for event in events:
        if local_day(event.at) > local_day(at) or (event.at > at and not _is_day_alone(event)):
            raise event.wrong(
                "at", f"{_said(event.at)} is in the future; now is {_said(at)}: mend the time or say --at"
            )
        if born and local_day(event.at) < born:
            raise event.wrong("at", f"{_said(event.at)} is before the birth, {born}; mend one of them")


def _is_day_alone(event: ToldEvent) -> bool:
    """Whether the event may have been told as a day: it then stands at the hour when the office opens."""
    return in_helsinki(event.at).minute == in_helsinki(event.at).second == 0


def _check_contact_comes_first(events: tuple[ToldEvent, ...], stories: ClockStories) -> None:
    contact = next((event for event in events if event.kind == stories.starts["contact"].kind), None)
    answers = {one.kind for one in stories.stops["contact_made"]}
    early = next((event for event in events if event.kind in answers), None)
    if contact and early and early.at < contact.at:
        raise early.wrong(
            "at",
            f"{_said(early.at)} is before the contact of event {contact.number} ({_said(contact.at)}); "
            "mend one of the times",
        )


@dataclass(frozen=True)
class _Reader:
    """What the clocks of a story are read by."""

    known: Known
    settings: ClockSettings
    conditions: Mapping[Condition, bool]
    born: date | None
    at: datetime

    def clocks(self, events: tuple[ToldEvent, ...]) -> Iterator[ToldClock]:
        found = [one for one in self._each(events) if isinstance(one, ToldClock)]
        yield from sorted(found, key=lambda one: (one.reading.started, one.event, LINES.index(one.line)))

    def uncovered(self, events: tuple[ToldEvent, ...]) -> Iterator[WithoutRule]:
        """What has no rule, left out where no law was in force and the same event started another clock."""
        found = list(self._each(events))
        opened = {one.event for one in found if isinstance(one, ToldClock)}
        for one in found:
            if isinstance(one, WithoutRule) and ("was in force" not in one.why or one.event not in opened):
                yield one

    def _each(self, events: tuple[ToldEvent, ...]) -> Iterator[ToldClock | WithoutRule]:
        numbers = {event.uid: event for event in events}
        told: set[tuple[Line, int]] = set()
        for line, stop, story in self._stories(events):
            start = numbers[story.start.uid]
            try:
                rule = self._rule(line, start, story)
            except NoRuleError as error:
                if (line, start.number) not in told:
                    told.add((line, start.number))
                    yield WithoutRule(line, start.number, str(error))
                continue
            if rule.stops == stop:
                yield self._clock(rule, start, story)

    def _stories(self, events: tuple[ToldEvent, ...]) -> Iterator[tuple[Line, Stop, ClockStory]]:
        every: list[tuple[Line, Stop, ClockStory]] = []
        for line in LINES:
            for stop in sorted({rule.stops for rule in self.known.rules.values() if rule.line == line}):
                use = _use(line, is_each=self.known.stories.starts[line].each)
                facts = tuple(self._facts(events, line, stop))
                every += [(line, stop, story) for story in compose([use], facts)]
        yield from _joined(every)

    def _rule(self, line: Line, start: ToldEvent, story: ClockStory) -> ClockRule:
        if named := start.text("rule"):
            return self.known.rules[named]
        said = {**self.conditions, **story.conditions}
        return choose_rule(
            line, start.at, self.born, rules=self.known.rules.values(), settings=self.settings, conditions=said
        ).rule

    def _clock(self, rule: ClockRule, start: ToldEvent, story: ClockStory) -> ToldClock:
        said = {**self.conditions, **story.conditions}
        given: dict[str, Any] = {"settings": self.settings, "born": self.born, "conditions": said}
        answer = due(rule, start.at, **given)
        try:
            reading = read_clock(rule, story.events, at=self.at, joins=story.joins, **given)
        except StoryError as error:
            raise start.wrong("at", str(error)) from None
        return ToldClock(rule.line, start.number, reading, answer, story.joins)

    def _facts(self, events: tuple[ToldEvent, ...], line: Line, stop: Stop) -> Iterator[Fact]:
        for event in events:
            if meaning := self._meaning(event, line, stop):
                yield Fact(event.uid, meaning, event.at, {**event.body, "line": line})

    def _meaning(self, event: ToldEvent, line: Line, stop: Stop) -> str:
        """What the event is to a clock of the line: started, stopped, promised… or "" when it does not concern it."""
        stories, start = self.known.stories, self.known.stories.starts[line]
        if event.kind == start.kind and holds(start.when, event.body):
            return "started"
        if not _concerns(event, line, self.known.rules):
            return ""
        if any(event.kind == one.kind and holds(one.when, event.body) for one in stories.stops[stop]):
            return "stopped"
        by_kind = {
            **dict.fromkeys(stories.promises, "promised"),
            **dict.fromkeys(stories.declines, "declined"),
            **dict.fromkeys(stories.cancels, "cancelled"),
            **dict.fromkeys(stories.ends, "ended"),
            **{"clock.started": "started", "clock.stopped": "stopped"},
            **{kind: kind for kind in _PAUSES},
        }
        return by_kind.get(event.kind, "")


def _use(line: Line, *, is_each: bool) -> ClockUse:
    return ClockUse(
        line=line,
        starts="started",
        promised_by=("promised",),
        declined_by=("declined",),
        cancelled_by=("cancelled",),
        stops=("stopped",),
        ends=("ended",),
        each_start=is_each,
    )


def _concerns(event: ToldEvent, line: Line, rules: Mapping[str, ClockRule]) -> bool:
    """Whether the event is about a clock of the line: the named one, or any when none is named."""
    if named := event.text("rule"):
        return rules[named].line == line
    if event.kind in _OPENERS:
        return True
    if event.kind in (*_PAUSES, "clock.started", "clock.stopped") or event.text("line"):
        return event.text("line") == line
    return True


def _joined(every: list[tuple[Line, Stop, ClockStory]]) -> Iterator[tuple[Line, Stop, ClockStory]]:
    """Each clock that stands alone knows the earliest one that the same kind of event opened and that still ran."""
    for line, stop, story in every:
        if not story.use.each_start:
            yield line, stop, story
            continue
        joins = min((other.start.at for _, _, other in every if _ran_beside(other, story)), default=None)
        yield line, stop, replace(story, joins=joins)


def _ran_beside(other: ClockStory, story: ClockStory) -> bool:
    return other.start.at < story.start.at and not closed_by(other, story.start.at)


def _with_pauses_placed(events: tuple[ToldEvent, ...], reader: _Reader) -> tuple[ToldEvent, ...]:
    """Every pause and its end with the line of the clock that it concerns, checked against that clock's rule."""
    clocks = list(reader.clocks(tuple(event for event in events if event.kind not in _PAUSES)))
    paused: set[Line] = set()
    placed = []
    for event in events:
        if event.kind in _PAUSES:
            clock = _paused_clock(event, clocks, reader.known.rules, paused)
            _check_pause(event, clock.reading.rule, clock.line in paused)
            paused ^= {clock.line}
            event = replace(event, body={**event.body, "line": clock.line})
        placed.append(event)
    return tuple(placed)


def _paused_clock(
    event: ToldEvent, clocks: list[ToldClock], rules: Mapping[str, ClockRule], paused: set[Line]
) -> ToldClock:
    running = [one for one in clocks if _runs_at(one.reading, event.at)]
    named = "rule" if event.text("rule") else "line"
    if event.text("rule") or event.text("line"):
        running = [one for one in running if _concerns(event, one.line, rules)]
        if not running:
            raise event.wrong(named, f"no clock of {event.text(named)} was running {_said(event.at)}")
        return running[-1]
    if event.kind == "clock.resumed":
        running = [one for one in running if one.line in paused] or running
    able = [one for one in running if one.reading.rule.pauses]
    if not running:
        raise event.wrong("at", f"no clock was running {_said(event.at)}")
    if len(running) > 1 and len(able) != 1:
        names = ", ".join(sorted({one.line for one in running}))
        raise event.wrong("line", f"it is missing, and several clocks were running: say which of {names}")
    return able[0] if able else running[0]


def _runs_at(reading: ClockReading, moment: datetime) -> bool:
    return reading.started <= moment and (reading.stopped is None or moment <= reading.stopped)


def _check_pause(event: ToldEvent, rule: ClockRule, is_paused: bool) -> None:
    if event.kind == "clock.resumed":
        if not is_paused:
            raise event.wrong("kind", f"{rule.key} was not paused then; leave it out or tell the pause")
        return
    if is_paused:
        raise event.wrong("kind", f"{rule.key} was paused already; tell first when that pause ended")
    try:
        check_pause(rule, reason=event.text("reason"), by=event.text("by"))
    except StoryError as error:
        raise event.wrong("reason", str(error)) from None


def _said(moment: datetime) -> str:
    return f"{in_helsinki(moment):%d.%m.%Y %H:%M}"
