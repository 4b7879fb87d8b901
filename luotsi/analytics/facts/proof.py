"""Proving that the facts are what the record says: counts and digests by table and month.

A digest is the sum of the rows' MD5 numbers: it does not depend on the order of the rows or on how files are cut,
and a row that stands twice shows.
"""

# ruff: noqa: S608 (every name in the SQL here is one of ours)

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from luotsi.analytics.facts import parts
from luotsi.analytics.facts.manifest import Part
from luotsi.domain.indicators.definitions.facts import FACT_TABLES

MONTH_OF = {"event_facts": "local_day"} | {one.name: one.day for one in FACT_TABLES.values()}


@dataclass(frozen=True)
class Digest:
    table: str
    month: str
    rows: int
    digest: str


@dataclass(frozen=True)
class Difference:
    """A month of a table in which the facts and the record disagree; None where one of them has no row."""

    table: str
    month: str
    facts: Digest | None
    record: Digest | None


@dataclass(frozen=True)
class Verdict:
    """`rows` are the rows compared, by table. No difference means that the facts are exactly the record's."""

    rows: dict[str, int]
    differences: tuple[Difference, ...]

    @property
    def holds(self) -> bool:
        return not self.differences


def digests(folder: Path, files: Iterable[Part]) -> dict[tuple[str, str], Digest]:
    """The digest of each table and month."""
    with duckdb.connect(":memory:", config={"memory_limit": "2GB"}) as duck:
        listed = list(files)
        found = [
            digest
            for table, day in MONTH_OF.items()
            if (mine := [part for part in listed if part.table == table])
            for digest in _of_table(duck, folder, table, day, mine)
        ]
    return {(one.table, one.month): one for one in found}


def compare(facts: dict[tuple[str, str], Digest], record: dict[tuple[str, str], Digest]) -> Verdict:
    """What the facts hold against what the record gives anew."""
    rows = {table: sum(one.rows for one in facts.values() if one.table == table) for table in MONTH_OF}
    places = sorted({*facts, *record})
    return Verdict(
        rows,
        tuple(Difference(*place, facts.get(place), record.get(place)) for place in places
              if facts.get(place) != record.get(place)),
    )  # fmt: skip


def _of_table(
    duck: duckdb.DuckDBPyConnection, folder: Path, table: str, day: str, files: list[Part]
) -> Iterable[Digest]:
    source = parts.scan(folder, files)
    columns = [name for name, *_ in duck.execute(f"DESCRIBE {source}").fetchall()]
    text = ", ".join(f'coalesce("{name}"::VARCHAR, chr(30))' for name in columns)
    rows = duck.execute(
        f"SELECT strftime({day}, '%Y-%m'), count(*), sum(md5_number_lower(concat_ws(chr(31), {text}))::HUGEINT) "
        f"FROM ({source}) GROUP BY 1"
    ).fetchall()
    return [Digest(table, month, count, f"{digest:x}") for month, count, digest in rows]
