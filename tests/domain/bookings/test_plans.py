"""A plan's days and times: the clock on the wall, holidays, leap days, and what is refused."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from luotsi.base.now import HELSINKI
from luotsi.domain.bookings.rules.plans import Draft, PlanRefused, check_draft, days, first_overlap, sessions, times

WEEKDAYS = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"


def draft(**given: Any) -> Draft:
    usual = {
        "recurrence": WEEKDAYS, "begins": time(8), "ends": time(16), "valid_from": date(2026, 3, 2),
        "valid_to": date(2026, 5, 31), "slot_minutes": 20,
    }  # fmt: skip
    return Draft(**{**usual, **given})


def why(**given: Any) -> str:
    with pytest.raises(PlanRefused) as refusal:
        check_draft(draft(**given), today=date(2026, 3, 2))
    return refusal.value.why


def test_a_week_of_five_days_has_its_times_and_easter_and_may_day_have_none() -> None:
    found = {start.astimezone(HELSINKI).date() for start, _ in sessions(draft())}

    assert len(found) == 65 - 4
    assert not found & {date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 1), date(2026, 5, 14)}
    assert date(2026, 4, 6) in {
        start.astimezone(HELSINKI).date() for start, _ in sessions(draft(), opened=[date(2026, 4, 6)])
    }


@pytest.mark.parametrize("change, before, after", [(date(2026, 3, 29), 6, 5), (date(2026, 10, 25), 5, 6)])
def test_eight_on_the_wall_is_eight_on_both_sides_of_a_clock_change(change: date, before: int, after: int) -> None:
    told = draft(valid_from=change - timedelta(days=2), valid_to=change + timedelta(days=1))
    starts = [start for start, _ in sessions(told)]

    assert [start.astimezone(HELSINKI).hour for start in starts] == [8, 8]
    assert [start.hour for start in starts] == [before, after]


@pytest.mark.parametrize("day, hours", [(date(2026, 3, 29), 3), (date(2026, 10, 25), 5), (date(2026, 3, 28), 4)])
def test_a_night_has_as_many_times_as_it_has_hours(day: date, hours: int) -> None:
    told = draft(recurrence="FREQ=DAILY", begins=time(2), ends=time(6), valid_from=day, valid_to=day, slot_minutes=60)
    (span,) = sessions(told)

    assert len(list(times(span, told))) == hours


def test_the_hour_that_is_not_there_begins_an_hour_later_and_the_one_shown_twice_is_the_first() -> None:
    spring = draft(
        recurrence="FREQ=DAILY", begins=time(3, 30), valid_from=date(2026, 3, 29), valid_to=date(2026, 3, 29)
    )
    autumn = draft(
        recurrence="FREQ=DAILY", begins=time(3, 30), valid_from=date(2026, 10, 25), valid_to=date(2026, 10, 25)
    )

    assert sessions(spring)[0][0].astimezone(HELSINKI) == datetime(2026, 3, 29, 4, 30, tzinfo=HELSINKI)
    assert sessions(autumn)[0][0] == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_leap_day_has_times_in_its_year_and_the_rule_fails_in_another() -> None:
    leap = draft(
        recurrence="FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", valid_from=date(2028, 1, 3), valid_to=date(2028, 12, 31)
    )

    assert days(leap) == [date(2028, 2, 29)]
    assert why(recurrence="FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", valid_to=date(2027, 3, 1)) == "never"


def test_times_have_their_pause_and_what_is_left_over_is_no_time() -> None:
    told = draft(ends=time(9), slot_minutes=25, buffer_minutes=5)
    found = list(times(sessions(told)[0], told))

    assert [(start.minute, end.minute) for start, end in found] == [(0, 25), (30, 55)]


@pytest.mark.parametrize(
    "wrong, reason",
    [
        ({"recurrence": "FREQ=DAILY;COUNT=10000"}, "too_many"),
        ({"recurrence": "FREQ=MINUTELY"}, "too_often"),
        ({"recurrence": "FREQ=DAILY;BYHOUR=8,9"}, "too_often"),
        ({"recurrence": "every monday"}, "unreadable"),
        ({"recurrence": ""}, "unreadable"),
        ({"recurrence": "FREQ=WEEKLY;BYDAY=XX"}, "unreadable"),
        ({"recurrence": "FREQ=WEEKLY;INTERVAL=0"}, "unreadable"),
        ({"recurrence": "FREQ=DAILY" + ";WKST=MO" * 40}, "unreadable"),
        ({"recurrence": "DTSTART;TZID=Mars/Phobos:20260302T080000\nRRULE:FREQ=DAILY"}, "zone"),
        ({"recurrence": "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=4"}, "never"),
        ({"recurrence": "FREQ=DAILY;BYMONTHDAY=30;BYMONTH=2"}, "never"),
        ({"recurrence": "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=3"}, "never"),
        ({"recurrence": "FREQ=DAILY;UNTIL=20200101"}, "never"),
        ({"ends": time(8)}, "zero"),
        ({"slot_minutes": 0}, "zero"),
        ({"slot_minutes": 500}, "too_short"),
        ({"valid_to": date(2026, 3, 1)}, "backwards"),
        ({"valid_from": date(2025, 1, 1), "valid_to": date(2025, 2, 1)}, "past"),
        ({"valid_to": date(2028, 3, 1)}, "too_long"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused_with_its_reason(wrong: dict[str, Any], reason: str) -> None:
    assert why(**wrong) == reason


def test_two_plans_at_once_are_told_by_their_first_day_and_one_after_another_are_not() -> None:
    mornings, afternoons = draft(ends=time(12)), draft(begins=time(12))

    assert first_overlap(sessions(mornings), sessions(afternoons)) is None
    assert first_overlap(
        sessions(mornings), sessions(draft(begins=time(11), recurrence="FREQ=WEEKLY;BYDAY=WE"))
    ) == date(2026, 3, 4)
