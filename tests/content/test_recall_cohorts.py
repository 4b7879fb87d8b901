"""Recall cohorts stand on the shelf with their source, and every worked example holds."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.domain.bookings.definitions import offerings
from luotsi.domain.bookings.definitions.recalls import Cohort, CohortExample, cohorts
from luotsi.domain.bookings.rules.recalls import belongs, births

EXAMPLES = [pytest.param(one, example, id=f"{one.key}-{n}") for one in cohorts().values() for n, example in enumerate(one.examples)]  # fmt: skip  # noqa: E501


def test_the_cohorts_lead_to_offerings_and_reasons_that_exist() -> None:
    assert {"oral-65", "school-checks", "child-checks"} <= set(cohorts())
    for one in cohorts().values():
        offering = offerings()[one.offering]
        assert one.reason in {duration.reason for duration in offering.durations}, one.key
        assert offering.who == "anyone", one.key


@pytest.mark.parametrize(("cohort", "example"), EXAMPLES)
def test_the_example_holds(cohort: Cohort, example: CohortExample) -> None:
    assert belongs(cohort, example.born, example.asked) is example.invited, example.why


@given(
    key=st.sampled_from(sorted(cohorts())),
    born=st.dates(date(1920, 1, 1), date(2030, 1, 1)),
    on=st.dates(date(2024, 1, 1), date(2032, 12, 31)),
)
def test_nobody_who_belongs_is_outside_of_what_is_searched(key: str, born: date, on: date) -> None:
    cohort = cohorts()[key]
    first, last = births(cohort, on)
    assert first <= last
    if belongs(cohort, born, on):
        assert first <= born <= last


def test_a_leap_day_birth_is_invited_once_in_each_turn() -> None:
    cohort = cohorts()["oral-65"]
    days = [date(2025, 2, 26) + timedelta(days=step) for step in range(5)]
    assert [belongs(cohort, date(1960, 2, 29), day) for day in days] == [False, False, False, True, True]
