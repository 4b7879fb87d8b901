"""The story's limits as rows of the clocks: state, next wake, and why, as reading the events would find them."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from luotsi.base.bulk import Stream
from luotsi.demo import ids
from luotsi.demo.days import DAY, Ints
from luotsi.demo.limits import LATE, MET, OUTCOMES, Limits, epoch
from luotsi.demo.matters import NEVER
from luotsi.demo.outcomes import REASONS, Story
from luotsi.demo.streams import moments, stream, words
from luotsi.domain.clocks.definitions import clock_rules, clock_settings
from luotsi.domain.clocks.rules import Standing, soon_days, state_on, wake_after

COLUMNS = (
    *("id", "subject", "line", "rule", "started_at", "due_on", "promised_on"),
    *("stopped_at", "wake_at", "state", "because"),
)


def clocks(told: Story, limits: Limits) -> Stream:
    """The clock rows of a line."""
    clock_ids = ids.draw(told.rng, len(limits.case))
    return stream(COLUMNS, len(limits.case), lambda rows: _table(told, limits, clock_ids, rows))


def _table(told: Story, limits: Limits, clock_ids: ids.Ids, rows: Ints) -> pa.Table:
    is_open = limits.stopped[rows] == NEVER
    state = words(OUTCOMES, limits.outcome[rows]).to_numpy(zero_copy_only=False)
    wake = np.full(len(rows), None, dtype=object)
    for place, (now, later) in zip(np.flatnonzero(is_open), _standing(limits, told, rows[is_open]), strict=True):
        state[place], wake[place] = now, later
    promised = is_open & (limits.promised[rows] < NEVER)
    promised_on = told.days.local_dates(np.where(promised, limits.promised[rows], 0) * DAY)
    return pa.table(
        dict(
            id=ids.as_text(clock_ids[rows]),
            subject=ids.as_text(told.case_ids[limits.case[rows]]),
            line=words(limits.line, limits.line_of[rows]),
            rule=limits.rules.take(pa.array(limits.kind_of[rows])),
            started_at=moments(told.days, limits.started[rows]),
            due_on=pa.array(limits.due_day[rows].astype("datetime64[D]")),
            promised_on=pa.array(promised_on, mask=~promised),
            stopped_at=moments(told.days, limits.stopped[rows]),
            wake_at=pa.array(wake, pa.timestamp("us", tz="UTC")),
            state=pa.array(state, pa.string()),
            because=_explained(limits, told, rows),
        )
    )


def _standing(limits: Limits, told: Story, rows: Ints) -> Iterator[tuple[str, object]]:
    """State and next wake of open clocks, each combination of days worked out once."""
    today = told.days.dates[told.days.today]
    known: dict[tuple[int, int], tuple[str, object]] = {}
    for row in rows:
        name = (int(limits.kind_of[row]), int(limits.promised[row]))
        if name not in known:
            kind = limits.kinds[name[0]]
            promised = None if name[1] == NEVER else told.days.dates[name[1]]
            place = Standing(kind.due, promised, soon=soon_days(clock_rules()[kind.rule], clock_settings()))
            known[name] = state_on(place, today), wake_after(place, today)
        yield known[name]


def _explained(limits: Limits, told: Story, rows: Ints) -> pa.StringArray:
    """The clock's `because` as JSON: the start, what happened, and how it ended."""
    begin = limits.beginnings.take(pa.array(limits.kind_of[rows]))
    steps = [begin, limits.middle.take(pa.array(rows)), _endings(limits, told, rows)]
    return pc.binary_join_element_wise(*steps, "]", "")


def _endings(limits: Limits, told: Story, rows: Ints) -> pa.StringArray:
    stopped, outcome = limits.stopped[rows], limits.outcome[rows]
    done = (stopped < NEVER) & ~limits.told_by_resident[rows]
    on = pa.array(told.days.local_dates(np.where(done, stopped, 0))).cast(pa.string())
    days_late = stopped // DAY + epoch(told.days) - limits.due_day[rows]
    number = pa.array(np.where(done, days_late, 0)).cast(pa.string())
    reason = pa.array(REASONS).take(pa.array(told.reason[limits.case[rows]]))
    met = pc.binary_join_element_wise(', {"what": "stopped_in_time", "days": ["', on, '"]}', "")
    late = pc.binary_join_element_wise(', {"what": "stopped_late", "days": ["', on, '"], "number": ', number, "}", "")
    ended = pc.binary_join_element_wise(', {"what": "ended", "days": ["', on, '"], "word": "', reason, '"}', "")
    kept = pc.if_else(pa.array(outcome == MET), met, pc.if_else(pa.array(outcome == LATE), late, ended))
    return pc.if_else(pa.array(done), kept, "")
