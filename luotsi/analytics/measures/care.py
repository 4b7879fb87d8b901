"""Access to care: within the limit, within days, the wait, and those waiting. From one row a case."""

from datetime import date

import ibis
import ibis.expr.types as ir

from luotsi.analytics.measures.marks import day_after, marks, one, one_if, together
from luotsi.domain.indicators.definitions import WaitDays, Waiting, WithinDays, WithinLimit


def within_limit(cases: ir.Table, spec: WithinLimit, today: date) -> ir.Table:
    """Closed in time / (closed in time + closed late + open and overdue), as the clocks settled it.

    A need is marked once, on the day its fate is decided: in time on the day care began, otherwise on the day after
    the last lawful day, whether care began later or has not. So a past week does not change when a late case is at
    last cared for. Needs that ended without care are marked apart.
    """
    clocked = cases.filter(cases.line == spec.line)
    if spec.only:
        clocked = clocked.filter(clocked.kind.isin(spec.only))
    return together(fates(clocked, today), _coverage(cases, spec.kinds))


def within_days(cases: ir.Table, spec: WithinDays, today: date) -> ir.Table:
    """Of the non-urgent first visits with an assessment before them, those within so many days of it (§ 2.3 of THL)."""
    visits = _visits(cases, spec.kinds)
    in_time = visits.first_visit_day.delta(visits.assessed_day, unit="day") <= spec.days
    return marks(
        visits,
        day=visits.first_visit_day,
        reached=one_if(_is_assessed(visits) & in_time),
        counted=one_if(_is_assessed(visits)),
        covered=one_if(_is_assessed(visits)),
        seen=one(),
    )


def wait_days(cases: ir.Table, spec: WaitDays, today: date) -> ir.Table:
    """The waits of the visits held, by their length; beside them, as changes of level, those still waiting."""
    visits = _visits(cases, spec.kinds)
    assessed = visits.filter(_is_assessed(visits))
    begins, ends = _queue(cases, spec.kinds)
    return together(
        marks(
            assessed,
            day=assessed.first_visit_day,
            wait=assessed.first_visit_day.delta(assessed.assessed_day, unit="day"),
            reached=one(),
            counted=one(),
        ),
        marks(begins, day=begins.assessed_day, apart=one()),
        marks(ends, day=ends.left_day, apart=ibis.literal(-1)),
        _coverage(cases, spec.kinds),
    )


def waiting(cases: ir.Table, spec: Waiting, today: date) -> ir.Table:
    """Needs that wait, as changes of level: one more when assessed, one less when care begins or the case is closed."""
    begins, ends = _queue(cases, spec.kinds)
    less = ibis.literal(-1)
    return together(
        marks(begins, day=begins.assessed_day, reached=one(), counted=one()),
        marks(ends, day=ends.left_day, reached=less, counted=less),
        _coverage(cases, spec.kinds),
    )


def fates(clocked: ir.Table, today: date) -> ir.Table:
    """A mark for each limit whose fate is decided: met, late or overdue on the day after its last day, ended apart."""
    overdue = (clocked.settled_as == "") & (clocked.due_day < today)
    met, ended = clocked.settled_as == "met", clocked.settled_as == "ended"
    broken = clocked.due_day.notnull() & ((clocked.settled_as == "late") | overdue)
    decided = clocked.filter(met | ended | broken)
    return marks(
        decided,
        day=ibis.ifelse(broken, day_after(clocked.due_day), clocked.settled_day),
        reached=one_if(met),
        counted=one_if(met | broken),
        apart=one_if(ended),
    )


def _visits(cases: ir.Table, kinds: tuple[str, ...]) -> ir.Table:
    """Non-urgent first visits of these kinds, assessed or not."""
    return cases.filter(cases.kind.isin(kinds) & cases.first_visit_day.notnull() & _is_not_urgent(cases))


def _queue(cases: ir.Table, kinds: tuple[str, ...]) -> tuple[ir.Table, ir.Table]:
    """Needs for non-urgent care from the day they were assessed, and those that have left, on the day they did."""
    assessed = cases.filter(cases.kind.isin(kinds) & (cases.outcome == "care_needed") & cases.assessed_day.notnull())
    visited, closed = assessed.first_visit_day, assessed.closed_day
    queue = assessed.mutate(left_day=ibis.ifelse(visited.isnull() | (closed < visited), closed, visited))
    queue = queue.filter(queue.left_day.isnull() | (queue.left_day >= queue.assessed_day))
    return queue, queue.filter(queue.left_day.notnull())


def _coverage(cases: ir.Table, kinds: tuple[str, ...]) -> ir.Table:
    """Non-urgent first visits with an assessment before them, of all non-urgent first visits."""
    visits = _visits(cases, kinds)
    return marks(visits, day=visits.first_visit_day, covered=one_if(_is_assessed(visits)), seen=one())


def _is_assessed(visits: ir.Table) -> ir.BooleanValue:
    return visits.assessed_day.notnull() & (visits.assessed_day <= visits.first_visit_day)


def _is_not_urgent(cases: ir.Table) -> ir.BooleanValue:
    return (cases.urgency != "urgent") & (cases.outcome != "urgent")
