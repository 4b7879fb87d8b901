"""Writing the parquet files of the facts: events appended, one file a month for cases and contacts.

A file is never changed: a new one is written beside it and the manifest names the new one instead.
"""

# ruff: noqa: S608 (every name in the SQL here is one of ours)

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import duckdb

from luotsi.analytics.facts import stories
from luotsi.analytics.facts.manifest import Part
from luotsi.analytics.facts.record import Record
from luotsi.domain.indicators.definitions.facts import FACT_TABLES, FactTable

Progress = Callable[[int, int], None]  # events read, events to read

_CHUNK = 1_000_000  # events read at a time
_TAIL = 250_000  # the last event file takes what is new until it has this many rows


def write_all(record: Record, folder: Path, name: str, *, below: int, progress: Progress) -> tuple[Part, ...]:
    """Every table from the whole record, into new files."""
    duck = record.duck
    parts = list(_write_events(record, folder, name, below=below, progress=progress))
    duck.execute(f"CREATE OR REPLACE TEMP VIEW events AS {scan(folder, parts) or _NO_EVENTS}")
    duck.execute("CREATE OR REPLACE TEMP TABLE corrected AS SELECT corrects_id FROM events")
    if parts:
        stories.tell(duck, "events")
        for one in FACT_TABLES.values():
            parts += [_write_month(duck, folder, name, one, month, old=()) for month in _months(duck, one)]
    return tuple(part for part in parts if part.rows)


_NO_EVENTS = "SELECT NULL::BIGINT AS corrects_id WHERE false"


def write_new(
    record: Record, folder: Path, name: str, *, old: Iterable[Part], above: int, below: int
) -> tuple[Part, ...]:
    """The tables with the transactions in [above, below), which the view `fresh` holds; unchanged files stay."""
    duck, before = record.duck, list(old)
    events = _append_events(duck, folder, name, [part for part in before if part.table == "event_facts"])
    duck.execute(f"CREATE OR REPLACE TEMP TABLE corrected AS SELECT corrects_id FROM ({scan(folder, events)})")
    record.load_stories("whole", above=above, below=below)
    stories.tell(duck, "whole")
    duck.execute("CREATE OR REPLACE TEMP TABLE touched AS SELECT DISTINCT subject FROM whole")
    parts = events
    for one in FACT_TABLES.values():
        parts += _replace_touched(duck, folder, name, one, [part for part in before if part.table == one.name])
    return tuple(part for part in parts if part.rows)


def scan(folder: Path, parts: Iterable[Part]) -> str:
    """The rows of these files as a SELECT, or "" when there is no file."""
    files = ", ".join(f"'{folder / part.file}'" for part in parts)
    return f"SELECT * FROM read_parquet([{files}])" if files else ""


def _write_events(record: Record, folder: Path, name: str, *, below: int, progress: Progress) -> Iterator[Part]:
    low, high = record.numbers(below)
    total, done = high - low + 1, 0
    for number, first in enumerate(range(low, high + 1, _CHUNK)):
        last = min(first + _CHUNK - 1, high)
        done += record.load_numbered("fresh", low=first, high=last, below=below)
        file = f"event_facts-{name}-{number:03}.parquet"
        yield Part("event_facts", file, _copy(record.duck, "SELECT * FROM fresh", folder / file))
        progress(done, total)


def _append_events(duck: duckdb.DuckDBPyConnection, folder: Path, name: str, old: list[Part]) -> list[Part]:
    kept, source = old, "SELECT * FROM fresh"
    if old and old[-1].rows < _TAIL:
        kept, source = old[:-1], f"{scan(folder, old[-1:])} UNION ALL {source}"
    file = f"event_facts-{name}.parquet"
    return [*kept, Part("event_facts", file, _copy(duck, source, folder / file))]


def _replace_touched(
    duck: duckdb.DuckDBPyConnection, folder: Path, name: str, one: FactTable, old: list[Part]
) -> list[Part]:
    months = set(_months(duck, one)) | _months_with_touched(duck, folder, one, old)
    kept = [part for part in old if part.month not in months]
    for month in sorted(months):
        before = [part for part in old if part.month == month]
        kept.append(_write_month(duck, folder, name, one, month, old=before))
    return sorted(kept, key=lambda part: part.month)


def _write_month(
    duck: duckdb.DuckDBPyConnection, folder: Path, name: str, one: FactTable, month: str, *, old: Iterable[Part]
) -> Part:
    source = f"SELECT * FROM {stories.rows_of(one)} WHERE date_trunc('month', {one.day}) = DATE '{month}-01'"
    if before := scan(folder, old):
        source += f' UNION ALL {before} WHERE "{one.key}" NOT IN (SELECT subject FROM touched)'
    file = f"{one.name}-{month}-{name}.parquet"
    rows = _copy(duck, f"SELECT * FROM ({source}) ORDER BY {one.day}, unit", folder / file)
    return Part(one.name, file, rows, month)


def _months(duck: duckdb.DuckDBPyConnection, one: FactTable) -> list[str]:
    rows = duck.execute(f"SELECT DISTINCT strftime({one.day}, '%Y-%m') FROM {stories.rows_of(one)} ORDER BY 1")
    return [month for (month,) in rows.fetchall()]


def _months_with_touched(duck: duckdb.DuckDBPyConnection, folder: Path, one: FactTable, old: list[Part]) -> set[str]:
    if not old:
        return set()
    rows = duck.execute(
        f"SELECT DISTINCT strftime({one.day}, '%Y-%m') FROM ({scan(folder, old)}) "
        f'WHERE "{one.key}" IN (SELECT subject FROM touched)'
    )
    return {month for (month,) in rows.fetchall()}


def _copy(duck: duckdb.DuckDBPyConnection, source: str, path: Path) -> int:
    """Write the rows and make sure they are on the disk; answers how many."""
    options = "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1"
    row = duck.execute(f"COPY ({source}) TO '{path}' ({options})").fetchone()
    with path.open("rb") as file:
        os.fsync(file.fileno())
    return int(row[0]) if row else 0
