"""How many granted days are left, and whether more fit. Pure.

Days are granted for the whole of a decision, for each week of it, or for each calendar month, from which they are kept
for so many months: a carer's days off (act 937/2005, 4 §).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Per = Literal["whole", "week", "month"]
Why = Literal[
    "backwards", "past", "too_far", "outside", "no_day", "no_days_left", "same_days", "ended", "other_offering",
    "too_late", "least", "too_long",
]  # fmt: skip
LONGEST_DAYS = 1_100  # a decision holds for about three years at most; then it is looked at again
MOST_DAYS = 366
FARTHEST_DAYS = 400


class DaysRefused(Exception):
    """It cannot be. `why` is a key that the page has words for."""

    def __init__(self, why: Why) -> None:
        self.why: Why = why
        super().__init__(_SENTENCES[why])


@dataclass(frozen=True)
class Granted:
    """So many days `per` whole decision, week or month, from the first to the last day on which they can be taken."""

    per: Per
    days: int
    first: date
    last: date
    keeps_months: int = 0


def fit(granted: Granted, taken: Iterable[date]) -> bool:
    """Whether all of these days can be taken: within the decision, none of them twice, and no more than are there."""
    days = sorted(taken)
    if any(not granted.first <= day <= granted.last for day in days) or len(set(days)) < len(days):
        return False
    if granted.per == "whole":
        return len(days) <= granted.days
    if granted.per == "week":
        weeks = [_week(day) for day in days]
        return all(weeks.count(week) <= granted.days for week in set(weeks))
    return _spent(granted, days) is not None


def left(granted: Granted, taken: Collection[date], *, on: date) -> int:
    """How many days are left on that day, after all that were taken or given ahead. Never below nought."""
    if granted.per == "whole":
        return max(granted.days - len(taken), 0)
    if granted.per == "week":
        return max(granted.days - sum(_week(day) == _week(on) for day in taken), 0)
    earned = _spent(granted, sorted(taken)) or {}
    return sum(many for month, many in earned.items() if 0 <= _month(on) - month <= granted.keeps_months)


def earned(granted: Granted, *, on: date) -> int:
    """How many days were granted in all up to that day: what a family's share is counted of. At least one."""
    day = min(max(on, granted.first), granted.last)
    if granted.per == "week":
        return granted.days * ((_week(day) - _week(granted.first)).days // 7 + 1)
    return granted.days * (_month(day) - _month(granted.first) + 1) if granted.per == "month" else granted.days


def span(first: date, last: date, weekdays: Collection[int] = ()) -> tuple[date, ...]:
    """The days from the first to the last one; with `weekdays` (0 = Monday) only those."""
    every = (first + timedelta(days=step) for step in range((last - first).days + 1))
    return tuple(day for day in every if not weekdays or day.weekday() in weekdays)


def check_grant(granted: Granted, *, least: int, today: date) -> None:
    """Raises DaysRefused: no such decision can be."""
    if granted.last < granted.first:
        raise DaysRefused("backwards")
    if granted.last < today:
        raise DaysRefused("past")
    if (granted.last - granted.first).days > LONGEST_DAYS:
        raise DaysRefused("too_long")
    if not least <= granted.days <= (7 if granted.per == "week" else MOST_DAYS):
        raise DaysRefused("least")


def check_wish(granted: Granted, wanted: Collection[date], taken: Collection[date], *, today: date) -> None:
    """Raises DaysRefused: the family cannot wish for these days, however many places there are."""
    if not wanted:
        raise DaysRefused("no_day")
    if min(wanted) <= today:
        raise DaysRefused("past")
    if (max(wanted) - today).days > FARTHEST_DAYS:
        raise DaysRefused("too_far")
    if min(wanted) < granted.first or max(wanted) > granted.last:
        raise DaysRefused("outside")
    if set(wanted) & set(taken):
        raise DaysRefused("same_days")
    if not fit(granted, [*taken, *wanted]):
        raise DaysRefused("no_days_left")


def _spent(granted: Granted, days: Collection[date]) -> dict[int, int] | None:
    """By the month that earned them what is left after these days, the oldest spent first; None when too few."""
    found = {month: granted.days for month in range(_month(granted.first), _month(granted.last) + 1)}
    for day in days:
        usable = range(max(_month(day) - granted.keeps_months, _month(granted.first)), _month(day) + 1)
        month = next((one for one in usable if found.get(one)), None)
        if month is None:
            return None
        found[month] -= 1
    return found


def _month(day: date) -> int:
    return day.year * 12 + day.month


def _week(day: date) -> date:
    return day - timedelta(days=day.weekday())


_SENTENCES: dict[Why, str] = {
    "backwards": "the last day is before the first one",
    "past": "the days have passed, or begin today",
    "too_far": f"days are wished for at most {FARTHEST_DAYS} days ahead",
    "outside": "the decision does not hold on all of these days",
    "no_day": "none of the chosen weekdays is between these days",
    "no_days_left": "there are not so many granted days left",
    "same_days": "some of these days are given already",
    "ended": "the decision has ended",
    "other_offering": "the decision does not grant this",
    "too_late": "the days are so near that they cannot be given up here",
    "least": "the decision grants fewer days than the law, or more than there are",
    "too_long": f"a decision holds for at most {LONGEST_DAYS} days",
}
