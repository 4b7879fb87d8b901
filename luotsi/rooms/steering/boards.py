"""A board as its page shows it, put together from the shelf's rows of tiles."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.indicators import ports, queries
from luotsi.domain.indicators.definitions import Board, Span, Tile, boards
from luotsi.domain.organisation import definitions as organisation
from luotsi.rooms.steering.choices import own_units
from luotsi.rooms.steering.figures import Figure, figure
from luotsi.rooms.steering.panels import Panel, panel, table_of
from luotsi.rooms.steering.reading import Scope, look_of, scope_of
from luotsi.rooms.steering.tables import Table
from luotsi.ui.words import in_language


@dataclass(frozen=True)
class Part:
    """A row of the board: its figures, then its charts and tables."""

    name: str
    figures: tuple[Figure, ...]
    panels: tuple[Panel, ...]

    @property
    def strips(self) -> list[list[Panel]]:
        """Panels side by side: narrow neighbours in pairs, a wide one alone."""
        strips: list[list[Panel]] = []
        for one in self.panels:
            if strips and not one.is_wide and len(strips[-1]) == 1 and not strips[-1][0].is_wide:
                strips[-1].append(one)
            else:
                strips.append([one])
        return strips


@dataclass(frozen=True)
class Shown:
    """A whole board, counted from so many `events`."""

    board: Board
    scope: Scope
    parts: tuple[Part, ...]
    as_of: datetime
    events: int

    @property
    def seen(self) -> str:
        """Changes whenever anything that can be read on the page does."""
        words = [part.figures for part in self.parts]
        numbers = [(panel.sentence, panel.table) for panel in self.panels]
        return hashlib.sha256(repr((words, numbers)).encode()).hexdigest()[:16]

    @property
    def panels(self) -> tuple[Panel, ...]:
        return tuple(panel for part in self.parts for panel in part.panels)

    @property
    def has_hidden(self) -> bool:
        tiles = [figure.is_hidden for part in self.parts for figure in part.figures]
        return any(tiles) or any(panel.table.has_hidden for panel in self.panels)


def shown(board: Board, viewer: Who, given: Mapping[str, str]) -> Shown:
    """The board for somebody, as their address asks. Raises NoFacts."""
    state = ports.figures().state()
    scope = scope_of(queries.units_of(board, None), viewer, given, until=local_day(state.as_of))
    numbered = iter(range(1, len(board.tiles) + 1))
    parts = []
    for row in board.rows:
        tiles = [(str(next(numbered)), tile) for tile in row.tiles]
        parts.append(
            Part(
                name=in_language(row.name),
                figures=tuple(_figure(tile, board, scope) for _, tile in tiles if tile.show == "figure"),
                panels=tuple(_panel(place, tile, board, scope) for place, tile in tiles if tile.show != "figure"),
            )
        )
    return Shown(board, scope, tuple(parts), state.as_of, state.events)


def table(board: Board, place: str, viewer: Who, given: Mapping[str, str]) -> Table | None:
    """The table of one panel; None when the board has no panel in that place. Raises NoFacts."""
    tiles = {str(number): tile for number, tile in enumerate(board.tiles, start=1) if tile.show != "figure"}
    if place not in tiles:
        return None
    until = local_day(ports.figures().state().as_of)
    scope = scope_of(queries.units_of(board, None), viewer, given, until=until)
    return table_of(tiles[place], look_of(tiles[place], board, scope))


def boards_for(viewer: Who) -> list[tuple[Board, bool]]:
    """Every board, those about the viewer's own units first; whether it is about them."""
    areas = {unit.area for unit in organisation.county().units if unit.key in own_units(viewer, viewer.units)}
    found = [(board, bool(areas & set(board.areas))) for board in boards().values()]
    return sorted(found, key=lambda pair: (not pair[1], pair[0].key))


def _figure(tile: Tile, board: Board, scope: Scope) -> Figure:
    return figure(tile, look_of(tile, board, scope), _span(tile, board, scope))


def _panel(place: str, tile: Tile, board: Board, scope: Scope) -> Panel:
    return panel(place, tile, look_of(tile, board, scope), _span(tile, board, scope))


def _span(tile: Tile, board: Board, scope: Scope) -> Span:
    return Span(weeks=scope.choices.weeks) if scope.choices.weeks else tile.last or board.last
