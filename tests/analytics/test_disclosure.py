"""No count of 1–4 is published, and none can be worked out from everything that is.

The attacker here has every table of a question (by unit and week, by unit, by week, in total) and solves the equations
exactly, in fractions. With complementary suppression off it finds small counts; with it on, none.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations, product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luotsi.analytics import disclosure
from luotsi.analytics.disclosure import hide
from luotsi.domain.indicators import definitions
from luotsi.domain.indicators.definitions import By, ContactFact, Indicator
from luotsi.domain.indicators.ports import Ask
from tests.analytics.tables import figures_of

MINIMUM = 5


def hidden_in(table: Sequence[Sequence[int]]) -> list[list[str]]:
    """A two-way table of counts, as published: "–" where hidden; the keys are the places."""
    keys = [(row, column) for row, line in enumerate(table) for column in range(len(line))]
    counts = np.array([[table[row][column]] for row, column in keys])
    hidden = hide(counts, keys, [int(counts.sum())], MINIMUM).cells
    shown = {key: "–" if is_hidden else str(table[key[0]][key[1]]) for key, is_hidden in zip(keys, hidden, strict=True)}
    return [[shown[row, column] for column in range(len(line))] for row, line in enumerate(table)]


@pytest.mark.parametrize(
    "table, published",
    [
        ([[20, 30, 40]], [["20", "30", "40"]]),
        ([[3, 30, 40]], [["–", "–", "40"]]),  # 3 would be the total less 70
        ([[3, 4, 40]], [["–", "–", "40"]]),  # together they are 7
        ([[1, 2, 40]], [["–", "–", "–"]]),  # together they are 3, which is small too
        ([[3, 0, 40]], [["–", "0", "–"]]),  # hiding a nought would hide nothing
        ([[0, 0, 0]], [["0", "0", "0"]]),
        ([[5, 0, 6]], [["5", "0", "6"]]),
        ([[3, 30], [40, 50]], [["–", "–"], ["–", "–"]]),
        ([[3, 30, 9], [40, 50, 60], [8, 70, 90]], [["–", "30", "–"], ["40", "50", "60"], ["–", "70", "–"]]),
    ],
)
def test_small_cells_and_those_that_would_give_them_away_are_hidden(table: Any, published: Any) -> None:
    assert hidden_in(table) == published


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 5), st.integers(1, 5), st.data())
def test_an_attacker_with_every_table_finds_no_small_count(rows: int, columns: int, data: Any) -> None:
    small_and_large = st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 9, 20, 40, 55])
    table = data.draw(
        st.lists(st.lists(small_and_large, min_size=columns, max_size=columns), min_size=rows, max_size=rows)
    )

    assert attack(published_tables(table)) == []


def test_without_complementary_suppression_the_attacker_finds_them(monkeypatch: pytest.MonkeyPatch) -> None:
    table = [[3, 30, 9], [40, 50, 60], [8, 70, 90]]
    assert attack(published_tables(table)) == []

    monkeypatch.setattr(disclosure, "_protect", lambda *_: None)

    assert attack(published_tables(table)) == [3]


Published = dict[tuple[tuple[int, int], ...], int | None]  # the finest cells of a group: its count, None when hidden


def published_tables(table: Sequence[Sequence[int]]) -> Published:
    """Every table of the question, each decided on its own, as it would be answered."""
    keys = [(row, column) for row in range(len(table)) for column in range(len(table[0]))]
    found: Published = {}
    for size in range(3):
        for kept in combinations(range(2), size):
            groups: dict[tuple[int, ...], list[tuple[int, int]]] = {}
            for key in keys:
                groups.setdefault(tuple(key[column] for column in kept), []).append(key)
            counts = {group: sum(table[row][column] for row, column in cells) for group, cells in groups.items()}
            result = hide(
                np.array([[count] for count in counts.values()]), list(groups), [sum(map(sum, table))], MINIMUM
            )
            hidden = list(result.cells) if kept else [result.total]
            for (group, cells), is_hidden in zip(groups.items(), hidden, strict=True):
                found[tuple(cells)] = None if is_hidden else counts[group]
    return found


def attack(published: Published) -> list[int]:
    """Small counts, published or worked out: of any group of which a table exists."""
    cells = sorted({cell for group in published for cell in group})
    equations = [
        ([Fraction(cell in group) for cell in cells], Fraction(count))
        for group, count in published.items()
        if count is not None
    ]
    solved = _reduced(equations)
    found = []
    for group in published:
        value = _value([Fraction(cell in group) for cell in cells], solved)
        if value is not None and 0 < value < MINIMUM:
            found.append(int(value))
    return found


Equation = tuple[list[Fraction], Fraction]


def _reduced(equations: list[Equation]) -> list[tuple[int, Equation]]:
    """Gauss–Jordan in fractions: each with the place of its leading 1."""
    rows: list[tuple[int, Equation]] = []
    for left, right in equations:
        left, right = _less(left, right, rows)
        lead = next((place for place, number in enumerate(left) if number), None)
        if lead is not None:
            scaled = [number / left[lead] for number in left], right / left[lead]
            rows = [(place, _minus(row, scaled, row[0][lead])) for place, row in rows] + [(lead, scaled)]
    return rows


def _value(wanted: list[Fraction], rows: list[tuple[int, Equation]]) -> Fraction | None:
    left, right = _less(wanted, Fraction(0), rows)
    return None if any(left) else -right


def _less(left: list[Fraction], right: Fraction, rows: list[tuple[int, Equation]]) -> Equation:
    for place, row in rows:
        left, right = _minus((left, right), row, left[place])
    return left, right


def _minus(one: Equation, other: Equation, times: Fraction) -> Equation:
    return [a - times * b for a, b in zip(one[0], other[0], strict=True)], one[1] - times * other[1]


def contacts_as(counts: dict[tuple[str, int], int]) -> list[ContactFact]:
    """So many contacts of each unit in each week of 2026."""
    monday = date(2025, 12, 29)
    return [
        ContactFact(
            contact=f"{unit}{week}{number}", unit=unit, channel="phone", received_day=monday + timedelta(weeks=week)
        )
        for (unit, week), count in counts.items()
        for number in range(count)
    ]


def test_the_engine_publishes_no_count_from_one_to_four(tmp_path: Path) -> None:
    sizes = dict(zip(product(("a", "b", "c"), range(4)), [3, 30, 0, 12, 9, 40, 50, 2, 60, 7, 5, 80], strict=True))
    figures = figures_of(tmp_path, contacts=contacts_as(sizes), as_of=date(2026, 2, 1))
    indicator = definitions.indicator("contacts")

    seen = 0
    for by in ((), ("unit",), ("week",), ("unit", "week")):
        answer = figures.measure(Ask(indicator, by))
        for cell in (*answer.cells, answer.total):
            assert cell.denominator is None or cell.denominator == 0 or cell.denominator >= 5
            assert cell.suppressed == (cell.value is None)
            assert not cell.suppressed or (cell.numerator, cell.denominator, cell.coverage) == (None, None, None)
            seen += 1

    assert seen > 20
    assert any(cell.suppressed for cell in figures.measure(Ask(indicator, ("unit", "week"))).cells)


def test_a_small_numerator_is_hidden_as_well_as_a_small_denominator(tmp_path: Path) -> None:
    facts = contacts_as({("a", 0): 40, ("b", 0): 40, ("c", 0): 40})
    facts = [
        fact.model_copy(update={"channel": "form"}) if place in (0, 1, *range(40, 60)) else fact
        for place, fact in enumerate(facts)
    ]
    figures = figures_of(tmp_path, contacts=facts, as_of=date(2026, 2, 1))
    by: tuple[By, ...] = ("unit",)
    indicator: Indicator = definitions.indicator("digital_share")

    numerators = {cell.keys[0]: cell.numerator for cell in figures.measure(Ask(indicator, by)).cells}

    assert numerators == {"a": None, "b": None, "c": 0}
