"""The measures of any table: counts, shares, days between two days, what is open, and medians, means and survival."""

from datetime import date
from typing import Any

import ibis
import ibis.expr.types as ir

from luotsi.analytics.measures.care import fates
from luotsi.analytics.measures.marks import day_after, marks, one, one_if, together
from luotsi.domain.indicators.definitions.general import (
    Average,
    Between,
    Count,
    LimitsKept,
    Middle,
    Open,
    Share,
    Survival,
    Total,
    Within,
)
from luotsi.domain.indicators.definitions.rows import Condition

HUNDREDTHS = 100  # a mean's numbers are kept with two decimals


def count(facts: ir.Table, spec: Count, today: date) -> ir.Table:
    """One mark a row, on its day."""
    rows, inside = _asked(facts, spec)
    one_each = one_if(inside)
    return marks(rows, day=_day(rows, spec), reached=one_each, counted=one_each, **coverage(rows, spec.known))


def total(facts: ir.Table, spec: Total, today: date) -> ir.Table:
    """Each row's number, on its day."""
    rows, inside = _asked(facts, spec)
    number = ibis.ifelse(inside, rows[spec.column].fill_null(0), 0)
    return marks(rows, day=_day(rows, spec), reached=number, counted=number, **coverage(rows, spec.known))


def share(facts: ir.Table, spec: Share, today: date) -> ir.Table:
    """A mark for each row among them, reached where it is like that."""
    rows, inside = _asked(facts, spec)
    is_so = _all(rows, spec.where) & inside
    return marks(
        rows, day=_day(rows, spec), reached=one_if(is_so), counted=one_if(inside), **coverage(rows, spec.known)
    )


def limits_kept(clocks: ir.Table, spec: LimitsKept, today: date) -> ir.Table:
    """As within_limit, of any line of limits; the coverage is of those that began."""
    rows = among(clocks, spec.among)
    return together(fates(rows, today), marks(rows, day=rows.started_day, **coverage(rows, spec.known)))


def within(facts: ir.Table, spec: Within, today: date) -> ir.Table:
    """One mark a row on the day its fate is decided: reached in time, broken on the day after, or ended otherwise."""
    rows = among(facts, spec.among)
    rows = rows.filter(rows[spec.start].notnull() & (rows[spec.end].isnull() | (rows[spec.end] >= rows[spec.start])))
    end, last = rows[spec.end], (rows[spec.start] + ibis.interval(days=spec.days)).cast("date")
    in_time = (end <= last).fill_null(False)
    ended = ibis.literal(False)
    if spec.ends:
        ended = ((rows[spec.ends] <= last) & (end.isnull() | (rows[spec.ends] < end))).fill_null(False) & ~in_time
    broken = ~in_time & ~ended & (last < today)
    rows = rows.mutate(last=last, in_time=in_time, ended=ended, broken=broken)
    rows = rows.filter(rows.in_time | rows.ended | rows.broken)
    way_out = rows[spec.ends] if spec.ends else ibis.null("date")
    day = ibis.ifelse(rows.broken, day_after(rows["last"]), ibis.ifelse(rows.ended, way_out, rows[spec.end]))
    counted = one_if(rows.in_time | rows.broken)
    fate = marks(rows, day=day, reached=one_if(rows.in_time), counted=counted, apart=one_if(rows.ended))
    return together(fate, _coverage_marks(facts, spec.among, spec.known, spec.start))


def between(facts: ir.Table, spec: Between, today: date) -> ir.Table:
    """The days between the two, on the later one."""
    rows = among(facts, spec.among)
    known = coverage(rows, spec.known)
    rows = rows.mutate(**known).filter(rows[spec.start].notnull() & (rows[spec.end] >= rows[spec.start]))
    wait = rows[spec.end].delta(rows[spec.start], unit="day")
    return marks(
        rows, day=rows[spec.end], wait=wait, reached=one(), counted=one(), covered=rows.covered, seen=rows.seen
    )


def middle(facts: ir.Table, spec: Middle, today: date) -> ir.Table:
    """Each row's number, for the median."""
    rows = among(facts, spec.among)
    rows = rows.mutate(**coverage(rows, spec.known)).filter(rows[spec.column].notnull())
    day = rows[spec.day or spec.table.day]
    return marks(
        rows, day=day, wait=rows[spec.column], reached=one(), counted=one(), covered=rows.covered, seen=rows.seen
    )


def average(facts: ir.Table, spec: Average, today: date) -> ir.Table:
    """Each row's number in hundredths, for the mean. Rows without it are what coverage tells of."""
    rows = among(facts, spec.among)
    known, day = rows[spec.column].notnull(), rows[spec.day or spec.table.day]
    hundredths = (rows[spec.column].cast("float64") * HUNDREDTHS).round()
    return marks(
        rows, day=day, wait=hundredths, reached=one_if(known), counted=one_if(known), **coverage(rows, spec.known)
    )


def open_at(facts: ir.Table, spec: Open, today: date) -> ir.Table:
    """One more on the day it begins, one less on the day it ends, whichever way."""
    rows = among(facts, spec.among)
    end = rows[spec.end]
    if spec.ends:
        other = rows[spec.ends]
        end = ibis.ifelse(end.isnull() | (other < end).fill_null(False), other, end)
    rows = rows.mutate(left_on=end).filter(rows[spec.start].notnull())
    rows = rows.filter(rows.left_on.isnull() | (rows.left_on >= rows[spec.start]))
    gone, less = rows.filter(rows.left_on.notnull()), ibis.literal(-1)
    return together(
        marks(rows, day=rows[spec.start], reached=one(), counted=one()),
        marks(gone, day=gone.left_on, reached=less, counted=less),
        _coverage_marks(facts, spec.among, spec.known, spec.start),
    )


def survival(facts: ir.Table, spec: Survival, today: date) -> ir.Table:
    """How long each waited, or has waited by today; reached where the wait came to its end."""
    rows = among(facts, spec.among)
    rows = rows.filter(rows[spec.start] <= today)
    end, left = rows[spec.end], ibis.literal(None, type="date")
    if spec.ends:
        left = rows[spec.ends]
    came = end.notnull() & ~(left < end).fill_null(False)
    until = ibis.ifelse(came, end, ibis.ifelse(left.isnull(), ibis.literal(today), left)).cast("date")
    rows = rows.mutate(came=came, until=until).filter(until >= rows[spec.start])
    wait = rows.until.delta(rows[spec.start], unit="day")
    return marks(
        rows, day=rows[spec.start], wait=wait, reached=one_if(rows.came), counted=one(), **coverage(rows, spec.known)
    )


def _asked(facts: ir.Table, spec: Any) -> tuple[ir.Table, ir.BooleanValue]:
    """The rows that coverage is about, and which of them are asked for: a condition on the very column that coverage
    is about narrows what is counted, not what is covered.
    """
    rows = among(facts, tuple(one for one in spec.among if one.column != spec.known))
    return rows, _all(rows, tuple(one for one in spec.among if one.column == spec.known))


def _day(rows: ir.Table, spec: Any) -> ir.Value:
    return rows[spec.day or spec.table.day]


def _all(rows: ir.Table, conditions: tuple[Condition, ...]) -> ir.BooleanValue:
    found: ir.BooleanValue = ibis.literal(True)
    for condition in conditions:
        found = found & holds(rows, condition)
    return found


def among(facts: ir.Table, conditions: tuple[Condition, ...]) -> ir.Table:
    """The rows for which all of these hold."""
    for condition in conditions:
        facts = facts.filter(holds(facts, condition))
    return facts


def holds(rows: ir.Table, condition: Condition) -> ir.BooleanValue:
    """Whether a condition does; what is not known is not so."""
    column = rows[condition.column]
    if condition.one_of:
        return column.isin(condition.one_of)
    if condition.is_true is not None:
        return column == condition.is_true
    if condition.known is not None:
        return _is_known(column) if condition.known else ~_is_known(column)
    if condition.at_least is not None:
        return (column >= condition.at_least).fill_null(False)
    return (column <= condition.at_most).fill_null(False)


def coverage(rows: ir.Table, known: str) -> dict[str, ir.Value]:
    """Of all these rows, those in which the column says something."""
    return {"covered": one_if(_is_known(rows[known])), "seen": one()}


def _coverage_marks(facts: ir.Table, conditions: tuple[Condition, ...], known: str, day: str) -> ir.Table:
    """The coverage by itself, on the day on which what is measured begins."""
    rows = among(facts, conditions)
    return marks(rows, day=rows[day], **coverage(rows, known))


def _is_known(column: ir.Value) -> ir.BooleanValue:
    return column != "" if column.type().is_string() else column.notnull()
