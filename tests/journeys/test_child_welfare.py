"""A child-welfare notification over Easter: 31.3.2026 → 13.4.2026.

Given a school's notification on the Tuesday before Easter, the social worker judges its urgency at once, sees that the
seventh working day is 13 April, takes a neighbour's anonymous notification into the same matter with a limit of its
own, decides to begin the assessment, tells the child and the guardian, and the manager reads how it went. The school's
name is on no page until it is asked for. A close in haste is undone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from luotsi.base.now import HELSINKI
from luotsi.base.who import Who
from luotsi.domain.cases.models import Case
from luotsi.domain.people.models import Resident
from tests.factories import worker
from tests.factories.clients import session_of
from tests.factories.notifying import EASTER, child, guard, notification
from tests.journeys.walk import look

pytestmark = pytest.mark.journey
GOOD_FRIDAY = datetime(2026, 4, 3, 21, 30, tzinfo=HELSINKI)
DUE = {"fi": "ma 13.4.2026", "sv": "mån 13.4.2026"}


@dataclass
class Office:
    """The social worker's and the manager's screens."""

    address: str
    browser: Browser
    lotta: Who
    manager: Who
    maija: Resident
    case: Case

    def open(self, who: Who, width: int) -> Page:
        context = self.browser.new_context(viewport={"width": width, "height": 900}, locale="fi-FI")
        context.set_default_timeout(60_000)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session_of(who), "url": self.address}])
        return context.new_page()


@pytest.fixture
def office(server: str, browser: Browser) -> Iterator[Office]:
    with time_machine.travel(EASTER):
        lotta, maija = guard(), child(first_name="Maija", last_name="Esimerkkilä")
        manager = worker("unit-manager", unit="lastensuojelu", name="Pirkko Päällikkö")
        case = notification(maija, lotta)
        yield Office(server, browser, lotta, manager, maija, case)
    for context in browser.contexts:
        context.close()


@pytest.mark.parametrize(("language", "width"), [("fi", 1280), ("sv", 360)])
def test_a_notification_over_easter(office: Office, language: str, width: int) -> None:
    page = office.open(office.lotta, width)
    when_the_urgency_is_judged(office, page, language)
    then_the_seventh_working_day_is_after_easter(office, page, language)
    page = when_a_further_notification_comes_on_good_friday(office, width, language)
    when_the_assessment_begins_and_the_child_is_told(office, page, language)
    when_it_is_closed_in_haste_and_opened_again(office, page, language)
    then_the_manager_reads_the_figures(office, language)


def at_case(office: Office, page: Page, language: str) -> None:
    page.goto(f"{office.address}/{language}/team/cases/{office.case.id}/")


def judge(page: Page, outcome: str) -> None:
    page.locator(f"#next-step form[action$='/assessments/'] [name=outcome][value={outcome}]").check()
    page.locator("#next-step form[action$='/assessments/'] .button-row button").first.click()


def when_the_urgency_is_judged(office: Office, page: Page, language: str) -> None:
    at_case(office, page, language)
    expect(page.get_by_text("Rehtori Esimerkki")).to_have_count(0)
    look(page, f"{language}-child-welfare-new")
    page.locator("#next-step form[action$='/assessments/'] .button-row button").first.click()
    expect(page.locator("main [aria-invalid=true]").first).to_be_visible()
    look(page, f"{language}-child-welfare-errors")
    judge(page, "not_urgent")
    page.wait_for_url(f"**/{language}/team/cases/{office.case.id}/")


def then_the_seventh_working_day_is_after_easter(office: Office, page: Page, language: str) -> None:
    expect(page.locator("main").get_by_text(DUE[language]).first).to_be_visible()
    look(page, f"{language}-child-welfare-under-way")


def when_a_further_notification_comes_on_good_friday(office: Office, width: int, language: str) -> Page:
    with time_machine.travel(GOOD_FRIDAY):
        page = office.open(office.lotta, width)
        same = notification(office.maija, office.lotta, at=GOOD_FRIDAY, sender="anonymous", name="")
        assert same.id == office.case.id
        at_case(office, page, language)
        judge(page, "at_once")
        name = {"fi": "Hätätilanne: apua tarvitaan heti", "sv": "Nödsituation: hjälp behövs genast"}[language]
        expect(page.get_by_role("heading", name=name)).to_be_visible()
        look(page, f"{language}-child-welfare-emergency")
    return page


def when_the_assessment_begins_and_the_child_is_told(office: Office, page: Page, language: str) -> None:
    with time_machine.travel(GOOD_FRIDAY + timedelta(minutes=5)):
        judge(page, "started")
        page.locator("#tellings details > summary").click()
        page.locator("#tellings [name=party][value=child]").check()
        page.locator("#tellings [name=way][value=meeting]").check()
        page.locator("#tellings form .button-row button").first.click()
        expect(page.locator("#tellings li").first).to_be_visible()
        look(page, f"{language}-child-welfare-told")


def when_it_is_closed_in_haste_and_opened_again(office: Office, page: Page, language: str) -> None:
    with time_machine.travel(GOOD_FRIDAY + timedelta(minutes=10)):
        page.locator("#next-step details:has([name=reason][value=moved]) > summary").click()
        page.locator("#next-step [name=reason][value=moved]").check()
        page.locator("#next-step form[action$='/closure/'] .button-row button").first.click()
        page.locator("#next-step details:has(form[action$='/reopening/']) > summary").click()
        look(page, f"{language}-child-welfare-closed")
        page.locator("#next-step [name=reason][value=wrong_matter]").check()
        page.locator("#next-step form[action$='/reopening/'] .button-row button").click()
        expect(page.locator("#next-step form[action$='/assessments/']")).to_be_visible()
        look(page, f"{language}-child-welfare-reopened")


def then_the_manager_reads_the_figures(office: Office, language: str) -> None:
    with time_machine.travel(GOOD_FRIDAY + timedelta(days=5)):
        page = office.open(office.manager, 1280)
        page.goto(f"{office.address}/{language}/team/child-welfare/")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator("main table")).to_have_count(0)  # of one child no number is told to who may not open it
        look(page, f"{language}-child-welfare-figures")
