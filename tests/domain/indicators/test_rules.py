"""Periods and values, without any engine."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luotsi.domain.indicators import rules
from luotsi.domain.indicators.definitions import PERIODS, Period, Span

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    "day, period, first, name",
    [
        (date(2026, 3, 18), "week", date(2026, 3, 16), "2026-W12"),
        (date(2027, 1, 1), "week", date(2026, 12, 28), "2026-W53"),
        (date(2024, 12, 30), "week", date(2024, 12, 30), "2025-W01"),
        (date(2026, 3, 31), "month", date(2026, 3, 1), "2026-03"),
        (date(2026, 3, 31), "quarter", date(2026, 1, 1), "2026-Q1"),
        (date(2026, 12, 31), "quarter", date(2026, 10, 1), "2026-Q4"),
        (date(2026, 12, 31), "year", date(2026, 1, 1), "2026"),
    ],
)
def test_a_day_belongs_to_a_period_with_a_name(day: date, period: Period, first: date, name: str) -> None:
    assert rules.first_day(day, period) == first
    assert rules.period_name(first, period) == name


@given(DAYS, st.sampled_from(PERIODS))
def test_periods_follow_each_other_without_a_gap(day: date, period: Period) -> None:
    following = rules.next_first_day(day, period)

    assert rules.first_day(day, period) <= day < following
    assert rules.first_day(following - timedelta(days=1), period) == rules.first_day(day, period)
    assert rules.first_day(following, period) == following


@given(DAYS, st.integers(0, 400), st.sampled_from(PERIODS))
def test_every_day_between_is_in_exactly_one_period(since: date, length: int, period: Period) -> None:
    until = since + timedelta(days=length)

    starts = list(rules.periods_between(since, until, period))

    days = [since + timedelta(days=number) for number in range(length + 1)]
    assert starts == sorted({rules.first_day(day, period) for day in days})


@pytest.mark.parametrize(
    "span, start",
    [
        (Span(days=28), date(2026, 3, 4)),
        (Span(days=1), date(2026, 3, 31)),
        (Span(weeks=1), date(2026, 3, 30)),
        (Span(weeks=26), date(2025, 10, 6)),
        (Span(months=1), date(2026, 3, 1)),
        (Span(months=12), date(2025, 4, 1)),
        (Span(months=3), date(2026, 1, 1)),
    ],
)
def test_a_span_that_ends_on_the_last_of_march(span: Span, start: date) -> None:
    assert rules.span_start(span, date(2026, 3, 31)) == start


def test_the_time_before_is_as_long_and_just_before() -> None:
    assert rules.span_before(date(2026, 3, 4), date(2026, 3, 31)) == (date(2026, 2, 4), date(2026, 3, 3))


def test_a_share_of_nothing_is_not_nought() -> None:
    assert rules.share(0, 0) is None
    assert rules.share(0, 4) == 0.0
    assert rules.share(698, 788) == 88.58


def test_low_coverage_is_under_thirty_percent() -> None:
    assert [rules.is_low(coverage) for coverage in (None, 0.0, 29.99, 30.0, 100.0)] == [False, True, True, False, False]


@pytest.mark.parametrize(
    "value, target, direction, reached",
    [
        (80.0, 80, "more_is_better", True),
        (79.99, 80, "more_is_better", False),
        (90.0, 90, "less_is_better", True),
        (90.5, 90, "less_is_better", False),
        (90.5, 90, "neither", None),
        (None, 90, "less_is_better", None),
        (5.0, None, "less_is_better", None),
    ],
)
def test_whether_a_target_is_reached(
    value: float | None, target: float | None, direction: str, reached: bool | None
) -> None:
    assert rules.is_on_target(value, target, direction) is reached
