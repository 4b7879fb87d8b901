"""The figures of a page, asked of the indicators. One rule of its own: a unit's figure is always read from the table of
all the units the board shows, never asked alone, so that changing the choice of unit reveals nothing that is hidden.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from luotsi.base.text import sort_key
from luotsi.base.who import Who
from luotsi.domain.indicators import queries, rules
from luotsi.domain.indicators.definitions import Board, By, Indicator, Period, Span, Tile, indicator
from luotsi.domain.indicators.queries import IndicatorRow, IndicatorTable
from luotsi.domain.organisation import definitions as organisation
from luotsi.rooms.steering.choices import Choices, asked, own_units
from luotsi.rooms.steering.words import unit_name, value_name


@dataclass(frozen=True)
class Scope:
    """Which units a page is about (`units` in the order shown, `asked` as the figures want them), for whom."""

    units: tuple[str, ...]
    asked: frozenset[str] | None
    own: frozenset[str]
    choices: Choices
    until: date

    @property
    def names(self) -> list[tuple[str, str]]:
        """The units to choose from, in the order shown."""
        return [(unit, unit_name(unit, is_own=unit in self.own)) for unit in self.units]

    @property
    def unit(self) -> str:
        """The unit that was chosen, or "" for all."""
        return self.choices.unit

    @property
    def marked(self) -> tuple[str, ...]:
        """The units that charts bring forward: the chosen one, or one's own."""
        return (self.unit,) if self.unit else tuple(unit for unit in self.units if unit in self.own)


@dataclass(frozen=True)
class Look:
    """One indicator between two days, within a scope."""

    indicator: Indicator
    since: date
    until: date
    scope: Scope

    def table(self, *by: By) -> IndicatorTable:
        """Of all the units in the scope."""
        return queries.read_indicator(
            self.indicator.key, by=by, since=self.since, until=self.until, units=self.scope.asked
        )

    def now(self) -> IndicatorRow:
        """The figure of the chosen unit, or of all."""
        return self.table().total if not self.scope.unit else self.of_unit(self.scope.unit)

    def of_unit(self, unit: str) -> IndicatorRow:
        """A unit that has no facts has a row that says nothing (of a count: nought)."""
        table = self.table("unit")
        return next((row for row in table.rows if row.keys == (unit,)), self.nothing(table))

    def by_period(self, period: Period, unit: str = "") -> dict[str, IndicatorRow]:
        """Period name → row for every period, the oldest first; of one unit, or of all together."""
        table = self.table("unit", period) if unit else self.table(period)
        found = {row.keys[-1]: row for row in table.rows if not unit or row.keys[0] == unit}
        return self.whole(found, period, self.nothing(table))

    def by_value_and_period(self, column: By, period: Period) -> dict[str, dict[str, IndicatorRow]]:
        """Value → period name → row, for a chart with a line for each value."""
        table = self.table(column, period)
        found: dict[str, dict[str, IndicatorRow]] = {}
        for row in table.rows:
            value = row.keys[table.by.index(column)]
            found.setdefault(value, {})[row.keys[table.by.index(period)]] = row
        return {value: self.whole(rows, period, self.nothing(table)) for value, rows in found.items()}

    def whole(
        self, found: Mapping[str, IndicatorRow], period: Period, nothing: IndicatorRow
    ) -> dict[str, IndicatorRow]:
        """With a row for each period between the days, also where nothing happened."""
        days = rules.periods_between(self.since, self.until, period)
        names = [rules.period_name(day, period) for day in days]
        return {name: found.get(name, nothing) for name in names}

    def nothing(self, table: IndicatorTable) -> IndicatorRow:
        """A group without facts: a count is nought there, a share or a wait is not known."""
        value = 0.0 if self.indicator.unit == "count" else None
        return replace(
            table.total, keys=(), value=value, numerator=0, denominator=0, coverage=None, apart=None,
            suppressed=False, low_coverage=False, on_target=None,
        )  # fmt: skip

    def back_to(self, span: Span) -> "Look":
        """The same until the same day, over another length of time."""
        return replace(self, since=rules.span_start(span, self.until))

    def before(self) -> "Look":
        """The equally long time just before."""
        since, until = rules.span_before(self.since, self.until)
        return replace(self, since=since, until=until)


def look_of(tile: Tile, board: Board, scope: Scope) -> Look:
    """A tile's own length of time, unless the reader chose one."""
    weeks = scope.choices.weeks
    span = Span(weeks=weeks) if weeks else tile.last or board.last
    return Look(indicator(tile.indicator), rules.span_start(span, scope.until), scope.until, scope)


def scope_of(shown: frozenset[str] | None, viewer: Who, given: Mapping[str, str], *, until: date) -> Scope:
    """These units (None: all) with the viewer's own first, and what the address asks of them."""
    everywhere = units_in_order(shown, frozenset())
    own = own_units(viewer, everywhere)
    choices = asked(given, units=everywhere, own=own)
    return Scope(units=units_in_order(shown, own), asked=shown, own=own, choices=choices, until=until)


def units_in_order(shown: frozenset[str] | None, own: frozenset[str]) -> tuple[str, ...]:
    """One's own units first, then the order of the county's file."""
    known = [unit.key for unit in organisation.county().units if shown is None or unit.key in shown]
    return tuple(sorted(known, key=lambda unit: unit not in own))


def in_order(rows: Sequence[IndicatorRow], scope: Scope) -> list[IndicatorRow]:
    """Rows by unit as the reader asked; what is not known or hidden comes last. Equal ones keep the scope's order."""
    place = {unit: number for number, unit in enumerate(scope.units)}
    ordered = sorted(rows, key=lambda row: place.get(row.keys[0], len(place)))
    name, backwards = scope.choices.sort.removeprefix("-"), scope.choices.sort.startswith("-")
    if name == "name":
        return sorted(rows, key=lambda row: sort_key(value_name("unit", row.keys[0])), reverse=backwards)
    field = {"value": "value", "counted": "denominator", "coverage": "coverage", "apart": "apart"}.get(name)
    if field is None:
        return ordered
    known = [row for row in ordered if getattr(row, field) is not None]
    unknown = [row for row in ordered if getattr(row, field) is None]
    return sorted(known, key=lambda row: getattr(row, field), reverse=backwards) + unknown
