"""A resident's rights: acting for a child, reading who looked, asking why, and deciding what is allowed.

Given the demonstration county, Veera takes care of her son's matter and finds herself in his log. She finds the nurse
who opened her own matter, asks why, and reads the privacy officer's answer. She allows something and changes her mind.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from luotsi.base.now import now
from luotsi.demo import cast
from luotsi.demo.prepare import fill
from luotsi.demo.progress import Progress
from luotsi.domain.cases.models import Case
from tests.journeys.walk import look

pytestmark = [pytest.mark.journey, pytest.mark.slow]
VEERA, ONNI, NELLI, OFFICER = "veera", "onni", "nelli", "tiina"


@pytest.fixture
def demonstration(server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A small demonstration county; the server's address."""
    monkeypatch.setattr(settings, "DATA", tmp_path)
    fill(count=160, seed=7, at=now(), progress=Progress(is_quiet=True))
    return server


@dataclass
class Rooms:
    """Residents on a phone, workers at a desk, each with a browser of their own."""

    open: Callable[[int], Page]
    address: str
    language: str

    def at(self, page: Page, path: str) -> Page:
        page.goto(f"{self.address}/{self.language}/{path}")
        return page

    def sign_in(self, key: str, *, width: int = 360) -> Page:
        page = self.at(self.open(width), "demo/")
        page.locator(f"button[name=cast][value={key}], form:has(input[value={key}]) button").first.click()
        page.wait_for_load_state()
        return page

    def look(self, page: Page, name: str) -> None:
        look(page, f"{self.language}-rights-{name}")


@pytest.fixture
def rooms(browser: Browser, demonstration: str, request: pytest.FixtureRequest) -> Iterator[Rooms]:
    opened = []

    def screen(width: int) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800}, locale=f"{request.param}-FI")
        context.set_default_timeout(60_000)
        opened.append(context)
        return context.new_page()

    yield Rooms(screen, demonstration, request.param)
    for context in opened:
        context.close()


@pytest.mark.parametrize("rooms", ["fi", "sv"], indirect=True)
def test_a_parent_sends_a_contact_for_her_child_and_his_log_shows_it(rooms: Rooms) -> None:
    page = rooms.sign_in(VEERA)
    when_she_chooses_to_act_for(rooms, page, cast.MEMBERS[ONNI].name)
    case = when_she_sends_a_contact(rooms, page, "matter-of-the-child")
    assert (case.resident_id, case.contact.sent_by_id) == (cast.MEMBERS[ONNI].id, cast.MEMBERS[VEERA].id)
    then_a_page_that_is_not_hers_says_so(rooms, page)
    then_the_private_matter_is_nowhere(rooms, page)
    when_she_goes_back_to_her_own_matters(rooms, page)
    onni = rooms.sign_in(ONNI)
    rooms.at(onni, "own/log/")
    expect(onni.locator("main")).to_contain_text(cast.MEMBERS[VEERA].name)
    rooms.look(onni, "log-of-the-child")


@pytest.mark.parametrize("rooms", ["fi", "en"], indirect=True)
def test_a_resident_asks_why_somebody_looked_and_reads_the_answer(rooms: Rooms) -> None:
    given_that_the_nurse_opened_her_matter(rooms)
    page = rooms.sign_in(VEERA)
    question = when_she_asks_about_the_nurse(rooms, page)
    when_the_privacy_officer_answers(rooms, question)
    rooms.at(page, f"matters/{question.id}/")
    expect(page.locator("main")).to_contain_text("Nelli hoiti tuttua asiaasi.")
    rooms.look(page, "answer")
    when_she_allows_and_thinks_again(rooms, page)
    when_she_looks_at_her_details(rooms, page)


def when_she_chooses_to_act_for(rooms: Rooms, page: Page, name: str) -> None:
    rooms.at(page, "acting/")
    rooms.look(page, "acting")
    page.locator(f"main section:has(h2:text-is('{name}')) button").click()
    expect(page.locator(".page-acting")).to_contain_text(name)
    rooms.look(page, "matters-of-the-child")


def when_she_sends_a_contact(rooms: Rooms, page: Page, name: str) -> Case:
    rooms.at(page, "services/nurse-reception/contact/")
    page.locator("[name=what]").fill("Polvi on yhä turvonnut.")
    page.locator("[name=since][value=week]").check()
    page.locator("[name=phone]").fill("040 123 4567")
    a_new_matter = page.locator("[name=which_matter][value=new]")
    if a_new_matter.count():
        a_new_matter.check()
    page.locator("main form button").first.click()
    page.locator("main form button[value=send]").click()
    expect(page).to_have_url(re.compile(r"/matters/[0-9a-f-]{36}/$"))
    rooms.look(page, name)
    return Case.objects.get(id=page.url.rstrip("/").rsplit("/", 1)[1])


def then_a_page_that_is_not_hers_says_so(rooms: Rooms, page: Page) -> None:
    answer = page.goto(f"{rooms.address}/{rooms.language}/own/details/")
    assert answer is not None
    assert answer.status == 403
    rooms.look(page, "not-covered")


def then_the_private_matter_is_nowhere(rooms: Rooms, page: Page) -> None:
    """Neither in his matters nor in his log does a word tell of what the boy keeps to himself."""
    for path in ("matters/", "own/log/?by=all", "own/log/log.json"):
        told = page.request.get(f"{rooms.address}/{rooms.language}/{path}").text()
        assert not re.search("Pilvi|Ahdistaa", told), path
        assert "Näyteniemi" in told or path.endswith("json")


def when_she_goes_back_to_her_own_matters(rooms: Rooms, page: Page) -> None:
    """One press, from any page."""
    rooms.at(page, "own/log/")
    rooms.look(page, "log-read-by-the-mother")
    page.locator(".page-acting button").click()
    expect(page.locator(".page-acting")).to_have_count(0)
    rooms.look(page, "own-matters-again")


def given_that_the_nurse_opened_her_matter(rooms: Rooms) -> None:
    page = rooms.sign_in(VEERA)
    case = when_she_sends_a_contact(rooms, page, "matter")
    nurse = rooms.sign_in(NELLI, width=1280)
    rooms.at(nurse, f"team/cases/{case.id}/")
    expect(nurse.locator("h1").first).to_be_visible()


def when_she_asks_about_the_nurse(rooms: Rooms, page: Page) -> Case:
    rooms.at(page, "own/log/")
    name = cast.MEMBERS[NELLI].name
    expect(page.locator("main")).to_contain_text(name)
    rooms.look(page, "log")
    page.locator(f".definition:has-text('{name}') a[href*='/question/']").first.click()
    rooms.look(page, "question")
    page.locator("main form button").first.click()
    expect(page.locator("[aria-invalid=true]")).to_be_visible()
    rooms.look(page, "question-errors")
    page.locator("[name=question]").fill("En muista tavanneeni häntä. Miksi hän avasi asiani?")
    page.locator("main form button").first.click()
    expect(page).to_have_url(re.compile(r"/matters/[0-9a-f-]{36}/$"))
    rooms.look(page, "question-sent")
    return Case.objects.get(kind="log_question")


def when_the_privacy_officer_answers(rooms: Rooms, question: Case) -> None:
    page = rooms.at(rooms.sign_in(OFFICER, width=1280), "team/")
    page.locator(f"#worklist a[href*='{question.id}']").first.click()
    rooms.look(page, "officer")
    page.locator("[name=outcome][value=proper]").check()
    page.locator("main form[action$='/assessments/'] textarea").fill("Nelli hoiti tuttua asiaasi.")
    with page.expect_navigation():
        page.locator("main form[action$='/assessments/'] button").first.click()
    question.refresh_from_db()
    assert question.close_reason == "answered"


def when_she_allows_and_thinks_again(rooms: Rooms, page: Page) -> None:
    rooms.at(page, "own/consents/")
    rooms.look(page, "consents")
    section = page.locator("#share-health-with-social")
    section.locator("button[name=answer][value=yes]").click()
    expect(page.locator(".notice button[name=answer]")).to_be_visible()
    rooms.look(page, "consent-given")
    page.locator(".notice button[name=answer]").click()
    expect(page.locator("#share-health-with-social button[value=yes]")).to_be_visible()


def when_she_looks_at_her_details(rooms: Rooms, page: Page) -> None:
    rooms.at(page, "own/")
    rooms.look(page, "own")
    page.locator("form[action$='/own/identity-code/'] button").click()
    expect(page.locator("main")).to_contain_text(cast.VEERA.identity_code)
    rooms.at(page, "own/details/")
    rooms.look(page, "details")
    page.locator("[name=mail]").fill("veera.uusi@example.org")
    page.locator("main form button").first.click()
    expect(page).to_have_url(re.compile(r"/own/mail/$"))
    rooms.look(page, "mail")
