"""The whole demonstration in one place: cases, booked times, visits and limits, joined and finished up to now."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from luotsi.demo import calendars, demands, desk, followups, ids, matters, residents, story, waits
from luotsi.demo.days import DAY, HOUR, MINUTE, Days, Ints
from luotsi.demo.matters import ADVICE, BY_RESIDENT, FORM, MOVED, NEVER

REASONS = ("cared", "advice", "withdrawn", "moved")
_CARED, _ADVICE, _WITHDRAWN, _MOVED = range(4)
NO_CASE = -1


@dataclass
class Bookings:
    """Booked times of cases and follow-ups alike. `case` and `follow_up` are places there, or NO_CASE."""

    case: Ints
    follow_up: Ints
    resident: Ints
    offered: Ints
    accepted: Ints
    declined: Ints
    cancelled: Ints
    held: Ints
    seat: Ints
    starts: Ints
    is_remote: NDArray[np.bool_]
    by_resident: NDArray[np.bool_]
    booking_ids: ids.Ids
    slot_ids: ids.Ids
    keys: ids.Ids

    @property
    def is_taken(self) -> NDArray[np.bool_]:
        return (self.declined == NEVER) & (self.cancelled == NEVER)


@dataclass
class Story:
    """Everything that happened. Moments are seconds of local time since the first day, NEVER when they did not come."""

    days: Days
    scale: float
    residents: residents.Residents
    matters: matters.Matters
    times: waits.Times
    follow_ups: followups.FollowUps
    seats: calendars.Seats
    bookings: Bookings
    free: calendars.Sitting
    free_is_remote: NDArray[np.bool_]
    case_ids: ids.Ids
    contact_ids: ids.Ids
    assessor: Ints  # seat
    visit_booking: Ints  # place in bookings, NO_CASE for a walk-in or none
    visit_seat: Ints
    held: Ints
    closed: Ints
    reason: Ints  # place in REASONS
    follow_up_seat: Ints
    unrecorded_ids: ids.Ids
    demands: demands.Demands
    reminders: demands.Reminders
    calls: desk.Calls
    handovers: desk.Handovers
    rng: np.random.Generator

    @classmethod
    def tell(cls, rng: np.random.Generator, days: Days, count: int) -> Self:
        """Everything that happens to so many residents until now. The same seed and moment tell the same story."""
        scale = count / story.RESIDENTS
        people = residents.draw(rng, days, count)
        cases = matters.draw(rng, days, people, scale)
        cases, times = waits.of_the_story(days, cases, waits.plan(rng, days, cases, scale))
        visits = followups.draw(rng, days, people, scale)
        seats, bookings = _bookings(rng, days, cases, times, visits)
        sitting = calendars.Sitting(bookings.seat, bookings.starts)
        free = calendars.free_times(rng, days, seats, sitting)
        visit_booking, held, seat = _visits(rng, days, cases, times, bookings, seats)
        closed, reason = _closed(rng, days, cases, times, held)
        unbooked = seats.any_of(rng, visits.unit, calendars.professions(rng, visits.unit))
        booked = bookings.follow_up >= 0
        unbooked[bookings.follow_up[booked]] = bookings.seat[booked]
        assessor = seats.any_of(rng, cases.unit, calendars.assessors(cases.unit))
        return cls(
            days=days, scale=scale, residents=people, matters=cases, times=times, follow_ups=visits, seats=seats,
            bookings=bookings, free=free, free_is_remote=calendars.modes(rng, days, seats, free),
            case_ids=ids.draw(rng, cases.count), contact_ids=ids.draw(rng, cases.count),
            assessor=assessor, visit_booking=visit_booking, visit_seat=seat, held=held, closed=closed, reason=reason,
            follow_up_seat=unbooked, unrecorded_ids=ids.draw(rng, len(visits.unit)),
            demands=demands.of_contacts(rng, days, cases),
            reminders=demands.reminders(rng, days, cases, times, np.minimum(held, closed)),
            calls=desk.calls(rng, days, cases),
            handovers=desk.handovers(rng, days, cases, seats, assessor, closed), rng=rng,
        )  # fmt: skip

    @property
    def by_form(self) -> Ints:
        """The cases that came as a form, by place."""
        return np.flatnonzero(self.matters.channel == FORM)


def _bookings(
    rng: np.random.Generator, days: Days, cases: matters.Matters, times: waits.Times, visits: followups.FollowUps
) -> tuple[calendars.Seats, Bookings]:
    first, second = np.flatnonzero(times.offered_1 < NEVER), np.flatnonzero(times.offered_2 < NEVER)
    later = np.flatnonzero(visits.is_booked)
    unit = np.concatenate([cases.unit[first], cases.unit[second], visits.unit[later]])
    day = np.concatenate([times.day_1[first], times.day_2[second], visits.day[later]])
    seats, sitting = calendars.seat(rng, unit, calendars.professions(rng, unit), day)
    declines = times.declines[first]
    never_2, never_3 = np.full(len(second), NEVER), np.full(len(later), NEVER)
    accepted = np.concatenate(
        [np.where(declines, NEVER, times.answered_1[first]), times.answered_2[second], visits.made[later]]
    )
    declined = np.concatenate([np.where(declines, times.answered_1[first], NEVER), never_2, never_3])
    cancelled = np.concatenate([times.cancelled[first], never_2, never_3])
    ends = sitting.starts + rng.integers(12, 40, len(unit)) * MINUTE
    is_held = (accepted < NEVER) & (cancelled == NEVER) & (ends < days.now)
    return seats, Bookings(
        case=np.concatenate([first, second, np.full(len(later), NO_CASE)]),
        follow_up=np.concatenate([np.full(len(first) + len(second), NO_CASE), later]),
        resident=np.concatenate([cases.resident[first], cases.resident[second], visits.resident[later]]),
        offered=np.concatenate([times.offered_1[first], times.offered_2[second], visits.made[later]]),
        accepted=accepted,
        declined=declined,
        cancelled=cancelled,
        held=np.where(is_held, ends, NEVER),
        seat=sitting.seat,
        starts=sitting.starts,
        is_remote=calendars.modes(rng, days, seats, sitting),
        by_resident=np.concatenate([cases.fate[first] == BY_RESIDENT, never_2 < NEVER, never_3 < NEVER]),
        booking_ids=ids.draw(rng, len(unit)),
        slot_ids=ids.draw(rng, len(unit)),
        keys=ids.draw(rng, len(unit)),
    )


def _visits(
    rng: np.random.Generator,
    days: Days,
    cases: matters.Matters,
    times: waits.Times,
    bookings: Bookings,
    seats: calendars.Seats,
) -> tuple[Ints, Ints, Ints]:
    """For each case the booking it was held by, the moment, and who held it."""
    booking = np.full(cases.count, NO_CASE)
    held = np.where(times.walk_in < days.now, times.walk_in, NEVER)
    seat = seats.any_of(rng, cases.unit, calendars.professions(rng, cases.unit))
    done = np.flatnonzero((bookings.held < NEVER) & (bookings.case >= 0))
    booking[bookings.case[done]] = done
    held[bookings.case[done]] = bookings.held[done]
    seat[bookings.case[done]] = bookings.seat[done]
    return booking, held, seat


def _closed(
    rng: np.random.Generator, days: Days, cases: matters.Matters, times: waits.Times, held: Ints
) -> tuple[Ints, Ints]:
    """Most are closed right after the visit, some days later; advice closes with the assessment."""
    count = cases.count
    visited = held < NEVER
    known = np.where(visited, held, 0)
    soon = known + rng.integers(2, 20, count) * MINUTE
    day = days.working_after(known // DAY + 1, rng.integers(0, 12, count))
    later = day * DAY + ((8.2 + 7.5 * rng.random(count)) * HOUR).astype(np.int64)
    after_visit = np.where(rng.random(count) < story.CLOSED_AT_ONCE, soon, later)
    advised = (cases.outcome == ADVICE) & (cases.assessed < NEVER)
    left = times.ended < NEVER
    closed = np.where(advised, cases.assessed, np.where(left, times.ended, np.where(visited, after_visit, NEVER)))
    reason = np.where(advised, _ADVICE, np.where(left, np.where(cases.fate == MOVED, _MOVED, _WITHDRAWN), _CARED))
    return np.where(closed < days.now, closed, NEVER), reason
