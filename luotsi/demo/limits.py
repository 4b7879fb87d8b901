"""The limits of every case as the clocks would have kept them: the real rules, asked once for each kind of start."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, cached_property

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from luotsi.base.dates import add_months, age_on
from luotsi.base.now import local_day
from luotsi.demo import story
from luotsi.demo.days import DAY, HOUR, Days, Ints
from luotsi.demo.matters import BY_PROVIDER, BY_RESIDENT, NEVER
from luotsi.demo.outcomes import Story
from luotsi.demo.streams import same
from luotsi.domain.cases.definitions import case_kinds
from luotsi.domain.clocks.definitions import ClockRule, Line, clock_rules, clock_settings
from luotsi.domain.clocks.rules import Because, choose_rule, due

CONTACT: Line = "contact"
OUTCOMES = ("met", "late", "ended")
MET, LATE, ENDED = range(3)
# A moment for each way a start can lie to the office's hours: before it opens, while it is open, after it shuts.
_SAMPLES = (6 * HOUR, 10 * HOUR, 20 * HOUR)
_YOUNG = 23  # the care guarantee is another one for those younger
_NOT_KEPT = "kept_version"  # what later became of the law is said when a clock is shown, and not kept with it
_LONGEST_LIMIT = 100  # days; whoever turns 23 within it is told so by name


@dataclass(frozen=True)
class Kind:
    """One kind of start: the rule that covers it, its last lawful day and how it explains itself."""

    rule: str
    due: date
    because: str  # the steps as JSON, without the brackets


@dataclass(frozen=True)
class Limits:
    """One line's clocks, a row each. `stopped` is when the duty was met or ended; `told` when that was recorded."""

    line: tuple[str, ...]
    line_of: Ints
    case: Ints
    started: Ints
    kinds: tuple[Kind, ...]
    kind_of: Ints
    stopped: Ints
    told: Ints
    told_by_resident: NDArray[np.bool_]
    outcome: Ints  # place in OUTCOMES, where stopped
    middle: pa.StringArray  # steps between the start and the end, each with a comma before it
    promised: Ints  # day of the standing time, NEVER without

    @cached_property
    def due_day(self) -> Ints:
        """The last lawful day of each row, counted from 1970."""
        return _due(self.kinds)[self.kind_of]

    def missed_at(self, days: Days) -> Ints:
        """When the last lawful day ended, where what was due had not been done by then and the matter went on."""
        ended = (self.due_day - epoch(days) + 1) * DAY
        is_missed = np.where(self.stopped < NEVER, self.outcome == LATE, ended <= days.now)
        return np.where(is_missed, ended, NEVER)

    @cached_property
    def rules(self) -> pa.StringArray:
        """The rule of each kind."""
        return pa.array([kind.rule for kind in self.kinds])

    @cached_property
    def beginnings(self) -> pa.StringArray:
        """How the explanation of each kind begins."""
        return pa.array([f"[{kind.because}" for kind in self.kinds])


def of_contacts(told: Story) -> Limits:
    """The assessment on the day of the contact."""
    cases, count = told.matters, told.matters.count
    zero, none = np.zeros(count, np.int64), np.full(count, NEVER)
    kinds, kind_of = _kinds(told.days, zero, cases.received, (CONTACT,), None)
    met = cases.assessed // DAY + epoch(told.days) <= _due(kinds)[kind_of]
    return Limits(
        line=(CONTACT,),
        line_of=zero,
        case=np.arange(count),
        started=cases.received,
        kinds=kinds,
        kind_of=kind_of,
        stopped=cases.assessed,
        told=cases.assessed,
        told_by_resident=zero > 0,
        outcome=np.where(met, MET, LATE),
        middle=same("", count),
        promised=none,
    )


def of_care(told: Story) -> Limits:
    """Care within the care guarantee. A lawful time that the resident lets go meets the duty, as the rules say."""
    cases, times = told.matters, told.times
    rows = np.flatnonzero(cases.needs_time)
    lines = tuple(sorted({case_kinds()[unit.kind].care_line for unit in story.UNITS if unit.kind}))
    of_unit = [lines.index(case_kinds()[unit.kind].care_line) if unit.kind else 0 for unit in story.UNITS]
    line_of = np.array(of_unit)[cases.unit[rows]]
    kinds, kind_of = _kinds(told.days, line_of, cases.assessed[rows], lines, _births(told, rows))
    last = _due(kinds)[kind_of] - epoch(told.days)
    declined = times.declines[rows] & (times.answered_1[rows] < NEVER)
    by_resident = (cases.fate[rows] == BY_RESIDENT) & (times.cancelled[rows] < NEVER)
    let_go = declined | by_resident
    in_time = let_go & (times.day_1[rows] <= last)
    starts = _first_starts(told)[rows]
    lost_at = np.where(declined, times.answered_1[rows], times.cancelled[rows])
    end = np.minimum(told.held[rows], np.where(times.ended[rows] < NEVER, told.closed[rows], NEVER))
    ended = (told.held[rows] == NEVER) & (end < NEVER)
    outcome = np.where(in_time, MET, np.where(ended, ENDED, np.where(end // DAY <= last, MET, LATE)))
    return Limits(
        line=lines,
        line_of=line_of,
        case=rows,
        started=cases.assessed[rows],
        kinds=kinds,
        kind_of=kind_of,
        stopped=np.where(in_time, starts, end),
        told=np.where(in_time, lost_at, end),
        told_by_resident=in_time,
        outcome=outcome,
        middle=_middles(told, rows, in_time, let_go),
        promised=times.last_day[rows],
    )


def _kinds(
    days: Days, line_of: Ints, started: Ints, lines: tuple[str, ...], births: Ints | None
) -> tuple[tuple[Kind, ...], Ints]:
    """Every kind of start there is, and which of them each row is."""
    day, hour = started // DAY, started % DAY
    part = np.where(hour < 8 * HOUR, 0, np.where(hour < 16 * HOUR, 1, 2))
    born = np.zeros(len(day), dtype=np.int64) if births is None else births
    codes = np.stack([line_of, day, part, born], axis=1)
    unique, kind_of = np.unique(codes, axis=0, return_inverse=True)
    chosen: dict[tuple[str, date, bool], ClockRule] = {}
    kinds = []
    for line, on, at, birth in unique:
        known = None if births is None else days.first + timedelta(days=int(birth))
        kinds.append(_kind(lines[line], days.moment_of(int(on) * DAY + _SAMPLES[at]), known, chosen))
    return tuple(kinds), kind_of.reshape(-1)


def _kind(line: str, start: datetime, born: date | None, chosen: dict[tuple[str, date, bool], ClockRule]) -> Kind:
    settings = clock_settings()
    is_young = born is not None and age_on(born, local_day(start), leap_birthday=settings.leap_birthday) < _YOUNG
    name = (line, local_day(start), is_young)
    if name not in chosen:
        chosen[name] = choose_rule(line, start, born, rules=clock_rules().values(), settings=settings).rule
    answer = due(chosen[name], start, born=born, settings=settings)
    if answer.due is None:
        raise ValueError(f"{answer.rule.key} names no last day, so the demonstration cannot keep it")
    lasting = [step for step in answer.because if step.what != _NOT_KEPT]
    return Kind(answer.rule.key, answer.due, ", ".join(written(step) for step in lasting))


def _births(told: Story, rows: Ints) -> Ints:
    """A birth day that gives the same answer as the person's own: one a year of age, the own one near the limit of 23.

    Days from the story's first day. Someone born on 29 February keeps their own, since the law is silent about them.
    """
    people, who = told.residents, told.matters.resident[rows]
    day = told.matters.assessed[rows] // DAY
    own = people.born_day[who]
    turning = people.turns_23[who] - day
    special = np.isin(who, [row for row, born in enumerate(people.born) if (born.month, born.day) == (2, 29)])
    keeps_own = special | ((turning > -366) & (turning <= _LONGEST_LIMIT))
    return np.where(keeps_own, own, _same_age(told, who, day))


def _same_age(told: Story, who: Ints, day: Ints) -> Ints:
    """The birth day of somebody as old in years on that day, whose birthday is half a year away."""
    dates_ = np.array(told.days.dates, dtype="datetime64[D]")
    born = np.array(told.residents.born, dtype="datetime64[D]")[who]
    on = dates_[day]
    years = on.astype("datetime64[Y]").astype(int) - born.astype("datetime64[Y]").astype(int)
    in_year = [_month_and_day(column) for column in (on, born)]
    age = years - (in_year[0] < in_year[1])
    half = np.array([add_months(one, 6) for one in told.days.dates], dtype="datetime64[D]")[day]
    month = half.astype("datetime64[M]")
    return (month - (12 * (age + 1)).astype("timedelta64[M]")).astype("datetime64[D]").astype(np.int64) - epoch(
        told.days
    )


def _month_and_day(column: NDArray[np.datetime64]) -> Ints:
    month = column.astype("datetime64[M]")
    return month.astype(int) % 12 * 40 + (column - month).astype(int)


def _first_starts(told: Story) -> Ints:
    """When each case's first offered time would have begun."""
    bookings = told.bookings
    starts = np.full(told.matters.count, NEVER)
    first = np.flatnonzero(bookings.case >= 0)[::-1]  # the first offers stand before the second ones
    starts[bookings.case[first]] = bookings.starts[first]
    return starts


def _middles(told: Story, rows: Ints, in_time: NDArray[np.bool_], let_go: NDArray[np.bool_]) -> pa.StringArray:
    """What became of a first time that was lost."""
    provider = (told.matters.fate[rows] == BY_PROVIDER) & (told.times.cancelled[rows] < NEVER)
    lost = np.flatnonzero(let_go | provider)
    what = np.where(
        in_time[lost], "resident_declined", np.where(let_go[lost], "declined_late_offer", "provider_cancelled")
    )
    texts = np.full(len(rows), "", dtype=object)
    day = np.array(told.days.dates)[told.times.day_1[rows[lost]]]
    texts[lost] = [", " + written(Because(one, (on,))) for one, on in zip(what, day, strict=True)]
    return pa.array(texts, pa.string())


@cache
def written(step: Because) -> str:
    return json.dumps(step.as_json())


def _due(kinds: tuple[Kind, ...]) -> Ints:
    return np.array([np.datetime64(kind.due, "D").astype(np.int64) for kind in kinds])


def epoch(days: Days) -> int:
    """The first day of the story, counted from 1970 as PostgreSQL's and numpy's dates are."""
    return int(np.datetime64(days.first, "D").astype(np.int64))
