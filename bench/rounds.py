"""How long the rounds of a day take, and how good they are: `python -m bench.rounds [visits] [workers] [seconds]`.

A day in and around a small town, drawn by the same seed each time: visits with windows, some that only a part of the
workers is qualified for, residents with a worker of their own. Beside it the naive way: visits by the beginning of
their window, each to whoever is nearest and can be there in time. Nothing is read from or written to a database.
"""

import os
import random
import sys
from time import perf_counter, process_time
from uuid import UUID, uuid5

from luotsi.domain.bookings.rules.rounds import STEP, Day, Laid, Placed, Visit, Worker, drive_minutes, run_of

_SPACE = UUID("0d3c0000-0000-4000-9000-00000000bec0")
_HOURS = (7 * 60, 15 * 60)
_LUNCH = (10 * 60 + 30, 13 * 60, 30)


def main(visits: int, workers: int, seconds: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luotsi.config.settings")
    from luotsi.domain.bookings.rules.routing import lay

    day = a_day(visits, workers)
    lay(a_day(4, 2), seconds=1)  # the library is loaded before the clock runs
    began, worked = perf_counter(), process_time()
    found = lay(day, seconds=seconds)
    took, work = perf_counter() - began, process_time() - worked
    plain = naively(day)
    print(f"{visits} visits, {workers} workers, at most {seconds} s; load {os.getloadavg()[0]:.0f}")
    print(f"rounds: {_told(found, day)}; {took:.1f} s, work {work:.1f} s (wish: under 10 s)")
    print(f"naive:  {_told(plain, day)}")
    check(found, day)
    assert len(found.placed) >= len(plain.placed)


def a_day(visits: int, workers: int, seed: int = 6) -> Day:
    """Four of five homes within five kilometres, the others up to twenty-five; a third of the visits in the morning."""
    draw = random.Random(seed)
    people = tuple(Worker(uuid5(_SPACE, f"worker {n}"), *_HOURS, _LUNCH) for n in range(workers))
    skilled = frozenset(one.id for one in people[: max(1, workers // 3)])
    everybody = frozenset(one.id for one in people)
    homes: dict[UUID, tuple[float, float]] = {}
    made = []
    for number in range(visits):
        reach = 5 if draw.random() < 0.8 else 25
        home = (draw.uniform(-reach, reach), draw.uniform(-reach, reach))
        minutes = draw.choice((15, 20, 30, 30, 45))
        earliest = draw.choice((7 * 60, 8 * 60, 9 * 60, 11 * 60, 12 * 60 + 30))
        latest = earliest + draw.choice((60, 90, 120))
        one = Visit(
            id=uuid5(_SPACE, f"visit {number}"), minutes=minutes, earliest=earliest, latest=latest,
            able=skilled if draw.random() < 0.25 else everybody,
            own=draw.choice(people).id if draw.random() < 0.5 else None,
        )  # fmt: skip
        homes[one.id] = home
        made.append(one)

    def drive(start: Visit | None, end: Visit | None) -> int:
        a, b = (homes[one.id] if one else (0.0, 0.0) for one in (start, end))
        km = ((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5
        return 3 + round(km * 1.3 / 50 * 60)

    return Day(tuple(made), people, drive)


def naively(day: Day) -> Laid:
    """Visits by the beginning of their window, each to the nearest worker who can be there in time and get home."""
    placed: dict[UUID, Placed] = {}
    last: dict[UUID, Visit | None] = {one.id: None for one in day.workers}
    free = {one.id: one.begins for one in day.workers}
    for visit in sorted(day.visits, key=lambda one: one.earliest):
        choices = []
        for worker in day.workers:
            arrives = free[worker.id] + day.drive(last[worker.id], visit)
            starts = -(-max(arrives, visit.earliest) // STEP) * STEP
            ends = starts + visit.minutes
            lunch = worker.lunch[2] if worker.lunch else 0
            if worker.id in visit.able and starts <= visit.latest and ends + day.drive(visit, None) <= worker.ends:
                skips_lunch = worker.lunch is not None and free[worker.id] <= worker.lunch[1] < starts + lunch
                choices.append((day.drive(last[worker.id], visit), starts, worker, skips_lunch))
        if choices:
            _, starts, worker, _ = min(choices, key=lambda one: (one[0], one[1]))
            placed[visit.id] = Placed(worker.id, starts)
            last[worker.id], free[worker.id] = visit, starts + visit.minutes
    return Laid(placed, {one.id: "full" for one in day.visits if one.id not in placed}, drive_minutes(placed, day))


def check(found: Laid, day: Day) -> None:
    """Nobody is late, over hours, without lunch, or sent to what they are not qualified for."""
    by_id = {one.id: one for one in day.visits}
    assert all(at.staff in by_id[visit].able for visit, at in found.placed.items())
    for worker in day.workers:
        mine = [(by_id[visit], at) for visit, at in found.placed.items() if at.staff == worker.id]
        run = run_of(worker, mine, drive=day.drive)
        assert all(not entry.troubles for entry in run), run


def _told(found: Laid, day: Day) -> str:
    by_id = {one.id: one for one in day.visits}
    with_own = [visit for visit in found.placed if by_id[visit].own]
    own = sum(found.placed[visit].staff == by_id[visit].own for visit in with_own)
    troubled = 0
    for worker in day.workers:
        mine = [(by_id[visit], at) for visit, at in found.placed.items() if at.staff == worker.id]
        troubled += any(entry.troubles for entry in run_of(worker, mine, drive=day.drive))
    return (
        f"{len(found.placed)} of {len(day.visits)} placed, {found.drive_minutes} min of driving, "
        f"own worker {own} of {len(with_own)}, {troubled} days without lunch or in time"
    )


if __name__ == "__main__":
    told = [int(one) for one in sys.argv[1:4]]
    main(*(told + [40, 6, 8][len(told) :]))
