"""The rule in force: by the day of the trigger, by age, and by what is known of the matter."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.base.now import HELSINKI
from luotsi.domain.clocks.definitions import LINES, clock_rules
from luotsi.domain.clocks.rules import NoRuleError, choose_rule

from .moments import at, day

ADULT, CHILD = day("1980-05-05"), day("2015-05-05")


def chosen(line, start, born=None, **conditions) -> str:
    return choose_rule(line, at(start), born, rules=clock_rules().values(), conditions=conditions).rule.key


@pytest.mark.parametrize(
    ("start", "adult", "child"),
    [
        ("2005-03-01", "PHC-3M-2005", "PHC-3M-2005"),
        ("2023-08-31", "PHC-3M-2005", "PHC-3M-2005"),
        ("2023-09-01", "PHC-14D-2023", "PHC-14D-2023"),
        ("2024-11-01", "PHC-14D-2023", "PHC-14D-2023"),  # the seven-day rule never came into force
        ("2024-12-31", "PHC-14D-2023", "PHC-14D-2023"),
        ("2025-01-01", "PHC-3M-2025", "PHC-14D-U23"),
    ],
)
def test_the_care_guarantee_of_primary_care_by_its_days(start, adult, child):
    assert chosen("primary_care", start, day("1960-01-01")) == adult
    assert chosen("primary_care", start, day("2004-12-31")) == child


@pytest.mark.parametrize(
    ("start", "adult", "child"),
    [
        ("2023-08-31", "ORAL-3M+3M-2005", "ORAL-3M+3M-2005"),
        ("2023-09-01", "ORAL-4M-2023", "ORAL-4M-2023"),
        ("2024-10-31", "ORAL-4M-2023", "ORAL-4M-2023"),
        ("2024-11-01", "ORAL-3M-2024", "ORAL-3M-2024"),
        ("2024-12-31", "ORAL-3M-2024", "ORAL-3M-2024"),
        ("2025-01-01", "ORAL-6M-2025", "ORAL-3M-U23"),
    ],
)
def test_oral_care_by_its_days(start, adult, child):
    assert chosen("oral_care", start, ADULT) == adult
    assert chosen("oral_care", start, CHILD) == child


def test_the_23rd_birthday_brings_the_adults_rule():
    born = day("2003-06-13")
    assert chosen("primary_care", "2026-06-12", born) == "PHC-14D-U23"
    assert chosen("primary_care", "2026-06-13", born) == "PHC-3M-2025"


def test_the_finnish_day_decides_not_the_utc_day():
    assert chosen("primary_care", "2026-06-12T21:30+00:00", day("2003-06-13")) == "PHC-3M-2025"
    assert chosen("primary_care", "2024-12-31T22:30+00:00", CHILD) == "PHC-14D-U23"


def test_an_unknown_birth_date_gives_the_stricter_rule_and_says_so():
    choice = choose_rule("primary_care", at("2026-06-12"), None, rules=clock_rules().values())
    assert choice.rule.key == "PHC-14D-U23"
    steps = [step.what for step in choice.because]
    assert steps[0] == "chosen_strictest"
    assert "age_unknown" in steps


def test_a_chosen_rule_tells_that_it_was_in_force():
    choice = choose_rule("primary_care", at("2026-06-12"), ADULT, rules=clock_rules().values())
    assert choice.because[0].what == "chosen"
    assert choice.due == day("2026-09-12")


def test_the_social_assessment_covers_the_old_those_with_the_highest_allowance_and_children_with_special_support():
    line, start = "social_assessment_start", "2026-03-31"
    assert chosen(line, start, day("1949-01-01")) == "SWA-START-7WD"
    assert chosen(line, start, ADULT, care_allowance_highest=True) == "SWA-START-7WD"
    assert chosen(line, start, CHILD, special_support_child=True) == "SWA-START-7WD"
    with pytest.raises(NoRuleError, match="for ages 75"):
        chosen(line, start, ADULT)


def test_the_three_months_of_an_assessment_are_only_for_children_with_special_support():
    assert chosen("social_assessment_done", "2026-03-31", CHILD, special_support_child=True) == "SWA-DONE-3M"
    with pytest.raises(NoRuleError, match="special_support_child=true"):
        chosen("social_assessment_done", "2026-03-31", CHILD)


def test_a_visit_only_for_a_certificate_is_outside_the_fourteen_days():
    with pytest.raises(NoRuleError, match="not for certificate_only"):
        chosen("primary_care", "2024-01-10", ADULT, certificate_only=True)


def test_before_the_first_law_there_is_no_rule_and_the_sentence_tells_what_there_is():
    with pytest.raises(NoRuleError, match=r"was in force on 2005-02-28; there are .*PHC-3M-2005 2005-03-01"):
        chosen("primary_care", "2005-02-28", ADULT)


def test_psychiatry_of_the_young_has_no_rule_for_an_adult():
    with pytest.raises(NoRuleError, match="ages 0–22"):
        chosen("youth_mental_care", "2026-01-08", ADULT)


@given(
    st.sampled_from(LINES),
    st.datetimes(datetime(2025, 5, 1), datetime(2040, 1, 1)),
    st.dates(date(1920, 1, 1), date(2025, 4, 30)),
)
def test_a_known_age_leaves_at_most_one_rule_on_every_line(line, moment, born):
    start = moment.replace(tzinfo=HELSINKI)
    try:
        choice = choose_rule(line, start, born, rules=clock_rules().values())
    except NoRuleError:
        return
    assert choice.because[0].what == "chosen"
    assert choice.answer.applies
    assert not choice.rule.never_in_force
