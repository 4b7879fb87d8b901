"""The team model, taken into use at one health station after another."""

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from luotsi.demo import story
from luotsi.demo.days import DAY, NEVER, Days, Ints

_MONTH = 30.44


def in_use(days: Days, unit: Ints, moment: Ints) -> NDArray[np.bool_]:
    """Whether the unit (its place in story.UNITS) worked by the team model when something happened there."""
    return (moment < NEVER) & (moment // DAY >= _since(days)[unit])


def is_before(days: Days, unit: Ints, moment: Ints) -> NDArray[np.bool_]:
    """Whether the unit was yet to take the model into use; never true of one that has not done so to this day."""
    since = _since(days)[unit]
    return (since < NEVER) & (moment // DAY < since)


def _since(days: Days) -> Ints:
    """The first day of the model in each unit."""
    months = [story.MODEL.get(unit.unit) for unit in story.UNITS]
    today = days.dates[days.today]
    return np.array([NEVER if ago is None else days.number(since(today, ago)) for ago in months])


def since(today: date, months: float) -> date:
    """The day so many months ago, as the paths of the queues count them."""
    return today - timedelta(days=round(months * _MONTH))
