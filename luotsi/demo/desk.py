"""What a team does around a case: calls back, and whose case it is where the team model is used."""

from dataclasses import dataclass

import numpy as np

from luotsi.demo import calendars, ids, teams
from luotsi.demo.days import DAY, HOUR, MINUTE, NEVER, Days, Ints
from luotsi.demo.matters import FORM, PHONE, Matters

OUTCOMES = ("reached", "no_answer", "busy", "message_left")  # keys of content/call_outcomes
_REACHED = 0
_ASKS_FOR_CALL, _FORM_CALLED = 0.25, 0.15  # parts of the phone contacts and of the forms
_IN_VAIN, _GAP = 0.28, 12 * MINUTE
_HANDED_ON = 0.25  # of those that last longer than two days
_REMEMBERED_DAYS = 120  # of cases closed before, it is not told whose they were


@dataclass(frozen=True)
class Calls:
    """Calls back about each case's own contact; several of one case stand in the order of time."""

    case: Ints
    at: Ints
    outcome: Ints  # place in OUTCOMES
    call_ids: ids.Ids
    keys: ids.Ids
    asked: Ints  # the cases in which a number was left to be called at


@dataclass(frozen=True)
class Handovers:
    """Who took a case, and to whom it went on. `giver` is a seat, -1 where it was nobody's."""

    case: Ints
    at: Ints
    giver: Ints
    taker: Ints


def calls(rng: np.random.Generator, days: Days, cases: Matters) -> Calls:
    """The worker rings before judging; at times nobody answers first. Of the day's own, some were tried in vain."""
    lot = rng.random(cases.count)
    asked = (cases.channel == PHONE) & (lot < _ASKS_FOR_CALL)
    called = asked | ((cases.channel == FORM) & (lot < _FORM_CALLED))
    opened = np.maximum(days.next_opening(cases.received), cases.received)
    end = np.where(cases.assessed < NEVER, cases.assessed, days.now)
    reached = np.maximum(end - rng.integers(1 * MINUTE, 7 * MINUTE, cases.count), opened)
    done = np.flatnonzero(called & (cases.assessed < NEVER) & (reached < cases.assessed))
    tried = opened + ((reached - opened) * rng.random(cases.count)).astype(np.int64)
    in_vain = called & (rng.random(cases.count) < _IN_VAIN) & (reached - opened > _GAP)
    first = np.flatnonzero(in_vain & (tried < days.now))
    case, at = np.concatenate([first, done]), np.concatenate([tried[first], reached[done]])
    outcome = np.concatenate([rng.integers(1, len(OUTCOMES), len(first)), np.full(len(done), _REACHED)])
    drawn = ids.draw(rng, len(case)), ids.draw(rng, len(case))
    return Calls(case, at, outcome, *drawn, np.flatnonzero(asked))


def handovers(
    rng: np.random.Generator, days: Days, cases: Matters, seats: calendars.Seats, assessor: Ints, until: Ints
) -> Handovers:
    """Where the team model is used, whoever assesses a case has it until it is closed, or gives it to a colleague. Told
    of the open ones and of those closed lately.

    `until`: when each case was closed, NEVER while it is open.
    """
    taken = cases.assessed + rng.integers(20, 50, cases.count)
    end = np.minimum(until, days.now)
    is_lately = until > (days.today - _REMEMBERED_DAYS) * DAY
    first = np.flatnonzero(teams.in_use(days, cases.unit, cases.assessed) & (taken < end) & is_lately)
    had = (end - taken)[first]
    is_moved = (rng.random(len(first)) < _HANDED_ON) & (had > 2 * DAY)
    moved = first[is_moved]
    later = (had[is_moved] // DAY * rng.random(len(moved)) ** 2).astype(np.int64)
    day = days.working_after(taken[moved] // DAY + 1 + later, 0)
    at = day * DAY + 8 * HOUR + rng.integers(0, 7 * HOUR, len(moved))
    colleague = seats.any_of(rng, cases.unit[moved], calendars.assessors(cases.unit[moved]))
    fits = (at < end[moved]) & (colleague != assessor[moved])
    moved, at, colleague = moved[fits], at[fits], colleague[fits]
    return Handovers(
        case=np.concatenate([first, moved]),
        at=np.concatenate([taken[first], at]),
        giver=np.concatenate([np.full(len(first), -1), assessor[moved]]),
        taker=np.concatenate([assessor[first], colleague]),
    )
