"""When a channel is open and when it opens next."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.base.now import HELSINKI
from luotsi.domain.catalogue.rules import Hours, is_open, opens_next, unusual_from, week_from
from luotsi.domain.catalogue.rules.hours import Exceptional, Weekly

OFFICE = Hours(weekly=tuple(Weekly(day, time(8), time(16)) for day in range(5)))
NIGHT = Hours(weekly=(Weekly(4, time(21), time(2)),))  # Friday evening until two at night


def at(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=HELSINKI)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-24T07:59", False),
        ("2026-11-24T08:00", True),
        ("2026-11-24T15:59", True),
        ("2026-11-24T16:00", False),
        ("2026-11-22T12:00", False),  # Sunday
        ("2026-12-24T12:00", False),  # Christmas Eve
        ("2027-01-06T12:00", False),  # Epiphany
        ("2026-05-01T12:00", False),  # May Day
        ("2026-06-19T12:00", False),  # Midsummer Eve
    ],
)
def test_an_office_is_open_on_working_days_in_its_hours(moment: str, expected: bool) -> None:
    assert is_open(OFFICE, at(moment)) is expected


def test_a_line_that_answers_on_holidays_is_open_on_christmas_day() -> None:
    line = Hours(weekly=(Weekly(4, time(9), time(15), on_holidays=True),))
    assert is_open(line, at("2026-12-25T10:00"))
    assert not is_open(OFFICE, at("2026-12-25T10:00"))


def test_hours_past_midnight_reach_into_the_next_day() -> None:
    assert is_open(NIGHT, at("2026-11-27T23:30"))
    assert is_open(NIGHT, at("2026-11-28T01:59"))
    assert not is_open(NIGHT, at("2026-11-28T02:00"))
    assert not is_open(NIGHT, at("2026-11-27T01:00"))


def test_an_exception_stands_instead_of_the_weekly_hours() -> None:
    eve_of_eve = Exceptional(date(2026, 12, 23), date(2026, 12, 23), time(8), time(12))
    short = Hours(weekly=OFFICE.weekly, exceptional=(eve_of_eve,))
    shut = Hours(weekly=OFFICE.weekly, exceptional=(Exceptional(date(2026, 7, 6), date(2026, 7, 17)),))
    assert is_open(short, at("2026-12-23T11:00"))
    assert not is_open(short, at("2026-12-23T13:00"))
    assert not is_open(shut, at("2026-07-10T10:00"))
    assert is_open(shut, at("2026-07-20T10:00"))


def test_nothing_known_is_not_the_same_as_closed() -> None:
    assert is_open(Hours(), at("2026-11-24T10:00")) is None
    assert opens_next(Hours(), at("2026-11-24T10:00")) is None
    assert is_open(Hours(always=True), at("2026-12-25T03:00")) is True


def test_it_opens_next_after_the_weekend_and_the_holidays() -> None:
    assert opens_next(OFFICE, at("2026-11-20T16:30")) == at("2026-11-23T08:00")
    assert opens_next(OFFICE, at("2026-12-23T16:00")) == at("2026-12-28T08:00")


def test_a_line_of_fridays_alone_opens_after_both_christmas_and_new_year() -> None:
    assert opens_next(NIGHT, at("2026-12-19T00:00")) == at("2027-01-08T21:00")


def test_a_moment_in_another_zone_is_read_as_finnish_time() -> None:
    assert is_open(OFFICE, datetime.fromisoformat("2026-07-01T05:30:00+00:00"))  # 8.30 in Finland in summer
    assert not is_open(OFFICE, datetime.fromisoformat("2026-11-24T05:30:00+00:00"))  # 7.30 in winter


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_both_days_on_which_the_clocks_change_keep_their_local_hours(day: str) -> None:
    sundays = Hours(weekly=(Weekly(6, time(1), time(6), on_holidays=True),))
    assert is_open(sundays, at(f"{day}T05:59"))
    assert not is_open(sundays, at(f"{day}T06:00"))


def test_the_coming_week_shows_holidays_and_reasons() -> None:
    hours = Hours(
        weekly=OFFICE.weekly,
        exceptional=(Exceptional(date(2026, 12, 23), date(2026, 12, 23), time(8), time(12), note="Early"),),
    )
    week = week_from(hours, date(2026, 12, 21))
    assert [len(day.spans) for day in week] == [1, 1, 1, 0, 0, 0, 0]
    assert week[2].note == "Early"
    assert week[3].is_holiday


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)), st.sampled_from([OFFICE, NIGHT]))
def test_what_opens_next_opens_later_and_is_open_then(moment: datetime, hours: Hours) -> None:
    moment = moment.replace(tzinfo=HELSINKI)
    opening = opens_next(hours, moment)
    assert opening is not None
    assert opening > moment
    assert is_open(hours, opening)


def test_what_is_open_round_the_clock_is_closed_on_a_day_told_as_closed() -> None:
    closed_on = date(2026, 12, 24)
    hours = Hours(always=True, exceptional=(Exceptional(closed_on, closed_on),))
    day_before, at_noon = (datetime(2026, 12, day, 12, tzinfo=HELSINKI) for day in (23, 24))
    assert is_open(hours, day_before)
    assert not is_open(hours, at_noon)
    assert opens_next(hours, at_noon) == datetime(2026, 12, 25, tzinfo=HELSINKI)
    assert [len(one.spans) for one in week_from(hours, date(2026, 12, 23))] == [1, 0, 1, 1, 1, 1, 1]
    assert [one.first for one in unusual_from(hours, date(2026, 12, 20))] == [closed_on]
    assert week_from(Hours(always=True), closed_on) == ()
