"""Room in the calendars of a unit: for whoever looks for a longer time, or for one soon."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.bookings.queries import calendar
from luotsi.domain.bookings.queries.calendar import Time
from luotsi.domain.bookings.rules.gaps import Gap, Piece
from luotsi.domain.bookings.rules.gaps import gaps as stretches

MOST = 60
ALONE = {"visit", "phone", "remote", "home"}  # groups, stops, beds and consultations are planned elsewhere


@dataclass(frozen=True)
class Room:
    """A stretch in one worker's day: free times, or time for which nothing is planned."""

    name: str
    staff: UUID | None
    profession: str
    mode: str
    gap: Gap

    @property
    def is_planned(self) -> bool:
        return bool(self.gap.times)


def rooms(
    *, viewer: Who, unit: str, after: datetime, before: datetime, minutes: int, at: datetime, profession: str = ""
) -> list[Room]:
    """The first stretches of at least so many minutes. One query. Raises NotAllowed."""
    times = calendar.week(viewer=viewer, unit=unit, after=after, before=before)
    by_day: dict[tuple[UUID | str, date], list[Time]] = defaultdict(list)
    for one in times:
        if not one.is_closed and one.mode in ALONE and profession in {"", one.profession}:
            by_day[one.staff or one.name, local_day(one.starts_at)].append(one)
    found = []
    for of_day in by_day.values():
        first = of_day[0]
        pieces = [_piece(one) for one in of_day]
        for gap in stretches(pieces, minutes=minutes, after=max(after, at)):
            mode = gap.kind.split(" ")[0]
            found.append(Room(first.name, first.staff, first.profession, mode, gap))
    return sorted(found, key=lambda one: (one.gap.starts_at, one.name))[:MOST]


def _piece(one: Time) -> Piece:
    return Piece(one.id, one.starts_at, one.ends_at, one.is_free, f"{one.mode} {one.offering}")
