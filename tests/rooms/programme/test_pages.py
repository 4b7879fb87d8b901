"""The programme's room: the plan as printed, money with its wrong figure marked, reports with their figures."""

import io

import pytest
from django.test import Client
from docx import Document
from pptx import Presentation

from tests.factories import worker
from tests.factories.clients import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser() -> Client:
    return signed_in(worker(role="programme-coordinator", unit="kehittaminen"))


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize(
    "address",
    [
        "",
        "hella/",
        "hella/parts/hella-reception/",
        "hella/money/",
        "hella/risks/",
        "hella/communication/",
        "soite-growth/",
        "soite-growth/money/",
    ],
)
def test_every_page_opens_in_each_language(browser: Client, language: str, address: str) -> None:
    assert browser.get(f"/{language}/programmes/{address}").status_code == 200


@pytest.mark.parametrize("address", ["nothing/", "nothing/money/", "hella/parts/nothing/", "nothing/report.docx"])
def test_what_does_not_exist_is_not_found(browser: Client, address: str) -> None:
    assert browser.get(f"/fi/programmes/{address}").status_code == 404


def test_the_one_wrong_printed_figure_is_marked_with_the_right_one(browser: Client) -> None:
    page = browser.get("/fi/programmes/hella/money/").content.decode().replace("\xa0", " ").replace(" ", " ")
    assert "400 455 €" in page
    assert "3 767 906 €" in page
    assert page.count('class="disagrees"') == 1


def test_another_countys_programme_shows_no_figures_of_ours(browser: Client) -> None:
    page = browser.get("/fi/programmes/soite-growth/").content.decode()
    assert "toisen hyvinvointialueen hanke" in page


def test_the_report_and_the_deck_open_in_their_programs(browser: Client) -> None:
    report = browser.get("/fi/programmes/hella/report.docx")
    assert "hella-" in report["Content-Disposition"]
    words = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(report.content)).paragraphs)
    assert "HELLÄ" in words
    deck = browser.get("/fi/programmes/hella/deck.pptx")
    assert len(Presentation(io.BytesIO(deck.content)).slides) > 5


def test_who_may(client: Client) -> None:
    assert client.get("/fi/programmes/").status_code == 302
    assert signed_in(worker()).get("/fi/programmes/").status_code == 403
    manager = signed_in(worker(role="service-manager", unit="kehittaminen"))
    assert manager.get("/fi/programmes/hella/").status_code == 200
    assert manager.get("/fi/programmes/hella/report.docx").status_code == 403


def test_a_month_that_is_none_is_ignored(browser: Client) -> None:
    assert browser.get("/fi/programmes/hella/report.docx?month=2026-99").status_code == 200
