"""The monthly report in Word, opened again as its receiver opens it."""

import zipfile
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from pptx import Presentation

from luotsi.base.text import Language
from luotsi.domain.programmes.definitions import Point
from luotsi.gateways.documents import monthly_report_docx, steering_deck_pptx
from luotsi.gateways.documents.word import template

from .months import deck_file, plain, report, said_on, shapes, table_headed, word_file, words_of


@pytest.fixture
def word() -> Any:
    return Document(BytesIO(word_file()))


def test_the_report_has_the_funders_headings_for_each_part(word: Any) -> None:
    headings = [paragraph.text for paragraph in word.paragraphs if paragraph.style.name.startswith("Heading")]

    for part in report().parts:
        assert part.name.fi in headings
    assert headings.count("Yleistilanne suhteessa hankesuunnitelmaan") == 11
    assert headings.count("Keskeiset aikaansaannokset 8/2022 mennessä") == 10
    assert headings.count("Vielä tehtävänä") == 11
    assert headings.count("Poikkeamat, ongelmat, riskit") == 11
    assert headings[-1] == "Lähteet ja päiväys"


def test_the_report_says_every_line_of_every_status(word: Any) -> None:
    said = words_of(word)
    for part in report().parts:
        assert part.status is not None
        for lines in (part.status.overall, part.status.achieved, part.status.still_to_do, part.status.deviations_risks):
            for line in lines:
                assert all(plain(text) in said for _, text in line.walk()), part.key


def test_the_live_figures_stand_with_goal_coverage_and_day(word: Any) -> None:
    first, _, oral = table_headed(word, "Mittari")[1:]

    assert first[1:] == ["81,4 %", "vähintään 80 %\nTavoite täyttyy", "96,4 %", "1 532 / 1 882", "31.3.2026"]
    assert oral[1:] == ["104,5 pv", "enintään 90 pv\nTavoite ei täyty", "–", "–", "–"]


def test_a_chart_is_a_picture_with_words(word: Any) -> None:
    pictures = [shape._inline.docPr.get("descr") for shape in word.inline_shapes]

    assert len(pictures) == 3
    assert "2026-W01 – 2026-W13: pienin 71\u00a0%, suurin 83\u00a0%, viimeisin 83\u00a0%." in pictures[0]
    assert "Katkoviiva on tavoite, vähintään 80\u00a0%." in pictures[0]


def test_the_money_is_as_printed_with_the_wrong_figure_marked(word: Any) -> None:
    rows = {row[0]: row[1:] for row in table_headed(word, "Menot")}

    assert rows["Henkilöstömenot, joista"][0] == "132 731"
    assert rows["Henkilöstömenot, joista"][-1] == "1 532 943"
    assert rows["Menot yhteensä = kokonaiskustannukset"][-1] == "400 455 *"
    assert rows["Haettava valtionavustus"][-1] == "3 767 906"
    assert sum("*" in figure for row in rows.values() for figure in row) == 1
    assert "painettu 400 455, laskettu 3 767 906, ero 3 367 451" in words_of(word)


def test_only_the_wrong_cell_is_coloured(word: Any) -> None:
    table = next(table for table in word.tables if table.rows[0].cells[0].text == "Menot")
    grounds = [cell._tc.xpath("string(.//w:shd/@w:fill)") for row in table.rows[1:] for cell in row.cells[1:]]

    assert len([ground for ground in grounds if ground not in ("FFFFFF", "")]) == 1


def test_the_report_signs_its_sources_and_day(word: Any) -> None:
    said = words_of(word)

    assert "Lähdeasiakirja 001" in said
    assert "Hoitotakuu 7 vrk: ensimmäinen käynti seitsemässä vuorokaudessa · määritelmä 2025-1 · 31.3.2026" in said
    assert "1.4.2026 klo 9.15" in said
    assert "Projektipäällikkö" in said


def test_texts_of_the_source_are_marked_as_finnish_in_a_swedish_report() -> None:
    doc: Any = Document(BytesIO(word_file(language="sv")))
    default = doc.styles.element.xpath("string(//w:rPrDefault//w:lang/@w:val)")
    source = doc.styles["Source Bullet"].element.xpath("string(.//w:lang/@w:val)")
    line = next(paragraph for paragraph in doc.paragraphs if paragraph.text == "Tk-vastaanottotoiminnan uudistaminen")

    assert (default, source, line.style.name) == ("sv-FI", "fi-FI", "Source Bullet")
    assert "Återstår att göra" in words_of(doc)


@pytest.mark.parametrize(("language", "value"), [("fi", "81,4 %"), ("sv", "81,4 %"), ("en", "81.4%")])
def test_figures_are_written_as_the_language_writes_them(language: Language, value: str) -> None:
    assert value in words_of(Document(BytesIO(word_file(language=language))))
    assert value in said_on(Presentation(BytesIO(deck_file(language=language))))


def test_no_tag_of_the_template_reaches_the_reader() -> None:
    for key in ("hella", "soite-growth"):
        with zipfile.ZipFile(BytesIO(word_file(key))) as parts:
            for name in parts.namelist():
                if name.endswith(".xml"):
                    text = parts.read(name).decode()
                    assert "{{" not in text, name
                    assert "{%" not in text, name


def test_signs_of_markup_in_a_text_stay_text() -> None:
    month = report()
    rude = "Ikä < 25 & > 15, <w:br/> {{ money }} {% if %}"
    status = month.parts[0].status
    assert status is not None
    part = month.parts[0].model_copy(update={"status": status.model_copy(update={"overall": (Point(text=rude),)})})
    changed = replace(month, parts=(part, *month.parts[1:]))

    assert rude in words_of(Document(BytesIO(monthly_report_docx(changed))))
    assert rude in said_on(Presentation(BytesIO(steering_deck_pptx(changed))))


def test_a_month_without_figures_says_so() -> None:
    month = report(figures={})
    doc: Any = Document(BytesIO(monthly_report_docx(month)))
    deck: Any = Presentation(BytesIO(steering_deck_pptx(month)))

    assert len(doc.inline_shapes) == 0
    assert "ei lukua tältä ajalta" in words_of(doc)
    assert shapes(deck, "chart") == []


def test_the_committed_template_is_the_one_the_script_makes() -> None:
    with zipfile.ZipFile(template.FILE) as kept, zipfile.ZipFile(BytesIO(template.build())) as made:
        for name in made.namelist():
            if name.startswith("word/") and name.endswith(".xml"):
                same = kept.read(name) == made.read(name)
                assert same, f"{name}: run python -m luotsi.gateways.documents.word.template"
