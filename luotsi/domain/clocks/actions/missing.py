"""Telling that a limit was missed: once for each clock, by whoever finds it out first."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from luotsi.base.dates import start_of
from luotsi.base.now import local_day
from luotsi.base.who import SYSTEM
from luotsi.domain.clocks.events import ClockMissed
from luotsi.domain.clocks.models import Clock
from luotsi.domain.events import actions as events
from luotsi.domain.events import queries as event_queries
from luotsi.domain.events.models import Event

_DIMENSIONS = tuple(events.Dimensions.__dataclass_fields__)


def tell_missed(clocks: Collection[Clock]) -> None:
    """Record clock.missed for each of these overdue clocks that has not been told yet. Call it with the rows held.

    Unit, register and the rest are those under which the clock's start was told.
    """
    if not clocks:
        return
    kinds = ("clock.started", "clock.missed", "clock.withdrawn")
    stories = event_queries.story_of({clock.subject for clock in clocks}, kinds=kinds)
    untold = [clock for clock in clocks if clock.due_on and not _is_told(clock, stories[clock.subject])]
    events.record_many([_as_row(clock, stories[clock.subject]) for clock in untold])


def _as_row(clock: Clock, story: Iterable[Event]) -> dict[str, Any]:
    begun = next((one for one in story if one.kind == "clock.started" and one.body.get("line") == clock.line), None)
    due = clock.due_on or local_day(clock.started_at)
    return events.as_row(
        ClockMissed(clock.line, clock.rule, due, clock.started_at),
        by=SYSTEM,
        at=start_of(due + timedelta(days=1)),
        subject=clock.subject,
        resident=begun.resident if begun else None,
        where=events.Dimensions(**{name: getattr(begun, name) for name in _DIMENSIONS}) if begun else None,
    )


def _is_told(clock: Clock, story: Iterable[Event]) -> bool:
    told = [event for event in story if event.kind == "clock.missed" and event.body["line"] == clock.line]
    corrected = {event.corrects for event in story}
    starts = {datetime.fromisoformat(event.body["started"]) for event in told if event.uid not in corrected}
    return clock.started_at in starts
