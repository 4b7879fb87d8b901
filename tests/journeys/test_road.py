"""The whole road: one contact becomes one figure in the programme's report, with everybody on their own screen.

Given the demonstration county, a resident finds a service and writes; a nurse sees it arrive, judges the need, offers a
time; the resident takes it; the visit is held and the matter closed; the manager's board moves; the coordinator's
report carries the figure. In Finnish whole, in Swedish and English once through.
"""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from docx import Document
from playwright.sync_api import Browser, Page, expect
from pptx import Presentation

from luotsi.analytics import facts
from luotsi.analytics.engine import DuckFigures
from luotsi.base.now import now
from luotsi.demo.prepare import fill
from luotsi.demo.progress import Progress
from luotsi.domain.cases.models import Case
from luotsi.domain.indicators import ports
from luotsi.domain.indicators import queries as indicators
from tests.journeys.walk import look

pytestmark = [pytest.mark.journey, pytest.mark.slow]
RESIDENT, NURSE, MANAGER, COORDINATOR = "veera", "nelli", "esa", "kaisa"
OFFER = "form[action$='/offers/'] button, a[href$='/offers/']"


@pytest.fixture
def demonstration(server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A small demonstration county with its figures; the server's address."""
    monkeypatch.setattr(settings, "DATA", tmp_path)
    before = ports.figures()
    ports.connect(DuckFigures(tmp_path / "facts"))
    fill(count=200, seed=7, at=now(), progress=Progress(is_quiet=True))
    facts.rebuild()
    yield server
    ports.connect(before)


@dataclass
class People:
    """Everybody's own screen: residents on a phone, workers at a desk."""

    open: Callable[[str, int], Page]
    address: str
    language: str

    def at(self, page: Page, path: str) -> Page:
        page.goto(f"{self.address}/{self.language}/{path}")
        return page

    def sign_in(self, key: str, *, width: int = 1280) -> Page:
        """Press one's own button on the guide page."""
        page = self.at(self.open(self.language, width), "demo/")
        page.locator(f"button[name=cast][value={key}], form:has(input[value={key}]) button").first.click()
        return page


@pytest.fixture
def people(browser: Browser, demonstration: str, request: pytest.FixtureRequest) -> Iterator[People]:
    opened = []

    def screen(language: str, width: int) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800}, locale=f"{language}-FI")
        context.set_default_timeout(60_000)
        opened.append(context)
        return context.new_page()

    yield People(screen, demonstration, request.param)
    for context in opened:
        context.close()


@pytest.mark.parametrize("people", ["fi", "sv", "en"], indirect=True)
def test_one_contact_becomes_one_figure_in_the_report(people: People) -> None:
    worklist = people.at(people.sign_in(NURSE), "team/")
    look(worklist, f"{people.language}-worklist")
    resident = people.sign_in(RESIDENT, width=360)
    case = given_a_contact_through_the_finder(people, resident)
    then_it_appears_on_the_list_without_reloading(worklist, case)
    when_the_nurse_judges_the_need(people, worklist, case)
    when_a_time_is_offered(people, worklist, case)
    when_the_resident_takes_it(people, resident, case)
    board = people.at(people.sign_in(MANAGER), "boards/reception/")
    look(board, f"{people.language}-board")
    before, shown = visits_counted(), board.inner_text("main")
    when_the_visit_is_held_and_the_case_closed(people, worklist, case)
    facts.refresh()
    assert visits_counted() == before + 1
    then_the_board_moves_without_reloading(board, shown)
    then_the_report_carries_the_figure(people)


def given_a_contact_through_the_finder(people: People, page: Page) -> Case:
    """From everyday words to a sent message."""
    words = {"fi": "yskä ei lopu", "sv": "hostan går inte över", "en": "cough will not stop"}[people.language]
    people.at(page, "")
    look(page, f"{people.language}-front")
    page.locator("#q").fill(words)
    page.locator("#q").press("Enter")
    expect(page.locator("#found a[href*='/services/nurse-reception/']").first).to_be_visible()
    look(page, f"{people.language}-found")
    page.locator("#found a[href*='/services/nurse-reception/']").first.click()
    look(page, f"{people.language}-service")
    page.locator("a[href$='/services/nurse-reception/contact/']").click()
    page.locator("main form button[type=submit], main form button:not([type])").first.click()
    expect(page.locator("[aria-invalid=true]").first).to_be_visible()
    look(page, f"{people.language}-contact-errors")
    page.locator("[name=what]").fill("Yskä on kestänyt kaksi viikkoa.")
    page.locator("[name=since][value=longer]").check()
    page.locator("[name=phone]").fill("040 123 4567")
    page.locator("main form button[type=submit], main form button:not([type])").first.click()
    expect(page.locator("main form button[value=change]")).to_be_visible()
    look(page, f"{people.language}-contact-review")
    page.locator("main form button[value=send]").click()
    expect(page).to_have_url(re.compile(r"/matters/[0-9a-f-]{36}/$"))
    look(page, f"{people.language}-matter-sent")
    return Case.objects.get(id=page.url.rstrip("/").rsplit("/", 1)[1])


def then_it_appears_on_the_list_without_reloading(page: Page, case: Case) -> None:
    expect(page.locator(f"#worklist a[href*='{case.id}']").first).to_be_visible(timeout=15_000)


def when_the_nurse_judges_the_need(people: People, page: Page, case: Case) -> None:
    page.locator(f"#worklist a[href*='{case.id}']").first.click()
    look(page, f"{people.language}-case-new")
    page.locator("[name=outcome][value=care_needed]").check()
    _send(page, "/assessments/")
    expect(page.locator(OFFER).first).to_be_visible()
    look(page, f"{people.language}-case-assessed")


def when_a_time_is_offered(people: People, page: Page, case: Case) -> None:
    page.locator(OFFER).first.click()
    look(page, f"{people.language}-offers")
    page.locator("[name=slot]").first.check(force=True)
    page.locator("form:has([name=slot]) button").first.click()
    expect(page).to_have_url(re.compile(f"/team/cases/{case.id}/"))


def when_the_resident_takes_it(people: People, page: Page, case: Case) -> None:
    people.at(page, "matters/")
    look(page, f"{people.language}-matters")
    people.at(page, f"matters/{case.id}/")
    look(page, f"{people.language}-matter-offered")
    page.locator("button[name=answer][value=accept]").click()
    expect(page.locator("button[name=answer]")).to_have_count(0)
    look(page, f"{people.language}-matter-booked")


def when_the_visit_is_held_and_the_case_closed(people: People, page: Page, case: Case) -> None:
    people.at(page, f"team/cases/{case.id}/")
    _unfold(page, "/visits/")
    page.locator("main form[action$='/visits/'] textarea").fill("Keuhkot kuunneltu, ohjeet annettu.")
    _send(page, "/visits/")
    _unfold(page, "/closure/")
    page.locator("main form[action$='/closure/'] [name=reason][value=cared]").check()
    _send(page, "/closure/")
    people.at(page, f"team/cases/{case.id}/")
    look(page, f"{people.language}-case-closed")
    case.refresh_from_db()
    assert case.close_reason == "cared"


def _send(page: Page, form: str) -> None:
    """Press the form's first button and wait for the page that answers."""
    with page.expect_navigation():
        page.locator(f"main form[action$='{form}'] button").first.click()


def _unfold(page: Page, form: str) -> None:
    """A step that is not the likeliest one waits folded."""
    folded = page.locator(f"details:not([open]):has(form[action$='{form}']) > summary")
    if folded.count():
        folded.first.click()


def visits_counted() -> int:
    """How many needs at Sotkamo have been met within the limit, as the indicator counts."""
    return indicators.read_indicator("care_within_limit", units={"sotkamo"}).total.numerator or 0


def then_the_board_moves_without_reloading(page: Page, shown: str) -> None:
    page.wait_for_function("shown => document.querySelector('main').innerText !== shown", arg=shown, timeout=30_000)


def then_the_report_carries_the_figure(people: People) -> None:
    page = people.sign_in(COORDINATOR)
    look(people.at(page, "programmes/"), f"{people.language}-programmes")
    look(people.at(page, "programmes/hella/"), f"{people.language}-programme")
    look(people.at(page, "programmes/hella/money/"), f"{people.language}-programme-money")
    live = indicators.live_figure("care_within_7_days")
    shown = f"{live.value:.0f}"
    people.at(page, "programmes/hella/")
    expect(page.locator("#live-targets")).to_contain_text(shown)
    words = "\n".join(_texts(_download(page, "report.docx")))
    assert shown in words
    deck = Presentation(io.BytesIO(_download(page, "deck.pptx")))
    assert any(shape.has_chart for slide in deck.slides for shape in slide.shapes)


def _download(page: Page, name: str) -> bytes:
    answer = page.request.get(f"{page.url}{name}")
    assert answer.ok, f"{name}: {answer.status}"
    return answer.body()


def _texts(content: bytes) -> Iterator[str]:
    document = Document(io.BytesIO(content))
    yield from (paragraph.text for paragraph in document.paragraphs)
    for table in document.tables:
        yield from (cell.text for row in table.rows for cell in row.cells)
