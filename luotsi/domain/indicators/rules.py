"""How periods are named and counted, and what a value is made of. Pure."""

from collections.abc import Iterator
from datetime import date, timedelta

from luotsi.domain.indicators.definitions import LOW_COVERAGE, PERIODS, By, Period, Span, Unit


class WrongQuestion(ValueError):
    """The question cannot be answered as asked. The sentence says what to ask instead."""


def period_of(by: tuple[By, ...]) -> Period | None:
    """The period among the columns, or None. Raises WrongQuestion when there are two."""
    found = [column for column in PERIODS if column in by]
    if len(found) > 1:
        raise WrongQuestion(f"choose one of {' and '.join(found)}: a figure has one period")
    return found[0] if found else None


def first_day(day: date, period: Period) -> date:
    """The first day of the period that the day is in. Weeks begin on Monday (ISO 8601)."""
    if period == "week":
        return day - timedelta(days=day.weekday())
    if period == "month":
        return day.replace(day=1)
    if period == "quarter":
        return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return date(day.year, 1, 1)


def next_first_day(day: date, period: Period) -> date:
    """The first day of the period after the one that the day is in."""
    return first_day(first_day(day, period) + timedelta(days=_LONGEST[period]), period)


_LONGEST: dict[Period, int] = {"week": 7, "month": 31, "quarter": 92, "year": 366}


def periods_between(since: date, until: date, period: Period) -> Iterator[date]:
    """The first days of the periods that have a day between the two, both included."""
    day = first_day(since, period)
    while day <= until:
        yield day
        day = next_first_day(day, period)


def period_name(day: date, period: Period) -> str:
    """How a period is written: 2026-W12, 2026-03, 2026-Q1, 2026. ISO weeks: a week's year is its Thursday's."""
    if period == "week":
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02}"
    if period == "month":
        return f"{day:%Y-%m}"
    if period == "quarter":
        return f"{day.year}-Q{(day.month + 2) // 3}"
    return f"{day.year}"


def span_start(span: Span, until: date) -> date:
    """The first day of a span that ends on a day. Weeks and months: whole ones and the running one."""
    if span.days is not None:
        return until - timedelta(days=span.days - 1)
    if span.weeks is not None:
        return first_day(until, "week") - timedelta(weeks=span.weeks - 1)
    months = until.year * 12 + until.month - 1 - ((span.months or 1) - 1)
    return date(months // 12, months % 12 + 1, 1)


def span_before(since: date, until: date) -> tuple[date, date]:
    """The equally long time just before, for comparing like with like."""
    length = until - since
    end = since - timedelta(days=1)
    return end - length, end


def share(part: int, whole: int) -> float | None:
    """Percent with two decimals, or None when there is nothing to take a share of."""
    return round(100 * part / whole, 2) if whole else None


def is_low(coverage: float | None) -> bool:
    """Whether the value is shown greyed out: it speaks of under 30 % of those it is about."""
    return coverage is not None and coverage < LOW_COVERAGE


def is_on_target(value: float | None, target: float | None, direction: str) -> bool | None:
    """Whether a value has reached the target; None when that cannot be said."""
    if value is None or target is None or direction == "neither":
        return None
    return value >= target if direction == "more_is_better" else value <= target


# How a value is shown to people.
DECIMALS: dict[Unit, int] = {"percent": 1, "days": 1, "minutes": 0, "count": 0, "points": 2, "ratio": 2, "euros": 0}
