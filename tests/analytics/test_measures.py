"""Each measure against plain Python on random cases, and against itself with a fault put in: a fault must show."""

import importlib
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import ibis
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luotsi.analytics import fold
from luotsi.analytics.measures import care
from luotsi.domain.indicators import definitions
from luotsi.domain.indicators.definitions import PERIODS, By, CaseFact, Indicator
from tests.analytics import oracle
from tests.analytics.tables import ask, figures_of, openly, rows_of, total_of
from tests.content.test_indicators import INDICATORS, by_engine, expected, key

START, TODAY = date(2025, 12, 1), date(2026, 3, 31)
DAYS = st.integers(0, 140).map(lambda number: START + timedelta(days=number))
A_DAY = st.none() | DAYS
UNITS = ("kuhmo", "sotkamo", "suun-kuhmo")


# Words that mean something to a measure of a closed vocabulary, beside those that its conditions name.
WORDS = {
    "kind": ["health_need", "oral_need", "mental_need"],
    "profession": ["nurse", "doctor"],
    "line": ["primary_care", "oral_care"],
    "outcome": ["care_needed", "care_needed", "urgent", "advice"],
    "urgency": ["non_urgent", "urgent"],
    "settled_as": ["met", "late", "ended"],
    "channel": ["form", "phone", "chat"],
    "resident_key": ["r1", "r2"],
    "staff_key": ["s1", "s2"],
}


def a_fact(indicator: Indicator) -> st.SearchStrategy[Any]:
    """Any row of its table, also such as should not be: visits before the assessment, settled limits without a day."""
    model, spec = indicator.measure.table.model, indicator.measure
    named = {
        condition.column: [*condition.one_of]
        for condition in (*getattr(spec, "among", ()), *getattr(spec, "where", ()))
    }
    fields = {name: _any(name, field, named.get(name, [])) for name, field in model.model_fields.items()}
    return st.builds(model, **fields)


def _any(name: str, field: Any, words: list[str]) -> st.SearchStrategy[Any]:
    if name == "unit":
        return st.sampled_from(UNITS)
    if field.annotation is str:
        return st.sampled_from([*words, *words, *WORDS.get(name, []), ""])
    plain = {date: DAYS, bool: st.booleans(), int: st.integers(0, 4)}
    if field.annotation in plain:
        return plain[field.annotation]
    return {date | None: A_DAY, int | None: st.none() | st.integers(0, 90), float | None: st.none() | _SCORES}[
        field.annotation
    ]


_SCORES = st.integers(0, 54).map(lambda half: half / 2)


@st.composite
def a_question(draw: Any, indicator: Indicator) -> tuple[tuple[By, ...], date, date, frozenset[str] | None]:
    columns = [
        column for column in indicator.by if column not in PERIODS and column in ("unit", "profession", "channel")
    ]
    by = [
        *draw(st.lists(st.sampled_from(columns), unique=True, max_size=2)),
        *draw(st.sampled_from([[], *_EACH_PERIOD])),
    ]
    first, second = sorted((draw(DAYS), draw(DAYS)))
    units = draw(st.none() | st.just(frozenset({"kuhmo", "sotkamo"})))
    return tuple(draw(st.permutations(by))), first, second, units


_EACH_PERIOD = [[period] for period in PERIODS]


@pytest.mark.parametrize("indicator", INDICATORS, ids=key)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_engine_counts_as_plain_python_does(indicator: Indicator, data: Any, tmp_path: Path) -> None:
    facts = data.draw(st.lists(a_fact(indicator), max_size=30))
    by, since, until, units = data.draw(a_question(indicator))
    figures = figures_of(tmp_path, **{indicator.measure.table.of: facts}, as_of=TODAY)

    answer = ask(figures, openly(indicator), by, since=since, until=until, units=units)

    rows, total = oracle.table(indicator, facts, by=by, since=since, until=until, today=TODAY, units=units)
    assert rows_of(answer, by) == rows
    assert total_of(answer) == total


contacts = importlib.import_module("luotsi.analytics.measures.contacts")

# Indicator, where, what is put out of order, and what stands there instead.
FAULTS: list[tuple[str, Any, str, Any]] = [
    ("care_within_7_days", care, "_is_not_urgent", lambda cases: cases.kind != ""),
    ("care_within_7_days", care, "_is_assessed", lambda cases: cases.first_visit_day.notnull()),
    ("oral_wait_days", care, "_is_not_urgent", lambda cases: cases.kind != ""),
    ("oral_wait_days", fold, "median", lambda waits: max(waits, default=None)),
    ("care_within_limit", care, "_is_not_urgent", lambda cases: cases.urgency == "urgent"),
    ("care_within_limit", care, "_is_assessed", lambda cases: cases.first_visit_day.notnull()),
    ("care_within_limit", fold, "first_day", lambda day, period: day.replace(month=1, day=1)),
    ("digital_share", contacts, "one_if", lambda condition: ibis.literal(1)),
    ("contacts", contacts, "one", lambda: ibis.literal(2)),
    ("waiting_now", care, "one", lambda: ibis.literal(-1)),
]


@pytest.mark.parametrize("name, module, part, instead", FAULTS, ids=[f"{fault[0]} {fault[2]}" for fault in FAULTS])
def test_a_fault_put_into_a_measure_shows_in_its_example(
    name: str, module: Any, part: str, instead: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    indicator = definitions.indicator(name)
    (tmp_path / "right").mkdir()
    (tmp_path / "wrong").mkdir()
    assert by_engine(indicator, tmp_path / "right") == expected(indicator)

    monkeypatch.setattr(module, part, instead)

    assert by_engine(indicator, tmp_path / "wrong") != expected(indicator)


def test_a_past_week_of_the_care_guarantee_does_not_change_when_a_late_case_is_cared_for(tmp_path: Path) -> None:
    indicator = openly(definitions.indicator("care_within_limit"))
    due = date(2026, 2, 27)
    late = CaseFact(case="a", kind="health_need", line="primary_care", outcome="care_needed", due_day=due)
    cared = late.model_copy(update={"settled_as": "late", "settled_day": TODAY, "first_visit_day": TODAY})

    week = {"by": ("week",), "since": date(2026, 2, 23), "until": date(2026, 3, 1)}
    before = rows_of(
        ask(figures_of(tmp_path, cases=[late], as_of=date(2026, 3, 2), name="a"), indicator, **week), ("week",)
    )
    after = rows_of(ask(figures_of(tmp_path, cases=[cared], as_of=TODAY, name="b"), indicator, **week), ("week",))

    assert before == after == [("2026-W09", 0.0, 0, 1, None, 0)]


def test_a_limit_that_ends_today_is_not_overdue(tmp_path: Path) -> None:
    indicator = openly(definitions.indicator("care_within_limit"))
    case = CaseFact(case="a", kind="health_need", line="primary_care", outcome="care_needed", due_day=TODAY)

    today = total_of(ask(figures_of(tmp_path, cases=[case], as_of=TODAY, name="a"), indicator))
    tomorrow = total_of(ask(figures_of(tmp_path, cases=[case], as_of=TODAY + timedelta(days=1), name="b"), indicator))

    assert today == ("", None, 0, 0, None, 0)
    assert tomorrow == ("", 0.0, 0, 1, None, 0)
