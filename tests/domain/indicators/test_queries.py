"""What pages get: tables with targets and law lines, a live figure, a board's units. The engine is the real one."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from luotsi.domain.indicators import definitions, ports, queries
from luotsi.domain.indicators.definitions import CaseFact, ContactFact, UnknownBoardError, UnknownIndicatorError
from luotsi.domain.indicators.ports import NoFacts
from tests.analytics.tables import figures_of

TODAY = date(2026, 3, 31)


@pytest.fixture(autouse=True)
def engine(tmp_path: Path) -> Iterator[None]:
    """Facts of six units over half a year, behind the port; the engine that was there comes back afterwards."""
    before = list(ports._connected)
    ports.connect(figures_of(tmp_path, cases=list(cases()), contacts=list(contacts()), as_of=TODAY))
    yield
    ports._connected[:] = before


UNITS = {"sotkamo": 2, "kuhmo": 5, "kajaani-hva": 20, "suun-kajaani": 60, "suun-kuhmo": 30, "fysioterapia": 4}


def cases() -> Iterator[CaseFact]:
    """Ten visits a week in each unit, each with the unit's own wait and one day more for every second."""
    for unit, wait in UNITS.items():
        oral = unit.startswith("suun")
        for number in range(260):
            visit = TODAY - timedelta(days=number * 7 // 10)
            assessed = visit - timedelta(days=wait + number % 2)
            yield CaseFact(
                case=f"{unit}{number}", unit=unit, kind="oral_need" if oral else "health_need",
                line="oral_care" if oral else "primary_care", outcome="care_needed", urgency="non_urgent",
                has_assessment=True, assessed_day=assessed, first_visit_day=visit, settled_as="met", settled_day=visit,
                due_day=assessed + timedelta(days=90),
            )  # fmt: skip


def contacts() -> Iterator[ContactFact]:
    for number in range(200):
        channel = "form" if number % 4 == 0 else "phone"
        yield ContactFact(
            contact=str(number), unit="sotkamo", channel=channel, received_day=TODAY - timedelta(days=number)
        )


def test_a_table_names_weeks_and_carries_target_and_law_line() -> None:
    table = queries.read_indicator("care_within_7_days", by=("unit", "week"), since=date(2026, 3, 16))

    assert [row.keys for row in table.rows][:3] == [
        ("fysioterapia", "2026-W12"), ("fysioterapia", "2026-W13"), ("fysioterapia", "2026-W14"),
    ]  # fmt: skip
    sotkamo = next(row for row in table.rows if row.keys == ("sotkamo", "2026-W13"))
    assert (sotkamo.value, sotkamo.starts, sotkamo.target, sotkamo.on_target) == (100.0, date(2026, 3, 23), 80, True)
    assert next(row for row in table.rows if row.keys == ("kajaani-hva", "2026-W13")).on_target is False
    assert (table.since, table.until, table.as_of.date()) == (date(2026, 3, 16), TODAY, TODAY)


def test_law_and_target_follow_the_period_they_stand_beside() -> None:
    oral = definitions.indicator("oral_wait_days")

    assert [oral.target_on(date(year, 6, 1)) for year in (2021, 2022, 2023, 2024, 2025, 2026)] == [
        150,
        150,
        120,
        100,
        90,
        90,
    ]
    assert [oral.law_on(day) for day in (date(2023, 8, 31), date(2024, 10, 31), date(2024, 12, 31), TODAY)] == [
        None, 123, 92, 184,
    ]  # fmt: skip


def test_a_live_figure_is_of_four_weeks_with_the_months_before_it() -> None:
    figure = queries.live_figure("care_within_7_days", months=6, units=["sotkamo", "kajaani-hva"])

    assert figure.value == 50.0
    assert (figure.now.denominator, figure.now.coverage) == (80, 100.0)
    assert (figure.since, figure.as_of.date()) == (date(2026, 3, 4), TODAY)
    assert [month for month, _ in figure.series] == ["2025-10", "2025-11", "2025-12", "2026-01", "2026-02", "2026-03"]


def test_a_board_is_about_the_units_of_its_areas_that_the_viewer_may_see() -> None:
    reception = definitions.board("reception")

    assert queries.units_of(reception, ["kuhmo", "suun-kuhmo"]) == {"kuhmo"}
    assert "kajaani-hva" in queries.units_of(reception, None)
    assert not {"suun-kuhmo", "perhekeskus"} & queries.units_of(reception, None)
    everywhere = reception.model_copy(update={"areas": ()})
    assert (queries.units_of(everywhere, None), queries.units_of(everywhere, ["kuhmo"])) == (None, {"kuhmo"})


def test_a_row_says_whether_it_reaches_target_and_law() -> None:
    total = queries.read_indicator("care_within_limit", by=("unit",), units=["sotkamo"]).total
    oral = queries.read_indicator("oral_wait_days", since=date(2026, 3, 4)).total

    assert (total.value, total.law, total.target, total.apart, total.on_target) == (100.0, 100, None, 0, None)
    assert (oral.value, oral.law, oral.target, oral.on_target) == (45.5, 184, 90, True)


def test_unknown_keys_are_answered_with_near_ones() -> None:
    with pytest.raises(UnknownIndicatorError, match="did you mean care_within_limit"):
        queries.read_indicator("care_in_limit")
    with pytest.raises(UnknownBoardError, match="did you mean reception"):
        definitions.board("recepton")


def test_without_an_engine_there_are_no_facts(monkeypatch: Any) -> None:
    monkeypatch.setattr(ports, "_connected", [])

    with pytest.raises(NoFacts, match="luotsi demo"):
        queries.live_figure("contacts")


def test_words_name_what_other_files_do_not() -> None:
    words = definitions.words()

    assert words.value("channel", "visit").en == "In person"
    assert words.value("municipality", "205").fi == "Kajaani"
    assert words.value("kind", "oral_need").en == "Need for oral care"
    assert words.value("unit", "sotkamo").fi == "Sotkamon terveysasema"
    assert words.value("rule", "PHC-3M-2025").fi == "PHC-3M-2025"
    assert words.value("channel", "").en == "not known"
