"""Feedback within a minute, answered for all to read; and a nurse who sees what has changed and where the danger is.

Each page is looked at by axe, on a phone's width and on a desk's.
"""

import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from luotsi.base.now import now
from luotsi.base.who import Who
from luotsi.domain.questionnaires.models import Collection
from luotsi.domain.questionnaires.queries import gathering
from tests.factories import contact, worker
from tests.factories.clients import session_of
from tests.journeys.walk import look
from tests.rooms.steering.answers import answered, opened
from tests.rooms.team.measures import MILD, phq9

pytestmark = [pytest.mark.journey, pytest.mark.slow]
WORDS = "Puhelimeen vastattiin vasta tunnin päästä"
REPLY = "Kiitos. Aamuissa on nyt kaksi vastaajaa."
A_MINUTE = 60.0  # seconds


@pytest.fixture(autouse=True)
def _patience(transactional_db: None) -> Iterator[None]:
    expect.set_options(timeout=60_000)
    yield
    expect.set_options(timeout=5_000)


def signed_in(page: Page, server: str, who: Who) -> None:
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session_of(who), "url": server}])


def seen(page: Page, name: str) -> None:
    """The page at both widths."""
    size = page.viewport_size
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        look(page, f"{name}-{width}")
    page.set_viewport_size(size or {"width": 1280, "height": 900})


def test_a_manager_reads_feedback_within_a_minute_of_a_kiosk_and_answers_it_for_all(
    server: str, phone: Page, desktop: Page, browser: Browser
) -> None:
    manager = worker("unit-manager", unit="sotkamo", name="Esa Esihenkilö")
    kiosk = opened(manager)
    for number in range(5):
        answered(kiosk, recommend=5 + number, heard="3")
    signed_in(desktop, server, manager)
    desktop.goto(f"{server}/fi/boards/feedback/sotkamo/")
    expect(desktop.get_by_role("heading", name="Omin sanoin")).to_be_visible()
    when_somebody_answers_at_the_kiosk(phone, f"{server}/fi/answers/{gathering.token_of(kiosk.id)}/")
    since = time.monotonic()
    expect(desktop.get_by_text(WORDS).first).to_be_visible()
    waited = time.monotonic() - since
    print(f"the board moved {waited:.1f} s after the answer")
    assert waited < A_MINUTE
    seen(desktop, "feedback-board")
    then_what_is_being_written_stays_when_the_board_moves(desktop, kiosk)
    then_the_manager_answers_publicly(desktop)
    everybody = browser.new_page()
    everybody.goto(f"{server}/fi/feedback/sotkamo/")
    expect(everybody.get_by_text(REPLY).first).to_be_visible()
    expect(everybody.get_by_text(WORDS).first).to_be_visible()
    seen(everybody, "feedback-public")
    everybody.close()
    desktop.goto(f"{server}/fi/boards/questionnaires/feedback_reception/?place=sotkamo")
    seen(desktop, "feedback-figures")


def when_somebody_answers_at_the_kiosk(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Aloita", exact=True).click()
    for _ in range(20):
        if page.url.rstrip("/").endswith("review"):
            break
        for group in page.locator("#questions fieldset.field").all():
            yes = group.locator("input[value=yes]")
            (yes if yes.count() else group.locator("input").last).check()
        for field in page.locator("#questions textarea").all():
            field.fill(WORDS)
        with page.expect_navigation():
            page.get_by_role("button", name="Seuraava").click()
    page.get_by_role("button", name="Lähetä vastaukset").click()
    expect(page.get_by_role("heading", name="Kiitos vastauksistasi")).to_be_visible()


def then_what_is_being_written_stays_when_the_board_moves(page: Page, kiosk: Collection) -> None:
    said = page.locator("article", has_text=WORDS)
    said.locator("summary").click()
    said.locator("textarea").fill(REPLY)
    answered(kiosk, recommend=9, heard="4", good="Toinen ääni")
    expect(page.get_by_text("Toinen ääni")).to_be_visible()
    expect(said.locator("textarea")).to_have_value(REPLY)


def then_the_manager_answers_publicly(page: Page) -> None:
    said = page.locator("article", has_text=WORDS)
    said.get_by_role("button", name="Julkaise vastaus").click()
    expect(page.get_by_text("Vastauksesi näkyy nyt kaikille")).to_be_visible()
    expect(page.get_by_text(REPLY).first).to_be_visible()
    seen(page, "feedback-answered")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_nurse_sees_the_change_of_phq9_and_its_sign_of_danger(server: str, desktop: Page, language: str) -> None:
    nurse = worker(name="Hilla Hoitaja")
    since = now() - timedelta(days=40)
    case = contact(at=since)
    phq9(case, MILD, days_ago=30)
    phq9(case, "222211111", at=now() - timedelta(minutes=5))
    signed_in(desktop, server, nurse)
    desktop.goto(f"{server}/{language}/team/")
    seen(desktop, f"{language}-list-danger")
    desktop.goto(f"{server}/{language}/team/cases/{case.id}/")
    section = desktop.locator("#questionnaires")
    expect(section.get_by_text("+8")).to_be_visible()
    expect(desktop.locator(".notice-danger")).to_be_visible()
    seen(desktop, f"{language}-case-phq9")
    section.locator("tbody a").first.click()
    expect(desktop.locator("table").last).to_be_visible()
    seen(desktop, f"{language}-phq9")
    desktop.goto(f"{server}/{language}/team/people/{case.resident_id}/measures/")
    expect(desktop.locator("svg .mark-line, figure svg").first).to_be_visible()
    seen(desktop, f"{language}-measures")


def test_a_round_is_opened_with_its_code_and_ended(server: str, desktop: Page) -> None:
    signed_in(desktop, server, worker("unit-manager", unit="sotkamo", name="Esa Esihenkilö"))
    desktop.goto(f"{server}/fi/boards/rounds/")
    seen(desktop, "rounds")
    desktop.locator("[name=questionnaire]").select_option("feedback_reception")
    desktop.locator("[name=name]").fill("Aula")
    desktop.get_by_role("button", name="Avaa kierros").click()
    expect(desktop.locator("main img")).to_be_visible()
    seen(desktop, "round")
    desktop.get_by_role("button", name="Päätä kierros").click()
    expect(desktop.get_by_text("Kierros on päättynyt")).to_be_visible()
