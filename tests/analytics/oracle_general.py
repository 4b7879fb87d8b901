"""The measures of any table once more in plain Python, for tests.analytics.oracle."""

import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from luotsi.domain.indicators.definitions import Indicator
from luotsi.domain.indicators.definitions.rows import Condition

Days = tuple[date, date]
Numbers = tuple[float | None, int, int, int, int, int]  # value, numerator, denominator, covered, seen, apart


def count(indicator: Indicator, facts: Sequence[Any], days: Days, today: date) -> Numbers:
    """Whichever of the general measures the indicator is of."""
    return _MEASURES[indicator.measure.name](indicator, facts, days, today)


def _counted(indicator: Indicator, facts: Sequence[Any], days: Days, today: date) -> Numbers:
    rows, covered = _on_their_day(indicator, facts, days)
    value = round(len(rows) * (indicator.measure.worth or 1), 2)
    return float(value), len(rows), len(rows), *covered, 0


def _summed(indicator: Indicator, facts: Sequence[Any], days: Days, today: date) -> Numbers:
    rows, covered = _on_their_day(indicator, facts, days)
    whole = sum(getattr(row, indicator.measure.column) or 0 for row in rows)
    return float(whole), whole, whole, *covered, 0


def _shared(indicator: Indicator, facts: Sequence[Any], days: Days, today: date) -> Numbers:
    rows, covered = _on_their_day(indicator, facts, days)
    part = sum(1 for row in rows if all(_holds(row, condition) for condition in indicator.measure.where))
    return _percent(part, len(rows)), part, len(rows), *covered, 0


def _kept(indicator: Indicator, clocks: Sequence[Any], days: Days, today: date) -> Numbers:
    rows = _among(indicator, clocks)
    met = sum(1 for row in rows if row.settled_as == "met" and _in(row.settled_day, days))
    ended = sum(1 for row in rows if row.settled_as == "ended" and _in(row.settled_day, days))
    passed = [row for row in rows if row.due_day and _in(row.due_day + timedelta(days=1), days)]
    broken = sum(1 for row in passed if row.settled_as == "late" or (row.settled_as == "" and row.due_day < today))
    begun = [row for row in rows if _in(row.started_day, days)]
    return _percent(met, met + broken), met, met + broken, *_known(indicator, begun), ended


def _within(indicator: Indicator, facts: Sequence[Any], days: Days, today: date) -> Numbers:
    spec, in_time, broken, apart, begun = indicator.measure, 0, 0, 0, []
    for row in _among(indicator, facts):
        start, end = getattr(row, spec.start), getattr(row, spec.end)
        ends = getattr(row, spec.ends) if spec.ends else None
        if start and _in(start, days):
            begun.append(row)
        if not start or (end and end < start):
            continue
        last = start + timedelta(days=spec.days)
        if end and end <= last:
            in_time += _in(end, days)
        elif ends and ends <= last:
            apart += _in(ends, days)
        elif last < today:
            broken += _in(last + timedelta(days=1), days)
    whole = in_time + broken
    return _percent(in_time, whole), in_time, whole, *_known(indicator, begun), apart


def _between(indicator: Indicator, facts: Sequence[Any], days: Days, today: date) -> Numbers:
    spec = indicator.measure
    pairs = [(getattr(row, spec.start), getattr(row, spec.end), row) for row in _among(indicator, facts)]
    waits = [(end - start, row) for start, end, row in pairs if start and _in(end, days) and end >= start]
    middle = float(statistics.median(wait.days for wait, _ in waits)) if waits else None
    return middle, len(waits), len(waits), *_known(indicator, [row for _, row in waits]), 0


def _middle(indicator: Indicator, facts: Sequence[Any], days: Days, today: date) -> Numbers:
    rows = [row for row in _on_their_day(indicator, facts, days)[0] if _number(indicator, row) is not None]
    middle = float(statistics.median(_number(indicator, row) for row in rows)) if rows else None
    return middle, len(rows), len(rows), *_known(indicator, rows), 0


def _mean(indicator: Indicator, facts: Sequence[Any], days: Days, today: date) -> Numbers:
    rows, _ = _on_their_day(indicator, facts, days)
    numbers = [_number(indicator, row) for row in rows if _number(indicator, row) is not None]
    mean = round(sum(numbers) / len(numbers), 2) if numbers else None
    return mean, len(numbers), len(numbers), *_known(indicator, rows), 0


def _open(indicator: Indicator, facts: Sequence[Any], days: Days, today: date) -> Numbers:
    spec, level, begun = indicator.measure, 0, []
    for row in _among(indicator, facts):
        start = getattr(row, spec.start)
        ways_out = [getattr(row, name) for name in (spec.end, spec.ends) if name and getattr(row, name)]
        if start and _in(start, days):
            begun.append(row)
        if start and start <= days[1] and not (ways_out and min(ways_out) < start):
            level += not ways_out or min(ways_out) > days[1]
    return float(level), level, level, *_known(indicator, begun), 0


def _survival(indicator: Indicator, facts: Sequence[Any], days: Days, today: date) -> Numbers:
    spec, waits, rows = indicator.measure, [], []
    for row in _among(indicator, facts):
        start, end = getattr(row, spec.start), getattr(row, spec.end)
        left = getattr(row, spec.ends) if spec.ends else None
        came = bool(end and not (left and left < end))
        until = end if came else left or today
        if start and start <= today and until >= start and _in(start, days):
            waits.append(((until - start).days, came))
            rows.append(row)
    ended = sum(came for _, came in waits)
    return _half_gone(waits), ended, len(waits), *_known(indicator, rows), 0


def _half_gone(waits: list[tuple[int, bool]]) -> float | None:
    """Kaplan–Meier in exact fractions: the first length by which half of them have come to their end."""
    left = Fraction(1)
    for length in sorted({length for length, came in waits if came}):
        at_risk = sum(1 for other, _ in waits if other >= length)
        left *= 1 - Fraction(sum(1 for other, came in waits if came and other == length), at_risk)
        if left <= Fraction(1, 2):
            return float(length)
    return None


def _continuity(indicator: Indicator, visits: Sequence[Any], days: Days, today: date) -> Numbers:
    known = [visit for visit in visits if visit.staff_key and visit.resident_key]
    part, whole = (
        _in_a_row(known, days) if indicator.measure.index == "sequential" else _by_year(indicator, known, days)
    )
    seen = [visit for visit in visits if _in(visit.held_day, days)]
    return _percent(part, whole), part, whole, sum(1 for visit in seen if visit.staff_key), len(seen), 0


def _in_a_row(known: list[Any], days: Days) -> tuple[int, int]:
    part, whole = 0, 0
    before: dict[tuple[str, str], Any] = {}
    for visit in sorted(known, key=lambda one: (one.held_day, one.minute, one.matter, one.staff_key)):
        last = before.get((visit.resident_key, visit.unit))
        if last and (visit.held_day - last.held_day).days <= 365 and _in(visit.held_day, days):
            whole += 1
            part += last.staff_key == visit.staff_key
        before[visit.resident_key, visit.unit] = visit
    return part, whole


def _by_year(indicator: Indicator, known: list[Any], days: Days) -> tuple[int, int]:
    part, whole = 0, 0
    years: dict[tuple[str, str, int], list[Any]] = defaultdict(list)
    for visit in known:
        years[visit.resident_key, visit.unit, visit.held_day.year].append(visit)
    for theirs in years.values():
        of_each = Counter(visit.staff_key for visit in theirs).values()
        if len(theirs) < indicator.measure.visits or not _in(max(visit.held_day for visit in theirs), days):
            continue
        is_usual = indicator.measure.index == "usual"
        part += max(of_each) if is_usual else sum(n * (n - 1) for n in of_each)
        whole += len(theirs) if is_usual else len(theirs) * (len(theirs) - 1)
    return part, whole


def _per_worker_day(indicator: Indicator, facts: Sequence[Any], days: Days, today: date) -> Numbers:
    rows, _ = _on_their_day(indicator, facts, days)
    known = [row for row in rows if row.staff_key]
    worked = {(row.unit, row.staff_key, getattr(row, indicator.measure.table.day)) for row in known}
    mean = round(len(known) / len(worked), 2) if worked else None
    return mean, len(known), len(worked), len(known), len(rows), 0


_MEASURES: dict[str, Callable[..., Numbers]] = {
    "count": _counted, "total": _summed, "share": _shared, "limits_kept": _kept,
    "within": _within, "between": _between, "middle": _middle,
    "average": _mean, "open": _open, "survival": _survival, "continuity": _continuity,
    "per_worker_day": _per_worker_day,
}  # fmt: skip


def _among(indicator: Indicator, facts: Sequence[Any]) -> list[Any]:
    return [fact for fact in facts if all(_holds(fact, condition) for condition in indicator.measure.among)]


def _on_their_day(indicator: Indicator, facts: Sequence[Any], days: Days) -> tuple[list[Any], tuple[int, int]]:
    """The rows asked for, and how many are known of those that there could be: a condition on what coverage is about
    does not narrow the coverage.
    """
    spec = indicator.measure
    column = getattr(spec, "day", "") or spec.table.day
    there = [fact for fact in facts if _in(getattr(fact, column), days)]
    seen = [fact for fact in there if all(_holds(fact, one) for one in spec.among if one.column != spec.known)]
    return _among(indicator, there), _known(indicator, seen)


def _holds(row: Any, condition: Condition) -> bool:
    value = getattr(row, condition.column)
    if condition.one_of:
        return value in condition.one_of
    if condition.is_true is not None:
        return value is condition.is_true
    if condition.known is not None:
        return (value not in ("", None)) is condition.known
    if condition.at_least is not None:
        return value is not None and value >= condition.at_least
    return value is not None and value <= condition.at_most


def _known(indicator: Indicator, rows: Sequence[Any]) -> tuple[int, int]:
    return sum(1 for row in rows if getattr(row, indicator.measure.known) not in ("", None)), len(rows)


def _number(indicator: Indicator, row: Any) -> Any:
    return getattr(row, indicator.measure.column)


def _in(day: date | None, days: Days) -> bool:
    return day is not None and days[0] <= day <= days[1]


def _percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 2) if whole else None
