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
        "soite-growth/measures/",
        "soite-growth/people/",
        "soite-growth/background/",
        "soite-growth/risks/",
        "soite-growth/communication/",
        "soite-growth/parts/soite-growth-1/",
        "kestava-kasvu-kainuu/",
        "kestava-kasvu-kainuu/measures/",
        "kestava-kasvu-kainuu/pilots/",
        "kestava-kasvu-kainuu/money/",
        "kestava-kasvu-kainuu/parts/kestava-kasvu-kainuu-1/",
        "osaksi/",
        "osaksi/measures/",
        "osaksi/people/",
        "osaksi/background/",
        "siun-sote/",
        "siun-sote/measures/",
        "siun-sote/evaluation/",
        "siun-sote/pilots/",
        "siun-sote/people/",
        "siun-sote/parts/siun-sote-2/",
    ],
)
def test_every_page_opens_in_each_language(browser: Client, language: str, address: str) -> None:
    assert browser.get(f"/{language}/programmes/{address}").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "nothing/", "nothing/money/", "hella/parts/nothing/", "nothing/report.docx", "nothing/measures/",
        "hella/evaluation/", "hella/pilots/", "osaksi/money/",
    ],
)  # fmt: skip
def test_what_does_not_exist_is_not_found(browser: Client, address: str) -> None:
    assert browser.get(f"/fi/programmes/{address}").status_code == 404


def test_the_one_wrong_printed_figure_is_marked_with_the_right_one(browser: Client) -> None:
    page = browser.get("/fi/programmes/hella/money/").content.decode().replace("\xa0", " ").replace(" ", " ")
    assert "400 455 €" in page
    assert "3 767 906 €" in page
    assert page.count('class="disagrees"') == 1


def test_measures_are_shown_by_state_with_their_reason(browser: Client) -> None:
    late = browser.get("/en/programmes/kestava-kasvu-kainuu/measures/?state=late").content.decode()
    assert "Chatbot ja chat-palvelu" in late
    assert "Hankinta pysähtyy, markkinaoikeuden käsittely" in late
    assert "Hammashoidon jonon purku" not in late
    every = browser.get("/en/programmes/kestava-kasvu-kainuu/measures/?state=nonsense").content.decode()
    assert "Chatbot ja chat-palvelu" in every
    assert "Hammashoidon jonon purku" in every


def test_a_programme_is_told_with_how_many_measures_are_in_which_state(browser: Client) -> None:
    page = browser.get("/en/programmes/").content.decode()
    assert "Late 3" in page
    assert "98 measures" in page


def test_rounds_stand_side_by_side_and_what_was_not_said_is_said(browser: Client) -> None:
    page = browser.get("/en/programmes/siun-sote/evaluation/").content.decode()
    assert "Siun sotessa on jopa satoja eri puhelinnumeroita" in page
    assert "aloitettu sähköisen palvelualustan suunnittelutyö" in page
    assert "yhteistyössä Meitan kanssa" in page
    assert page.count("Not mentioned") == 1  # 1.3 in spring 2021
    assert "16 pilots of goal 1.2" in page


def test_each_part_of_the_evaluation_has_its_own_page_and_nonsense_shows_the_first(browser: Client) -> None:
    quality = browser.get("/en/programmes/siun-sote/evaluation/?part=siun-sote-3").content.decode()
    assert "67 työntekijää" in quality
    assert "satoja eri puhelinnumeroita" not in quality
    first = browser.get("/en/programmes/siun-sote/evaluation/?part=nonsense").content.decode()
    assert "satoja eri puhelinnumeroita" in first


def test_a_plan_without_states_has_no_empty_column_of_them(browser: Client) -> None:
    assert "State not told" not in browser.get("/en/programmes/soite-growth/measures/").content.decode()


def test_a_pilot_that_was_stopped_says_why(browser: Client) -> None:
    page = browser.get("/en/programmes/siun-sote/pilots/").content.decode()
    assert "Kokeilussa ollut teknologia ei ole toimiva, joten käytöstä on luovuttu." in page


def test_target_groups_carry_their_share_and_ranges_do_not(browser: Client) -> None:
    page = browser.get("/en/programmes/soite-growth/people/").content.decode()
    assert "91%" in page  # 62 000 of 67 988
    assert "330–410" in page
    assert "AVAIN -mittarin vaikuttavuustutkimuksen" in page


def test_the_need_shows_computed_shares_and_that_the_texts_changes_follow(browser: Client) -> None:
    page = browser.get("/en/programmes/soite-growth/background/").content.decode()
    assert "643 (84.6%)" in page
    assert page.count("Agrees") == 3
    assert "Disagrees" not in page


def test_an_entered_answer_stands_in_the_target_table(browser: Client) -> None:
    page = browser.get("/en/programmes/siun-sote/").content.decode()
    assert "9/2021" in page
    assert "Käyttöönotto kokonaisuudessaan 6/2022 mennessä" in page


@pytest.mark.parametrize("key", ["kestava-kasvu-kainuu", "osaksi", "siun-sote", "soite-growth"])
def test_every_programme_has_its_report_and_deck(browser: Client, key: str) -> None:
    assert browser.get(f"/fi/programmes/{key}/report.docx").status_code == 200
    assert browser.get(f"/fi/programmes/{key}/deck.pptx").status_code == 200


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
