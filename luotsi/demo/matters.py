"""Contacts and what was judged of them, as columns: who, when, about what, by which channel, and how it went on."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from luotsi.demo import story, teams
from luotsi.demo.days import DAY, HOUR, MINUTE, NEVER, Days, Ints
from luotsi.demo.residents import Residents

CHANNELS = ("phone", "form", "visit", "notification", "professional", "authority", "letter")
PHONE, FORM, WALK_IN = range(3)
CARRIED = -1  # taken over, already assessed, from the system before this one: there is no contact
OUTCOMES = ("care_needed", "urgent", "advice")
CARE, URGENT, ADVICE = range(3)
PLAIN, DECLINED, BY_RESIDENT, BY_PROVIDER, WITHDRAWN, MOVED = range(6)
SERVICES = tuple(sorted({share.key for unit in story.UNITS for share in (*unit.services, *unit.case_services)}))
# Fates that take days to unfold befall only those who were offered a time long enough ago.
_SETTLED = 30


@dataclass
class Matters:
    """Cases from contact to close. Moments are seconds of local time, NEVER when it has not happened."""

    unit: Ints  # place in story.UNITS
    resident: Ints
    service: Ints  # place in SERVICES
    channel: Ints
    received: Ints
    assessed: Ints
    outcome: Ints
    is_young: NDArray[np.bool_]
    fate: Ints

    @property
    def count(self) -> int:
        return len(self.unit)

    def only(self, keep: NDArray[np.bool_]) -> "Matters":
        """These cases alone; those from before the story are carried over."""
        return Matters(**{name: column[keep] for name, column in vars(self).items()})

    @property
    def needs_time(self) -> NDArray[np.bool_]:
        """Assessed as in need of non-urgent care."""
        return (self.outcome == CARE) & (self.assessed < NEVER)


def draw(rng: np.random.Generator, days: Days, residents: Residents, scale: float) -> Matters:
    """Every contact until now, in the order of time, with its assessment if there was time for one."""
    parts = [_of_unit(rng, days, residents, place, scale) for place, unit in enumerate(story.UNITS) if unit.cases]
    unit, who, received, channel = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.argsort(received, kind="stable")
    unit, who, received, channel = unit[order], who[order], received[order], channel[order]
    assessed = _assessed(rng, days, unit, received, channel)
    day = np.where(assessed < NEVER, assessed, received) // DAY
    return Matters(
        unit=unit,
        resident=who,
        service=services(rng, unit, residents.age_on(who, day), of_cases=True),
        channel=channel,
        received=received,
        assessed=assessed,
        outcome=rng.choice(3, len(unit), p=[1 - story.URGENT - story.ADVICE, story.URGENT, story.ADVICE]),
        is_young=residents.turns_23[who] > day,
        fate=_fates(rng, day, days.today),
    )


def visits_of(unit: story.UnitStory, scale: float) -> float:
    """How many visits the unit holds in the whole story."""
    total = sum(one.visits for one in story.UNITS)
    return unit.visits / total * story.VISITS_A_YEAR * story.MONTHS / 12 * scale


def demand(days: Days) -> NDArray[np.float64]:
    """How busy each day up to today is, as a weight: weekday, season, holidays."""
    as_weekday = np.where(days.is_working, days.weekday, 6)
    month = np.array([day.month - 1 for day in days.dates])
    weight = np.array(story.WEEKDAYS)[as_weekday] * np.array(story.SEASON)[month]
    return weight * (np.arange(days.count) <= days.today)


def pick_residents(rng: np.random.Generator, residents: Residents, unit: story.UnitStory, count: int) -> Ints:
    """Who comes: people of the unit's area, old enough, the needy more often."""
    homes = np.isin(np.array(residents.municipalities)[residents.municipality], unit.homes)
    fitting = np.flatnonzero(homes & (residents.born_day < -365.25 * max(unit.min_age, 1)))
    ladder = np.cumsum(residents.need[fitting])
    return fitting[np.searchsorted(ladder, rng.random(count) * ladder[-1])]


def services(rng: np.random.Generator, unit: Ints, age: Ints, *, of_cases: bool) -> Ints:
    """A service of the unit for each, fit for the age."""
    chosen = np.zeros(len(unit), dtype=np.int64)
    for place, one in enumerate(story.UNITS):
        rows = np.flatnonzero(unit == place)
        if not len(rows):
            continue
        shares = one.case_services if of_cases and one.case_services else one.services
        ages = age[rows, None]
        low, high = (np.array([share.ages[side] for share in shares]) for side in (0, 1))
        weight = np.array([share.weight for share in shares]) * ((ages >= low) & (ages < high))
        weight[weight.sum(axis=1) == 0] = 1.0
        ladder = np.cumsum(weight, axis=1)
        place_of = (rng.random((len(rows), 1)) * ladder[:, -1:] > ladder).sum(axis=1)
        chosen[rows] = np.array([SERVICES.index(share.key) for share in shares])[place_of]
    return chosen


def _of_unit(
    rng: np.random.Generator, days: Days, residents: Residents, place: int, scale: float
) -> tuple[Ints, Ints, Ints, Ints]:
    unit = story.UNITS[place]
    weight = demand(days)
    whole = weight.sum() / weight[days.start :].sum()  # the story and what came before it
    count = round(whole * visits_of(unit, scale) * unit.cases / (1 - story.ADVICE - story.WITHDRAWN - story.MOVED))
    day = np.repeat(np.arange(days.count), rng.multinomial(count, weight / weight.sum()))
    channel = _channels(rng, days, day, unit.digital)
    received = day * DAY + _second_of_day(rng, days, day, channel)
    known = received < days.now
    who = pick_residents(rng, residents, unit, count)
    return np.full(count, place)[known], who[known], received[known], channel[known]


def _channels(rng: np.random.Generator, days: Days, day: Ints, more: float) -> Ints:
    """The digital part grows from month to month; when the office is shut, only the form is open."""
    digital = story.DIGITAL_FIRST + (story.DIGITAL_LAST - story.DIGITAL_FIRST) * days.grown(day)
    lot = rng.random(len(day))
    channel = np.where(lot < digital * more, FORM, np.where(lot > 1 - story.WALK_IN, WALK_IN, PHONE))
    return np.where(days.is_working[day], channel, FORM)


def _second_of_day(rng: np.random.Generator, days: Days, day: Ints, channel: Ints) -> Ints:
    """Phones ring most at eight; forms come at all hours but the night's."""
    count = len(day)
    in_office = 8 * HOUR + rng.beta(1.15, 2.1, count) * 7.9 * HOUR
    at_home = np.where(rng.random(count) < 0.7, 16.2 + rng.random(count) * 6.8, 5.5 + rng.random(count) * 2.4) * HOUR
    off_day = (7 + rng.random(count) * 15.5) * HOUR
    outside = (channel == FORM) & (rng.random(count) < story.OUTSIDE_HOURS)
    return np.where(days.is_working[day], np.where(outside, at_home, in_office), off_day).astype(np.int64)


def _assessed(rng: np.random.Generator, days: Days, unit: Ints, received: Ints, channel: Ints) -> Ints:
    """The same working day as the law says, for most; the walk-in at once; a few the next working day."""
    count = len(unit)
    opened = days.next_opening(received)
    shuts = opened // DAY * DAY + 15.9 * HOUR
    lag = np.where(channel == WALK_IN, 4 + rng.random(count) * 25, rng.lognormal(np.log(70), 0.8, count)) * MINUTE
    in_time = np.where(opened + lag < shuts, opened + lag, opened + rng.random(count) * np.maximum(shuts - opened, 600))
    share = np.array([one.late for one in story.UNITS])[unit]
    late = rng.random(count) < np.where(teams.is_before(days, unit, received), story.LATE_BEFORE, share)
    next_day = days.working_after(opened // DAY + 1, 0) * DAY + (8.1 + rng.random(count) * 4) * HOUR
    moment = np.where(late, next_day, in_time).astype(np.int64)
    return np.where(moment < days.now, moment, NEVER)


def _fates(rng: np.random.Generator, day: Ints, today: int) -> Ints:
    chances = (story.DECLINED, story.CANCELLED_BY_RESIDENT, story.CANCELLED_BY_PROVIDER, story.WITHDRAWN, story.MOVED)
    fate = np.searchsorted(1 - np.cumsum(chances)[::-1], rng.random(len(day)), side="right")
    fate = np.array([PLAIN, MOVED, WITHDRAWN, BY_PROVIDER, BY_RESIDENT, DECLINED])[fate]
    return np.where(day < today - _SETTLED, fate, PLAIN)
