"""The last lawful day: worked cases of the law's own literature, the edges, and what holds for every rule."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.base.dates import is_working_day
from luotsi.base.now import HELSINKI, local_day
from luotsi.domain.clocks.definitions import ClockRule, ClockSettings, clock_rules
from luotsi.domain.clocks.rules import due

from .moments import at, day, rule

RULES = st.sampled_from(list(clock_rules().values()))
STARTS = st.datetimes(datetime(2005, 3, 1), datetime(2035, 1, 1)).map(lambda moment: moment.replace(tzinfo=HELSINKI))

WORKED = [
    ("PHC-3M-2005", "2023-05-31", "2023-08-31"),
    ("PHC-14D-2023", "2023-09-01", "2023-09-15"),
    ("PHC-14D-2023", "2024-12-20", "2025-01-03"),
    ("PHC-14D-2023", "2024-12-31", "2025-01-14"),
    ("PHC-3M-2025", "2025-01-01", "2025-04-01"),
    ("PHC-14D-U23", "2025-04-10", "2025-04-24"),
    ("PHC-3M-2025", "2026-06-13", "2026-09-13"),
    ("PHC-GP-7D-U23", "2026-04-01", "2026-04-08"),
    ("ORAL-3M+3M-2005", "2023-03-15", "2023-06-15"),
    ("ORAL-3M-U23", "2025-08-31", "2025-11-30"),
    ("SHC-ASSESS-3W", "2026-03-26", "2026-04-16"),
    ("SHC-EXAM-3M", "2026-03-26", "2026-06-26"),
    ("YMH-EXAM-6W", "2026-01-02", "2026-02-13"),
    ("THERAPY-28D", "2025-05-01", "2025-05-29"),
    ("CONTACT-SAME-DAY", "2026-03-02T09:10", "2026-03-02"),
    ("CONTACT-SAME-DAY", "2026-04-02T18:30", "2026-04-07"),
    ("ASSESS-3WD-2005", "2023-04-05", "2023-04-12"),
    ("SWA-START-7WD", "2025-09-02", "2025-09-11"),
    ("SWA-START-7WD", "2025-12-19", "2026-01-05"),
    ("SWA-DONE-3M", "2025-09-02", "2025-12-02"),
    ("SWA-DONE-3M", "2025-09-06", "2025-12-08"),
    ("CWA-START-7WD", "2026-03-31", "2026-04-13"),
    ("CWA-DONE-3M", "2026-03-31", "2026-06-30"),
]


def kinds(answer) -> list[str]:
    return [step.what for step in answer.because]


@pytest.mark.parametrize(("key", "start", "last"), WORKED)
def test_the_worked_cases_come_out(key, start, last):
    answer = due(rule(key), at(start))
    assert (answer.due, answer.applies) == (day(last), True)


def test_counting_the_eve_is_a_choice_that_the_explanation_names():
    friday = at("2025-12-19")
    by_default = due(rule("SWA-START-7WD"), friday)
    counted = due(rule("SWA-START-7WD"), friday, settings=ClockSettings(eves_count=True))
    assert counted.due == day("2026-01-02")
    assert "eve_skipped" in kinds(by_default)
    assert "eve_counted" in kinds(counted)


def test_a_justified_excess_gives_three_months_more_counted_from_the_assessment():
    oral = rule("ORAL-3M+3M-2005")
    assert due(oral, at("2023-03-15"), conditions={"excess_justified": True}).due == day("2023-09-15")
    assert due(oral, at("2022-11-30"), conditions={"excess_justified": True}).due == day("2023-05-30")
    assert due(oral, at("2022-11-30"), conditions={"excess_justified": False}).due == day("2023-02-28")


def test_an_authoritys_last_day_rolls_even_where_the_county_counts_eves():
    """Act 150/1930 5 § names the eves itself, so the county's choice does not make one a last day."""
    start = at("2026-09-24")
    settings = ClockSettings(eves_count=True)
    assert due(rule("SWA-DECISION-EXEC-3M"), start, settings=settings).due == day("2026-12-28")


def test_the_care_guarantee_never_rolls():
    answer = due(rule("ORAL-3M-U23"), at("2025-08-31"))
    assert answer.due is not None
    assert answer.due.weekday() == 6
    assert "not_rolled" in kinds(answer)


def test_an_unknown_limit_is_answered_plainly_without_a_date():
    answer = due(rule("DISAB-675"), at("2026-01-08"))
    assert answer.due is None
    assert "no_limit_known" in kinds(answer)
    assert "not_verified" in kinds(answer)


def test_a_special_reason_takes_the_last_day_away():
    answer = due(rule("SWA-DECISION-EXEC-3M"), at("2026-01-02"), conditions={"special_reason": True})
    assert answer.due is None


def test_a_rule_that_never_came_into_force_says_so_and_does_not_apply():
    answer = due(rule("PHC-7D-2024"), at("2024-11-01"))
    assert not answer.applies
    assert "never_in_force" in kinds(answer)


def test_a_rule_asked_outside_its_validity_or_age_answers_but_does_not_apply():
    assert "not_in_force" in kinds(due(rule("PHC-14D-2023"), at("2025-01-01")))
    grown = due(rule("PHC-14D-U23"), at("2026-06-13"), born=day("2003-06-13"))
    assert not grown.applies
    assert "age_outside" in kinds(grown)


def test_the_day_of_assessment_fixes_version_and_age():
    answer = due(rule("PHC-14D-2023"), at("2024-12-31"))
    assert "kept_version" in kinds(answer)
    young = due(rule("PHC-14D-U23"), at("2026-06-12"), born=day("2003-06-13"))
    assert young.applies
    assert "kept_age" in kinds(young)


@pytest.mark.parametrize(("choice", "applies"), [("03-01", True), ("02-28", False)])
def test_someone_born_on_29_february_is_under_23_until_the_chosen_day(choice, applies):
    settings = ClockSettings(leap_birthday=choice)
    answer = due(rule("PHC-14D-U23"), at("2027-02-28"), born=day("2004-02-29"), settings=settings)
    assert answer.applies is applies
    on_march_first = due(rule("PHC-14D-U23"), at("2027-03-01"), born=day("2004-02-29"), settings=settings)
    assert not on_march_first.applies


def test_a_contact_after_hours_keeps_its_true_time_but_counts_from_the_next_working_day():
    answer = due(rule("CONTACT-SAME-DAY"), at("2026-04-02T18:30"))
    assert answer.start == at("2026-04-02T18:30")
    assert answer.counted_from == day("2026-04-07")
    assert "received_later" in kinds(answer)


def test_a_notification_at_night_is_counted_from_the_day_it_arrived():
    answer = due(rule("CWA-START-7WD"), at("2026-04-04T23:30"))
    assert (answer.counted_from, answer.due) == (day("2026-04-04"), day("2026-04-15"))
    assert "as_received" in kinds(answer)


@pytest.mark.parametrize(
    ("start", "last"),
    [
        ("2026-03-29T03:30", "2026-04-12"),  # the hour that does not exist
        ("2026-10-25T03:30", "2026-11-08"),  # the hour that comes twice
        ("2026-06-01T23:30+00:00", "2026-06-16"),  # half past two in the Finnish night
        ("2026-01-01T22:30+00:00", "2026-01-16"),
    ],
)
def test_days_are_finnish_days_on_both_clock_changes_and_late_in_the_utc_evening(start, last):
    assert due(rule("PHC-14D-U23"), at(start)).due == day(last)


def test_a_birth_after_the_start_is_refused():
    with pytest.raises(ValueError, match="check the birth date"):
        due(rule("PHC-14D-U23"), at("2026-01-01"), born=date(2026, 1, 2))


@given(RULES, STARTS)
def test_the_last_day_is_never_before_the_start(asked: ClockRule, start):
    answer = due(asked, start)
    assert answer.due is None or answer.due >= answer.counted_from >= local_day(start)


@given(RULES, STARTS, st.integers(0, 60 * 24 * 40), st.booleans())
def test_a_later_start_never_gives_an_earlier_last_day(asked: ClockRule, start, minutes, eves_count):
    settings = ClockSettings(eves_count=eves_count)
    first = due(asked, start, settings=settings).due
    later = due(asked, start + timedelta(minutes=minutes), settings=settings).due
    assert (first is None) == (later is None)
    assert first is None or first <= later


@given(RULES, STARTS)
def test_counting_eves_never_gives_a_later_day(asked: ClockRule, start):
    usual, counted = due(asked, start).due, due(asked, start, settings=ClockSettings(eves_count=True)).due
    assert usual is None or counted <= usual


@given(RULES, STARTS)
def test_a_limit_in_working_days_or_that_rolls_ends_on_a_working_day(asked: ClockRule, start):
    answer = due(asked, start)
    if answer.due and (asked.counts_working_days or asked.roll_forward):
        assert is_working_day(answer.due)


@given(RULES, STARTS)
def test_every_explanation_begins_with_the_rule_and_names_the_start(asked: ClockRule, start):
    steps = kinds(due(asked, start))
    assert steps[0] == "rule"
    assert steps.count("start") == 1
