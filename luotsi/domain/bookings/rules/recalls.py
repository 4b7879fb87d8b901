"""Who belongs to a recall cohort, by birth date. Pure."""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from luotsi.base.dates import age_on
from luotsi.domain.bookings.definitions.recalls import Cohort

_SLACK = timedelta(days=4)  # months and leap days are decided by `belongs`, one by one


def births(cohort: Cohort, on: date) -> tuple[date, date]:
    """The first and last birth date that can belong; not everybody born between them does."""
    if cohort.turns:
        return date(on.year - max(cohort.turns), 1, 1), date(on.year - min(cohort.turns), 12, 31)
    if cohort.ages:
        first = on - relativedelta(years=cohort.ages.last + 1)
        return first - _SLACK, on - relativedelta(years=cohort.ages.first) + _SLACK
    until = on + timedelta(days=cohort.window_days)
    first, last = on - relativedelta(months=max(cohort.months)), until - relativedelta(months=min(cohort.months))
    return first - _SLACK, min(last + _SLACK, on)


def belongs(cohort: Cohort, born: date, on: date) -> bool:
    """Whether somebody born that day is invited when invitations begin on the other."""
    if born > on:
        return False
    if cohort.turns:
        return on.year - born.year in cohort.turns
    if cohort.ages:
        return cohort.ages.first <= age_on(born, on) <= cohort.ages.last
    until = on + timedelta(days=cohort.window_days)
    return any(on <= born + relativedelta(months=months) <= until for months in cohort.months)
