"""Reading figures for pages, reports and the command line: tables, one live figure, and the units of a board.

Every answer carries its definition, its coverage, its target and law line, and as of when it is. It is the same for
everybody who may see those units: figures are of groups, and groups too small to publish are hidden.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from luotsi.base.now import local_day
from luotsi.domain.indicators import definitions, ports, rules
from luotsi.domain.indicators.definitions import Board, By, Indicator
from luotsi.domain.organisation.definitions import county

LIVE_DAYS = 28  # what a live figure looks back on: four whole weeks


@dataclass(frozen=True)
class IndicatorRow:
    """One group. `keys` follow the table's columns, periods as 2026-W12; `starts` is its period's first day.

    A suppressed row is too small to publish: its numbers are None. `low_coverage`: show it greyed out.
    """

    keys: tuple[str, ...]
    starts: date | None
    value: float | None
    numerator: int | None
    denominator: int | None
    coverage: float | None
    apart: int | None
    suppressed: bool
    low_coverage: bool
    target: float | None
    law: float | None
    on_target: bool | None


@dataclass(frozen=True)
class IndicatorTable:
    """An indicator broken down. Percentages are 0–100. The total is of the same days, not of the rows shown."""

    indicator: Indicator
    by: tuple[By, ...]
    rows: tuple[IndicatorRow, ...]
    total: IndicatorRow
    since: date
    until: date
    as_of: datetime
    facts: str


@dataclass(frozen=True)
class Figure:
    """One live number with the months before it: `now` is of the last 28 days."""

    indicator: Indicator
    now: IndicatorRow
    since: date
    months: tuple[IndicatorRow, ...]
    as_of: datetime

    @property
    def value(self) -> float | None:
        return self.now.value

    @property
    def series(self) -> tuple[tuple[str, float | None], ...]:
        """(month, value), the oldest first."""
        return tuple((row.keys[0], row.value) for row in self.months)


def read_indicator(
    key: str,
    *,
    by: tuple[By, ...] = (),
    since: date | None = None,
    until: date | None = None,
    units: Collection[str] | None = None,
) -> IndicatorTable:
    """A table, both days included. Raises UnknownIndicatorError, rules.WrongQuestion, ports.NoFacts."""
    return _table(definitions.indicator(key), by, since, until, _frozen(units))


def live_figure(key: str, *, months: int = 13, units: Collection[str] | None = None) -> Figure:
    """The last 28 days and the months up to now. Raises UnknownIndicatorError, ports.NoFacts."""
    indicator, kept = definitions.indicator(key), _frozen(units)
    today = local_day(ports.figures().state().as_of)
    since = today - timedelta(days=LIVE_DAYS - 1)
    first = rules.span_start(definitions.Span(months=months), today)
    table = _table(indicator, ("month",), first, today, kept)
    now = _table(indicator, (), since, today, kept)
    return Figure(indicator, now.total, since, table.rows, now.as_of)


def units_of(it: Board, units: Collection[str] | None) -> frozenset[str] | None:
    """The units that a board shows to somebody who may see these."""
    if not it.areas:
        return _frozen(units)
    mine = frozenset(unit.key for unit in county().units if unit.area in it.areas)
    return mine if units is None else mine & frozenset(units)


def _table(
    indicator: Indicator, by: tuple[By, ...], since: date | None, until: date | None, units: frozenset[str] | None
) -> IndicatorTable:
    answer = ports.figures().measure(ports.Ask(indicator, by, since, until, units))
    return IndicatorTable(
        indicator=indicator,
        by=by,
        rows=tuple(_row(indicator, by, cell, answer.until) for cell in answer.cells),
        total=_row(indicator, (), answer.total, answer.until),
        since=answer.since,
        until=answer.until,
        as_of=answer.as_of,
        facts=answer.facts,
    )


def _row(indicator: Indicator, by: tuple[By, ...], cell: ports.Cell, until: date) -> IndicatorRow:
    period = rules.period_of(by)
    starts = next((key for key in cell.keys if isinstance(key, date)), None)
    day = min(rules.next_first_day(starts, period) - timedelta(days=1), until) if starts and period else until
    target = indicator.target_on(day)
    return IndicatorRow(
        keys=tuple(_written(key, period) for key in cell.keys),
        starts=starts,
        value=cell.value,
        numerator=cell.numerator,
        denominator=cell.denominator,
        coverage=cell.coverage,
        apart=cell.apart,
        suppressed=cell.suppressed,
        low_coverage=rules.is_low(cell.coverage),
        target=target,
        law=indicator.law_on(day),
        on_target=rules.is_on_target(cell.value, target, indicator.direction),
    )


def _written(key: str | date, period: definitions.Period | None) -> str:
    return rules.period_name(key, period) if isinstance(key, date) and period else str(key)


def _frozen(units: Collection[str] | None) -> frozenset[str] | None:
    return None if units is None else frozenset(units)
