"""Why people get in touch: value or failure demand, and those who ask again while they wait.

The part of failure demand is the story's own invention around what source document 000 studied: it grows in the
summer's closures and after the new year, and falls where the team model is taken into use. Some nobody classed.
"""

from dataclasses import dataclass

import numpy as np

from luotsi.demo import ids, teams, waits
from luotsi.demo.days import DAY, HOUR, MINUTE, NEVER, Days, Ints
from luotsi.demo.matters import CARRIED, Matters

# Keys of content/demands with their weights among the value and the failure demand.
VALUE = {"V1": 0.56, "V2": 0.13, "V3": 0.11, "V4": 0.08, "V5": 0.05, "V6": 0.07}
FAILURE = {"F1": 0.2, "F2": 0.17, "F3": 0.08, "F4": 0.12, "F5": 0.18, "F6": 0.14, "F7": 0.05, "F8": 0.03, "F9": 0.03}
AGAIN = {"F1": 0.62, "F2": 0.22, "F6": 0.16}  # why somebody asks again who waits
CODES = (*VALUE, *FAILURE)
UNCLASSED = -1
# The part of failure demand among the contacts that open a matter, and what the month adds to it, January first.
_WITH_MODEL, _WITHOUT = 0.16, 0.34
_SEASON = np.array([0.09, 0.02, 0.0, 0.0, 0.0, 0.03, 0.12, 0.07, 0.0, 0.0, 0.0, 0.03])
_NOT_CLASSED, _NOT_CLASSED_WITH_MODEL = 0.16, 0.05
_SUGGESTED = 0.55  # so often the words of the contact had suggested the very reason
_ASKS_AGAIN, _PATIENT_DAYS = 0.3, 14  # of those who wait longer than these days, so many ask


@dataclass(frozen=True)
class Demands:
    """The reason of each matter's own contact. `at` is when a worker classed it, NEVER without."""

    code: Ints  # place in CODES
    at: Ints
    is_suggested: Ints


@dataclass(frozen=True)
class Reminders:
    """Contacts by phone that joined a matter already open: somebody waits and asks."""

    case: Ints
    received: Ints
    code: Ints
    at: Ints  # classed
    contact_ids: ids.Ids
    keys: ids.Ids

    @property
    def count(self) -> int:
        return len(self.case)


def of_contacts(rng: np.random.Generator, days: Days, cases: Matters) -> Demands:
    """Classed in passing, within minutes of the assessment, by whoever assessed."""
    modern = teams.in_use(days, cases.unit, cases.received)
    fails = rng.random(cases.count) < np.where(modern, _WITH_MODEL, _WITHOUT) + _SEASON[_month(days, cases.received)]
    code = np.where(fails, _choose(rng, FAILURE, cases.count), _choose(rng, VALUE, cases.count))
    is_left = rng.random(cases.count) < np.where(modern, _NOT_CLASSED_WITH_MODEL, _NOT_CLASSED)
    at = cases.assessed + rng.integers(10, 170, cases.count)
    is_classed = (cases.channel != CARRIED) & ~is_left & (at < days.now)
    is_suggested = (rng.random(cases.count) < _SUGGESTED).astype(np.int64)
    return Demands(np.where(is_classed, code, UNCLASSED), np.where(is_classed, at, NEVER), is_suggested)


def reminders(rng: np.random.Generator, days: Days, cases: Matters, times: waits.Times, until: Ints) -> Reminders:
    """Who waits long for a time rings to ask. `until`: when each matter was closed or its visit held."""
    served = np.minimum(np.minimum(times.offered_1, until), days.now)
    since = np.maximum(cases.assessed // DAY, days.start) + _PATIENT_DAYS
    waits_long = cases.needs_time & (served < NEVER) & (served // DAY > since)
    rows = np.flatnonzero(waits_long & (rng.random(cases.count) < _ASKS_AGAIN))
    span = served[rows] // DAY - since[rows]
    day = days.working_after(since[rows] + (rng.random(len(rows)) * span).astype(np.int64), 0)
    received = day * DAY + ((8.05 + 6 * rng.random(len(rows)) ** 1.6) * HOUR).astype(np.int64)
    known = (received < np.minimum(served[rows], days.now - 10 * MINUTE)) & (received > cases.assessed[rows])
    rows, received = rows[known], received[known]
    count = len(rows)
    left = rng.random(count) < _NOT_CLASSED
    at = np.where(left, NEVER, received + rng.integers(60, 400, count))
    code = np.where(left, UNCLASSED, _choose(rng, AGAIN, count))
    return Reminders(rows, received, code, at, ids.draw(rng, count), ids.draw(rng, count))


def of_season(rng: np.random.Generator, days: Days, received: Ints, not_classed: float) -> list[str]:
    """The keys of contacts elsewhere than where the team model is used, with the month's part of failure demand; ""
    where nobody classed.
    """
    count = len(received)
    fails = rng.random(count) < _WITHOUT + _SEASON[_month(days, received)]
    code = np.where(fails, _choose(rng, FAILURE, count), _choose(rng, VALUE, count))
    is_left = rng.random(count) < not_classed
    return ["" if left else CODES[place] for place, left in zip(code, is_left, strict=True)]


def is_failure(code: Ints) -> Ints:
    return code >= len(VALUE)


def _choose(rng: np.random.Generator, weights: dict[str, float], count: int) -> Ints:
    part = np.array([*weights.values()])
    return np.array([CODES.index(key) for key in weights])[rng.choice(len(part), count, p=part / part.sum())]


def _month(days: Days, moment: Ints) -> Ints:
    """January is 0."""
    return np.array([day.month - 1 for day in days.dates])[np.clip(moment // DAY, 0, days.count - 1)]
