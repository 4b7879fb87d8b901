"""The only place where figures meet an engine: an indicator's marks added up by day and group, in one scan.

A cube is small (days times units), so that every table, chart and total of a board is folded from the same one.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir

from luotsi.analytics.facts.manifest import Manifest
from luotsi.analytics.measures import counting
from luotsi.analytics.measures.marks import SUMS
from luotsi.domain.indicators.definitions import CaseFact, ContactFact, Dimension, Measure

_TYPES: dict[Any, str] = {str: "string", bool: "boolean", date: "date", date | None: "date"}
SCHEMAS = {
    table: ibis.schema({name: _TYPES[column.annotation] for name, column in columns.items()})
    for table, columns in {"case_facts": CaseFact.model_fields, "contact_facts": ContactFact.model_fields}.items()
}


@dataclass(frozen=True)
class Cube:
    """Rows of (day, group, wait, reached, counted, covered, seen, apart); `groups` names the group's columns."""

    groups: tuple[str, ...]
    rows: tuple[tuple[date, tuple[str, ...], int | None, int, int, int, int, int], ...]


def expression(facts: ir.Table, measure: Measure, groups: tuple[Dimension, ...], today: date) -> ir.Table:
    """The cube of a measure as an Ibis expression, for any engine that holds the facts."""
    marked = counting(measure).marks(facts, measure, today)
    marked = marked.filter(marked.day.notnull())
    return marked.group_by("day", *groups, "wait").agg(**{name: marked[name].sum().cast("int64") for name in SUMS})


class Facts:
    """One manifest's files, open for reading in a DuckDB of this process."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.manifest = manifest
        self._duck = ibis.duckdb.connect(":memory:", memory_limit="1GB")
        self._tables = {table: self._open(folder, table) for table in SCHEMAS}

    def cube(self, measure: Measure, groups: tuple[Dimension, ...], today: date) -> Cube:
        """Scan the facts once."""
        asked = expression(self._tables[counting(measure).table], measure, groups, today)
        return Cube(groups, as_rows(self._duck.to_pyarrow(asked).to_pydict(), groups))

    def close(self) -> None:
        self._duck.disconnect()

    def _open(self, folder: Path, table: str) -> ir.Table:
        files = [str(folder / part.file) for part in self.manifest.of(table)]
        if not files:
            return self._duck.create_table(table, schema=SCHEMAS[table], temp=True)
        return self._duck.read_parquet(files, table_name=table)


def as_rows(columns: dict[str, list[Any]], groups: tuple[str, ...]) -> tuple[Any, ...]:
    """Columns as an engine answers them, as the rows of a cube."""
    group = zip(*(columns[name] for name in groups), strict=True) if groups else [()] * len(columns["day"])
    return tuple(zip(columns["day"], group, columns["wait"], *(columns[name] for name in SUMS), strict=True))
