"""Visits that come of no assessed contact: the next visit of a care that goes on, home visits, drop-in clinics.

Some are first visits whose assessment nobody recorded: they carry a case kind and a subject of their own, and are what
the coverage of an indicator falls short by. The others belong to no case.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from luotsi.demo import story
from luotsi.demo.days import DAY, HOUR, Days, Ints
from luotsi.demo.matters import NEVER, demand, pick_residents, services, visits_of
from luotsi.demo.residents import Residents

_LOOK_AHEAD = 60  # days for which follow-ups are booked already


@dataclass
class FollowUps:
    """Visits as columns. `made` is when the time was booked, NEVER for a visit without; `held` for those without."""

    unit: Ints
    resident: Ints
    service: Ints
    day: Ints
    made: Ints
    held: Ints
    is_unrecorded: NDArray[np.bool_]

    @property
    def is_booked(self) -> NDArray[np.bool_]:
        return self.made < NEVER


def draw(rng: np.random.Generator, days: Days, residents: Residents, scale: float) -> FollowUps:
    """Every such visit until now, and those booked for the days ahead."""
    parts = [_of_unit(rng, days, residents, place, scale) for place in range(len(story.UNITS))]
    unit, who, day, is_unrecorded = (np.concatenate(column) for column in zip(*parts, strict=True))
    made = _made(rng, days, day)
    held = _held(rng, days, day)
    known = (made < days.now) | ((made == NEVER) & (held < days.now))
    service = services(rng, unit, residents.age_on(who, day), of_cases=False)
    rows = FollowUps(unit, who, service, day, made, np.where(made < NEVER, NEVER, held), is_unrecorded)
    return FollowUps(**{name: column[known] for name, column in vars(rows).items()})


def _of_unit(
    rng: np.random.Generator, days: Days, residents: Residents, place: int, scale: float
) -> tuple[Ints, Ints, Ints, NDArray[np.bool_]]:
    unit = story.UNITS[place]
    visits = visits_of(unit, scale)
    weight = demand(days)
    weight[: days.start] = 0
    rate = visits * (1 - unit.cases) / weight.sum()
    weight[days.today + 1 :] = days.is_working[days.today + 1 :] * (
        np.arange(days.count)[days.today + 1 :] <= days.today + _LOOK_AHEAD
    )
    day = np.repeat(np.arange(days.count), rng.poisson(rate * weight))
    recorded = visits * unit.cases
    unrecorded = recorded * unit.unrecorded / (1 - unit.unrecorded)
    is_unrecorded = rng.random(len(day)) < unrecorded / max(visits - recorded, 1)
    return np.full(len(day), place), pick_residents(rng, residents, unit, len(day)), day, is_unrecorded


def _made(rng: np.random.Generator, days: Days, day: Ints) -> Ints:
    """Booked some weeks before, at the previous visit or by phone. Nothing is known from before the story began."""
    made_day = days.working_after(day - rng.integers(2, 63, len(day)), 0)
    is_booked = (rng.random(len(day)) < story.BOOKED_FOLLOW_UPS) & (made_day < day) & days.is_working[day]
    is_booked &= made_day >= days.start
    moment = made_day * DAY + ((8.2 + 7.4 * rng.random(len(day))) * HOUR).astype(np.int64)
    return np.where(is_booked | ((day > days.today) & (made_day < day)), moment, NEVER)


def _held(rng: np.random.Generator, days: Days, day: Ints) -> Ints:
    hours = np.where(days.is_working[day], 8.3 + 7.6 * rng.random(len(day)), 9 + 10 * rng.random(len(day)))
    return day * DAY + (hours * HOUR).astype(np.int64)
