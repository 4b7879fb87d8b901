"""What booking should do, as a page of plain Python: places, kept times that lapse, one room, no person in two places.

It knows nothing of PostgreSQL. tests/reliability/test_booking_machine.py does the same to both and compares.
"""

import copy
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID


class Refused(Exception):
    """The booking is not possible. Nothing has changed."""


@dataclass
class Place:
    """A time with its places. `needs_room`: all such times of the model share one room."""

    starts_at: datetime
    ends_at: datetime
    capacity: int
    offering: str
    needs_room: bool = False

    def touches(self, other: "Place") -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass
class Kept:
    """A booking. `is_gone`: its place is free again."""

    place: UUID
    person: UUID
    hold_until: datetime | None
    series: UUID | None
    is_made: bool = False
    is_gone: bool = False
    cancelled_by: str = ""

    def is_lapsed(self, at: datetime) -> bool:
        return not self.is_made and self.hold_until is not None and self.hold_until <= at

    def stands(self, at: datetime) -> bool:
        return not self.is_gone and not self.is_lapsed(at)


@dataclass
class Calendar:
    """All places and bookings. A step that is refused leaves everything as it was."""

    places: dict[UUID, Place]
    most_ahead: dict[str, int]
    bookings: dict[UUID, Kept] = field(default_factory=dict)

    def keep(
        self, new: Sequence[tuple[UUID, UUID]], person: UUID, *, series: UUID | None, at: datetime, until: datetime
    ) -> None:
        """`new`: pairs of booking and place."""
        after = copy.deepcopy(self)
        offering = self.places[new[0][1]].offering
        for one in after._of(person):
            if not one.is_made and not one.is_gone and self.places[one.place].offering == offering:
                one.is_gone, one.cancelled_by = True, "resident"
        for booking, place in new:
            after._take(place, at)
            after._use_room(place)
            after._check_apart(place, person, at)
            after.bookings[booking] = Kept(place, person, until, series)
        ahead = [one for one in after._of(person) if one.stands(at) and self.places[one.place].offering == offering]
        if len(ahead) - len(new) + 1 > self.most_ahead[offering]:
            raise Refused("too many")
        self.bookings = after.bookings

    def confirm(self, booking: UUID, *, at: datetime) -> None:
        rows = self._together(booking)
        if all(one.is_made and not one.is_gone for one in rows):
            return
        if any(one.is_gone or one.is_made or one.is_lapsed(at) for one in rows):
            raise Refused("no longer kept")
        for one in rows:
            one.is_made = True

    def give_up(self, booking: UUID) -> None:
        row = self.bookings[booking]
        if row.cancelled_by == "resident":
            return
        if not row.is_made or row.is_gone:
            raise Refused("not theirs to give up")
        row.is_gone, row.cancelled_by = True, "resident"

    def move(self, booking: UUID, place: UUID, new: UUID, *, at: datetime) -> None:
        after, row = copy.deepcopy(self), self.bookings[booking]
        if not row.is_made or row.is_gone or self.places[place].offering != self.places[row.place].offering:
            raise Refused("cannot move there")
        after._take(place, at)
        after._use_room(place)
        after.bookings[booking].is_gone, after.bookings[booking].cancelled_by = True, "move"
        after._check_apart(place, row.person, at)
        after.bookings[new] = Kept(place, row.person, None, row.series, is_made=True)
        self.bookings = after.bookings

    def let_go(self, booking: UUID) -> None:
        for one in self._together(booking):
            if not one.is_made and not one.is_gone:
                one.is_gone, one.cancelled_by = True, "resident"

    def let_lapse(self, *, at: datetime) -> int:
        return sum(self._free(one) for one in self.bookings.values() if one.is_lapsed(at))

    def taken(self, place: UUID) -> int:
        return sum(1 for one in self.bookings.values() if one.place == place and not one.is_gone)

    def _take(self, place: UUID, at: datetime) -> None:
        if self.taken(place) >= self.places[place].capacity:
            for one in self.bookings.values():
                if one.place == place and one.is_lapsed(at):
                    self._free(one)
        if self.taken(place) >= self.places[place].capacity:
            raise Refused("no place left")

    def _use_room(self, place: UUID) -> None:
        wanted = self.places[place]
        held = (self.places[one.place] for one in self.bookings.values() if not one.is_gone)
        if wanted.needs_room and any(other.needs_room and other.touches(wanted) for other in held):
            raise Refused("no room is free")

    def _check_apart(self, place: UUID, person: UUID, at: datetime) -> None:
        standing = (self.places[one.place] for one in self._of(person) if one.stands(at))
        if any(other.touches(self.places[place]) for other in standing):
            raise Refused("another time at the same moment")

    def _of(self, person: UUID) -> Iterable[Kept]:
        return [one for one in self.bookings.values() if one.person == person]

    def _together(self, booking: UUID) -> list[Kept]:
        row = self.bookings[booking]
        same = [one for one in self.bookings.values() if one.series == row.series]
        return same if row.series else [row]

    @staticmethod
    def _free(one: Kept) -> bool:
        was_held = not one.is_gone
        if was_held:
            one.is_gone, one.cancelled_by = True, "lapse"
        return was_held
