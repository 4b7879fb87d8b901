"""Who gets a time when. Each unit's queue follows the path the story draws; in it the first to come is served first.

`Times` holds up to two offers a case: a second one after the first was declined or cancelled.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from luotsi.demo import story, teams
from luotsi.demo.days import DAY, HOUR, MINUTE, Days, Ints
from luotsi.demo.matters import (
    ADVICE,
    BY_PROVIDER,
    BY_RESIDENT,
    CARRIED,
    DECLINED,
    MOVED,
    NEVER,
    PHONE,
    PLAIN,
    URGENT,
    WALK_IN,
    WITHDRAWN,
    Matters,
)

_LAST_SAME_DAY = 14.5 * HOUR
_MONTH = 30.44
_SETTLED = 12  # days: who was offered a time later than this neither declines nor cancels yet


@dataclass
class Times:
    """Moments of each case's offers in seconds, NEVER when it did not happen; `day_1`, `day_2` are the offered days.

    `walk_in` is a visit without a booked time: an urgent matter, or care on the day of the assessment.
    `ended` is when the matter was withdrawn or the resident moved.
    """

    offered_1: Ints
    answered_1: Ints
    cancelled: Ints
    offered_2: Ints
    answered_2: Ints
    day_1: Ints
    day_2: Ints
    walk_in: Ints
    ended: Ints

    declines: NDArray[np.bool_]  # the first answer is a no

    def only(self, keep: NDArray[np.bool_]) -> "Times":
        return Times(**{name: column[keep] for name, column in vars(self).items()})

    @property
    def lost_first(self) -> NDArray[np.bool_]:
        return (self.cancelled < NEVER) | (self.declines & (self.answered_1 < NEVER))

    @property
    def last_day(self) -> Ints:
        """The day of the time that stands, NEVER without one."""
        first = np.where((self.offered_1 < NEVER) & ~self.lost_first, self.day_1, NEVER)
        return np.where(self.offered_2 < NEVER, self.day_2, first)


def plan(rng: np.random.Generator, days: Days, matters: Matters, scale: float) -> Times:
    """Offers, answers and days of every case that needs a time, as far as they have happened."""
    ended = _ended(rng, matters)
    walk_in = _walk_in(rng, days, matters)
    waits = matters.needs_time & (ended == NEVER) & (walk_in == NEVER)
    offer_day = _offer_days(days, matters, waits, scale)
    offered = _moment_of_offer(rng, days, matters, offer_day)
    day_1 = _offered_day(rng, days, matters, offered)
    times = _answers(rng, days, matters, offered, day_1)
    times.walk_in, times.ended = walk_in, ended
    _until_now(days, times)
    for place, unit in enumerate(story.UNITS):
        if unit.all_waiting is not None:
            waiting = round(unit.all_waiting * scale) - story.CAST_WAITING.get(unit.unit, 0)
            _meet(days, matters, times, place, waiting)
    return times


def of_the_story(days: Days, matters: Matters, times: Times) -> tuple[Matters, Times]:
    """The story's own cases, and of those before it the ones that still waited when it began, carried over."""
    is_own = matters.received >= days.start * DAY
    settled = np.minimum(np.minimum(times.last_day, times.ended // DAY), times.walk_in // DAY)
    is_carried = ~is_own & matters.needs_time & (settled >= days.start)
    matters.channel = np.where(is_own, matters.channel, CARRIED)
    keep = is_own | is_carried
    return matters.only(keep), times.only(keep)


def _ended(rng: np.random.Generator, matters: Matters) -> Ints:
    leaves = matters.needs_time & np.isin(matters.fate, (WITHDRAWN, MOVED))
    days_later = rng.integers(2, 24, matters.count)
    moment = (matters.assessed // DAY + days_later) * DAY + ((8.5 + 7 * rng.random(matters.count)) * HOUR).astype(
        np.int64
    )
    return np.where(leaves, moment, NEVER)


def _walk_in(rng: np.random.Generator, days: Days, matters: Matters) -> Ints:
    """Visits on the day of the assessment: all urgent ones, and what the unit can take in at once."""
    share = np.array([unit.same_day for unit in story.UNITS])[matters.unit]
    share = np.where(teams.is_before(days, matters.unit, matters.assessed), story.SAME_DAY_BEFORE, share)
    early = matters.assessed % DAY < _LAST_SAME_DAY
    at_once = matters.needs_time & early & (rng.random(matters.count) < share) & (matters.fate == PLAIN)
    urgent = (matters.outcome == URGENT) & (matters.assessed < NEVER)
    wait = rng.integers(12, 100, matters.count) * MINUTE
    return np.where(urgent | at_once, matters.assessed + wait, NEVER)


def _offer_days(days: Days, matters: Matters, waits: NDArray[np.bool_], scale: float) -> Ints:
    offer_day = np.full(matters.count, NEVER)
    for place, unit in enumerate(story.UNITS):
        for is_young, path in ((False, unit.waiting), (True, unit.young_waiting)):
            rows = np.flatnonzero(waits & (matters.unit == place) & (matters.is_young == is_young))
            rows = rows[np.argsort(matters.assessed[rows], kind="stable")]
            summer = unit.summer and not is_young
            if path is story.NO_QUEUE and not summer:
                offer_day[rows] = matters.assessed[rows] // DAY
            elif len(rows):
                wanted = _path(days, path, scale, summer=summer)
                offer_day[rows] = _first_come_first_served(days, matters.assessed[rows] // DAY, wanted, unit.lead)
    return offer_day


def _path(days: Days, path: story.Path, scale: float, *, summer: bool) -> NDArray[np.float64]:
    """How many should wait at the end of each day."""
    months_ago = (days.today - np.arange(days.count)) / _MONTH
    points = sorted(path)
    wanted = np.interp(months_ago, [ago for ago, _ in points], [waiting for _, waiting in points])
    if summer:
        month = np.array([day.month + day.day / 31 for day in days.dates])
        wanted = wanted + np.interp(month, [at for at, _ in story.SUMMER], [waiting for _, waiting in story.SUMMER])
    return wanted * scale


def _first_come_first_served(days: Days, arrived: Ints, wanted: NDArray[np.float64], lead: float) -> Ints:
    """The day of each one's offer. Before the story began others waited already: they are served first."""
    come = np.cumsum(np.bincount(arrived, minlength=days.count))
    ahead = lead * len(arrived) / max(days.is_working[: days.today + 1].sum(), 1)  # those with a time wait too
    wanted = np.maximum(wanted - ahead, 0).round().astype(np.int64)
    before = wanted[0]
    serving = days.is_working & (np.arange(days.count) <= days.today - (days.now % DAY < 9 * HOUR))
    served = np.maximum.accumulate(np.where(serving, come + before - wanted, 0))
    served = np.minimum(served, come + before)
    number = before + 1 + np.arange(len(arrived))
    day = np.searchsorted(served, number)
    return np.where((day <= days.today) & (number <= served[-1]), day, NEVER)


def _moment_of_offer(rng: np.random.Generator, days: Days, matters: Matters, day: Ints) -> Ints:
    """Right after the assessment when there is no queue, else some time of the working day."""
    count = matters.count
    soon = matters.assessed + rng.integers(2, 18, count) * MINUTE
    later = day * DAY + ((8.3 + rng.random(count) * 7.3) * HOUR).astype(np.int64)
    moment = np.where(matters.assessed // DAY == day, np.maximum(soon, np.minimum(later, soon)), later)
    moment = np.where(day == days.today, np.clip(moment, matters.assessed, days.now - 30), moment)
    return np.where(day < NEVER, moment, NEVER)


def _offered_day(rng: np.random.Generator, days: Days, matters: Matters, offered: Ints) -> Ints:
    lead = np.array([unit.lead for unit in story.UNITS])[matters.unit]
    ahead = rng.poisson(np.maximum(lead * rng.gamma(4, 0.25, matters.count) - 1, 0.05))
    known = np.where(offered < NEVER, offered, 0)
    return days.working_after(known // DAY + 1, ahead)


def _answers(rng: np.random.Generator, days: Days, matters: Matters, offered: Ints, day_1: Ints) -> Times:
    """The resident takes the time; or declines it; or it is cancelled later and another one is found."""
    fate = np.where(offered // DAY < days.today - _SETTLED, matters.fate, PLAIN)
    at_once = np.isin(matters.channel, (PHONE, WALK_IN))
    answered = _answered(rng, offered, day_1, at_once=at_once & (fate != DECLINED))
    gap = np.maximum(day_1 * DAY + 7 * HOUR - answered, 2 * MINUTE)
    cancels = np.isin(fate, (BY_RESIDENT, BY_PROVIDER))
    cancelled = np.where(
        cancels, _awake(answered + (gap * (0.05 + 0.9 * rng.random(len(gap)))).astype(np.int64)), NEVER
    )
    cancelled = np.where(cancels, np.clip(cancelled, answered + MINUTE, day_1 * DAY + 7 * HOUR + 30 * MINUTE), NEVER)
    lost = np.where(cancels, cancelled, np.where(fate == DECLINED, answered, NEVER))
    again = lost < NEVER
    lost = np.where(again, lost, 0)
    opened = days.next_opening(lost)
    offered_2 = np.where(again, opened + rng.integers(6, 150, len(opened)) * MINUTE, NEVER)
    from_day = np.where(
        cancels, np.maximum(day_1, np.where(again, offered_2, 0) // DAY), np.where(again, offered_2, 0) // DAY
    )
    day_2 = days.working_after(from_day + 1, rng.integers(0, 6, len(from_day)))
    answered_2 = np.where(again, _answered(rng, np.where(again, offered_2, 0), day_2, at_once=at_once), NEVER)
    none = np.full(matters.count, NEVER)
    return Times(offered, answered, cancelled, offered_2, answered_2, day_1, day_2, none, none, fate == DECLINED)


def _answered(rng: np.random.Generator, offered: Ints, day: Ints, *, at_once: NDArray[np.bool_]) -> Ints:
    """On the phone within minutes; otherwise when the resident next looks, at the latest the morning of the day."""
    minutes = np.where(at_once, 1 + rng.random(len(day)) * 4, 8 + rng.exponential(420, len(day)))
    known = np.where(offered < NEVER, offered, 0)
    moment = _awake(known + (minutes * MINUTE).astype(np.int64))
    latest = np.maximum(day * DAY + 6 * HOUR + rng.integers(0, 50, len(day)) * MINUTE, known + MINUTE)
    return np.where(offered < NEVER, np.minimum(moment, latest), NEVER)


def _awake(moment: Ints) -> Ints:
    """Nobody answers at night: what falls between ten and six waits until the morning."""
    into_day = moment % DAY
    morning = (moment // DAY + (into_day >= 22 * HOUR)) * DAY + 6 * HOUR + moment % (90 * MINUTE)
    return np.where((into_day >= 22 * HOUR) | (into_day < 6 * HOUR), morning, moment)


def _meet(days: Days, matters: Matters, times: Times, place: int, waiting: int) -> None:
    """Move a few visits around today, so that exactly so many are assessed and not yet cared for."""
    day = times.last_day
    here = matters.needs_time & (matters.unit == place) & (times.ended == NEVER)
    booked = here & (day < NEVER)
    _set_days(times, booked & (day == days.today), days.working_after(np.int64(days.today + 1), 0))
    day = times.last_day
    visited = here & ((times.walk_in < days.now) | (day < days.today))
    over = int(visited.sum()) - (int(here.sum()) - waiting)
    movable = booked & (times.offered_1 < NEVER) & (times.offered_2 == NEVER) & ~times.lost_first
    if over > 0:
        rows = np.flatnonzero(movable & (day < days.today))
        chosen = rows[np.argsort(-day[rows], kind="stable")][:over]
        times.day_1[chosen] = days.working_after(np.full(len(chosen), days.today + 1), np.arange(len(chosen)) % 5)
    elif over < 0:
        before = days.working[np.searchsorted(days.working, days.today) - 1]
        rows = np.flatnonzero(movable & (day > days.today) & (times.answered_1 < before * DAY + 7 * HOUR))
        chosen = rows[np.argsort(day[rows], kind="stable")][:-over]
        times.day_1[chosen] = before
        without = np.flatnonzero(here & (times.offered_1 == NEVER) & (times.walk_in == NEVER))
        matters.outcome[without[: -over - len(chosen)]] = ADVICE  # a tiny county has nobody booked to move


def _set_days(times: Times, rows: NDArray[np.bool_], day: Ints) -> None:
    second = times.offered_2 < NEVER
    times.day_2[rows & second] = day
    times.day_1[rows & ~second] = day


def _until_now(days: Days, times: Times) -> None:
    """What lies ahead has not happened: only the days of times that were offered."""
    for name in ("offered_1", "answered_1", "cancelled", "offered_2", "answered_2", "walk_in", "ended"):
        moments = getattr(times, name)
        setattr(times, name, np.where(moments < days.now, moments, NEVER))
