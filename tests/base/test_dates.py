"""Counting days: the fixed list of holidays, act 150/1930, office hours, ages, and both clock-change days."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.base import dates
from luotsi.base.now import HELSINKI

DAYS = st.dates(date(2005, 1, 1), date(2040, 12, 31))

HOLIDAYS_2026 = "01-01 01-06 04-03 04-05 04-06 05-01 05-14 05-24 06-19 06-20 10-31 12-06 12-24 12-25 12-26"
HOLIDAYS_2027 = "01-01 01-06 03-26 03-28 03-29 05-01 05-06 05-16 06-25 06-26 11-06 12-06 12-24 12-25 12-26"


@pytest.mark.parametrize(("year", "days"), [(2026, HOLIDAYS_2026), (2027, HOLIDAYS_2027)])
def test_the_public_holidays_of_a_year_are_the_fixed_list(year, days):
    assert dates.public_holidays(year) == tuple(date.fromisoformat(f"{year}-{day}") for day in days.split())


@given(st.integers(2005, 2060))
def test_easter_holidays_agree_with_an_own_easter_calculation(year):
    easter = _easter(year)
    for offset in (-2, 0, 1, 39, 49):
        assert easter + timedelta(days=offset) in dates.public_holidays(year)
    assert len(dates.public_holidays(year)) in (14, 15)  # May Day and Ascension can fall together


def _easter(year: int) -> date:
    """Gauss's calculation in Meeus's form, for comparison with the library."""
    a, b, c = year % 19, year // 100, year % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def test_holidays_have_a_name_in_three_languages():
    name = dates.holiday_name(date(2026, 4, 3))
    assert (name.fi, name.sv, name.en) == ("Pitkäperjantai", "Långfredagen", "Good Friday")
    assert dates.holiday_name(date(2026, 4, 2)) is None


@pytest.mark.parametrize("day", [date(2025, 12, 24), date(2026, 6, 19)])
def test_an_eve_is_a_working_day_only_if_the_county_says_so(day):
    assert dates.is_eve(day)
    assert not dates.is_working_day(day)
    assert dates.is_working_day(day, eves_count=True)


def test_an_eve_on_a_saturday_is_never_a_working_day():
    assert date(2022, 12, 24).weekday() == 5
    assert not dates.is_working_day(date(2022, 12, 24), eves_count=True)


@given(DAYS)
def test_exactly_the_two_eves_of_a_year_are_eves(day):
    eves = [d for d in dates.public_holidays(day.year) if dates.is_eve(d)]
    assert len(eves) == 2
    assert dates.is_eve(day) == (day in eves)


def test_working_days_skip_easter_and_the_skipped_days_can_be_told():
    tuesday = date(2026, 3, 31)
    due = dates.add_working_days(tuesday, 7)
    assert due == date(2026, 4, 13)
    assert dates.days_off_between(tuesday, due) == tuple(date(2026, 4, day) for day in (3, 4, 5, 6, 11, 12))


def test_the_handbook_example_from_tuesday_to_thursday_of_next_week():
    assert dates.add_working_days(date(2025, 9, 2), 7) == date(2025, 9, 11)


def test_counting_eves_gives_the_earlier_day_and_names_the_eve():
    friday = date(2025, 12, 19)
    assert dates.add_working_days(friday, 7) == date(2026, 1, 5)
    assert dates.add_working_days(friday, 7, eves_count=True) == date(2026, 1, 2)
    assert dates.eves_between(friday, date(2026, 1, 5)) == (date(2025, 12, 24),)


@given(DAYS, st.integers(1, 40), st.booleans())
def test_exactly_that_many_working_days_lie_after_the_start(day, count, eves_count):
    due = dates.add_working_days(day, count, eves_count=eves_count)
    off = dates.days_off_between(day, due, eves_count=eves_count)
    assert (due - day).days - len(off) == count
    assert dates.is_working_day(due, eves_count=eves_count)


@pytest.mark.parametrize(
    ("day", "months", "answer"),
    [
        (date(2025, 8, 31), 3, date(2025, 11, 30)),
        (date(2026, 3, 31), 3, date(2026, 6, 30)),
        (date(2023, 5, 31), 3, date(2023, 8, 31)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 10, 31), 6, date(2026, 4, 30)),
    ],
)
def test_months_end_on_the_same_day_number_or_the_last_of_the_month(day, months, answer):
    assert dates.add_months(day, months) == answer


@given(DAYS, st.integers(0, 36))
def test_add_months_keeps_the_day_number_unless_the_month_lacks_it(day, months):
    answer = dates.add_months(day, months)
    assert (answer.year * 12 + answer.month) - (day.year * 12 + day.month) == months
    assert answer.day == day.day or (answer.day < day.day and (answer + timedelta(days=1)).day == 1)


@given(DAYS, st.integers(0, 12))
def test_add_months_never_goes_backwards_when_the_start_moves_on(day, months):
    assert dates.add_months(day, months) <= dates.add_months(day + timedelta(days=1), months)


@given(DAYS, st.integers(0, 30))
def test_weeks_end_on_the_same_weekday(day, weeks):
    assert dates.add_weeks(day, weeks).weekday() == day.weekday()


def test_counting_backwards_is_refused():
    for count in (dates.add_working_days, dates.add_calendar_days, dates.add_months, dates.add_weeks):
        with pytest.raises(ValueError, match="counted forwards"):
            count(date(2026, 1, 1), -1)


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        (date(2025, 12, 6), date(2025, 12, 8)),  # Saturday and Independence Day
        (date(2026, 12, 24), date(2026, 12, 28)),  # Thursday: Christmas Eve stands in 5 § itself
        (date(2026, 6, 19), date(2026, 6, 22)),
        (date(2026, 4, 3), date(2026, 4, 7)),
        (date(2026, 4, 7), date(2026, 4, 7)),
    ],
)
def test_the_last_day_rolls_to_the_first_weekday_after(day, answer):
    assert dates.roll_forward(day) == answer


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HELSINKI)


@pytest.mark.parametrize(
    ("moment", "received"),
    [
        ("2026-03-02T09:10", "2026-03-02T09:10"),
        ("2026-03-02T08:00", "2026-03-02T08:00"),
        ("2026-03-02T07:59", "2026-03-02T08:00"),
        ("2026-03-02T15:59", "2026-03-02T15:59"),
        ("2026-03-02T16:00", "2026-03-03T08:00"),
        ("2026-04-02T18:30", "2026-04-07T08:00"),  # Thursday evening before Easter
        ("2026-03-29T03:30", "2026-03-30T08:00"),  # an hour that does not exist: clocks go forward
        ("2026-10-25T03:30", "2026-10-26T08:00"),  # an hour that comes twice: clocks go back
    ],
)
def test_a_contact_counts_as_received_when_the_office_is_open(moment, received):
    assert dates.next_working_day_start(local(moment)) == local(received)


def test_a_contact_late_in_the_utc_evening_belongs_to_the_next_finnish_day():
    moment = datetime(2026, 6, 1, 23, 30, tzinfo=UTC)  # Tuesday 2.30 in Finland
    assert dates.next_working_day_start(moment) == local("2026-06-02T08:00")


def test_a_county_with_longer_hours_receives_later_contacts_the_same_day():
    moment = local("2026-04-02T18:30")
    assert dates.next_working_day_start(moment, closes=time(20)) == moment


@given(st.datetimes(datetime(2005, 1, 1), datetime(2040, 1, 1)))
def test_the_moment_of_receipt_is_in_office_hours_and_not_before_the_contact(moment):
    moment = moment.replace(tzinfo=HELSINKI)
    received = dates.next_working_day_start(moment)
    assert dates.is_office_time(received)
    assert received >= moment


def test_age_changes_on_the_birthday():
    born = date(2003, 6, 13)
    assert dates.age_on(born, date(2026, 6, 12)) == 22
    assert dates.age_on(born, date(2026, 6, 13)) == 23


@pytest.mark.parametrize(("choice", "on_28_february", "on_1_march"), [("03-01", 22, 23), ("02-28", 23, 23)])
def test_someone_born_on_29_february_turns_23_on_the_day_the_county_chose(choice, on_28_february, on_1_march):
    born = date(2004, 2, 29)
    assert dates.age_on(born, date(2027, 2, 28), leap_birthday=choice) == on_28_february
    assert dates.age_on(born, date(2027, 3, 1), leap_birthday=choice) == on_1_march


def test_in_a_leap_year_29_february_is_the_birthday_whatever_the_choice():
    assert dates.age_on(date(2004, 2, 29), date(2028, 2, 28), leap_birthday="02-28") == 23
    assert dates.age_on(date(2004, 2, 29), date(2028, 2, 29)) == 24


def test_a_birth_date_after_the_day_is_refused_with_a_sentence():
    with pytest.raises(ValueError, match="check the birth date"):
        dates.age_on(date(2026, 1, 2), date(2026, 1, 1))
