"""Who sits where: every booked time gets a professional and a slot, and free slots stand for the weeks ahead."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from luotsi.demo import story
from luotsi.demo.days import DAY, HOUR, MINUTE, Days, Ints

SLOT = 20 * MINUTE
SLOTS_A_DAY = 24  # from 8 to 16
PROFESSIONS = tuple(sorted({share.key for unit in story.UNITS for share in unit.professions}))
# The order in which a day fills, so that a half-empty day is not an empty afternoon.
_FILLS = np.array([3, 9, 15, 21, 0, 6, 12, 18, 1, 4, 7, 10, 13, 16, 19, 22, 2, 5, 8, 11, 14, 17, 20, 23])
# The part of the still free times that is open for booking, and from which working day on, with and without a queue.
_OPEN_WITH_QUEUE, _OPEN_WITHOUT = (0.2, 9), (0.45, 1)


@dataclass(frozen=True)
class Seat:
    """A professional's place in a unit; `number` counts from 1 within unit and profession."""

    unit: int  # place in story.UNITS
    profession: int  # place in PROFESSIONS
    number: int


@dataclass(frozen=True)
class Seats:
    """All places, grouped: those of (unit, profession) begin at `first` and are `count` many."""

    seats: tuple[Seat, ...]
    first: Ints
    count: Ints

    def any_of(self, rng: np.random.Generator, unit: Ints, profession: Ints) -> Ints:
        group = _group(unit, profession)
        return self.first[group] + (rng.random(len(group)) * self.count[group]).astype(np.int64)


@dataclass(frozen=True)
class Sitting:
    """For each booked time: the seat and the moment it starts."""

    seat: Ints
    starts: Ints


def professions(rng: np.random.Generator, unit: Ints) -> Ints:
    """Who holds each visit."""
    chosen = np.zeros(len(unit), dtype=np.int64)
    for place, one in enumerate(story.UNITS):
        rows = np.flatnonzero(unit == place)
        weight = np.array([share.weight for share in one.professions])
        places = np.array([PROFESSIONS.index(share.key) for share in one.professions])
        chosen[rows] = places[rng.choice(len(weight), len(rows), p=weight / weight.sum())]
    return chosen


def assessors(unit: Ints) -> Ints:
    return np.array([PROFESSIONS.index(one.assessor) for one in story.UNITS])[unit]


def seat(rng: np.random.Generator, unit: Ints, profession: Ints, day: Ints) -> tuple[Seats, Sitting]:
    """Give every booked time a seat and a slot of its own. There are as many professionals as the busiest day needs."""
    group = _group(unit, profession)
    order = np.lexsort((rng.random(len(day)), day, group))
    run = group[order] * 10_000 + day[order]
    begins = np.flatnonzero(np.r_[True, run[1:] != run[:-1]])
    rank = np.arange(len(run)) - np.repeat(begins, np.diff(np.r_[begins, len(run)]))
    seats = _seats(group[order], rank)
    count = seats.count[group[order]]
    starts = day[order] * DAY + 8 * HOUR + _FILLS[rank // count] * SLOT
    back = np.argsort(order)
    return seats, Sitting((seats.first[group[order]] + rank % count)[back], starts[back])


def free_times(rng: np.random.Generator, days: Days, seats: Seats, taken: Sitting) -> Sitting:
    """Times of the coming weeks that can be booked. A unit with a queue has few, and none before two weeks."""
    ahead = days.working[(days.working > days.today) & (days.working <= days.today + 7 * story.SLOTS_AHEAD_WEEKS)]
    shape = (len(seats.seats), len(ahead), SLOTS_A_DAY)
    seat_of, day_of, slot_of = (place.ravel() for place in np.indices(shape))
    rules = [_OPEN_WITH_QUEUE if unit.has_queue else _OPEN_WITHOUT for unit in story.UNITS]
    part, after = np.array([rules[one.unit] for one in seats.seats]).T
    is_open = (rng.random(len(seat_of)) < part[seat_of]) & (day_of + 1 >= after[seat_of])
    starts = ahead[day_of] * DAY + 8 * HOUR + slot_of * SLOT
    free = is_open & ~np.isin(_name(seat_of, starts), _name(taken.seat, taken.starts))
    return Sitting(seat_of[free], starts[free])


def modes(rng: np.random.Generator, days: Days, seats: Seats, sitting: Sitting) -> NDArray[np.bool_]:
    """Whether a time is held remotely: more and more are, and most of the virtual team's."""
    share = story.REMOTE_FIRST + (story.REMOTE_LAST - story.REMOTE_FIRST) * days.grown(sitting.starts // DAY)
    is_virtual = np.array([story.UNITS[one.unit].unit == "kajaani-virtuaalitiimi" for one in seats.seats])
    return rng.random(len(share)) < np.where(is_virtual[sitting.seat], 0.65, share)


def _seats(group: Ints, rank: Ints) -> Seats:
    most = np.zeros(len(story.UNITS) * len(PROFESSIONS), dtype=np.int64)
    np.maximum.at(most, group, rank + 1)
    for place, unit in enumerate(story.UNITS):  # nobody's unit is empty, however small the demonstration
        for share in unit.professions:
            spot = _group(np.array([place]), np.array([PROFESSIONS.index(share.key)]))
            most[spot] = np.maximum(most[spot], 1)
    count = -(-most // SLOTS_A_DAY)
    first = np.r_[0, np.cumsum(count)[:-1]]
    every = [
        Seat(place // len(PROFESSIONS), place % len(PROFESSIONS), number + 1)
        for place, many in enumerate(count)
        for number in range(many)
    ]
    return Seats(tuple(every), first, count)


def _group(unit: Ints, profession: Ints) -> Ints:
    return unit * len(PROFESSIONS) + profession


def _name(seat_of: Ints, starts: Ints) -> Ints:
    return seat_of * 10**9 + starts
