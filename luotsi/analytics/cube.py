"""The only place where figures meet an engine: an indicator's marks added up by day and group, in one scan.

A cube is small (days times units), so that every table, chart and total of a board is folded from the same one.
"""

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from luotsi.analytics.facts.manifest import Manifest
from luotsi.analytics.measures import counting
from luotsi.analytics.measures.marks import SUMS
from luotsi.domain.indicators.definitions import FACT_TABLES, Dimension, Measure

_TYPES: dict[Any, str] = {
    str: "string", bool: "boolean", date: "date", date | None: "date", int: "int64", int | None: "int64",
    float | None: "float64",
}  # fmt: skip
SCHEMAS = {
    table.name: ibis.schema({name: _TYPES[field.annotation] for name, field in table.model.model_fields.items()})
    for table in FACT_TABLES.values()
}


Sum = tuple[date, tuple[str, ...], int | None, int, int, int, int, int]


@dataclass(frozen=True)
class Cube:
    """Rows of (day, group, wait, reached, counted, covered, seen, apart), in the order of days.

    `groups` names the group's columns. `flows` count on their day; `changes` raise or lower a level from then on.
    """

    groups: tuple[str, ...]
    flows: tuple[Sum, ...]
    changes: tuple[Sum, ...]

    @classmethod
    def of(cls, rows: Iterable[Sum], groups: tuple[str, ...], levels: frozenset[str]) -> "Cube":
        """What is a level (see measures.Counting) is told apart from what flows."""
        places = [place for place, name in enumerate(SUMS) if name in levels]
        others = [place for place, name in enumerate(SUMS) if name not in levels]
        flows, changes = [], []
        for row in rows:
            if places and any([row[3 + place] for place in places]):
                changes.append(_without(row, others))
                row = _without(row, places)
            flows.append(row)
        return cls(groups, tuple(sorted(flows, key=DAY)), tuple(sorted(changes, key=DAY)))

    @classmethod
    def together(cls, groups: tuple[str, ...], cubes: Iterable["Cube"]) -> "Cube":
        """Cubes of different rows as one: sums add up, so the rows need only stand side by side."""
        flows: list[Sum] = []
        changes: list[Sum] = []
        for cube in cubes:
            flows += cube.flows
            changes += cube.changes
        return cls(groups, tuple(sorted(flows, key=DAY)), tuple(sorted(changes, key=DAY)))

    @property
    def first_day(self) -> date | None:
        return min((rows[0][0] for rows in (self.flows, self.changes) if rows), default=None)


DAY = itemgetter(0)


def _without(row: Sum, places: list[int]) -> Sum:
    """The row with these sums at nought."""
    day, group, wait, *sums = row
    for place in places:
        sums[place] = 0
    return day, group, wait, sums[0], sums[1], sums[2], sums[3], sums[4]


def expression(facts: ir.Table, measure: Measure, groups: tuple[str, ...], today: date) -> ir.Table:
    """The cube of a measure as an Ibis expression, for any engine that holds the facts."""
    marked = counting(measure).marks(facts, measure, today)
    marked = marked.filter(marked.day.notnull())
    return marked.group_by("day", *groups, "wait").agg(**{name: marked[name].sum().cast("int64") for name in SUMS})


def rows_of(columns: dict[str, list[Any]], groups: tuple[str, ...]) -> Iterator[Sum]:
    """Columns as an engine answers them, as rows of a cube."""
    group = zip(*(columns[name] for name in groups), strict=True) if groups else [()] * len(columns["day"])
    return zip(columns["day"], group, columns["wait"], *(columns[name] for name in SUMS), strict=True)


@dataclass
class _Asked:
    """A measure as it was once asked: the compiled query, what it answers, and the cube of each file read for it."""

    query: str
    schema: pa.Schema
    by_file: dict[str, Cube] = field(default_factory=dict)


class Scanner:
    """Reads the facts' files in a DuckDB of this process.

    A file never changes, so its cube is kept: when the worker publishes new facts, only the files of the months that
    something happened in are read again.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._duck = ibis.duckdb.connect(":memory:", memory_limit="1GB")
        self._asked: OrderedDict[tuple[Measure, tuple[str, ...], date], _Asked] = OrderedDict()

    def cube(self, manifest: Manifest, measure: Measure, groups: tuple[Dimension, ...], today: date) -> Cube:
        """The measure over one manifest's files."""
        table, levels = measure.table.name, counting(measure).levels
        asked = self._ask(measure, groups, today)
        if counting(measure).is_whole:
            columns = self._read(table, [part.file for part in manifest.of(table)], asked)
            return Cube.of(rows_of(columns, groups), groups, levels)
        files = [part.file for part in manifest.of(table)]
        unread = [file for file in files if file not in asked.by_file]
        if unread:
            columns = self._read(table, unread, asked)
            by_file: list[list[Sum]] = [[] for _ in unread]
            for file, row in zip(columns["part"], rows_of(columns, groups), strict=True):
                by_file[file].append(row)
            cubes = (Cube.of(rows, groups, levels) for rows in by_file)
            asked.by_file.update(zip(unread, cubes, strict=True))
        asked.by_file = {file: asked.by_file[file] for file in files}
        return Cube.together(groups, asked.by_file.values())

    def _ask(self, measure: Measure, groups: tuple[Dimension, ...], today: date) -> _Asked:
        key = (measure, groups, today)
        if key not in self._asked:
            table, is_whole = measure.table.name, counting(measure).is_whole
            facts = ibis.table({**SCHEMAS[table], "part": "int64"}, name=table)
            asked = expression(facts, measure, groups if is_whole else (*groups, "part"), today)
            self._asked[key] = _Asked(str(self._duck.compile(asked)), asked.schema().to_pyarrow())
            if len(self._asked) > _MOST_KEPT:
                self._asked.popitem(last=False)
        self._asked.move_to_end(key)
        return self._asked[key]

    def _read(self, table: str, files: list[str], asked: _Asked) -> dict[str, list[Any]]:
        """Cast to the types that Ibis promises: DuckDB itself sums to other integers and adds days to timestamps."""
        if not files:
            return {name: [] for name in asked.schema.names}
        places = ", ".join(f"'{self._folder / file}'" for file in files)
        source = f"SELECT *, file_index::BIGINT AS part FROM read_parquet([{places}])"  # noqa: S608 (names we gave)
        self._duck.con.execute(f"CREATE OR REPLACE VIEW {table} AS {source}")
        answer = self._duck.con.execute(asked.query).to_arrow_table()
        columns: dict[str, list[Any]] = answer.select(asked.schema.names).cast(asked.schema).to_pydict()
        return columns


_MOST_KEPT = 100


def warm() -> None:
    """Have Ibis and DuckDB load what they load at their first question."""
    ibis.duckdb.connect(":memory:").con.execute("SELECT 1").to_arrow_table()
