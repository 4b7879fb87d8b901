"""No published group of 1–4 people, also not by subtraction.

A small cell is hidden; then, as long as somebody could work it out from the sums that are published elsewhere (by unit,
by week, in total), the smallest other cell of such a sum is hidden too. What can be worked out is asked exactly: the
sums are linear equations, and a hidden cell is known when every solution gives it the same value.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

Line = NDArray[np.int64]  # places of the cells that add up to a sum published elsewhere


@dataclass(frozen=True)
class Hidden:
    """Which cells are hidden, in the order they were given, and whether the total is."""

    cells: NDArray[np.bool_]
    total: bool


def hide(
    counts: NDArray[np.int64],
    keys: Sequence[tuple[object, ...]],
    total: Sequence[int],
    minimum: int,
    *,
    apart: int | None = None,
) -> Hidden:
    """Which cells to hide so that no count of 1 to `minimum` − 1 is published or can be worked out.

    counts  a row for each cell with the counts that are published of it; `total` the same counts of the total
    keys    the cell's place in each column of the table
    apart   a column over which cells do not add up (a level at the end of each week), if there is one
    """
    total_is_small = any(0 < count < minimum for count in total)
    if not len(counts) or minimum <= 1:
        return Hidden(np.zeros(len(counts), dtype=bool), total_is_small)
    small = _is_small(counts, minimum)
    hidden = small.copy()
    sums = [line for line in _lines(keys, apart) if not _adds_up_small(counts, line, minimum)]
    while leaks := _leaks(counts, small, hidden, sums, minimum):
        more = {cell for line in leaks if (cell := _smallest_shown(counts, hidden, line)) is not None}
        if not more:  # everything that adds up to the total is hidden and still known: hide the total as well
            return Hidden(hidden, total=True)
        hidden[list(more)] = True
    return Hidden(hidden, total_is_small)


def _lines(keys: Sequence[tuple[object, ...]], apart: int | None) -> list[Line]:
    """Every way of adding cells up over one or more columns."""
    columns = [column for column in range(len(keys[0])) if column != apart]
    lines = []
    for count in range(1, len(columns) + 1):
        for summed in combinations(columns, count):
            groups: dict[tuple[object, ...], list[int]] = {}
            for place, key in enumerate(keys):
                rest = tuple(value for column, value in enumerate(key) if column not in summed)
                groups.setdefault(rest, []).append(place)
            lines += [np.array(places) for places in groups.values()]
    return lines


def _leaks(
    counts: NDArray[np.int64], small: NDArray[np.bool_], hidden: NDArray[np.bool_], sums: list[Line], minimum: int
) -> list[Line]:
    """The sums from which a small count can be worked out."""
    touched = [line for line in sums if hidden[line].any()]
    small_rest = [line for line in touched if _adds_up_small(counts, line[hidden[line]], minimum)]
    if small_rest or not touched:
        return small_rest
    known = _known(hidden, touched) & small
    return [line for line in touched if known[line].any()]


def _known(hidden: NDArray[np.bool_], sums: list[Line]) -> NDArray[np.bool_]:
    """Which hidden cells have one value in every solution: those that no direction along the solutions moves.

    A random direction is projected onto the solutions' space; where it is 0, they are all alike.
    """
    places = np.flatnonzero(hidden)
    column = {place: number for number, place in enumerate(places)}
    equations = np.zeros((len(sums), len(places)))
    for row, line in enumerate(sums):
        equations[row, [column[place] for place in line if hidden[place]]] = 1
    direction = np.random.default_rng(1).standard_normal(len(places))
    gram = equations @ equations.T + 1e-9 * np.eye(len(sums))
    along = direction - equations.T @ np.linalg.solve(gram, equations @ direction)
    known = np.zeros(len(hidden), dtype=bool)
    known[places] = np.abs(along) < 1e-5
    return known


def _smallest_shown(counts: NDArray[np.int64], hidden: NDArray[np.bool_], line: Line) -> int | None:
    shown = line[~hidden[line]]
    if not len(shown):
        return None
    sizes = counts[shown].max(axis=1)
    sizes = np.where(sizes == 0, np.iinfo(np.int64).max, sizes)  # hiding a nought hides nothing
    return int(shown[np.lexsort((shown, sizes))[0]])


def _adds_up_small(counts: NDArray[np.int64], places: Line, minimum: int) -> bool:
    return bool(_is_small(counts[places].sum(axis=0, keepdims=True), minimum)[0])


def _is_small(counts: NDArray[np.int64], minimum: int) -> NDArray[np.bool_]:
    return np.asarray(((counts > 0) & (counts < minimum)).any(axis=1))
