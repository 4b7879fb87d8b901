"""A day of home visits: who can be sent where and when, how a worker's day runs, and why a visit found no place. Pure.

Times are minutes since the beginning of the day. A planner's own choice stands even where it is tight: then the day
says what is wrong with it.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

STEP = 5  # minutes: nobody is told 9.07
Drive = Callable[["Visit | None", "Visit | None"], int]  # minutes from one to the next; None is where rounds begin
Why = Literal["nobody_at_work", "not_qualified", "outside_hours", "other_time", "pinned_away", "full"]
Trouble = Literal["late", "overlaps", "outside_window", "outside_hours", "no_lunch"]
WhyNoMove = Literal["not_at_work", "not_qualified", "outside_hours", "meets_pinned", "other_time", "not_placed"]


class NotMovable(Exception):
    """The visit cannot be put there. `why` is a key that the page has words for."""

    def __init__(self, why: WhyNoMove) -> None:
        self.why: WhyNoMove = why
        super().__init__(why)


@dataclass(frozen=True)
class Worker:
    """Who is at work that day, from when to when; `lunch` is (earliest, latest, minutes) or None."""

    id: UUID
    begins: int
    ends: int
    lunch: tuple[int, int, int] | None = None


@dataclass(frozen=True)
class Placed:
    """With whom a visit is, and when it begins."""

    staff: UUID
    starts: int


@dataclass(frozen=True)
class Visit:
    """A visit to be made. It begins between `earliest` and `latest`; `able` are those who are qualified for it.

    `known` are workers whom the resident has met. `told` is the time that the resident was given. `pinned` was
    chosen by a planner and stays. At `busy` the resident has something else.
    """

    id: UUID
    minutes: int
    earliest: int
    latest: int
    able: frozenset[UUID]
    known: frozenset[UUID] = frozenset()
    own: UUID | None = None
    is_urgent: bool = False
    told: Placed | None = None
    pinned: Placed | None = None
    busy: tuple[tuple[int, int], ...] = ()

    @property
    def familiar(self) -> frozenset[UUID]:
        """Whose coming is no stranger's: the own worker, or else whoever was there before."""
        return frozenset({self.own}) if self.own else self.known


@dataclass(frozen=True)
class Day:
    """What is planned: these visits by these workers."""

    visits: tuple[Visit, ...]
    workers: tuple[Worker, ...]
    drive: Drive
    own_worker_minutes: int = 20
    same_worker_minutes: int = 10


@dataclass(frozen=True)
class Laid:
    """Where every visit went, and why the others found no place. `drive_minutes` is the driving of all rounds."""

    placed: dict[UUID, Placed]
    left: dict[UUID, Why]
    drive_minutes: int


@dataclass(frozen=True)
class Entry:
    """One thing of a worker's day. `visit` is None for a lunch and for the drive back."""

    kind: Literal["visit", "lunch", "back"]
    starts: int
    ends: int
    drive_minutes: int = 0
    visit: UUID | None = None
    troubles: tuple[Trouble, ...] = ()


def who_can(visit: Visit, workers: Iterable[Worker]) -> list[Worker]:
    """The workers at work who are qualified, whose hours leave room for it, and who are not excluded by a pin."""
    return [one for one in workers if why_not_by(visit, one) is None]


def why_not_by(visit: Visit, worker: Worker) -> Why | None:
    """What keeps this worker from making it at all, whatever else they do that day; None when nothing does."""
    if visit.pinned is not None:
        return None if visit.pinned.staff == worker.id else "pinned_away"
    if worker.id not in visit.able:
        return "not_qualified"
    first, last = max(visit.earliest, worker.begins), min(visit.latest, worker.ends - visit.minutes)
    if first > last:
        return "outside_hours"
    return None if _is_free_between(visit, first, last) else "other_time"


def why_left(visit: Visit, workers: Sequence[Worker]) -> Why:
    """Why the visit found no place: the nearest reason, by whoever came closest to being able to make it."""
    if not workers:
        return "nobody_at_work"
    order: tuple[Why, ...] = ("full", "other_time", "outside_hours", "not_qualified", "pinned_away")
    found = {why_not_by(visit, one) or "full" for one in workers}
    return next(why for why in order if why in found)


def check_move(visit: Visit, to: Placed, *, day: Day) -> None:
    """Raises NotMovable. A planner may put a visit outside of its wished hours and where the drive is tight; not with
    somebody who is away or not qualified, not outside of working hours, nor over another choice of a planner.
    """
    worker = next((one for one in day.workers if one.id == to.staff), None)
    if worker is None:
        raise NotMovable("not_at_work")
    if to.staff not in visit.able:
        raise NotMovable("not_qualified")
    ends = to.starts + visit.minutes
    if to.starts < worker.begins or ends > worker.ends:
        raise NotMovable("outside_hours")
    if any(to.starts < end and start < ends for start, end in visit.busy):
        raise NotMovable("other_time")
    for other in day.visits:
        pin = other.pinned
        is_theirs = other.id != visit.id and pin is not None and pin.staff == to.staff
        if is_theirs and pin and to.starts < pin.starts + other.minutes and pin.starts < ends:
            raise NotMovable("meets_pinned")


def run_of(worker: Worker, visits: Iterable[tuple[Visit, Placed]], *, drive: Drive) -> list[Entry]:
    """The worker's day in its order: each visit with the drive to it, the lunch where it fits, and the drive back."""
    ordered = sorted(visits, key=lambda one: (one[1].starts, str(one[0].id)))
    found: list[Entry] = []
    before: Visit | None = None
    free_from, has_eaten = worker.begins, worker.lunch is None
    for visit, placed in ordered:
        minutes = drive(before, visit)
        if not has_eaten and (eaten := _lunch(worker, free_from, placed.starts, minutes)):
            found.append(eaten)
            has_eaten, free_from = True, eaten.ends - min(minutes, eaten.starts - free_from)
        ends = placed.starts + visit.minutes
        troubles = _troubles(visit, placed, worker, free_from=free_from, drive_minutes=minutes)
        found.append(Entry("visit", placed.starts, ends, minutes, visit.id, troubles))
        before, free_from = visit, max(free_from, ends)
    return [*found, *_end_of(worker, free_from, drive(before, None) if before else 0, has_eaten=has_eaten)]


def drive_minutes(placed: dict[UUID, Placed], day: Day) -> int:
    """The driving of all rounds together, the way back included."""
    total = 0
    for worker in day.workers:
        mine = [(one, placed[one.id]) for one in day.visits if one.id in placed and placed[one.id].staff == worker.id]
        total += sum(entry.drive_minutes for entry in run_of(worker, mine, drive=day.drive))
    return total


def kept_pins(day: Day) -> dict[UUID, Placed]:
    """What planners chose with somebody who is at work: it stays, whatever the search makes of the rest."""
    here = {one.id for one in day.workers}
    return {one.id: one.pinned for one in day.visits if one.pinned is not None and one.pinned.staff in here}


def _is_free_between(visit: Visit, first: int, last: int) -> bool:
    """Whether the visit can begin at some moment between the two without meeting the resident's other times."""
    starts = [first, *(end for _, end in visit.busy if first <= end <= last)]
    return any(all(end <= at or at + visit.minutes <= start for start, end in visit.busy) for at in starts)


def _lunch(worker: Worker, free_from: int, until: int, drive: int) -> Entry | None:
    """The lunch between two visits, if it fits; before its earliest moment a part of the drive is driven."""
    if worker.lunch is None:
        return None
    earliest, latest, minutes = worker.lunch
    start = max(free_from, earliest)
    left = max(0, drive - (start - free_from))
    return Entry("lunch", start, start + minutes) if start <= latest and start + minutes + left <= until else None


def _end_of(worker: Worker, free_from: int, minutes: int, *, has_eaten: bool) -> list[Entry]:
    """The drive back, and the lunch after it or, when that would be too late, before it."""
    after = None if has_eaten else _lunch(worker, free_from + minutes, worker.ends, 0)
    before = None if has_eaten or after else _lunch(worker, free_from, worker.ends, minutes)
    starts = before.ends if before else free_from
    said: Collection[tuple[Trouble, bool]] = (
        ("no_lunch", not (has_eaten or after or before)),
        ("outside_hours", starts + minutes > worker.ends),
    )
    troubles = tuple(trouble for trouble, is_so in said if is_so)
    back = Entry("back", starts, starts + minutes, minutes, troubles=troubles)
    return [one for one in (before, back, after) if one is not None]


def _troubles(
    visit: Visit, placed: Placed, worker: Worker, *, free_from: int, drive_minutes: int
) -> tuple[Trouble, ...]:  # fmt: skip
    said: Collection[tuple[Trouble, bool]] = (
        ("overlaps", placed.starts < free_from),
        ("late", free_from <= placed.starts < free_from + drive_minutes),
        ("outside_window", not visit.earliest <= placed.starts <= visit.latest),
        ("outside_hours", placed.starts < worker.begins or placed.starts + visit.minutes > worker.ends),
    )
    return tuple(trouble for trouble, is_so in said if is_so)
