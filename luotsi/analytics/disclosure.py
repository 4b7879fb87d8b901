"""No published group of 1–4 people, also not by subtraction.

A table is published with its coarser ones: by unit and week, by unit, by week, in total. Each is decided in turn, the
total first. A small cell is hidden; then, as long as a small count can be worked out from what is shown and from the
coarser sums that are shown, the smallest cell that would have given it away is hidden too. What can be worked out is
asked exactly: the sums are linear equations, and a count is known when every solution gives it the same value.

The counts protected are those published: the denominator and the numerator. A share's complement (how many were late
in a large unit) can be had from the two: it tells of the unit's punctuality, not of a small group of people.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]  # a row for each cell, a column for each count published of it
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Hidden:
    """Which cells are hidden, in the order they were given, and whether the total is."""

    cells: Mask
    total: bool


def hide(
    counts: Counts, keys: Sequence[tuple[object, ...]], total: Sequence[int], minimum: int, *, apart: int | None = None
) -> Hidden:
    """Which cells to hide so that no count of 1 to `minimum` − 1 is published or can be worked out.

    keys   the cell's place in each column of the table
    apart  a column over which cells do not add up (a level at the end of each week), if there is one
    """
    total_is_small = any(0 < count < minimum for count in total)
    if not len(counts) or minimum <= 1:
        return Hidden(np.zeros(len(counts), dtype=bool), total_is_small)
    coarser: list[_Table] = []
    for kept in _from_total_to_finest(len(keys[0]), apart):
        table = _Table.of(kept, counts, keys, minimum)
        _protect(table, coarser, minimum)
        coarser.append(table)
    finest = coarser[-1]
    return Hidden(finest.hidden[finest.member], total_is_small)


def _from_total_to_finest(columns: int, apart: int | None) -> Iterator[tuple[int, ...]]:
    """The columns of each table, the coarsest first."""
    for size in range(columns + 1):
        yield from (kept for kept in combinations(range(columns), size) if apart is None or apart in kept)


@dataclass
class _Table:
    """One table of the question. `member` says in which of its cells each of the finest cells is."""

    kept: tuple[int, ...]
    member: NDArray[np.int64]
    counts: Counts
    small: Mask
    hidden: Mask

    @classmethod
    def of(cls, kept: tuple[int, ...], counts: Counts, keys: Sequence[tuple[object, ...]], minimum: int) -> "_Table":
        numbers: dict[tuple[object, ...], int] = {}
        groups = (tuple(key[column] for column in kept) for key in keys)
        member = np.array([numbers.setdefault(group, len(numbers)) for group in groups])
        sums = np.zeros((len(numbers), counts.shape[1]), dtype=np.int64)
        np.add.at(sums, member, counts)
        small = _is_small(sums, minimum)
        return cls(kept, member, sums, small, small.copy())


@dataclass
class _Sums:
    """The coarser cells over a table: `adds` has a 1 where a cell (column) is part of a coarser one (row)."""

    adds: NDArray[np.float64]
    small: Mask
    hidden: Mask
    table: NDArray[np.int64]  # which coarser table each is of

    @classmethod
    def over(cls, table: _Table, coarser: list[_Table]) -> "_Sums":
        within = [other for other in coarser if set(other.kept) < set(table.kept)]
        rows = []
        for other in within:
            part = np.zeros((len(other.counts), len(table.counts)))
            part[other.member, table.member] = 1
            rows.append(part)
        none = np.zeros((0, len(table.counts)))
        return cls(
            np.concatenate([none, *rows]),
            np.concatenate([np.zeros(0, dtype=bool), *(other.small for other in within)]),
            np.concatenate([np.zeros(0, dtype=bool), *(other.hidden for other in within)]),
            np.concatenate([np.zeros(0, dtype=np.int64), *(np.full(len(o.counts), n) for n, o in enumerate(within))]),
        )


def _protect(table: _Table, coarser: list[_Table], minimum: int) -> None:
    """Hide more of the table until no small count of it or of a coarser one can be worked out."""
    sums = _Sums.over(table, coarser)
    sizes = table.counts.max(axis=1)
    while True:
        shown = sums.adds[~sums.hidden]
        rest = shown[:, table.hidden] @ table.counts[table.hidden]
        leaks, may_hide = shown[_is_small(rest, minimum)], ~table.hidden & (sizes > 0)
        if not len(leaks):
            leaks, may_hide = _worked_out(table, sums), ~table.hidden
        more = _next_to_hide(leaks, may_hide, sizes)
        if not more:
            return
        table.hidden[more] = True


def _worked_out(table: _Table, sums: _Sums) -> NDArray[np.float64]:
    """For each small count that has one value in every solution: the cells among which one more must be hidden."""
    shown = sums.adds[~sums.hidden & sums.adds[:, table.hidden].any(axis=1)]
    along = _along_the_solutions(table.hidden, shown)
    known = table.hidden & (np.abs(along) < _NOTHING)
    leaks = [shown[:0]]
    if (known & table.small).any():
        alone = shown[shown[:, table.hidden].sum(axis=1) == 1]
        leaks.append(alone if len(alone) else shown[shown[:, known].any(axis=1)])
    for number in np.flatnonzero(sums.small & (np.abs(sums.adds @ along) < _NOTHING)):
        partners = sums.hidden & (sums.table == sums.table[number]) & (np.arange(len(sums.hidden)) != number)
        leaks.append(sums.adds[partners].max(axis=0, keepdims=True, initial=0))
    return np.concatenate(leaks)


_NOTHING = 1e-5


def _along_the_solutions(hidden: Mask, sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """A random direction in which hidden cells can change while every sum stays. Where it is 0 all solutions agree."""
    equations = sums[:, hidden]
    direction = np.random.default_rng(1).standard_normal(int(hidden.sum()))
    if len(equations):
        gram = equations @ equations.T + 1e-9 * np.eye(len(equations))
        direction -= equations.T @ np.linalg.solve(gram, equations @ direction)
    along = np.zeros(len(hidden))
    along[hidden] = direction
    return along


def _next_to_hide(leaks: NDArray[np.float64], may_hide: Mask, sizes: NDArray[np.int64]) -> list[int]:
    """One more cell for each leak: those that mend most leaks at once, then the smallest, noughts last."""
    mends = leaks.sum(axis=0) * may_hide
    order = np.lexsort((sizes, sizes == 0, -mends))
    chosen: list[int] = []
    open_leaks = np.ones(len(leaks), dtype=bool)
    for number in order[mends[order] > 0]:
        of_these = leaks[:, number] > 0
        if open_leaks[of_these].all():
            chosen.append(int(number))
            open_leaks &= ~of_these
    return chosen


def _is_small(counts: NDArray[Any], minimum: int) -> Mask:
    """Which rows have a count of 1 to minimum − 1. (Sums of ones are exact in floating point.)"""
    return np.asarray(((counts > 0) & (counts < minimum)).any(axis=1))
