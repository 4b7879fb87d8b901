"""Following a case: after each of its events its clocks are read anew, and what followed is told once."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from luotsi.base.dates import start_of
from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.clocks.actions.reading import ReadClock, columns, facts_of, read_clocks, write_rows
from luotsi.domain.clocks.definitions import ClockUse, Line, clock_rule
from luotsi.domain.clocks.events import (
    ClockMissed,
    ClockPaused,
    ClockResumed,
    ClockStarted,
    ClockStartedAtAnyAge,
    ClockStopped,
    ClockWithdrawn,
)
from luotsi.domain.clocks.models import OPEN_STATES, Clock
from luotsi.domain.clocks.rules import Fact, StoryError, check_pause
from luotsi.domain.events import actions as events
from luotsi.domain.events import queries as event_queries


@transaction.atomic
def follow(
    *,
    subject: UUID,
    uses: Iterable[ClockUse],
    born: date | None,
    by: Who,
    at: datetime,
    where: events.Dimensions | None = None,
    resident: UUID | None = None,
) -> tuple[ReadClock, ...]:
    """Bring the subject's clocks up to its events and record clock.started, clock.missed and clock.stopped, each once.

    Call it in the transaction that recorded the event. Raises StoryError when the events cannot have happened.
    """
    _lock(subject)
    facts = facts_of(event_queries.story_of([subject])[subject])
    clocks = read_clocks(facts, uses, born=born, at=at)
    _write(subject, clocks)
    for fact, happened, corrects in _untold(clocks, facts, at):
        events.record(fact, by=by, at=happened, subject=subject, resident=resident, where=where, corrects=corrects)
    return clocks


@transaction.atomic
def pause(*, subject: UUID, line: Line, reason: str, by: Who, at: datetime, **following: Any) -> None:
    """Pause the running clock of a line for a reason that its rule admits. `following`: as `follow` takes them.

    Raises StoryError: no running clock on the line, or the rule does not admit it.
    """
    author = str(by.id or by.role)
    check_pause(clock_rule(_running(subject, line).rule), reason=reason, by=author)
    _tell_and_follow(ClockPaused(line, reason, author), subject=subject, by=by, at=at, **following)


@transaction.atomic
def resume(*, subject: UUID, line: Line, by: Who, at: datetime, **following: Any) -> None:
    """Let a paused clock run on: its last day moves by the days it was paused. Raises StoryError: it is not paused."""
    if _running(subject, line).paused_since is None:
        raise StoryError(f"the clock of {line} is not paused")
    _tell_and_follow(ClockResumed(line), subject=subject, by=by, at=at, **following)


def _tell_and_follow(
    fact: events.Fact,
    *,
    subject: UUID,
    by: Who,
    at: datetime,
    uses: Iterable[ClockUse],
    born: date | None,
    where: events.Dimensions | None = None,
    resident: UUID | None = None,
) -> None:
    events.record(fact, by=by, at=at, subject=subject, resident=resident, where=where)
    follow(subject=subject, uses=uses, born=born, by=by, at=at, where=where, resident=resident)


def _running(subject: UUID, line: Line) -> Clock:
    clock = Clock.objects.filter(subject=subject, line=line, state__in=OPEN_STATES).order_by("-started_at").first()
    if clock is None:
        raise StoryError(f"no clock of {line} is running here")
    return clock


def _lock(subject: UUID) -> None:
    """One writer at a time for a subject, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"clocks {subject}"])


def _write(subject: UUID, clocks: Sequence[ReadClock]) -> None:
    rows = [Clock(**columns(subject, clock)) for clock in clocks]
    write_rows(rows)
    standing = {(row.line, row.started_at) for row in rows}
    stored = Clock.objects.filter(subject=subject).values_list("id", "line", "started_at")
    gone = [key for key, line, started_at in stored if (line, started_at) not in standing]
    if gone:
        Clock.objects.filter(id__in=gone).delete()


Untold = tuple[events.Fact, datetime, UUID | None]


def _untold(clocks: Sequence[ReadClock], facts: Sequence[Fact], at: datetime) -> list[Untold]:
    """What has not been told yet, each with when it happened and which earlier telling it corrects."""
    started = {(fact.body["line"], fact.at): fact for fact in facts if fact.kind == "clock.started"}
    stopped = {(fact.body["line"], _started(fact)): fact for fact in facts if fact.kind == "clock.stopped"}
    missed = {(fact.body["line"], _started(fact)): fact for fact in facts if fact.kind == "clock.missed"}
    told: list[Untold] = []
    for clock in clocks:
        name = (clock.line, clock.started_at)
        told += _start_untold(clock, started.pop(name, None))
        told += _miss_untold(clock, missed.pop(name, None), at)
        told += _stop_untold(clock, stopped.pop(name, None), at)
    for fact in (*started.values(), *stopped.values(), *missed.values()):
        told.append((ClockWithdrawn(fact.body["line"], fact.body["rule"], fact.kind), at, fact.uid))
    return told


def _start_untold(clock: ReadClock, told: Fact | None) -> list[Untold]:
    """A start is told again when an age that became known chose another rule. That it was not known stays told."""
    rule = clock.reading.rule.key
    if told and told.body["rule"] == rule:
        return []
    is_unknown = clock.reading.is_age_unknown or bool(told and told.body.get("age_unknown"))
    start = (ClockStartedAtAnyAge if is_unknown else ClockStarted)(clock.line, rule, clock.reading.due)
    return [(start, clock.started_at, told.uid if told else None)]


def _miss_untold(clock: ReadClock, told: Fact | None, at: datetime) -> list[Untold]:
    """A round that came in between may have told it already; a correction may have shown that it was not missed."""
    reading = clock.reading
    if reading.due is None or reading.state not in ("overdue", "late"):
        return [(ClockWithdrawn(clock.line, reading.rule.key, told.kind), at, told.uid)] if told else []
    if told and told.body["due"] == reading.due.isoformat():
        return []
    miss = ClockMissed(clock.line, reading.rule.key, reading.due, clock.started_at)
    return [(miss, start_of(reading.due + timedelta(days=1)), told.uid if told else None)]


def _stop_untold(clock: ReadClock, told: Fact | None, at: datetime) -> list[Untold]:
    reading = clock.reading
    if reading.stopped is None:
        return [(ClockWithdrawn(clock.line, reading.rule.key, told.kind), at, told.uid)] if told else []
    on = local_day(reading.stopped)
    if told and (told.body["outcome"], told.body["on"]) == (reading.state, on.isoformat()):
        return []
    stop = ClockStopped(clock.line, reading.rule.key, reading.state, clock.started_at, on)
    return [(stop, min(reading.stopped, at), told.uid if told else None)]


def _started(fact: Fact) -> datetime:
    return datetime.fromisoformat(fact.body["started"])
