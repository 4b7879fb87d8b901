"""Whom a programme concerns and what surrounds it: target groups, other projects, its groups, what was known before."""

from decimal import Decimal
from typing import Literal

from pydantic import model_validator

from luotsi.base.shelf import Entry
from luotsi.base.text import Text
from luotsi.domain.programmes.definitions.lines import Lines, Words


class Count(Entry):
    """How many people or bodies, with the words around the number ("n. 2 670 (Vetelin tiedot puuttuvat)").

    `number` is a single number or the lower end of a range that `until` closes; neither where nobody counted.
    """

    number: int | None = None
    until: int | None = None
    unit: str = ""
    note: str = ""


class TargetGroup(Entry):
    """Whom a programme is for: how many there are, how many it aims to reach, which parts of them."""

    key: str
    name: Text
    total: Count = Count()
    aimed: Count = Count()
    segments: Words = ()


class Boundary(Entry):
    """Another project: what is done there, and where this programme's work begins or leans on it."""

    key: str
    name: str
    done_there: Words
    boundary: Words = ()


class Group(Entry):
    """A group that steers or does the work: how often it meets, who sits in it by role, what it is for."""

    key: str
    name: Text
    kind: Literal["steering", "management", "project", "working", "client", "unit"]
    meets: str = ""
    members: Words = ()
    tasks: Words = ()


class Section(Entry):
    """A chapter of the source that tells in prose what no other field can hold, under its own heading.

    "disagreements" are ours and not the source's: what in it contradicts itself, kept as printed.
    """

    kind: Literal["background", "need", "coordination", "stakeholders", "wellbeing", "evaluation", "administration",
                  "resources", "communication", "results", "effects", "remarks", "disagreements"]  # fmt: skip
    title: str
    text: Lines


class FigureRow(Entry):
    """A row of printed figures. With `share_of` its share of another row is shown computed."""

    key: str
    name: str
    values: tuple[Decimal | None, ...]
    share_of: str = ""


class Claim(Entry):
    """A change that the text states of a row between two columns: computed and held against the printed one."""

    row: str
    first: str
    last: str
    stated: Decimal
    place: str


class Sum(Entry):
    """Rows of a table that the source prints another row as the total of."""

    total: str
    of: tuple[str, ...]
    place: str


class FigureTable(Entry):
    """Figures that a source prints to show the need: the state before the work began."""

    key: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[FigureRow, ...]
    claims: tuple[Claim, ...] = ()
    sums: tuple[Sum, ...] = ()
    source: str = ""
    note: str = ""

    @model_validator(mode="after")
    def _holds_together(self) -> "FigureTable":
        rows = {row.key: row for row in self.rows}
        for row in self.rows:
            if len(row.values) != len(self.columns):
                raise ValueError(f"the row {row.key!r} has {len(row.values)} figures for {len(self.columns)} columns")
            if row.share_of and row.share_of not in rows:
                raise ValueError(f"no row {row.share_of!r} is in the table")
        for one in self.sums:
            if not {one.total, *one.of} <= set(rows):
                raise ValueError(f"a row of the sum {one.total!r} is not in the table")
        for claim in self.claims:
            if claim.row not in rows or not {claim.first, claim.last} <= set(self.columns):
                raise ValueError(f"no figures of {claim.row!r}, {claim.first!r} to {claim.last!r} are in the table")
        return self

    def value(self, row: str, column: str) -> Decimal | None:
        return next(one for one in self.rows if one.key == row).values[self.columns.index(column)]
