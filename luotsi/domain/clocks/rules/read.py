"""Reading a clock: its story folded into where it stands, and why."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from luotsi.base.now import local_day
from luotsi.domain.clocks.definitions import ClockRule, ClockSettings, Condition, State
from luotsi.domain.clocks.rules.because import Because
from luotsi.domain.clocks.rules.count import Counts, due
from luotsi.domain.clocks.rules.standing import Standing, about_law, about_now, soon_days, state_on, wake_after
from luotsi.domain.clocks.rules.story import (
    Declined,
    Ended,
    Paused,
    PromiseCancelled,
    Promised,
    Resumed,
    Stopped,
    StoryEvent,
    check_story,
    in_order,
)


@dataclass(frozen=True)
class ClockReading:
    """Where a clock stands.

    state      running, due_soon, at_risk (promised after the last day), overdue; closed: met, late, ended
    due        the last lawful day, pauses that have ended included; None when no limit is known
    because    how the last day came about and what has happened since; `because_now` adds what today says of it
    promised   the standing promised time; stopped: when the duty was met or the matter ended
    gross_days calendar days from the start to the stop (or now); net_days without the paused ones
    """

    rule: ClockRule
    state: State
    due: date | None
    because: tuple[Because, ...]
    because_now: tuple[Because, ...]
    started: datetime
    promised: datetime | None
    stopped: datetime | None
    paused_since: datetime | None
    wake_at: datetime | None
    gross_days: int
    net_days: int
    ended_for: str = ""

    @property
    def is_open(self) -> bool:
        return self.stopped is None

    @property
    def is_age_unknown(self) -> bool:
        """Whether the rule depends on an age that is not known: the strictest one is followed."""
        return any(step.what == "age_unknown" for step in self.because)


def read_clock(
    rule: ClockRule,
    story: Iterable[StoryEvent],
    *,
    at: datetime,
    settings: ClockSettings | None = None,
    born: date | None = None,
    conditions: Mapping[Condition, bool] | None = None,
    joins: datetime | None = None,
    count: Counts = due,
) -> ClockReading:
    """Where the clock stands at `at` (aware). The order of the events does not matter. Raises StoryError.

    `joins`: when the clock began to which this one is joined (a parallel notification on the same matter). `count`: how
    the last day is counted; `remembering()` when very many are read.
    """
    settings = settings or ClockSettings()
    events = in_order(story)
    check_story(rule, events, at=at)
    answer = count(rule, events[0].at, born=born, settings=settings, conditions=conditions)
    joined = (Because("joined", (local_day(joins),)),) if joins else ()
    run = _Run(started=events[0].at, first_due=answer.due, because=[*_lasting(answer.because), *joined])
    for event in events[1:]:
        if run.closed_as is None:
            run.take(event)
    return run.reading(rule, at=at, soon=soon_days(rule, settings))


def _lasting(because: Iterable[Because]) -> Iterator[Because]:
    """The steps that stay true whatever happens to the law later."""
    return (step for step in because if step.what != "kept_version")


@dataclass
class _Run:
    """The clock as its events are read one by one."""

    started: datetime
    first_due: date | None
    because: list[Because]
    promises: dict[str, datetime] = field(default_factory=dict)
    paused_since: datetime | None = None
    paused_days: int = 0
    closed_as: State | None = None
    stopped: datetime | None = None
    ended_for: str = ""

    @property
    def due(self) -> date | None:
        return self.first_due + timedelta(days=self.paused_days) if self.first_due else None

    @property
    def promised(self) -> datetime | None:
        return min(self.promises.values(), default=None)

    def take(self, event: StoryEvent) -> None:
        _TAKES[type(event)](self, event)

    def reading(self, rule: ClockRule, *, at: datetime, soon: int) -> ClockReading:
        standing = Standing(self.due, _day(self.promised), self.paused_since is not None, soon)
        until = self.stopped or at
        gross = max((local_day(until) - local_day(self.started)).days, 0)
        return ClockReading(
            rule=rule,
            state=self.closed_as or state_on(standing, local_day(at)),
            due=self.due,
            because=tuple(self.because),
            because_now=(
                *self.because,
                *about_law(rule, self.first_due),
                *(() if self.closed_as else about_now(standing, local_day(at))),
            ),
            started=self.started,
            promised=self.promised,
            stopped=self.stopped,
            paused_since=self.paused_since,
            wake_at=None if self.closed_as else wake_after(standing, local_day(at)),
            gross_days=gross,
            net_days=gross - self.paused_days - self._paused_so_far(until),
            ended_for=self.ended_for,
        )

    def _promise(self, event: Promised) -> None:
        self.promises[event.offer] = event.on

    def _cancel(self, event: PromiseCancelled) -> None:
        if event.by == "resident":
            self._resident_let_go(event)
        elif (offered := self.promises.pop(event.offer, None)) is not None:
            self.because.append(Because("provider_cancelled", (local_day(offered),)))

    def _resident_let_go(self, event: Declined | PromiseCancelled) -> None:
        """The offered time, if it was lawful, is when the duty was met; a late one changes nothing."""
        offered = self.promises.pop(event.offer, None)
        if offered is None:
            return
        day = local_day(offered)
        if self.due is not None and day <= self.due:
            self.because.append(Because("resident_declined", (day,)))
            self._close("met", offered)
        else:
            self.because.append(Because("declined_late_offer", (day,)))

    def _pause(self, event: Paused) -> None:
        if self.paused_since is None:
            self.paused_since = event.at
            self.because.append(Because("paused_now", (local_day(event.at),), word=event.reason))

    def _resume(self, event: Resumed | Stopped | Ended) -> None:
        if self.paused_since is None:
            return
        days = self._paused_so_far(event.at)
        self.paused_days += days
        told = self.because.pop(self._place_of("paused_now"))
        between = (local_day(self.paused_since), local_day(event.at))
        self.because.append(Because("paused", between, days, told.word))
        self.paused_since = None

    def _stop(self, event: Stopped) -> None:
        self._resume(event)
        day = local_day(event.at)
        if self.due is None:
            self._close("ended", event.at)
        elif day <= self.due:
            self.because.append(Because("stopped_in_time", (day,)))
            self._close("met", event.at)
        else:
            self.because.append(Because("stopped_late", (day,), (day - self.due).days))
            self._close("late", event.at)

    def _end(self, event: Ended) -> None:
        self._resume(event)
        self.because.append(Because("ended", (local_day(event.at),), word=event.reason))
        self.ended_for = event.reason
        self._close("ended", event.at)

    def _close(self, state: State, at: datetime) -> None:
        self.closed_as, self.stopped = state, at
        self.promises.clear()

    def _paused_so_far(self, until: datetime) -> int:
        if self.paused_since is None:
            return 0
        return max((local_day(until) - local_day(self.paused_since)).days, 0)

    def _place_of(self, what: str) -> int:
        return next(place for place, step in enumerate(self.because) if step.what == what)


_TAKES: dict[type, Callable[[_Run, Any], None]] = {
    Promised: _Run._promise,
    Declined: _Run._resident_let_go,
    PromiseCancelled: _Run._cancel,
    Paused: _Run._pause,
    Resumed: _Run._resume,
    Stopped: _Run._stop,
    Ended: _Run._end,
}


def _day(moment: datetime | None) -> date | None:
    return local_day(moment) if moment else None
