"""Dates against others' arithmetic: the `holidays` package, numpy's working days, dateutil's Easter, a walk by hand.

The worked cases are those that were counted by a small calculator of their own when the rules were gathered from the
bills, the acts and THL's child-welfare handbook (2026); here each goes through the command as people script it.
"""

import json
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from functools import cache

import holidays
import numpy as np
import pytest
from dateutil.easter import easter
from dateutil.relativedelta import relativedelta
from hypothesis import given, settings
from hypothesis import strategies as st

from luotsi.base.dates import is_working_day, public_holidays
from luotsi.base.now import HELSINKI
from luotsi.cli import main
from luotsi.domain.clocks.definitions import ClockSettings, clock_rules, clock_settings
from luotsi.domain.clocks.rules import due, remembering

from .moments import rule

WORKED = [
    ("PHC-3M-2005", "2023-05-31", "1983-01-01", "", "2023-08-31"),
    ("PHC-14D-2023", "2023-09-01", "1983-01-01", "", "2023-09-15"),
    ("PHC-14D-2023", "2024-12-20", "1984-01-01", "", "2025-01-03"),
    ("PHC-14D-2023", "2024-12-31", "1984-01-01", "", "2025-01-14"),
    ("PHC-3M-2025", "2025-01-01", "2001-06-01", "", "2025-04-01"),
    ("PHC-14D-U23", "2025-04-10", "2003-01-01", "", "2025-04-24"),
    ("PHC-3M-2025", "2026-06-13", "2003-06-13", "", "2026-09-13"),
    ("PHC-GP-7D-U23", "2026-04-01", "2006-01-01", "", "2026-04-08"),
    ("ORAL-3M+3M-2005", "2023-03-15", "1983-01-01", "", "2023-06-15"),
    ("ORAL-3M+3M-2005", "2023-03-15", "1983-01-01", "excess_justified=true", "2023-09-15"),
    ("ORAL-3M-U23", "2025-08-31", "2003-01-01", "", "2025-11-30"),
    ("SHC-ASSESS-3W", "2026-03-26", "", "", "2026-04-16"),
    ("SHC-EXAM-3M", "2026-03-26", "", "", "2026-06-26"),
    ("YMH-EXAM-6W", "2026-01-02", "2010-06-01", "", "2026-02-13"),
    ("THERAPY-28D", "2025-05-01", "2008-01-01", "", "2025-05-29"),
    ("CONTACT-SAME-DAY", "2026-03-02T09:10", "", "", "2026-03-02"),
    ("CONTACT-SAME-DAY", "2026-04-02T18:30", "", "", "2026-04-07"),
    ("ASSESS-3WD-2005", "2023-04-05", "", "", "2023-04-12"),
    ("SWA-START-7WD", "2025-09-02", "1949-02-01", "", "2025-09-11"),
    ("SWA-START-7WD", "2025-12-19", "1945-01-01", "", "2026-01-05"),
    ("SWA-START-7WD", "2025-12-19", "1945-01-01", "eves_count=true", "2026-01-02"),
    ("SWA-DONE-3M", "2025-09-02", "2015-01-01", "special_support_child=true", "2025-12-02"),
    ("SWA-DONE-3M", "2025-09-06", "2015-01-01", "special_support_child=true", "2025-12-08"),
    ("CWA-START-7WD", "2026-03-31", "2018-01-01", "", "2026-04-13"),
    ("CWA-DONE-3M", "2026-03-31", "2018-01-01", "", "2026-06-30"),
]
DAYS = st.dates(date(2000, 1, 1), date(2100, 10, 1))
SPRING = [date(year, 3, 31) - timedelta(days=(date(year, 3, 31).weekday() + 1) % 7) for year in (2024, 2026, 2027)]
AUTUMN = [date(year, 10, 31) - timedelta(days=(date(year, 10, 31).weekday() + 1) % 7) for year in (2024, 2026, 2027)]


@pytest.mark.parametrize(("key", "start", "born", "choice", "last"), WORKED)
def test_the_worked_cases_come_out_of_the_command(capsys, key, start, born, choice, last):
    words = ["clock", key, "--start", start, "--json"]
    words += ["--born", born] if born else []
    words += ["--set", choice] if choice else []
    assert main(words) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["due"], found["applies"], found["notice"]) == (last, True, None)


@cache
def days_off(year: int) -> dict[date, bool]:
    """The days off of a year by hand; True for the two eves, which are none in law."""
    sunday = easter(year)
    midsummer = next(date(year, 6, day) for day in range(20, 27) if date(year, 6, day).weekday() == 5)
    saints = next(day for day in (date(year, 10, 31) + timedelta(days=n) for n in range(7)) if day.weekday() == 5)
    fixed = [date(year, month, day) for month, day in ((1, 1), (1, 6), (5, 1), (12, 6), (12, 25), (12, 26))]
    moving = [sunday + timedelta(days=days) for days in (-2, 0, 1, 39, 49)]
    eves = {midsummer - timedelta(days=1): True, date(year, 12, 24): True}
    return dict.fromkeys((*fixed, *moving, midsummer, saints), False) | eves


@pytest.mark.parametrize("year", range(2000, 2101))
def test_the_days_off_of_every_year_are_those_of_the_holidays_package_and_of_easter_counted_by_hand(year):
    assert set(public_holidays(year)) == set(days_off(year)) == set(holidays.country_holidays("FI", years=year))


@cache
def calendar(*, eves_count: bool) -> np.busdaycalendar:
    off = [day for year in range(2000, 2102) for day, is_eve in days_off(year).items() if not (is_eve and eves_count)]
    return np.busdaycalendar(holidays=off)


@given(DAYS, st.booleans())
@settings(max_examples=500)
def test_seven_working_days_are_numpys_and_a_day_walks(day, eves_count):
    start = datetime(day.year, day.month, day.day, 10, tzinfo=HELSINKI)
    found = due(rule("CWA-START-7WD"), start, settings=ClockSettings(eves_count=eves_count)).due
    ours = calendar(eves_count=eves_count)
    # From a day off numpy first goes back to the working day before it, so that the first day is never counted.
    assert found == np.busday_offset(day, 7, roll="backward", busdaycal=ours).astype(date)
    walked, left = day, 7
    while left:
        walked += timedelta(days=1)
        is_off = walked in days_off(walked.year) and not (eves_count and days_off(walked.year)[walked])
        left -= walked.weekday() < 5 and not is_off
    assert found == walked


@given(DAYS)
@settings(max_examples=500)
def test_months_end_where_dateutil_and_the_act_say(day):
    start = datetime(day.year, day.month, day.day, 10, tzinfo=HELSINKI)
    expected = day + relativedelta(months=3)
    assert due(rule("PHC-OTHER-3M"), start).due == expected
    assert expected.day == day.day or expected.day == monthrange(expected.year, expected.month)[1]


@given(DAYS)
def test_an_authoritys_three_months_roll_to_numpys_next_working_day(day):
    start = datetime(day.year, day.month, day.day, 10, tzinfo=HELSINKI)
    raw = day + relativedelta(months=3)
    rolled = np.busday_offset(raw, 0, roll="forward", busdaycal=calendar(eves_count=False)).astype(date)
    assert due(rule("SWA-DECISION-EXEC-3M"), start).due == rolled


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 10, 1)))
def test_a_contact_is_received_now_or_when_the_office_next_opens(moment):
    start = moment.replace(tzinfo=UTC)
    local = start.astimezone(HELSINKI)
    day = local.date()
    if not is_working_day(day) or local.hour >= 16:
        day = np.busday_offset(day, 1, roll="backward", busdaycal=calendar(eves_count=False)).astype(date)
    assert due(rule("CONTACT-SAME-DAY"), start).due == day


@pytest.mark.parametrize("day", [*SPRING, *AUTUMN])
@pytest.mark.parametrize("minute", range(0, 24 * 60, 30))
def test_every_half_hour_of_both_clock_changes_belongs_to_its_finnish_day(day, minute):
    midnight = datetime(day.year, day.month, day.day, tzinfo=HELSINKI).astimezone(UTC)
    start = midnight + timedelta(minutes=minute)
    expected = start.astimezone(HELSINKI).date() + timedelta(days=14)
    assert due(rule("PHC-14D-U23"), start).due == expected


@pytest.mark.parametrize(
    ("key", "start", "last"),
    [
        ("PHC-3M-2025", "2028-02-29", "2028-05-29"),
        ("PHC-3M-2025", "2027-11-30", "2028-02-29"),
        ("PHC-3M-2025", "2026-11-30", "2027-02-28"),
        ("ORAL-6M-2025", "2027-08-31", "2028-02-29"),
        ("PHC-14D-U23", "2028-02-15", "2028-02-29"),
        ("PHC-14D-U23", "2099-12-31", "2100-01-14"),
        ("PHC-3M-2025", "2099-11-30", "2100-02-28"),  # 2100 is no leap year
        ("SHC-ASSESS-3W", "2028-02-08", "2028-02-29"),
        ("CWA-START-7WD", "2026-06-10T23:59", "2026-06-22"),
        ("CWA-START-7WD", "2026-06-11T00:00", "2026-06-23"),
        ("CWA-START-7WD", "2026-12-18", "2026-12-31"),
        ("SOCASS-7WD", "2026-05-08", "2026-05-20"),
    ],
)
def test_leap_days_ends_of_months_midnights_and_feasts(capsys, key, start, last):
    assert main(["clock", key, "--start", start, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["due"] == last


@pytest.mark.parametrize(
    ("day", "choice", "chosen"),
    [
        ("2027-02-27", "03-01", "PHC-14D-U23"), ("2027-02-28", "03-01", "PHC-14D-U23"),
        ("2027-03-01", "03-01", "PHC-3M-2025"), ("2027-02-27", "02-28", "PHC-14D-U23"),
        ("2027-02-28", "02-28", "PHC-3M-2025"), ("2027-03-01", "02-28", "PHC-3M-2025"),
    ],
)  # fmt: skip
def test_someone_born_on_29_february_turns_23_on_the_chosen_day(capsys, day, choice, chosen):
    words = ["clock", "--line", "primary_care", "--start", day, "--born", "2004-02-29"]
    assert main([*words, "--set", f"leap_birthday={choice}", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rule"] == chosen


STARTS = st.datetimes(datetime(2005, 3, 1), datetime(2035, 1, 1)).map(lambda moment: moment.replace(tzinfo=UTC))
BORN = st.one_of(st.none(), st.dates(date(1925, 1, 1), date(2005, 2, 28)), st.just(date(2004, 2, 29)))
COUNT = remembering()


@given(st.sampled_from(list(clock_rules().values())), STARTS, BORN, st.booleans())
@settings(max_examples=1_000)
def test_dates_that_are_remembered_are_those_counted_anew(asked, start, born, excess):
    given_ = {"born": born, "settings": clock_settings(), "conditions": {"excess_justified": excess}}
    assert COUNT(asked, start, **given_) == due(asked, start, **given_)
