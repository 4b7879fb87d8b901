"""The figures of source document 002, and what the law counts beside them."""

from datetime import date, timedelta

import pytest

from luotsi.domain.cases.rules.handling import Assessed, Notified, Share, handling, mean_days

OPENED = date(2026, 3, 31)


@pytest.mark.parametrize(("part", "whole", "percent"), [(698, 788, 88.6), (810, 896, 90.4), (643, 760, 84.6)])
def test_the_share_of_assessments_ready_in_ninety_days(part: int, whole: int, percent: float) -> None:
    ready = [Assessed(OPENED, OPENED + timedelta(days=90), None)] * part
    late = [Assessed(OPENED, OPENED + timedelta(days=91), None)] * (whole - part)
    found = handling([], [*ready, *late])
    assert found.ready_in_days == Share(part, whole)
    assert found.ready_in_days.percent == percent


def test_ninety_days_and_three_months_are_not_the_same() -> None:
    """31.3. → 30.6. is 91 days: in the law's time, and late by the programme's."""
    found = handling([], [Assessed(OPENED, date(2026, 6, 30), date(2026, 6, 30))])
    assert (found.ready_in_days.percent, found.ready_in_law.percent) == (0.0, 100.0)


def test_the_mean_is_of_those_decided() -> None:
    days = [3, 4, 5, 4]
    notified = [Notified(OPENED, OPENED + timedelta(days=number), True) for number in days]
    assert mean_days([*notified, Notified(OPENED, None, None)]) == 4.0
    assert mean_days([Notified(OPENED, OPENED + timedelta(days=n), True) for n in [4] * 88 + [5] * 12]) == 4.12
    assert mean_days([]) is None


def test_one_that_is_open_and_late_counts_against_the_law_and_one_that_is_open_in_time_does_not_count() -> None:
    found = handling([Notified(OPENED, None, False), Notified(OPENED, None, None), Notified(OPENED, OPENED, True)], [])
    assert found.decided_in_law == Share(1, 2)
    assert found.notifications == 3
