"""Why people contact us, as its page shows it: failure and value demand by month, unit and reason, nothing small.

The period is always the last twelve months and this one: of two periods that a reader chooses, one could be taken from
the other. What is hidden is decided over all units, whichever is looked at, so that no unit is had by taking away.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import product

import numpy as np

from luotsi.analytics.disclosure import hide
from luotsi.base.dates import add_months
from luotsi.base.text import Text
from luotsi.base.who import Who
from luotsi.domain.cases.definitions.contacts import demands
from luotsi.domain.cases.queries.demand import DemandCount, demand_counts
from luotsi.domain.cases.rules.demand import DemandShare
from luotsi.domain.organisation import definitions as organisation

FEWEST = 5  # a smaller group is not published
KINDS = ("failure", "value", "unknown")
MONTHS = 12
Cells = dict[tuple[object, ...], int | None]  # None: hidden


@dataclass(frozen=True)
class Line:
    """One row: a month, a unit or the whole. A number that is hidden is None, and so is a share that needs it."""

    name: object
    failure: int | None
    value: int | None
    unknown: int | None

    @property
    def failure_share(self) -> float | None:
        if self.failure is None or self.value is None:
            return None
        return DemandShare(self.failure, self.value, 0).failure_share

    @property
    def unknown_share(self) -> float | None:
        if self.failure is None or self.value is None or self.unknown is None:
            return None
        return DemandShare(self.failure, self.value, self.unknown).unknown_share

    @property
    def is_hidden(self) -> bool:
        return None in (self.failure, self.value, self.unknown)


@dataclass(frozen=True)
class Reason:
    """How many contacts had one reason; None when hidden."""

    name: Text
    kind: str
    contacts: int | None


@dataclass(frozen=True)
class Shown:
    """The page's figures. `unit` "" is the whole county; `units` are those that can be chosen, with their names."""

    unit: str
    units: tuple[tuple[str, Text], ...]
    whole: Line
    months: tuple[Line, ...]
    by_unit: tuple[Line, ...]
    reasons: tuple[Reason, ...]

    @property
    def has_hidden(self) -> bool:
        lines = (self.whole, *self.months, *self.by_unit)
        return any(line.is_hidden for line in lines) or any(one.contacts is None for one in self.reasons)

    @property
    def is_empty(self) -> bool:
        return not self.units


def shown(viewer: Who, *, unit: str, today: date) -> Shown:
    """The figures as this viewer asks for them. Raises NotAllowed."""
    since, before = period(today)
    counts = demand_counts(viewer=viewer, since=since, before=before)
    names = organisation.unit_names()
    got_in_touch = {one.unit for one in counts}
    units = [key for key in names if key in got_in_touch]
    months = [add_months(since, step) for step in range(MONTHS + 1)]
    tables = _Tables(counts, units, months)
    unit = unit if unit in units else ""
    return Shown(
        unit=unit,
        units=tuple((key, names[key]) for key in units),
        whole=tables.whole(unit),
        months=tuple(tables.month(unit, month) for month in months),
        by_unit=tuple(tables.unit(key, names[key]) for key in units),
        reasons=tables.reasons(unit),
    )


def period(today: date) -> tuple[date, date]:
    """The first day of the month a year ago, and the first day that is not counted any more."""
    this_month = today.replace(day=1)
    return this_month.replace(year=this_month.year - 1), add_months(this_month, 1)


class _Tables:
    """Each table that is shown, decided over all units with every coarser one, and only when it is looked at."""

    def __init__(self, counts: Sequence[DemandCount], units: Sequence[str], months: Sequence[date]) -> None:
        self.counts, self.units, self.months = counts, units, months
        self.codes = [(one.kind, key) for key, one in demands().items()] + [("unknown", "")]

    @cached_property
    def of_kind(self) -> Cells:
        return _hidden(self.counts, lambda one: (one.kind,), [(kind,) for kind in KINDS])

    @cached_property
    def of_unit(self) -> Cells:
        return _hidden(self.counts, lambda one: (one.unit, one.kind), list(product(self.units, KINDS)))

    @cached_property
    def of_month(self) -> Cells:
        return _hidden(self.counts, lambda one: (one.month, one.kind), list(product(self.months, KINDS)))

    @cached_property
    def of_unit_month(self) -> Cells:
        places = list(product(self.units, self.months, KINDS))
        return _hidden(self.counts, lambda one: (one.unit, one.month, one.kind), places)

    @cached_property
    def of_code(self) -> Cells:
        return _hidden(self.counts, lambda one: (one.kind, _code(one)), self.codes)

    @cached_property
    def of_unit_code(self) -> Cells:
        places = [(unit, *code) for unit in self.units for code in self.codes]
        return _hidden(self.counts, lambda one: (one.unit, one.kind, _code(one)), places)

    def whole(self, unit: str) -> Line:
        return _line("", self.of_unit if unit else self.of_kind, (unit,) if unit else ())

    def month(self, unit: str, month: date) -> Line:
        return _line(month, self.of_unit_month if unit else self.of_month, (unit, month) if unit else (month,))

    def unit(self, unit: str, name: Text) -> Line:
        return _line(name, self.of_unit, (unit,))

    def reasons(self, unit: str) -> tuple[Reason, ...]:
        cells = self.of_unit_code if unit else self.of_code
        place = (unit,) if unit else ()
        return tuple(
            Reason(one.name, one.kind, cells.get((*place, one.kind, key), 0)) for key, one in demands().items()
        )


def _code(one: DemandCount) -> str:
    """The reason; one that has left the shelf is counted as unknown."""
    return "" if one.kind == "unknown" else one.demand


def _hidden(
    counts: Iterable[DemandCount], key: Callable[[DemandCount], tuple[object, ...]], keys: Sequence[tuple[object, ...]]
) -> Cells:
    """The sums by key, also noughts, with None where a number would tell of fewer than FEWEST."""
    sums: dict[tuple[object, ...], int] = dict.fromkeys(keys, 0)
    for one in counts:
        where = key(one)
        if where in sums:
            sums[where] += one.contacts
    if not sums:
        return {}
    cells = np.array([[number] for number in sums.values()], dtype=np.int64)
    mask = hide(cells, list(sums), [int(cells.sum())], FEWEST).cells
    return {where: None if is_hidden else number for (where, number), is_hidden in zip(sums.items(), mask, strict=True)}


def _line(name: object, cells: Mapping[tuple[object, ...], int | None], place: tuple[object, ...]) -> Line:
    failure, value, unknown = (cells.get((*place, kind), 0) for kind in KINDS)
    return Line(name, failure, value, unknown)
