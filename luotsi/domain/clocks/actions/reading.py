"""From stored events to read clocks, and from read clocks to rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from luotsi.base.now import local_day
from luotsi.domain.clocks.definitions import ClockRule, ClockSettings, ClockUse, clock_rules, clock_settings
from luotsi.domain.clocks.models import Clock
from luotsi.domain.clocks.rules import (
    ClockReading,
    ClockStory,
    Counts,
    Fact,
    NoRuleError,
    choose_rule,
    compose,
    due,
    read_clock,
    rule_stays,
)
from luotsi.domain.clocks.rules.compose import standing_facts
from luotsi.domain.events.models import Event

# An event of another writer, committed while this one waited for the lock, may be a little later than `at`.
_WAITED = timedelta(minutes=5)
_DIMENSIONS = ("profession", "urgency", "channel", "service", "unit", "register")


@dataclass(frozen=True)
class ReadClock:
    """A clock as read from events, with the start that is its name together with subject and line."""

    line: str
    started_at: datetime
    reading: ClockReading


def facts_of(events: Iterable[Event]) -> tuple[Fact, ...]:
    """Events as clocks read them, corrected ones left out, in the order in which they happened."""
    return standing_facts(
        Fact(
            uid=event.uid,
            kind=event.kind,
            at=event.occurred_at,
            body={**{name: getattr(event, name) for name in _DIMENSIONS}, **event.body},
            corrects=event.corrects,
        )
        for event in events
    )


def read_clocks(
    facts: Sequence[Fact], uses: Iterable[ClockUse], *, born: date | None, at: datetime, count: Counts = due
) -> tuple[ReadClock, ...]:
    """Every clock of one subject at `at`. A line that has no rule for this person on that day has no clock.

    `facts` as `facts_of` answers them; `count`: how last days are counted, `remembering()` when very many are read.
    """
    settings = clock_settings()
    latest = max((fact.at for fact in facts), default=at)
    moment = latest if at < latest <= at + _WAITED else at
    told = {(fact.body.get("line"), fact.at): fact.body for fact in facts if fact.kind == "clock.started"}
    found = []
    for story in compose(uses, facts, are_standing=True):
        known = born if born and born <= local_day(story.start.at) else None  # nobody came before they were born
        rule = _rule(story, told.get((story.use.line, story.start.at), {}), known, settings)
        if rule is not None:
            reading = read_clock(
                rule,
                story.events,
                at=moment,
                settings=settings,
                born=known,
                conditions=story.conditions,
                joins=story.joins,
                count=count,
            )
            found.append(ReadClock(story.use.line, story.start.at, reading))
    return tuple(found)


def columns(subject: UUID, clock: ReadClock) -> dict[str, Any]:
    """The row of a read clock."""
    reading = clock.reading
    return {
        "subject": subject,
        "line": clock.line,
        "started_at": clock.started_at,
        "rule": reading.rule.key,
        "due_on": reading.due,
        "promised_on": local_day(reading.promised) if reading.promised else None,
        "paused_since": reading.paused_since,
        "stopped_at": reading.stopped,
        "wake_at": reading.wake_at,
        "state": reading.state,
        "because": [step.as_json() for step in reading.because],
    }


def write_rows(rows: Iterable[Clock]) -> None:
    """Write each row, over the one of the same name if there is one."""
    name = ("subject", "line", "started_at")
    cached = ("rule", "due_on", "promised_on", "paused_since", "stopped_at", "wake_at", "state", "because")
    Clock.objects.bulk_create(rows, batch_size=2_000, update_conflicts=True, unique_fields=name, update_fields=cached)


def _rule(story: ClockStory, told: Mapping[str, Any], born: date | None, settings: ClockSettings) -> ClockRule | None:
    """The rule told when the clock started, which stays (A3) if the age was known; else the one in force."""
    rules = clock_rules()
    rule = rules.get(told.get("rule", ""))
    if rule and rule_stays(rule, born, was_age_unknown=bool(told.get("age_unknown"))):
        return rule
    try:
        return choose_rule(
            story.use.line,
            story.start.at,
            born,
            rules=rules.values(),
            settings=settings,
            conditions=story.conditions,
        ).rule
    except NoRuleError:
        return None
