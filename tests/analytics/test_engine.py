"""Asking the engine: what it refuses, what it remembers, whose units it counts, levels at the end of each period."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from luotsi.analytics import cube
from luotsi.analytics.engine import DuckFigures
from luotsi.analytics.fold import median
from luotsi.domain.indicators import definitions
from luotsi.domain.indicators.definitions import CaseFact
from luotsi.domain.indicators.ports import Ask, NoFacts
from luotsi.domain.indicators.rules import WrongQuestion
from tests.analytics.tables import ask, figures_of, openly, rows_of, total_of

TODAY = date(2026, 3, 31)
WAITING = openly(definitions.indicator("waiting_now"))
SEVEN = openly(definitions.indicator("care_within_7_days"))


def a_visit(number: int, unit: str = "sotkamo", wait: int = 3, on: date = TODAY) -> CaseFact:
    assessed = on - timedelta(days=wait)
    return CaseFact(
        case=str(number),
        kind="health_need",
        unit=unit,
        outcome="care_needed",
        assessed_day=assessed,
        first_visit_day=on,
    )


def test_without_facts_it_says_what_to_do(tmp_path: Path) -> None:
    figures = DuckFigures(tmp_path)

    with pytest.raises(NoFacts, match="Run `luotsi demo`"):
        figures.measure(Ask(SEVEN))
    with pytest.raises(NoFacts):
        figures.state()


@pytest.mark.parametrize(
    "question, says",
    [
        ({"by": ("rule",)}, "care_within_7_days cannot be broken down by 'rule'; choose from unit, "),
        ({"by": ("week", "month")}, "one of week and month"),
        ({"by": ("unit", "unit")}, "each column once"),
        ({"since": date(2026, 3, 2), "until": date(2026, 3, 1)}, "begins on 2026-03-02 after it ends"),
    ],
)
def test_a_question_without_an_answer_is_refused_in_a_sentence(tmp_path: Path, question: Any, says: str) -> None:
    figures = figures_of(tmp_path, cases=[a_visit(1)], as_of=TODAY)

    with pytest.raises(WrongQuestion, match=says):
        figures.measure(Ask(SEVEN, **question))


def test_units_are_filtered_in_groups_and_in_total(tmp_path: Path) -> None:
    cases = [a_visit(1, "kuhmo"), a_visit(2, "sotkamo", wait=9), a_visit(3, "sotkamo")]
    figures = figures_of(tmp_path, cases=cases, as_of=TODAY)

    answer = ask(figures, SEVEN, ("unit",), units=frozenset({"sotkamo"}))

    assert rows_of(answer, ("unit",)) == [("sotkamo", 50.0, 1, 2, 100.0, None)]
    assert total_of(answer) == ("", 50.0, 1, 2, 100.0, None)


def test_what_lies_after_the_facts_moment_is_not_counted(tmp_path: Path) -> None:
    cases = [a_visit(1), a_visit(2, on=TODAY + timedelta(days=1))]

    assert total_of(ask(figures_of(tmp_path, cases=cases, as_of=TODAY), SEVEN))[3] == 1


def test_a_question_is_counted_once_and_again_when_the_facts_change(tmp_path: Path, monkeypatch: Any) -> None:
    scans: list[str] = []
    read = cube.Scanner._read
    monkeypatch.setattr(cube.Scanner, "_read", lambda *args: scans.extend(args[2]) or read(*args))
    figures = figures_of(tmp_path, cases=[a_visit(1)], as_of=TODAY, name="one")

    first = ask(figures, SEVEN, ("unit", "week"))
    assert ask(figures, SEVEN, ("unit", "week")) == first
    ask(figures, SEVEN, ("unit", "month"))
    ask(figures, SEVEN, since=TODAY)
    assert scans == ["case_facts-one.parquet"]

    figures_of(tmp_path, cases=[a_visit(1), a_visit(2)], as_of=TODAY, name="two")
    assert total_of(ask(figures, SEVEN, ("unit", "week")))[3] == 2
    assert scans == ["case_facts-one.parquet", "case_facts-two.parquet"]


def test_a_changed_definition_is_counted_anew_under_the_same_key(tmp_path: Path) -> None:
    figures = figures_of(tmp_path, cases=[a_visit(1, wait=10)], as_of=TODAY)
    fortnight = SEVEN.model_copy(update={"measure": SEVEN.measure.model_copy(update={"days": 14})})

    assert (total_of(ask(figures, SEVEN))[1], total_of(ask(figures, fortnight))[1]) == (0.0, 100.0)


def test_a_level_stands_at_the_end_of_each_week_also_of_weeks_in_which_nothing_happened(tmp_path: Path) -> None:
    waits = CaseFact(
        case="a", kind="health_need", unit="kuhmo", outcome="care_needed", assessed_day=date(2026, 3, 4),
        first_visit_day=date(2026, 3, 24),
    )  # fmt: skip
    figures = figures_of(tmp_path, cases=[waits], as_of=TODAY)

    answer = ask(figures, WAITING, ("week",))

    assert [(row[0], row[1]) for row in rows_of(answer, ("week",)) if row[1]] == [
        ("2026-W10", 1.0), ("2026-W11", 1.0), ("2026-W12", 1.0),
    ]  # fmt: skip
    assert total_of(answer)[1] == 0.0
    assert total_of(ask(figures, WAITING, until=date(2026, 3, 23)))[1] == 1.0


def test_the_new_year_week_belongs_to_the_year_of_its_thursday(tmp_path: Path) -> None:
    figures = figures_of(tmp_path, cases=[a_visit(1, on=date(2027, 1, 1))], as_of=date(2027, 1, 5))

    assert [row[0] for row in rows_of(ask(figures, SEVEN, ("week",)), ("week",))] == ["2026-W53"]


@pytest.mark.parametrize(
    "waits, middle",
    [
        ({}, None),
        ({5: 1}, 5.0),
        ({1: 1, 2: 1}, 1.5),
        ({1: 3, 9: 1}, 1.0),
        ({1: 2, 9: 2}, 5.0),
        ({0: 1, 4: 1, 8: 1}, 4.0),
    ],
)
def test_the_median_of_so_many_of_each_length(waits: dict[int, int], middle: float | None) -> None:
    assert median(waits) == middle
