"""Charts: what matters in front, gaps as gaps, names that can be read, and a sentence that says the same."""

import itertools
import re
from typing import Any

import altair as alt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import ValidationError

from luotsi.rooms.steering.charts import bars, lines, sentences
from luotsi.rooms.steering.charts.bars import Bar, Bars
from luotsi.rooms.steering.charts.levels import Level, domain
from luotsi.rooms.steering.charts.lines import Lines, Series, spread
from luotsi.ui.charts import QUIET, SERIES, TARGET

WEEKS = ("2025-W51", "2025-W52", "2026-W01", "2026-W02")
LABELS = ("vk 51", "vk 52", "vk 1", "vk 2")
TARGETED = Level("target", "Tavoite 80 %", (80.0,) * 4)
LAW = Level("law", "Laki: kaikki ajoissa", (100.0,) * 4)


def chart(*series: Series, levels: tuple[Level, ...] = (), **more: Any) -> Lines:
    return Lines(WEEKS, LABELS, series, levels, "percent", **{"is_running": False} | more)


WHOLE = Series("Kaikki", (60.0, 70.0, 80.0, 90.0), "whole")
SOTKAMO = Series("Sotkamo", (90.0, None, 91.0, 92.0), "marked")
KUHMO = Series("Kuhmo", (50.0, None, 70.0, None), "quiet")


def rows(drawn: Any, name: str) -> list[dict[str, Any]]:
    return drawn.to_dict()["datasets"][name]


def test_charts_are_what_vega_lite_understands() -> None:
    """The pages skip this comparison, since it takes longer than the drawing."""
    several = lines.drawn(chart(WHOLE, SOTKAMO, KUHMO, levels=(TARGETED, LAW))).to_dict()
    beside = bars.drawn(Bars((Bar("Kuhmo", 50.0, "50 %"),), (TARGETED,), "percent")).to_dict()
    assert len(alt.LayerChart.from_dict(several).layer) > 1
    assert len(alt.LayerChart.from_dict(beside).layer) > 1
    with pytest.raises(ValidationError):
        alt.LayerChart.from_dict({**several, "layer": [{"mark": "no such mark"}]})


def test_a_week_without_a_number_is_a_gap_and_not_a_bridge() -> None:
    drawn = lines.drawn(chart(WHOLE, KUHMO))
    assert [row["y"] for row in rows(drawn, "quiet_lines")] == [50.0, None, 70.0, None]
    alone = [(row["x"], row["y"]) for row in rows(drawn, "points") if row["series"] == 0]
    assert alone == [("2025-W51", 50.0), ("2026-W01", 70.0)], "points that no line would show"


def test_a_running_period_is_an_open_point_apart_from_the_line() -> None:
    drawn = lines.drawn(chart(WHOLE, is_running=True))
    assert [row["y"] for row in rows(drawn, "lines")] == [60.0, 70.0, 80.0]
    assert [row["y"] for row in rows(drawn, "running")] == [90.0]
    assert rows(lines.drawn(chart(WHOLE)), "running") == []


def test_marked_lines_differ_in_shape_as_well_as_in_colour() -> None:
    units = [Series(f"Yksikkö {number}", (1.0, 2.0, 3.0, 4.0), "marked") for number in range(4)]
    points = rows(lines.drawn(chart(*units, WHOLE)), "points")
    looks = {(row["series"], row["colour"], row["shape"]) for row in points}
    assert len({colour for _, colour, _ in looks}) == len({shape for _, _, shape in looks}) == 5


def test_the_whole_steps_back_when_something_is_marked() -> None:
    def colours(*series: Series) -> dict[str, str]:
        return {row["words"]: row["colour"] for row in rows(lines.drawn(chart(*series)), "names")}

    assert colours(WHOLE, KUHMO) == {"Kaikki": SERIES[0]}
    assert colours(WHOLE, SOTKAMO) == {"Kaikki": TARGET, "Sotkamo": SERIES[0]}
    quiet = rows(lines.drawn(chart(WHOLE, KUHMO)), "quiet_lines")
    assert {row["colour"] for row in quiet} == {QUIET}


def test_target_and_law_are_named_where_they_run() -> None:
    svg = lines.draw(chart(WHOLE, levels=(TARGETED, LAW)), "fi")
    assert "Tavoite 80 %" in svg
    assert "Laki: kaikki ajoissa" in svg
    assert len(re.findall(r'stroke-dasharray="7,4"', svg)) == len(re.findall(r'stroke-dasharray="2,4"', svg)) == 1


def test_words_of_target_and_law_close_together_stand_on_their_own_sides() -> None:
    def heights(law: float) -> list[float]:
        near = Level("law", "Laki", (law,) * 4)
        return [row["y"] for row in rows(lines.drawn(chart(WHOLE, levels=(TARGETED, near))), "levels")]

    assert heights(81.0)[0] < 80.0 < 81.0 < heights(81.0)[1]
    assert heights(95.0)[0] > 80.0


def test_the_year_stands_under_the_first_week_of_each() -> None:
    svg = lines.draw(chart(WHOLE), "fi")
    assert svg.count(">2025<") == svg.count(">2026<") == 1
    assert ">vk 51<" in svg


@given(st.lists(st.floats(0, 280), min_size=1, max_size=10))
def test_names_never_cover_each_other(heights: list[float]) -> None:
    placed = spread(heights, apart=17, most=280)
    ordered = sorted(placed)
    assert all(below - above >= 17 - 1e-6 for above, below in itertools.pairwise(ordered))
    assert max(placed) <= 280 + 1e-6
    assert sorted(range(len(heights)), key=lambda place: placed[place]) == sorted(
        range(len(heights)), key=lambda place: heights[place]
    )


@given(st.lists(st.floats(0, 280), min_size=2, max_size=10))
def test_names_with_room_stay_where_their_lines_end(heights: list[float]) -> None:
    ordered = sorted(heights)
    if all(below - above >= 17 for above, below in itertools.pairwise(ordered)):
        assert spread(heights, apart=17, most=280) == pytest.approx(heights)


@given(st.lists(st.floats(0, 1e6), max_size=20), st.sampled_from(["percent", "days", "count"]))
def test_every_value_fits_on_the_axis(values: list[float], unit: Any) -> None:
    values = [min(value, 100.0) for value in values] if unit == "percent" else values
    low, high = domain(values, unit)
    assert low < high
    assert all(low <= value <= high for value in values)
    assert domain(values, unit, from_nought=True)[0] == 0.0


def test_bars_bring_the_marked_one_forward_and_show_what_speaks_of_too_few() -> None:
    found = Bars(
        (Bar("Sotkamo", 93.0, "93 %", is_marked=True), Bar("Kuhmo", 88.0, "88 %", is_faint=True),
         Bar("Paltamo", None, "peitetty")), (), "percent",
    )  # fmt: skip
    drawn = rows(bars.drawn(found), "bars")
    assert [row["colour"] == SERIES[0] for row in drawn] == [True, False, False]
    assert [row["strength"] < 1 for row in drawn] == [False, True, False]
    assert [row["name"] for row in drawn] == ["Sotkamo", "Kuhmo", "Paltamo"]
    svg = bars.draw(found, "fi")
    assert svg.index(">Sotkamo<") < svg.index(">Kuhmo<") < svg.index(">Paltamo<")
    assert ">peitetty<" in svg


def test_bars_are_drawn_on_one_scale_however_long_their_names_are() -> None:
    names = ("0", "Sotkamon terveysaseman vastaanotto ja neuvola")
    widths = {re.findall(r'<svg [^>]*width="(\d+)"', bars.draw(Bars((Bar(one, 50.0, "50 %"),), (), "percent"), "fi"))[0]
              for one in names}  # fmt: skip
    assert len(widths) == 1


def test_the_same_chart_is_drawn_once() -> None:
    assert lines.draw(chart(WHOLE), "fi") is lines.draw(chart(WHOLE), "fi")


def test_the_sentence_says_what_the_chart_shows() -> None:
    said = sentences.of_lines(chart(WHOLE, SOTKAMO, levels=(TARGETED,), is_running=True))
    assert said.replace("\u00a0", " ") == (
        "Kaikki: 60,0 % (vk 51) → 80,0 % (vk 1). Sotkamo: 90,0 % (vk 51) → 91,0 % (vk 1). Tavoite 80 %."
    )


def test_the_sentence_names_the_largest_and_the_smallest() -> None:
    found = Bars((Bar("Kuhmo", 3.0, "3"), Bar("Sotkamo", 9.0, "9"), Bar("Paltamo", None, "peitetty")), (), "count")
    assert sentences.of_bars(found) == "Suurin: Sotkamo 9. Pienin: Kuhmo 3."
    nobody = Bars((Bar("Paltamo", None, "peitetty"),), (), "count")
    assert sentences.of_bars(nobody) == "Yhdestäkään ei ole näytettävää lukua."
    silent = Series("Paltamo", (None,) * 4, "marked")
    assert "Paltamo: ei näytettävää lukua." in sentences.of_lines(chart(silent))
