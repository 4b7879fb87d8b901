"""Tiny fact tables written by hand, put where the engine finds them; and its answers as short rows to check."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from luotsi.analytics.engine import DuckFigures
from luotsi.analytics.facts import manifest, parts, proof
from luotsi.analytics.facts.manifest import Manifest, Part
from luotsi.base.now import HELSINKI
from luotsi.base.shelf import Entry
from luotsi.domain.indicators import rules
from luotsi.domain.indicators.definitions import FACT_TABLES, By, FactTable, Indicator
from luotsi.domain.indicators.ports import Answer, Ask, Cell

_ARROW: dict[Any, pa.DataType] = {
    str: pa.string(), bool: pa.bool_(), date: pa.date32(), date | None: pa.date32(), int: pa.int64(),
    int | None: pa.int64(), float | None: pa.float64(),
}  # fmt: skip

Row = tuple[str, float | None, int | None, int | None, float | None, int | None]


def figures_of(
    folder: Path,
    *,
    as_of: date,
    name: str = "one",
    **facts: Sequence[Any],
) -> DuckFigures:
    """An engine over these facts (cases=, contacts=, visits=…), as of the afternoon of that day."""
    written = [part for of, rows in facts.items() if (part := _write(folder, FACT_TABLES[of], rows, name))]
    moment = datetime.combine(as_of, time(15), HELSINKI)
    new = Manifest(name, moment.isoformat(), 1, 0, "", "", tuple(written))
    manifest.publish(folder, new, old=manifest.read(folder), at=moment)
    return DuckFigures(folder)


def arrow_table(model: type[Entry], rows: Iterable[Entry]) -> pa.Table:
    schema = pa.schema([(name, _ARROW[field.annotation]) for name, field in model.model_fields.items()])
    return pa.Table.from_pylist([row.model_dump() for row in rows], schema=schema)


def ask(figures: DuckFigures, indicator: Indicator, by: tuple[By, ...] = (), **rest: Any) -> Answer:
    return figures.measure(Ask(indicator, by, **rest))


def rows_of(answer: Answer, by: tuple[By, ...]) -> list[Row]:
    """("kuhmo 2026-W12", value, numerator, denominator, coverage, apart), in order."""
    return [_row(cell, by) for cell in answer.cells]


def total_of(answer: Answer) -> Row:
    return _row(answer.total, ())


def published_rows(place: Path, table: str, columns: str = "*", where: str = "true") -> list[tuple[Any, ...]]:
    """What a reader of the published files sees."""
    published = manifest.read(place)
    assert published
    with duckdb.connect(":memory:") as duck:
        return duck.execute(
            f"SELECT {columns} FROM ({parts.scan(place, published.of(table))}) WHERE {where}"
        ).fetchall()


def digests(place: Path) -> dict[tuple[str, str], proof.Digest]:
    published = manifest.read(place)
    assert published
    return proof.digests(place, published.parts)


def openly(indicator: Indicator) -> Indicator:
    """The indicator without disclosure control: nobody in these tables exists."""
    return indicator.model_copy(update={"minimum_cell": 1})


def _row(cell: Cell, by: tuple[By, ...]) -> Row:
    period = rules.period_of(by)
    keys = [rules.period_name(key, period) if isinstance(key, date) and period else str(key) for key in cell.keys]
    return " ".join(keys), cell.value, cell.numerator, cell.denominator, cell.coverage, cell.apart


def _write(folder: Path, table: FactTable, rows: Sequence[Entry], name: str) -> Part | None:
    if not rows:
        return None
    file = f"{table.name}-{name}.parquet"
    pq.write_table(arrow_table(table.model, rows), folder / file)
    return Part(table.name, file, len(rows))
