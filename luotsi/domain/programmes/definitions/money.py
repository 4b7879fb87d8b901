"""A money table as the funder's form prints it: a tree of cost lines against columns of plan, actual and left."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import model_validator

from luotsi.base.shelf import Entry
from luotsi.base.text import Text

Figures = tuple[Decimal | None, ...]  # one for each column, in order; None where the source prints nothing
Unit = Literal["EUR", "person_years"]


class Column(Entry):
    """A column. `total_plan` follows from the plan columns of its unit, `left` from it and the actual columns."""

    key: str
    name: Text
    kind: Literal["plan", "actual", "total_plan", "left"]
    year: int | None = None
    unit: Unit = "EUR"


class Row(Entry):
    """A cost line with its printed figures; `rows` are the lines that sum up to it."""

    key: str
    name: Text
    stated: Figures
    rows: tuple["Row", ...] = ()

    def walk(self, level: int = 0) -> Iterator[tuple[int, "Row"]]:
        """This line and all under it, each with its depth (0 for the line itself), as a table prints them."""
        yield level, self
        for row in self.rows:
            yield from row.walk(level + 1)


class Explanation(Entry):
    """What a reader should know of a printed figure that does not agree with the others."""

    row: str
    column: str
    text: Text


class PrintedElsewhere(Entry):
    """The figure of a cell printed again in another place of the source, where it may say something else."""

    row: str
    column: str
    stated: Decimal
    place: Text
    note: Text | None = None


class Budget(Entry):
    """A money table.

    `total` follows from `rows`; `of_which` are shares of the total that no line sums up to; `grant` is
    `grant_rate` (1 = the funder pays all) of the total.
    """

    as_of: date | None = None
    title: Text
    note: Text | None = None
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row
    of_which: tuple[Row, ...] = ()
    grant: Row | None = None
    grant_rate: Decimal = Decimal(1)
    printed_elsewhere: tuple[PrintedElsewhere, ...] = ()
    explanations: tuple[Explanation, ...] = ()

    @model_validator(mode="after")
    def _holds_together(self) -> "Budget":
        lines = [row for _, row in self.walk()]
        for row in lines:
            if len(row.stated) != len(self.columns):
                raise ValueError(f"the line {row.key!r} has {len(row.stated)} figures for {len(self.columns)} columns")
        keys = [row.key for row in lines]
        if len(set(keys)) != len(keys):
            raise ValueError(f"two lines have the key {next(key for key in keys if keys.count(key) > 1)!r}")
        self._check_places(set(keys))
        return self

    def _check_places(self, rows: set[str]) -> None:
        columns = {column.key for column in self.columns}
        places = [(place.row, place.column) for place in self.printed_elsewhere]
        for row, column in (*places, *((why.row, why.column) for why in self.explanations)):
            if row not in rows or column not in columns:
                raise ValueError(f"no cell {row!r}, {column!r} is in the table")

    def walk(self) -> Iterator[tuple[int, Row]]:
        """Every line in printed order with its depth: cost lines, the total, what is within it, the grant."""
        for row in self.rows:
            yield from row.walk()
        yield 0, self.total
        for row in self.of_which:
            yield 0, row
        if self.grant:
            yield 0, self.grant
