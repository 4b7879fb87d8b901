"""Which parquet files are the facts right now. The manifest is replaced atomically: a reader never sees half a change.

A reader takes the manifest and opens its files read-only. Files that a new manifest no longer names are kept for a
while for readers of the old one, then deleted by the writer. A crash leaves at worst files that no manifest names.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

FORMAT = 3  # of the tables and of this file; another one means that the facts are rebuilt
KEPT_FOR_READERS = timedelta(minutes=10)


@dataclass(frozen=True)
class Part:
    """One parquet file of a table. `month` is the first of the month its rows belong to, "" where parts have none."""

    table: str
    file: str
    rows: int
    month: str = ""


@dataclass(frozen=True)
class Retired:
    """A file that left the manifest at a time."""

    file: str
    at: str


@dataclass(frozen=True)
class Manifest:
    """The facts as of a moment.

    id         changes whenever the content does; as_of moves on also when nothing has happened
    watermark  events of transactions below it are in, all of them and no others (PostgreSQL's xid8)
    key        fingerprint of the pseudonym key: with another key the facts are rebuilt
    record     the record's first event: the facts of another record are rebuilt
    """

    id: str
    as_of: str
    watermark: int
    events: int
    key: str
    record: str
    parts: tuple[Part, ...]
    retired: tuple[Retired, ...] = ()
    format: int = FORMAT

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.as_of)

    def of(self, table: str) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.table == table)

    def rows(self, table: str) -> int:
        return sum(part.rows for part in self.of(table))


def read(folder: Path) -> Manifest | None:
    """The manifest in force, or None when there are no facts. One of another format names no files."""
    try:
        data = json.loads((folder / "manifest.json").read_text("utf-8"))
    except FileNotFoundError:
        return None
    if data.get("format") != FORMAT:
        return Manifest("", data["as_of"], 0, 0, "", "", (), format=0)
    parts = tuple(Part(**part) for part in data.pop("parts"))
    retired = tuple(Retired(**file) for file in data.pop("retired"))
    return Manifest(**data, parts=parts, retired=retired)


def missing(folder: Path, published: Manifest) -> str:
    """The name of a file that the manifest names and that is not there, "" when all are."""
    return next((part.file for part in published.parts if not (folder / part.file).exists()), "")


def publish(folder: Path, new: Manifest, *, old: Manifest | None, at: datetime) -> Manifest:
    """Put the new manifest in force, and delete what no reader can be reading any more."""
    left = {part.file for part in old.parts} - {part.file for part in new.parts} if old else set()
    retired = (*(old.retired if old else ()), *(Retired(file, at.isoformat()) for file in sorted(left)))
    kept = tuple(file for file in retired if datetime.fromisoformat(file.at) > at - KEPT_FOR_READERS)
    new = replace(new, retired=kept)
    fresh = folder / "manifest.json.new"
    with fresh.open("w", encoding="utf-8") as file:
        json.dump(asdict(new), file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(folder / "manifest.json")
    _delete_all_but(folder, {part.file for part in new.parts} | {file.file for file in kept})
    return new


def _delete_all_but(folder: Path, names: Iterable[str]) -> None:
    keep = set(names)
    for path in folder.glob("*.parquet"):
        if path.name not in keep:
            path.unlink(missing_ok=True)
