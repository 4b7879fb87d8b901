"""From the events of a case to the stories of its clocks. Corrected events are left out, late ones fall into place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from luotsi.base.now import in_helsinki
from luotsi.domain.clocks.definitions import CONDITIONS, ClockUse, Condition
from luotsi.domain.clocks.rules.story import (
    Declined,
    Ended,
    Paused,
    PromiseCancelled,
    Promised,
    Resumed,
    Started,
    Stopped,
    StoryError,
    StoryEvent,
)

_OPENED_BY_CONTACT = ("contact", "contact_assessment")
_PAUSES = ("clock.paused", "clock.resumed")


class Fact(NamedTuple):
    """An event as clocks read it: `body` holds the event's body and its dimensions."""

    uid: UUID
    kind: str
    at: datetime
    body: Mapping[str, Any]
    corrects: UUID | None = None


@dataclass(frozen=True)
class ClockStory:
    """One clock of a case: what started it, what was then known of the matter, and what happened to it.

    `joins`: when the clock began that an earlier event of the same kind opened and that still ran; None when none did.
    """

    use: ClockUse
    start: Fact
    conditions: Mapping[Condition, bool]
    events: tuple[StoryEvent, ...]
    joins: datetime | None = None


def read_by(uses: Iterable[ClockUse]) -> dict[str, tuple[str, ...]]:
    """What `compose` reads of each kind of event, beside a time's booking and when it begins."""
    names: dict[str, set[str]] = {"clock.paused": {"line", "reason", "by"}, "clock.resumed": {"line"}}
    names["clock.started"] = {"line", "rule"}
    for use in uses:
        for kind in use.kinds:
            names.setdefault(kind, set())
        for kind in (use.starts, *use.also_starts):
            names[kind] |= {"conditions", *use.when}
        for kind in use.stops:
            names[kind] |= {*use.stops_when}
        for kind in use.ends:
            names[kind].add("reason")
        for kind in use.cancelled_by:
            names[kind].add("by")
    return {kind: tuple(sorted(names[kind])) for kind in sorted(names)}


def compose(uses: Iterable[ClockUse], facts: Iterable[Fact], *, are_standing: bool = False) -> tuple[ClockStory, ...]:
    """The clocks that these events make, one after another and side by side. Raises StoryError.

    `are_standing`: the facts come from `standing_facts` already.
    """
    standing = tuple(facts) if are_standing else standing_facts(facts)
    return _joined(tuple(story for use in uses for story in _of_use(use, standing)))


def standing_facts(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts in the order in which they happened, without those that a later one corrects."""
    known = sorted(facts, key=_when)
    corrected = {fact.corrects for fact in known if fact.corrects}
    return tuple(fact for fact in known if fact.uid not in corrected) if corrected else tuple(known)


def _when(fact: Fact) -> tuple[datetime, int]:
    return fact.at, fact.uid.int


def _of_use(use: ClockUse, facts: tuple[Fact, ...]) -> list[ClockStory]:
    starts = [fact for fact in facts if _starts(use, fact)]
    _check_contact_comes_first(use, starts, facts)
    stories: list[ClockStory] = []
    for start in starts:
        if stories and not _stands_alone(use, start) and not closed_by(stories[-1], start.at):
            continue
        stories.append(_story(use, start, facts))
    return stories


def _starts(use: ClockUse, fact: Fact) -> bool:
    return (fact.kind == use.starts and _holds(use.when, fact)) or fact.kind in use.also_starts


def _stands_alone(use: ClockUse, start: Fact) -> bool:
    return use.each_start or start.kind in use.also_starts


def _joined(stories: tuple[ClockStory, ...]) -> tuple[ClockStory, ...]:
    """The same stories; one that stands alone beside an earlier one that still ran knows when that one began."""
    return tuple(
        replace(story, joins=_joins(story, stories)) if _stands_alone(story.use, story.start) else story
        for story in stories
    )


def _joins(story: ClockStory, stories: tuple[ClockStory, ...]) -> datetime | None:
    start, kinds = story.start, {story.use.starts, *story.use.also_starts}
    earlier = (
        other.start.at
        for other in stories
        if other.start.kind in kinds and other.start.at < start.at and not closed_by(other, start.at)
    )
    return min(earlier, default=None)


def _story(use: ClockUse, start: Fact, facts: tuple[Fact, ...]) -> ClockStory:
    meant = {*use.stops, *use.ends, *use.promised_by, *use.declined_by, *use.cancelled_by, *_PAUSES}
    after = [fact for fact in facts if fact.kind in meant and fact.at >= start.at and fact is not start]
    events = tuple(event for fact in after if (event := _as_event(use, fact)))
    said = start.body.get("conditions") or {}
    held = said if isinstance(said, Mapping) else dict.fromkeys(said, True)
    conditions = {name: bool(held[name]) for name in CONDITIONS if name in held}
    return ClockStory(use, start, conditions, (Started(start.at), *events))


def _as_event(use: ClockUse, fact: Fact) -> StoryEvent | None:
    """What a fact means to the clock, None when nothing."""
    if fact.kind in use.stops:
        return Stopped(fact.at) if _holds(use.stops_when, fact) else None
    if fact.kind in use.ends:
        return Ended(fact.at, _text(fact, "reason"))
    if fact.kind in _PAUSES:
        return _pause(use, fact)
    return _as_promise(use, fact)


def _pause(use: ClockUse, fact: Fact) -> StoryEvent | None:
    if fact.body.get("line") != use.line:
        return None
    return (
        Paused(fact.at, _text(fact, "reason"), _text(fact, "by")) if fact.kind == "clock.paused" else Resumed(fact.at)
    )


def _as_promise(use: ClockUse, fact: Fact) -> StoryEvent | None:
    offer = _text(fact, "booking")
    if fact.kind in use.promised_by and fact.body.get("starts_at"):
        return Promised(fact.at, in_helsinki(datetime.fromisoformat(_text(fact, "starts_at"))), offer)
    if fact.kind in use.declined_by:
        return Declined(fact.at, offer)
    if fact.kind in use.cancelled_by:
        return PromiseCancelled(fact.at, "resident" if _text(fact, "by") == "resident" else "provider", offer)
    return None


def closed_by(story: ClockStory, moment: datetime) -> bool:
    """Whether the clock had stopped or ended by `moment`. A declined time alone does not make room for another."""
    return any(isinstance(event, Stopped | Ended) and event.at <= moment for event in story.events)


def _check_contact_comes_first(use: ClockUse, starts: list[Fact], facts: tuple[Fact, ...]) -> None:
    if use.line not in _OPENED_BY_CONTACT or not starts:
        return
    early = [fact for fact in facts if fact.kind in use.stops and fact.at < starts[0].at]
    if early:
        raise StoryError(
            f"{early[0].kind} ({in_helsinki(early[0].at):%d.%m.%Y %H:%M}) is before the contact "
            f"({in_helsinki(starts[0].at):%d.%m.%Y %H:%M}); mend one of the times"
        )


def _holds(when: Mapping[str, Any], fact: Fact) -> bool:
    return all(_matches(fact.body.get(name), wanted) for name, wanted in when.items())


def _matches(value: Any, wanted: Any) -> bool:
    return value in wanted if isinstance(wanted, tuple) else value == wanted


def _text(fact: Fact, name: str) -> str:
    value = fact.body.get(name)
    return "" if value is None else str(value)
