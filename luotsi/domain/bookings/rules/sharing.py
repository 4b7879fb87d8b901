"""Who gets a place when more families wish for the same days than there are places. Pure.

The same wishes and the same places always give the same answer, so that it can be shown before it is carried out and
explained after. The order of the steps is the county's own (content/sharing_rules).
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from luotsi.domain.bookings.rules.days import Granted, earned, fit

# share_had: the smaller part of the granted days one has had, the sooner · left_without: how often one was left without
# a wish in the last year, more first · ends_first: whose decision ends first · waited: who asked first · lot: drawn.
Step = Literal["share_had", "left_without", "ends_first", "waited", "lot"]
Answer = Literal["", "full", "not_open", "no_days_left", "same_days"]


@dataclass(frozen=True)
class Wish:
    """Days that a family wishes for. `place`: only there. `taken` are days of the same decision that they have had or
    been given, `busy` days on which the person is elsewhere. `needs_all`: a stay; else only the days that are open.
    """

    id: UUID
    grant: UUID
    person: UUID
    days: tuple[date, ...]
    granted: Granted
    entered_at: datetime
    taken: frozenset[date] = frozenset()
    busy: frozenset[date] = frozenset()
    left_without: int = 0
    place: UUID | None = None
    needs_all: bool = True


@dataclass(frozen=True)
class Shared:
    """What became of a wish: `place` and its days, or why not: on `day` there are so many places, and so many wished.

    `decided_by` is the step by which the last of those who got that day came before; "" where none of them was new.
    """

    wish: UUID
    place: UUID | None = None
    days: tuple[date, ...] = ()
    why: Answer = ""
    day: date | None = None
    places: int = 0
    wished: int = 0
    decided_by: Step | Literal[""] = ""


@dataclass
class _Round:
    free: dict[UUID, Counter[date]]
    all: Mapping[UUID, Mapping[date, int]]
    order: Sequence[Step]
    draw: str
    taken: dict[UUID, set[date]] = field(default_factory=lambda: defaultdict(set))
    busy: dict[UUID, set[date]] = field(default_factory=lambda: defaultdict(set))
    winners: dict[date, tuple[Any, ...]] = field(default_factory=dict)


def share_out(
    wishes: Collection[Wish], places: Mapping[UUID, Mapping[date, int]], free: Mapping[UUID, Mapping[date, int]],
    *, order: Sequence[Step], draw: str,
) -> list[Shared]:  # fmt: skip
    """Answer every wish, one after the other: whoever comes first by the rule now, then whoever comes first after that.

    `places` and `free` say by place (a house, a substitute) and day how many there are and are left; `draw` names the
    lot.
    """
    now = _Round({place: Counter(days) for place, days in free.items()}, places, order, draw)
    wished = Counter(day for wish in wishes for day in set(wish.days))
    waiting, found = {wish.id: wish for wish in wishes}, []
    place = {wish.id: _place_in_line(wish, now) for wish in wishes}
    while waiting:
        first = waiting.pop(min(waiting, key=place.__getitem__))
        found.append(_answer(first, now, wished))
        if found[-1].place:  # a day that was given counts at once in what the same family has had
            for other in (wish for wish in waiting.values() if wish.grant == first.grant):
                waiting[other.id] = replace(other, taken=other.taken | now.taken[first.grant])
                place[other.id] = _place_in_line(waiting[other.id], now)
    return found


def _answer(wish: Wish, now: _Round, wished: Counter[date]) -> Shared:
    if set(wish.days) & (wish.taken | wish.busy | now.busy[wish.person]):
        return Shared(wish.id, why="same_days")
    if not fit(wish.granted, [*wish.taken, *wish.days]):
        return Shared(wish.id, why="no_days_left")
    asked = [place for place in sorted(now.all, key=str) if wish.place in {None, place}]
    full: tuple[date, UUID] | None = None
    for place in asked:
        days = _days_at(place, wish, now)
        if not days:
            continue
        missing = next((day for day in days if now.free[place][day] < 1), None)
        if missing is None:
            return _given(wish, place, days, now)
        full = max(full or (missing, place), (missing, place), key=lambda one: one[0])
    return _full(wish, full[0], asked, now, wished) if full else Shared(wish.id, why="not_open")


def _days_at(place: UUID, wish: Wish, now: _Round) -> tuple[date, ...]:
    """The days of the wish that the place is open; a stay needs every one of them."""
    days = tuple(day for day in wish.days if now.all[place].get(day))
    return () if wish.needs_all and days != wish.days else days


def _given(wish: Wish, place: UUID, days: tuple[date, ...], now: _Round) -> Shared:
    rank = _rank(wish, now)
    for day in days:
        now.free[place][day] -= 1
        now.winners[day] = rank
    now.taken[wish.grant] |= set(days)
    now.busy[wish.person] |= set(days)
    return Shared(wish.id, place=place, days=days)


def _full(wish: Wish, day: date, asked: Sequence[UUID], now: _Round, wished: Counter[date]) -> Shared:
    rank, winner = _rank(wish, now), now.winners.get(day)
    decided: Step | Literal[""] = ""
    for step, mine, theirs in zip(now.order, rank, winner or (), strict=False):
        if mine != theirs:
            decided = step
            break
    there = sum(now.all[place].get(day, 0) for place in asked)
    return Shared(wish.id, why="full", day=day, places=there, wished=wished[day], decided_by=decided)


def _place_in_line(wish: Wish, now: _Round) -> tuple[Any, ...]:
    """By the rule; of the same family the wish that came first."""
    return (_rank(wish, now), wish.entered_at, str(wish.id))


def _rank(wish: Wish, now: _Round) -> tuple[Any, ...]:
    steps: dict[Step, Callable[[], Any]] = {
        "share_had": lambda: round(len(wish.taken) / earned(wish.granted, on=max(wish.days)), 3),
        "left_without": lambda: -wish.left_without,
        "ends_first": lambda: wish.granted.last,
        "waited": lambda: wish.entered_at,
        "lot": lambda: hashlib.sha256(f"{now.draw} {wish.grant}".encode()).hexdigest(),
    }
    return tuple(steps[step]() for step in now.order)
