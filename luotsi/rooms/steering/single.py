"""One indicator's figures for its page: now, by month, and unit by unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.indicators import ports, queries
from luotsi.domain.indicators.definitions import Indicator, Span, Tile
from luotsi.domain.indicators.queries import LIVE_DAYS, IndicatorRow
from luotsi.rooms.steering.figures import Figure, figure
from luotsi.rooms.steering.panels import Panel, panel, table_of
from luotsi.rooms.steering.reading import Look, Scope, scope_of
from luotsi.rooms.steering.tables import Table

NOW, YEAR = Span(days=LIVE_DAYS), Span(months=13)  # what "now" looks back on; the running month and a year before it


@dataclass(frozen=True)
class Single:
    """An indicator within a scope. `look` is of the time that was chosen."""

    indicator: Indicator
    look: Look
    span: Span
    as_of: datetime

    @property
    def scope(self) -> Scope:
        return self.look.scope

    @cached_property
    def figure(self) -> Figure:
        tile = Tile(indicator=self.indicator.key, show="figure", compare="before")
        return figure(tile, self.look, self.span)

    @cached_property
    def now(self) -> IndicatorRow:
        return self.look.now()

    @cached_property
    def months(self) -> Panel | None:
        tile = self._tile("month")
        return panel("month", tile, self.look.back_to(YEAR), YEAR, is_alone=True) if tile else None

    @cached_property
    def units(self) -> Table | None:
        return self.table("unit")

    def table(self, by: str) -> Table | None:
        """The table by unit or by month; None when the indicator has no such table."""
        tile = self._tile(by)
        return table_of(tile, self.look if by == "unit" else self.look.back_to(YEAR)) if tile else None

    def _tile(self, by: str) -> Tile | None:
        if by not in self.indicator.by:
            return None
        key = self.indicator.key
        if by == "unit":
            return Tile(indicator=key, show="table", by=("unit",))
        return Tile(indicator=key, show="line", by=("month",)) if by == "month" else None


def single(indicator: Indicator, viewer: Who, given: Mapping[str, str]) -> Single:
    """The indicator for somebody, as their address asks. Raises NoFacts."""
    as_of = ports.figures().state().as_of
    until = local_day(as_of)
    scope = scope_of(_units_with_facts(indicator), viewer, given, until=until)
    span = Span(weeks=scope.choices.weeks) if scope.choices.weeks else NOW
    return Single(indicator, Look(indicator, until, until, scope).back_to(span), span, as_of)


def _units_with_facts(indicator: Indicator) -> frozenset[str]:
    """The units that the indicator has anything to say about."""
    if "unit" not in indicator.by:
        return frozenset()
    return frozenset(row.keys[0] for row in queries.read_indicator(indicator.key, by=("unit",)).rows)
