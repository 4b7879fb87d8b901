"""From a cube to the table that was asked: by these columns and this period, between these days, of these units."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from luotsi.analytics.cube import DAY, Cube, Sum
from luotsi.analytics.measures.marks import SUMS
from luotsi.domain.indicators.definitions import PERIODS, By, Indicator
from luotsi.domain.indicators.rules import first_day, period_of, periods_between, share

Key = tuple[str | date, ...]


@dataclass
class Sums:
    """What a group adds up to. `waits` counts the waits by their length, `came` those that came to their end."""

    reached: int = 0
    counted: int = 0
    covered: int = 0
    seen: int = 0
    apart: int = 0
    waits: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    came: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, reached: int, counted: int, covered: int, seen: int, apart: int) -> None:
        self.reached += reached
        self.counted += counted
        self.covered += covered
        self.seen += seen
        self.apart += apart

    def take_in(self, other: "Sums") -> None:
        self.add(*(getattr(other, name) for name in SUMS))
        for length, count in other.waits.items():
            self.waits[length] += count
        for length, count in other.came.items():
            self.came[length] += count

    @property
    def is_empty(self) -> bool:
        return not (self.reached or self.counted or self.seen or self.apart)

    @property
    def coverage(self) -> float | None:
        return share(self.covered, self.seen)

    def value(self, indicator: Indicator) -> float | None:
        """The figure itself. None when there is nothing to say."""
        statistic = indicator.statistic
        if statistic == "share":
            return share(self.reached, self.counted)
        if statistic == "ratio":
            return round(self.reached / self.counted, 2) if self.counted else None
        if statistic in ("median", "mean", "survival"):
            return {"median": median, "mean": _mean, "survival": self._survival}[statistic](self.waits)
        return round(self.reached * worth, 2) if (worth := _worth(indicator)) else float(self.reached)

    def _survival(self, waits: dict[int, int]) -> float | None:
        return survival_median(waits, self.came)


@dataclass(frozen=True)
class Folded:
    groups: dict[Key, Sums]  # in order
    total: Sums


def fold(cube: Cube, by: tuple[By, ...], *, since: date, until: date, units: frozenset[str] | None) -> Folded:
    """Add up. Flows count within the days; levels stand as they are at the end of each period."""
    folding = _Folding(cube, by, since, until)
    place = cube.groups.index("unit") if units is not None else 0
    for day, group, wait, *sums in cube.flows[bisect_left(cube.flows, since, key=DAY) : _end(cube.flows, until)]:
        if units is None or group[place] in units:
            folding.flow(day, group, wait, sums)
    for day, group, _, *sums in cube.changes[: _end(cube.changes, until)]:
        if units is None or group[place] in units:
            folding.change(day, group, sums)
    return folding.done()


def _end(rows: Sequence[Sum], until: date) -> int:
    return bisect_right(rows, until, key=DAY)


def median(waits: dict[int, int]) -> float | None:
    """The middle one of so many waits of each length; the mean of the two in the middle when they are even."""
    count = sum(waits.values())
    if not count:
        return None
    middle = ((count - 1) // 2, count // 2)
    found: list[int] = []
    passed = 0
    for length in sorted(waits):
        passed += waits[length]
        while len(found) < 2 and middle[len(found)] < passed:
            found.append(length)
    return sum(found) / 2


def survival_median(waits: dict[int, int], came: dict[int, int]) -> float | None:
    """The first length by which at least half have come to the end (Kaplan & Meier 1958), None when it is not reached.

    `waits` counts all by their length, also those that still wait; `came` those that came to their end at it.
    """
    at_risk, left = sum(waits.values()), 1.0
    for length in sorted(waits):
        if ended := came.get(length, 0):
            left *= 1 - ended / at_risk
            if left <= _HALF:
                return float(length)
        at_risk -= waits[length]
    return None


_HALF = 0.5 + 1e-12  # one half, also when it was come to by several fractions


def _mean(hundredths: dict[int, int]) -> float | None:
    count = sum(hundredths.values())
    return round(sum(number * times for number, times in hundredths.items()) / count / 100, 2) if count else None


def _worth(indicator: Indicator) -> float | None:
    """What one costs, in euros."""
    return getattr(indicator.measure, "worth", None)


class _Folding:
    """One folding under way."""

    def __init__(self, cube: Cube, by: tuple[By, ...], since: date, until: date) -> None:
        self.period, self.since, self.until = period_of(by), since, until
        self.columns = [-1 if column in PERIODS else cube.groups.index(column) for column in by]
        self.groups: dict[Key, Sums] = defaultdict(Sums)
        self.changes: dict[Key, dict[date, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0] * len(SUMS)))
        self.starts: dict[date, date] = {}
        self.total = Sums()

    def flow(self, day: date, group: tuple[str, ...], wait: int | None, sums: Sequence[int]) -> None:
        cell = self.groups[self._key(group, self._start(day))]
        cell.add(*sums)
        if wait is not None:
            cell.waits[wait] += sums[1]
            cell.came[wait] += sums[0]

    def change(self, day: date, group: tuple[str, ...], sums: Sequence[int]) -> None:
        change = self.changes[self._key(group, date.min)][self._start(max(day, self.since))]
        for place, number in enumerate(sums):
            change[place] += number

    def done(self) -> Folded:
        for flows in self.groups.values():
            self.total.take_in(flows)
        for key, changes in self.changes.items():
            level = [0] * len(SUMS)
            for start in self._all_starts():
                if start in changes:
                    level = [sum(pair) for pair in zip(level, changes[start], strict=True)]
                if any(level):
                    self.groups[self._at(key, start)].add(*level)
            self.total.add(*level)
        shown = sorted(key for key, sums in self.groups.items() if not sums.is_empty)
        return Folded({key: self.groups[key] for key in shown}, self.total)

    def _start(self, day: date) -> date:
        if day not in self.starts:
            self.starts[day] = first_day(day, self.period) if self.period else date.min
        return self.starts[day]

    def _all_starts(self) -> Iterable[date]:
        return periods_between(self.since, self.until, self.period) if self.period else (date.min,)

    def _key(self, group: tuple[str, ...], start: date) -> Key:
        return tuple([start if column < 0 else group[column] for column in self.columns])

    def _at(self, key: Key, start: date) -> Key:
        return tuple(start if column < 0 else value for column, value in zip(self.columns, key, strict=True))
