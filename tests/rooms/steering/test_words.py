"""What the address asks, how figures are said, and files that a spreadsheet can open without danger."""

from datetime import date
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from luotsi.domain.indicators.definitions import Span, indicator
from luotsi.domain.indicators.queries import IndicatorRow
from luotsi.rooms.steering.choices import SORTS, WEEKS, asked
from luotsi.rooms.steering.figures import verdict_on
from luotsi.rooms.steering.tables import Table, as_cell, as_csv
from luotsi.rooms.steering.words import bare, goal, is_running, period_label, said, span_words

UNITS = ("sotkamo", "kuhmo")


def row(value: float | None, *, indicator_key: str = "oral_wait_days", **more: Any) -> IndicatorRow:
    it = indicator(indicator_key)
    day = date(2026, 3, 31)
    target = it.target_on(day)
    on_target = None if value is None or target is None else value <= target
    given = {"suppressed": False, "low_coverage": False, "coverage": 90.0, "apart": None} | more
    return IndicatorRow((), None, value, 10, 10, target=target, law=it.law_on(day), on_target=on_target, **given)


@given(st.dictionaries(st.sampled_from(["weeks", "unit", "sort", "tables", "x"]), st.text(max_size=30)))
def test_no_address_is_an_error(given_: dict[str, str]) -> None:
    found = asked(given_, units=UNITS, own=())
    assert found.weeks in (None, *WEEKS)
    assert found.unit in ("", *UNITS)
    assert found.sort.removeprefix("-") in ("", *SORTS)


def test_an_address_leads_back_to_itself() -> None:
    found = asked({"weeks": "13", "unit": "kuhmo", "sort": "-value"}, units=UNITS, own=())
    assert found.query == "?weeks=13&unit=kuhmo&sort=-value"
    assert asked({}, units=UNITS, own=()).query == ""


def test_somebody_with_one_unit_begins_with_it_and_may_choose_all() -> None:
    assert asked({}, units=UNITS, own={"kuhmo"}).unit == "kuhmo"
    assert asked({}, units=UNITS, own={"kuhmo", "sotkamo"}).unit == ""
    every = asked({"unit": "all"}, units=UNITS, own={"kuhmo"})
    assert (every.unit, every.query) == ("", "?unit=all")


def test_the_verdict_is_by_law_first_then_by_target() -> None:
    it = indicator("oral_wait_days")  # law 184 days, target 90
    assert verdict_on(row(200.0), it) == ("danger", "Yli lain rajan")
    assert verdict_on(row(184.0), it) == ("warning", "Ei vielä tavoitteessa")
    assert verdict_on(row(90.0), it) == ("success", "Tavoitteessa")
    assert verdict_on(row(90.0, low_coverage=True), it)[0] == "neutral"
    assert verdict_on(row(None), it) == ("neutral", "Lukua ei vielä ole")
    assert verdict_on(row(None, suppressed=True), it)[1] == "Liian pieni ryhmä julkaistavaksi"


def test_a_share_under_the_laws_line_fails_some_and_a_full_one_none() -> None:
    it = indicator("care_within_limit")
    assert verdict_on(row(99.9, indicator_key=it.key), it) == ("warning", "Laki ei toteudu kaikilla")
    assert verdict_on(row(100.0, indicator_key=it.key), it) == ("success", "Laki toteutuu")


def test_values_are_said_in_each_language() -> None:
    def plain(text: str) -> str:
        return text.replace("\u00a0", " ")

    assert [plain(said(*pair)) for pair in ((93.0, "percent"), (88.0, "days"), (43.5, "days"), (1022.0, "count"))] == [
        "93,0 %", "88 pv", "43,5 pv", "1 022",
    ]  # fmt: skip
    assert plain(goal(80.0, "percent")) == "80 %"
    assert said(None, "percent") == bare(None, "percent") == "–"
    with override("en"):
        assert said(93.0, "percent") == "93.0%"
    with override("sv"):
        assert plain(said(88.0, "days")) == "88 d"


@pytest.mark.parametrize(
    "key, label", [("2026-W07", "vk 7"), ("2026-03", "3/2026"), ("2026-Q1", "neljännes 1/2026"), ("2026", "2026")]
)
def test_periods_are_called_as_people_call_them(key: str, label: str) -> None:
    assert period_label(key) == label


def test_a_week_runs_until_its_sunday_is_in_the_facts() -> None:
    assert is_running("2026-W14", "week", date(2026, 4, 4))
    assert not is_running("2026-W14", "week", date(2026, 4, 5))
    assert not is_running("2026-W13", "week", date(2026, 4, 1))
    assert is_running("2026-03", "month", date(2026, 3, 30))


def test_lengths_of_time_are_said() -> None:
    assert [span_words(span) for span in (Span(days=28), Span(weeks=1), Span(months=12))] == [
        "28 päivää", "1 viikko", "12 kuukautta",
    ]  # fmt: skip


@given(st.text(max_size=40))
def test_no_cell_of_a_file_is_run_as_a_formula(text: str) -> None:
    assert not as_cell(text, ",").startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("cell", ["=1+1", "+358", "-1", "@SUM(A1)", "\t=1"])
def test_a_formula_is_led_by_an_apostrophe(cell: str) -> None:
    assert as_cell(cell, ",") == f"'{cell}"


def test_numbers_in_a_file_are_numbers_to_a_spreadsheet() -> None:
    finnish, english = (
        Table("x", ("Yksikkö", "Arvo"), (("A;B", "1\u00a0022,5"),)),
        Table("x", ("Unit",), (("1,022.5",),)),
    )
    assert as_csv(finnish) == '\ufeffYksikkö;Arvo\r\n"A;B";1022,5\r\n'
    with override("en"):
        assert as_csv(english) == "\ufeffUnit\r\n1022.5\r\n"
