"""The indicators once more, in plain Python, read off their definitions and not off the engine: slow, short, plain.

For every group and every period the figure is counted directly from the cases in it: no marks, no cubes, no sums.
"""

import statistics
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from luotsi.domain.indicators.definitions import (
    PERIODS,
    By,
    CaseFact,
    ContactFact,
    Contacts,
    Indicator,
    WaitDays,
    Waiting,
    WithinDays,
    WithinLimit,
)
from tests.analytics import oracle_general

Row = tuple[str, float | None, int, int, float | None, int | None]
Days = tuple[date, date]
Numbers = tuple[float | None, int, int, int, int, int]  # value, numerator, denominator, covered, seen, apart


def table(
    indicator: Indicator,
    facts: Sequence[Any],
    *,
    by: tuple[By, ...] = (),
    since: date,
    until: date,
    today: date,
    units: frozenset[str] | None = None,
) -> tuple[list[Row], Row]:
    """Every group's row in order, and the total, without disclosure control."""
    mine = [fact for fact in facts if units is None or fact.unit in units]
    columns = [column for column in by if column not in PERIODS]
    groups = sorted({tuple(getattr(fact, column) for column in columns) for fact in mine})
    found = []
    for group in groups:
        members = [fact for fact in mine if tuple(getattr(fact, column) for column in columns) == group]
        for label, days in _periods(by, since, until):
            numbers = _count(indicator, members, days, today)
            keys = iter(group)
            name = " ".join(label if column in PERIODS else next(keys) for column in by)
            if any(numbers[1:]):
                found.append((_sort(by, group, days), _row(indicator, name, numbers)))
    total = _row(indicator, "", _count(indicator, mine, (since, until), today))
    return [row for _, row in sorted(found, key=lambda pair: pair[0])], total


def _count(indicator: Indicator, facts: Sequence[Any], days: Days, today: date) -> Numbers:
    counts: dict[type, Callable[..., Numbers]] = {
        WithinLimit: _within_limit, WithinDays: _within_days, WaitDays: _wait_days, Waiting: _waiting,
        Contacts: _contacts,
    }  # fmt: skip
    counted = counts.get(type(indicator.measure), oracle_general.count)
    return counted(indicator, facts, days, today)


def _within_limit(indicator: Indicator, cases: Sequence[CaseFact], days: Days, today: date) -> Numbers:
    only = indicator.measure.only
    of_line = [case for case in cases if case.line == indicator.measure.line and (not only or case.kind in only)]
    met = sum(1 for case in of_line if case.settled_as == "met" and _in(case.settled_day, days))
    passed = [case for case in of_line if case.due_day and _in(case.due_day + timedelta(days=1), days)]
    late = sum(1 for case in passed if case.settled_as == "late")
    overdue = sum(1 for case in passed if case.settled_as == "" and case.due_day < today)
    ended = sum(1 for case in of_line if case.settled_as == "ended" and _in(case.settled_day, days))
    return _percent(met, met + late + overdue), met, met + late + overdue, *_coverage(indicator, cases, days), ended


def _within_days(indicator: Indicator, cases: Sequence[CaseFact], days: Days, today: date) -> Numbers:
    waits = _waits(indicator, cases, days)
    soon = sum(1 for wait in waits if wait <= indicator.measure.days)
    return _percent(soon, len(waits)), soon, len(waits), *_coverage(indicator, cases, days), 0


def _wait_days(indicator: Indicator, cases: Sequence[CaseFact], days: Days, today: date) -> Numbers:
    waits = _waits(indicator, cases, days)
    middle = float(statistics.median(waits)) if waits else None
    still = _still_waiting(indicator, cases, days[1])
    return middle, len(waits), len(waits), *_coverage(indicator, cases, days), still


def _waiting(indicator: Indicator, cases: Sequence[CaseFact], days: Days, today: date) -> Numbers:
    count = _still_waiting(indicator, cases, days[1])
    return float(count), count, count, *_coverage(indicator, cases, days), 0


def _contacts(indicator: Indicator, contacts: Sequence[ContactFact], days: Days, today: date) -> Numbers:
    received = [contact for contact in contacts if _in(contact.received_day, days)]
    channels = indicator.measure.channels
    by_these = sum(1 for contact in received if not channels or contact.channel in channels)
    known = sum(1 for contact in received if contact.channel)
    value = _percent(by_these, len(received)) if indicator.unit == "percent" else float(by_these)
    return value, by_these, len(received), known, len(received), 0


def _visits(indicator: Indicator, cases: Iterable[CaseFact], days: Days) -> list[CaseFact]:
    return [
        case
        for case in cases
        if case.kind in indicator.measure.kinds
        and _in(case.first_visit_day, days)
        and case.urgency != "urgent"
        and case.outcome != "urgent"
    ]


def _waits(indicator: Indicator, cases: Iterable[CaseFact], days: Days) -> list[int]:
    visits = _visits(indicator, cases, days)
    return [(case.first_visit_day - case.assessed_day).days for case in visits if _assessed_before_visit(case)]


def _coverage(indicator: Indicator, cases: Iterable[CaseFact], days: Days) -> tuple[int, int]:
    visits = _visits(indicator, cases, days)
    return sum(1 for case in visits if _assessed_before_visit(case)), len(visits)


def _still_waiting(indicator: Indicator, cases: Iterable[CaseFact], end: date) -> int:
    count = 0
    for case in cases:
        left = min((day for day in (case.first_visit_day, case.closed_day) if day), default=None)
        waits = case.kind in indicator.measure.kinds and case.outcome == "care_needed" and case.assessed_day
        if waits and case.assessed_day <= end and not (left and left < case.assessed_day):
            count += left is None or left > end
    return count


def _assessed_before_visit(case: CaseFact) -> bool:
    return case.assessed_day is not None and case.assessed_day <= case.first_visit_day


def _in(day: date | None, days: Days) -> bool:
    return day is not None and days[0] <= day <= days[1]


def _percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 2) if whole else None


def _row(indicator: Indicator, name: str, numbers: Numbers) -> Row:
    value, numerator, denominator, covered, seen, apart = numbers
    return name, value, numerator, denominator, _percent(covered, seen), apart if indicator.apart else None


def _periods(by: tuple[By, ...], since: date, until: date) -> list[tuple[str, Days]]:
    """Each period's name with those of its days that were asked for."""
    period = next((column for column in by if column in PERIODS), None)
    if period is None:
        return [("", (since, until))]
    found: dict[str, list[date]] = {}
    for number in range((until - since).days + 1):
        day = since + timedelta(days=number)
        quarter = f"{day.year}-Q{(day.month - 1) // 3 + 1}"
        name = {
            "week": day.strftime("%G-W%V"),
            "month": day.strftime("%Y-%m"),
            "quarter": quarter,
            "year": str(day.year),
        }
        found.setdefault(name[period], []).append(day)
    return [(name, (days[0], days[-1])) for name, days in found.items()]


def _sort(by: tuple[By, ...], group: tuple[str, ...], days: Days) -> tuple[Any, ...]:
    values = iter(group)
    return tuple(days[0].toordinal() if column in PERIODS else next(values) for column in by)
