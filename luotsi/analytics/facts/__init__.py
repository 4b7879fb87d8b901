"""The facts: PostgreSQL's events as columnar files that figures are computed from. A disposable copy of the record.

    refresh()    take in what is new; the worker calls it every few seconds
    rebuild()    make everything anew
    verify()     do the facts say exactly what the record says?
    status()     how fresh, how many, how far behind

One writer at a time (a file lock); readers open the manifest's files read-only and never wait. The writer keeps no
state of its own: what is new comes from the record by transaction id, and a touched case is told again from its whole
story. So a writer that is killed at any moment loses nothing and leaves nothing to mend.
"""

import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from luotsi.analytics.facts import manifest, parts, proof
from luotsi.analytics.facts.manifest import FORMAT, Manifest
from luotsi.analytics.facts.proof import Verdict
from luotsi.analytics.facts.record import Record, is_anything_new, is_same_record, key_fingerprint, open_record
from luotsi.base.ids import new_id
from luotsi.base.now import now
from luotsi.domain.indicators.ports import NoFacts

_REBUILD_FROM = 500_000  # so many new events are faster read with all the others than by their stories


@dataclass(frozen=True)
class Status:
    """`behind`: events recorded and not in the facts yet. `usable`: whole, of this record, version and key."""

    as_of: datetime
    watermark: int
    events: int
    cases: int
    contacts: int
    megabytes: float
    behind: int
    usable: bool


def folder() -> Path:
    """Where the facts live."""
    return Path(settings.DATA) / "facts"


def refresh(*, at: datetime | None = None) -> Manifest:
    """Take in every event of transactions that have ended since; `at`, by default now, becomes the facts' moment."""
    at = at or now()
    with _writing() as place:
        old = manifest.read(place)
        if old is None or not _usable(old) or manifest.missing(place, old):
            return _build(place, old, at=at, progress=_silent)
        if not is_anything_new(old.watermark):
            return _publish(place, replace(old, as_of=at.isoformat()), old=old, at=at)
        with open_record(place) as record:
            below = record.complete_below()
            new = record.load_new("fresh", above=old.watermark, below=below)
            if new <= _REBUILD_FROM:
                return _advance(record, place, old, new=new, below=below, at=at)
        return _build(place, old, at=at, progress=_silent)


def rebuild(*, at: datetime | None = None, progress: parts.Progress | None = None) -> Manifest:
    """Make the facts anew from the whole record. Readers keep the old ones until the new ones stand."""
    at = at or now()
    with _writing() as place:
        return _build(place, manifest.read(place), at=at, progress=progress or _silent)


def verify() -> Verdict:
    """Make the facts once more beside the published ones and compare them month by month. Raises NoFacts."""
    with _writing() as place:
        published = _published(place)
        if missing := manifest.missing(place, published):
            raise NoFacts(f"The facts have lost the file {missing}.", "Run `luotsi facts rebuild`.")
        with tempfile.TemporaryDirectory(dir=place) as beside, open_record(Path(beside)) as record:
            anew = parts.write_all(record, Path(beside), "anew", below=published.watermark, progress=_silent)
            return proof.compare(proof.digests(place, published.parts), proof.digests(Path(beside), anew))


def status() -> Status:
    """How the facts stand. Raises NoFacts."""
    place = folder()
    published = _published(place)
    with open_record(place) as record:
        behind = record.events_from(published.watermark)
    return Status(
        as_of=published.moment,
        watermark=published.watermark,
        events=published.events,
        cases=published.rows("case_facts"),
        contacts=published.rows("contact_facts"),
        megabytes=round(sum(path.stat().st_size for path in place.glob("*.parquet")) / 1e6, 1),
        behind=behind,
        usable=_usable(published) and not manifest.missing(place, published),
    )


def _build(place: Path, old: Manifest | None, *, at: datetime, progress: parts.Progress) -> Manifest:
    name = _name()
    with open_record(place) as record:
        below = record.complete_below()
        written = parts.write_all(record, place, name, below=below, progress=progress)
        first = record.first_event(below)
    events = sum(part.rows for part in written if part.table == "event_facts")
    new = Manifest(name, at.isoformat(), below, events, key_fingerprint(), first, written)
    return _publish(place, new, old=old, at=at)


def _advance(record: Record, place: Path, old: Manifest, *, new: int, below: int, at: datetime) -> Manifest:
    moved = replace(old, watermark=below, as_of=at.isoformat())
    if new:
        name = _name()
        written = parts.write_new(record, place, name, old=old.parts, above=old.watermark, below=below)
        first = record.first_event(below)
        moved = replace(moved, id=name, events=old.events + new, record=first, parts=written)
    return _publish(place, moved, old=old, at=at)


def _publish(place: Path, new: Manifest, *, old: Manifest | None, at: datetime) -> Manifest:
    """Put the new facts in force, and tell the open boards when the content moved."""
    published = manifest.publish(place, new, old=old, at=at)
    if old is None or old.id != published.id:
        with connection.cursor() as sql:
            sql.execute("SELECT pg_notify('luotsi_figures', %s)", [published.id])
    return published


def _published(place: Path) -> Manifest:
    found = manifest.read(place)
    if found is None:
        raise NoFacts
    return found


def _usable(found: Manifest) -> bool:
    made_here = found.format == FORMAT and found.key == key_fingerprint()
    return made_here and is_same_record(found.record, found.watermark)


@contextmanager
def _writing() -> Iterator[Path]:
    """The folder, for one writer alone; a second one waits. The lock ends with the process, however it ends."""
    place = folder()
    place.mkdir(parents=True, exist_ok=True)
    with (place / "writer.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for left in place.glob("tmp*"):
            shutil.rmtree(left, ignore_errors=True)  # of a verification that was killed
        yield place


def _name() -> str:
    return new_id().hex[:12]


def _silent(done: int, total: int) -> None:
    """Nobody watches the progress."""
