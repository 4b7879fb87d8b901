"""Charts and tables as a board shows them: the picture, the sentence, the table behind it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.domain.indicators.definitions import PERIODS, By, Indicator, Period, Span, Tile
from luotsi.domain.indicators.queries import IndicatorRow
from luotsi.rooms.steering import tables
from luotsi.rooms.steering.charts import bars, lines, sentences
from luotsi.rooms.steering.charts.levels import Level
from luotsi.rooms.steering.figures import law_words
from luotsi.rooms.steering.reading import Look, in_order
from luotsi.rooms.steering.tables import Table
from luotsi.rooms.steering.words import (
    column_name,
    goal,
    hidden,
    is_running,
    period_label,
    said,
    shown,
    sign,
    span_words,
    unit_name,
    value_name,
)
from luotsi.ui.charts import Drawing
from luotsi.ui.words import in_language

MOST_LINES = 9  # nobody tells more apart; the rest are in the table
_FEW_BESIDE = 2  # with more lines than these beside the whole a chart takes the width of the page
_FEW = 4  # so many lines get colours of their own even when none is asked for


@dataclass(frozen=True)
class Panel:
    """One chart with its table, or a table alone (`drawing` None). `place` names it in addresses and on the page."""

    place: str
    key: str
    title: str
    span: str
    drawing: Drawing | None
    sentence: str
    note: str
    table: Table
    is_wide: bool


def panel(place: str, tile: Tile, look: Look, span: Span, *, is_alone: bool = False) -> Panel:
    """The panel of a tile that is a chart or a table. `is_alone`: it has the width of the page."""
    title = in_language(tile.title or look.indicator.name)
    drawing, sentence, note, table, is_wide = _made(tile, look, title, is_alone)
    return Panel(place, look.indicator.key, title, span_words(span), drawing, sentence, note, table, is_wide)


def table_of(tile: Tile, look: Look) -> Table:
    """Only the table, for a file: nothing is drawn."""
    title = in_language(tile.title or look.indicator.name)
    period = _period(tile.by)
    return _Moves(tile, look, period).table(title) if period else group_table(look, tile.by[0], title)


def _made(tile: Tile, look: Look, title: str, is_alone: bool) -> tuple[Drawing | None, str, str, Table, bool]:
    language, period = get_language() or "fi", _period(tile.by)
    if period:
        moves = _Moves(tile, look, period, is_alone)
        if tile.show == "table":
            return None, "", "", moves.table(title), True
        chart = moves.chart()
        return lines.draw(chart, language), sentences.of_lines(chart), moves.note(), moves.table(title), moves.is_wide
    table = group_table(look, tile.by[0], title)
    if tile.show == "table":
        return None, "", "", table, True
    chart = _side_by_side(look, tile.by[0])
    return bars.draw(chart, language), sentences.of_bars(chart), "", table, False


def _period(by: tuple[By, ...]) -> Period | None:
    return next((column for column in PERIODS if column in by), None)


def levels(rows: list[IndicatorRow], indicator: Indicator) -> tuple[Level, ...]:
    """Target and law along the rows of a chart."""
    found = []
    latest = rows[-1] if rows else None
    if latest and latest.target is not None:
        words = _("Target %(goal)s") % {"goal": goal(latest.target, indicator.unit)}
        found.append(Level("target", words, tuple(row.target for row in rows)))
    if latest and latest.law is not None:
        found.append(Level("law", law_words(latest, indicator), tuple(row.law for row in rows)))
    return tuple(found)


class _Moves:
    """A line chart and its table under way: rows by series and period."""

    def __init__(self, tile: Tile, look: Look, period: Period, is_alone: bool = False) -> None:
        self.look, self.period, self.unit = look, period, look.indicator.unit
        self.column = next((column for column in tile.by if column != period), None)
        self.whole = look.by_period(period)
        self.parts = look.by_value_and_period(self.column, period) if self.column else {}
        if self.column is None and "unit" in look.indicator.by:
            self.parts = {unit: look.by_period(period, unit) for unit in look.scope.marked}
        self.periods = list(self.whole)
        self.is_wide = is_alone or len(self.parts) > _FEW_BESIDE

    def chart(self) -> lines.Lines:
        shown_parts = list(self._ranked())[:MOST_LINES]
        series = [lines.Series(name, _values(rows), rank) for name, rows, rank in shown_parts]
        whole = lines.Series(self._whole_name(), _values(self.whole), "whole")
        return lines.Lines(
            periods=tuple(self.periods),
            labels=tuple(period_label(key) for key in self.periods),
            series=(*series, whole),
            levels=levels(list(self.whole.values()), self.look.indicator),
            unit=self.unit,
            is_running=self._is_running(),
            is_wide=self.is_wide,
        )

    def note(self) -> str:
        """What the eye needs to know of the drawing."""
        parts = []
        if self._is_running():
            parts.append(_("An open point is a period that is still going on."))
        if self.look.scope.unit and self.column not in (None, "unit"):
            parts.append(_("Of all units."))
        if len(self.parts) > MOST_LINES:
            parts.append(_("The chart shows %(count)d lines; all are in the table.") % {"count": MOST_LINES})
        return " ".join(parts)

    def table(self, title: str) -> Table:
        """A row for each period, the newest first, and a column for each line."""
        named = [(self._whole_name(), self.whole), *((name, rows) for name, rows, _rank in self._ranked())]
        if len(named) == 1:
            rows = [(self._label(key), self.whole[key]) for key in reversed(self.periods)]
            return tables.of_groups(self.look.indicator, column_name(self.period), rows, title)
        body = tuple(
            (self._label(key), *(shown(rows[key], "value", self.unit) for _name, rows in named))
            for key in reversed(self.periods)
        )
        is_any_hidden = any(row.suppressed for _name, rows in named for row in rows.values())
        head = (column_name(self.period), *(name for name, _rows in named))
        caption = ", ".join(filter(None, (title, sign(self.unit))))
        return Table(caption, head, body, is_any_hidden)

    def _ranked(self) -> Iterator[tuple[str, dict[str, IndicatorRow], lines.Rank]]:
        """The lines beside the whole: marked ones first, then the scope's order."""
        scope, is_unit = self.look.scope, self.column in (None, "unit")
        place = {unit: number for number, unit in enumerate(scope.units)}
        keys = sorted(self.parts, key=lambda key: (key not in scope.marked, place.get(key, len(place)), key))
        is_few = len(keys) <= _FEW and not (is_unit and scope.marked)
        for key in keys:
            is_marked = is_few or (is_unit and key in scope.marked)
            name = value_name(self.column or "unit", key)
            yield name, self.parts[key], "marked" if is_marked else "quiet"

    def _whole_name(self) -> str:
        return _("All units") if self.column in (None, "unit") else _("All together")

    def _is_running(self) -> bool:
        return bool(self.periods) and is_running(self.periods[-1], self.period, self.look.until)

    def _label(self, key: str) -> str:
        """A period's name in a table: with its year, and whether it still goes on."""
        label = period_label(key) if key[:4] in period_label(key) else f"{period_label(key)}/{key[:4]}"
        is_last = key == self.periods[-1] and self._is_running()
        return _("%(period)s (still going on)") % {"period": label} if is_last else label


def _values(rows: dict[str, IndicatorRow]) -> tuple[float | None, ...]:
    return tuple(row.value for row in rows.values())


def _rows_of(look: Look, column: By) -> list[tuple[str, IndicatorRow]]:
    """The rows of a table by one column, as the reader ordered them, with their names."""
    rows = list(look.table(column).rows)
    rows = in_order(rows, look.scope) if column == "unit" else rows
    return [(_name(look, column, row.keys[0]), row) for row in rows]


def _name(look: Look, column: By, key: str) -> str:
    return unit_name(key, is_own=key in look.scope.own) if column == "unit" else value_name(column, key)


def group_table(look: Look, column: By, title: str) -> Table:
    """A row for each group, and the whole last."""
    rows = [*_rows_of(look, column), (_("All together"), look.table(column).total)]
    return tables.of_groups(look.indicator, column_name(column), rows, title)


def _side_by_side(look: Look, column: By) -> bars.Bars:
    marked = look.scope.marked if column == "unit" else ()
    found = tuple(
        bars.Bar(name, row.value, _words(row, look), row.keys[0] in marked, row.low_coverage)
        for name, row in _rows_of(look, column)
    )
    return bars.Bars(found, levels([look.table(column).total], look.indicator), look.indicator.unit)


def _words(row: IndicatorRow, look: Look) -> str:
    """What stands at a bar's end."""
    if row.suppressed:
        return hidden()
    words = said(row.value, look.indicator.unit)
    if row.low_coverage:
        words += " " + _("(coverage %(share)s)") % {"share": said(row.coverage, "percent")}
    return words
