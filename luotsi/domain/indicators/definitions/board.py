"""A board as its shelf file states it: rows of tiles, each asking one indicator in one way."""

from typing import Literal

from pydantic import Field, PositiveInt, model_validator

from luotsi.base.shelf import Definition, Entry
from luotsi.base.text import Text
from luotsi.domain.indicators.definitions.vocabulary import PERIODS, By

Show = Literal["figure", "line", "bars", "table"]
Compare = Literal["nothing", "before"]


class Tile(Entry):
    """One figure, chart or table. A chart is always shown with its table.

    last     how many days, weeks or months back the tile looks; without it, the board's own
    compare  "before": the same length of time just before it, beside it
    """

    indicator: str
    show: Show
    by: tuple[By, ...] = ()
    last: "Span | None" = None
    compare: Compare = "nothing"
    title: Text | None = None

    @model_validator(mode="after")
    def _can_be_drawn(self) -> "Tile":
        if self.show == "figure" and self.by:
            raise ValueError("a figure is one number; remove `by` or show it as line, bars or table")
        if self.show == "line" and not any(column in PERIODS for column in self.by):
            raise ValueError(f"a line needs a period in `by`: one of {', '.join(PERIODS)}")
        if self.show == "bars" and len(self.by) != 1:
            raise ValueError("bars are by exactly one column")
        return self


class Span(Entry):
    """A length of time that ends today: exactly one of these. Weeks and months are whole ones and the running one."""

    days: PositiveInt | None = None
    weeks: PositiveInt | None = None
    months: PositiveInt | None = None

    @model_validator(mode="after")
    def _exactly_one(self) -> "Span":
        if len(self.model_fields_set) != 1:
            raise ValueError("a span is exactly one of days, weeks, months")
        return self


class Row(Entry):
    name: Text | None = None
    tiles: tuple[Tile, ...] = Field(min_length=1)


class Board(Definition):
    """Tiles in rows. `areas` are the county's service areas whose units the board shows; none means all units."""

    for_whom: Text
    areas: tuple[str, ...] = ()
    last: Span
    rows: tuple[Row, ...] = Field(min_length=1)

    @property
    def tiles(self) -> tuple[Tile, ...]:
        return tuple(tile for row in self.rows for tile in row.tiles)
