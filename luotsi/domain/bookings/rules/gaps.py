"""Where in somebody's day there is room: free times in a row, and what lies between planned times. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID

PAUSE = timedelta(minutes=10)  # free times that so little lies between are one stretch: it is the pause after a time


@dataclass(frozen=True)
class Piece:
    """A planned time of one worker; `kind` is what may be joined: the same way of meeting, for the same things."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    is_free: bool
    kind: str = ""


@dataclass(frozen=True)
class Gap:
    """Room for something, from one moment to another. `times` are the free times in it; none where none is planned."""

    starts_at: datetime
    ends_at: datetime
    times: tuple[UUID, ...]
    kind: str = ""

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


def gaps(pieces: Iterable[Piece], *, minutes: int, after: datetime) -> list[Gap]:
    """Every stretch of at least so long in one worker's planned times of a day, from that moment on, in their order."""
    ordered = sorted(pieces, key=lambda one: (one.starts_at, one.ends_at, one.id))
    found = [*_free(ordered), *_between(ordered)]
    cut = [Gap(max(one.starts_at, after), one.ends_at, one.times, one.kind) if not one.times else one for one in found]
    fitting = [one for one in cut if one.starts_at >= after and one.minutes >= minutes]
    return sorted(fitting, key=lambda one: (one.starts_at, one.ends_at))


def _free(ordered: Sequence[Piece]) -> Iterator[Gap]:
    """Free times that follow each other, joined."""
    run: list[Piece] = []
    for one in ordered:
        if run and one.is_free and one.kind == run[-1].kind and _follows(run[-1], one):
            run.append(one)
            continue
        if run:
            yield _joined(run)
        run = [one] if one.is_free else []
    if run:
        yield _joined(run)


def _between(ordered: Sequence[Piece]) -> Iterator[Gap]:
    """What lies between two planned times and is no pause. Before the first and after the last nobody works."""
    latest: datetime | None = None
    for before, one in pairwise(ordered):
        latest = max(latest or before.ends_at, before.ends_at)
        if one.starts_at - latest > PAUSE:
            yield Gap(latest, one.starts_at, ())


def _follows(before: Piece, one: Piece) -> bool:
    return timedelta(0) <= one.starts_at - before.ends_at <= PAUSE


def _joined(run: Sequence[Piece]) -> Gap:
    return Gap(run[0].starts_at, run[-1].ends_at, tuple(one.id for one in run), run[0].kind)
