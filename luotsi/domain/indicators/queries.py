"""Reading figures for pages, reports and the command line: tables, one live figure, and whole boards.

Every answer carries its definition, its coverage, its target and law line, and as of when it is. It is the same for
everybody who may see those units: figures are of groups, and groups too small to publish are hidden.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from luotsi.base.now import local_day
from luotsi.domain.indicators import definitions, ports, rules
from luotsi.domain.indicators.definitions import Board, By, Indicator, Row, Tile
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

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """All the columns of a row as a table shows it."""
        apart = ("apart",) if self.indicator.apart else ()
        return (*self.by, "value", "numerator", "denominator", "coverage", *apart)

    def tidy(self, language: str) -> list[dict[str, Any]]:
        """One flat record a row, with names in the language: what a chart wants. `starts` is an ISO day."""
        words = definitions.words()
        return [
            {
                **dict(zip(self.by, row.keys, strict=True)),
                **{f"{column}_name": words.value(column, key).in_language(language)
                   for column, key in zip(self.by, row.keys, strict=True)},
                "starts": row.starts.isoformat() if row.starts else None,
                **{name: getattr(row, name) for name in _NUMBERS},
            }
            for row in self.rows
        ]  # fmt: skip


_NUMBERS = (
    "value", "numerator", "denominator", "coverage", "apart", "suppressed", "low_coverage", "target", "law",
    "on_target",
)  # fmt: skip


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


@dataclass(frozen=True)
class TileReading:
    """A tile with its table, and the table of the same length of time before, if the tile compares."""

    tile: Tile
    table: IndicatorTable
    before: IndicatorTable | None


@dataclass(frozen=True)
class RowReading:
    row: Row
    tiles: tuple[TileReading, ...]


@dataclass(frozen=True)
class BoardReading:
    """A board as of now. `units` are those it is about: of the board's areas, and of the viewer's; None is all."""

    board: Board
    units: frozenset[str] | None
    rows: tuple[RowReading, ...]
    as_of: datetime


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


def board(key: str, *, units: Collection[str] | None = None, until: date | None = None) -> BoardReading:
    """Every tile. `units`: those the viewer may see; None is all. Raises UnknownBoardError, ports.NoFacts."""
    it = definitions.board(key)
    as_of = ports.figures().state().as_of
    end, kept = until or local_day(as_of), units_of(it, units)
    rows = tuple(RowReading(row, tuple(_tile(it, tile, end, kept) for tile in row.tiles)) for row in it.rows)
    return BoardReading(it, kept, rows, as_of)


def units_of(it: Board, units: Collection[str] | None) -> frozenset[str] | None:
    """The units that a board shows to somebody who may see these."""
    if not it.areas:
        return _frozen(units)
    mine = frozenset(unit.key for unit in county().units if unit.area in it.areas)
    return mine if units is None else mine & frozenset(units)


def _tile(it: Board, tile: Tile, end: date, units: frozenset[str] | None) -> TileReading:
    indicator = definitions.indicator(tile.indicator)
    since = rules.span_start(tile.last or it.last, end)
    table = _table(indicator, tile.by, since, end, units)
    before = None
    if tile.compare == "before":
        before = _table(indicator, tile.by, *rules.span_before(since, end), units)
    return TileReading(tile, table, before)


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
