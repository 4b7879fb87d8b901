"""The steering group's deck, opened again as its receiver opens it."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from pptx import Presentation

from luotsi.base.text import LANGUAGES, Language
from luotsi.gateways.documents import steering_deck_pptx
from luotsi.gateways.documents.slides import paper
from luotsi.gateways.documents.slides.fitting import LINE_HEIGHT, POINTS_PER_INCH, lines_of

from .months import WEEKS, deck_file, plain, report, said_on, shapes, table_headed, word_file, words_of


@pytest.fixture
def deck() -> Any:
    return Presentation(BytesIO(deck_file()))


def test_every_slide_has_a_title_of_its_own(deck: Any) -> None:
    assert all(titles(deck))
    assert len(set(titles(deck))) == len(titles(deck))
    for part in report().parts:
        assert any(title.startswith(part.name.fi) for title in titles(deck)), part.key
    assert {"Talous", "Riskikatsaus (1/2)", "Viestintä", "Lähteet ja päiväys"} <= set(titles(deck))


def test_the_deck_says_every_line_of_every_status(deck: Any) -> None:
    said = said_on(deck)
    for part in report().parts:
        assert part.status is not None
        for lines in (part.status.overall, part.status.achieved, part.status.still_to_do, part.status.deviations_risks):
            for line in lines:
                assert all(plain(text) in said for _, text in line.walk()), part.key


def test_charts_are_native_and_hold_the_figures(deck: Any) -> None:
    charts = [shape.chart for shape in shapes(deck, "chart")]
    live, goal = charts[0].plots[0].series

    assert len(charts) == 3
    assert list(charts[0].plots[0].categories) == [label for label, _ in WEEKS]
    assert list(live.values) == pytest.approx([value * 100 for _, value in WEEKS])
    assert list(goal.values) == [80] * len(WEEKS)
    assert [len(chart.plots[0].series) for chart in charts] == [2, 1, 2]
    assert list(charts[2].plots[0].series[0].values) == [98, None]


def test_the_money_slide_marks_the_wrong_figure(deck: Any) -> None:
    table = shapes(deck, "table")[0].table
    marked = [
        (table.cell(row, 0).text, plain(table.cell(row, place).text))
        for row in range(1, len(table.rows))
        for place in range(1, len(table.columns))
        if table.cell(row, place).fill.type is not None
    ]

    assert marked == [("Menot yhteensä = kokonaiskustannukset", "400 455 *")]
    assert "painettu 400 455, laskettu 3 767 906" in said_on(deck)


def test_charts_and_tables_have_words_for_those_who_do_not_see_them(deck: Any) -> None:
    for shape in [*shapes(deck, "chart"), *shapes(deck, "table")]:
        assert shape._element.xpath("string(.//p:cNvPr/@descr)")


def test_risks_stand_with_their_marks_in_the_bullets_place(deck: Any) -> None:
    lines = [
        paragraph
        for slide in deck.slides
        if slide.shapes.title.text_frame.text.startswith("Riskikatsaus")
        for shape in slide.shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
    ]
    marks = {line.text: line._p.xpath("string(a:pPr/a:buChar/@char)") for line in lines}

    assert marks["Budjetin noudattaminen kunnossa"] == "+"
    assert marks["Tilastojen saaminen sotesta hankalaa, tilastojen luotettavuus =?"] == "−"
    assert (list(marks.values()).count("+"), list(marks.values()).count("−")) == (9, 11)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ["hella", "soite-growth"])
def test_no_text_runs_over_its_slide(key: str, language: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUOTSI_COUNTY", "kainuu" if key == "hella" else "keski-pohjanmaa")
    deck: Any = Presentation(BytesIO(steering_deck_pptx(report(key, language))))
    over = [
        (slide.shapes.title.text_frame.text, shape.text_frame.text[:40])
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_text_frame and _bottom(shape) > paper.HIGH * POINTS_PER_INCH
    ]

    assert over == []


def test_the_eu_label_stands_where_the_funder_needs_it(deck: Any) -> None:
    soite: Any = Presentation(BytesIO(deck_file("soite-growth")))
    label = "Euroopan unionin rahoittama – NextGenerationEU"

    assert all(label in _texts_of(slide) for slide in soite.slides)
    assert label in words_of(Document(BytesIO(word_file("soite-growth"))))
    assert "NextGenerationEU" not in said_on(deck)


def test_the_targets_of_soite_stand_year_by_year() -> None:
    deck: Any = Presentation(BytesIO(deck_file("soite-growth")))
    doc: Any = Document(BytesIO(word_file("soite-growth")))
    rows = [[cell.text for cell in row.cells] for shape in shapes(deck, "table") for row in shape.table.rows]
    oral = next(row for row in rows if row[0] == "Suun terveydenhuollon kiireettömän hoidon saatavuus")
    forms = next(
        row for row in table_headed(doc, "Tavoite") if row[0].startswith("Sähköisesti täytettävien lomakkeiden")
    )

    assert [plain(cell) for cell in oral[1:6]] == ["enintään", "150 pv", "120 pv", "100 pv", "90 pv"]
    assert forms[2:6] == ["yli 10 %", "yli 25 %", "yli 30 %", "45 %"]
    assert "painettu 15,69, laskettu 15,01" in said_on(deck)


def _texts_of(slide: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def _bottom(shape: Any) -> float:
    """Where the text of a box ends, in points from the slide's top."""
    width = shape.width.pt
    return shape.top.pt + sum(_height(paragraph, width) for paragraph in shape.text_frame.paragraphs)


def _height(paragraph: Any, width: float) -> float:
    sizes: Iterator[float] = (run.font.size.pt for run in paragraph.runs)
    size = next(sizes, 0)
    indent = int(paragraph._p.pPr.get("marL", 0)) / 12700 if paragraph._p.pPr is not None else 0
    above = paragraph.space_before.pt if paragraph.space_before is not None else 0
    return lines_of(paragraph.text, size or 1, width - indent) * size * LINE_HEIGHT + above


def titles(deck: Any) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in deck.slides]
