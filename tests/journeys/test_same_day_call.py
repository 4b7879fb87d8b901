"""The same-day call: who got in touch is called, who calls is written down while they speak, and it is known why.

Given a message that came this morning, when the nurse calls in vain the resident stays on the call list; when Toivo
rings, with whom nobody here has had anything to do, a mistake loses nothing he said, and his matter is on the list with
one press that says why he called; when the other one is reached nobody waits, and whoever leads sees why people call.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from luotsi.base.now import now
from luotsi.base.who import SYSTEM
from luotsi.domain.cases.models import CallAttempt, Case, Contact
from luotsi.domain.catalogue import actions as catalogue
from tests.factories import contact, resident, worker
from tests.journeys.desk import Desk, desk
from tests.journeys.walk import look

pytestmark = pytest.mark.journey
SAID = "Missä lähetteeni viipyy? Olen odottanut kuukauden."


@pytest.fixture
def county(server: str, browser: Browser) -> Iterator[Desk]:
    with desk(server, browser) as found:
        catalogue.load_shelf(by=SYSTEM, at=now())
        contact(resident(first_name="Aino", last_name="Aamuvirkku"), at=now())
        yield found


@pytest.mark.parametrize(("language", "width"), [("fi", 1280), ("sv", 360), ("en", 1280)])
def test_the_same_day_call(county: Desk, language: str, width: int) -> None:
    page = county.open(county.nurse, width)
    when_she_calls_in_vain(county, page, language)
    when_toivo_rings(county, page, language)
    then_his_matter_is_on_the_list(page, language)
    when_she_says_why_with_one_press(page, language)
    when_the_other_one_is_reached(county, page, language)
    then_whoever_leads_sees_why(county, language, width)


def when_she_calls_in_vain(county: Desk, page: Page, language: str) -> None:
    county.at(page, "team/calls/", language)
    expect(page.locator("main a[href^='tel:']")).to_have_attribute("href", "tel:0401234567")
    look(page, f"{language}-calls")
    page.locator("main details summary").first.click()
    look(page, f"{language}-calls-open")
    page.locator("main button[name=outcome][value=no_answer]").click()
    page.wait_for_url(f"**/{language}/team/calls/")
    expect(page.locator("main")).to_contain_text("Aamuvirkku")
    assert CallAttempt.objects.get().outcome == "no_answer"


def when_toivo_rings(county: Desk, page: Page, language: str) -> None:
    county.at(page, "team/people/", language)
    page.locator("main [name=code]").fill(county.code)
    page.keyboard.press("Enter")
    page.locator("main a[href$='/contacts/']").click()
    expect(page.locator("main [name=told]")).to_be_focused()
    look(page, f"{language}-contact-new")
    page.keyboard.type(SAID)
    page.locator("main [name=service]").fill("xqzt")
    page.locator("main form button").first.click()
    expect(page.locator("main [aria-invalid=true]").first).to_be_visible()
    look(page, f"{language}-contact-errors")
    expect(page.locator("main [name=told]")).to_have_value(SAID)
    page.locator("main [name=service]").fill("nurse-reception")
    page.locator("main form button").first.click()


def then_his_matter_is_on_the_list(page: Page, language: str) -> None:
    expect(page.locator("h1")).to_contain_text("Toivo Naapurinen")
    expect(page.locator("#contact")).to_contain_text(SAID)
    look(page, f"{language}-contact-case")
    case = Case.objects.get(contact__channel="phone")
    assert (case.unit_id, case.contact.told) == ("sotkamo", SAID)


def when_she_says_why_with_one_press(page: Page, language: str) -> None:
    page.locator("#contact button[name=demand]").first.click()
    expect(page.locator("#contact details button[value=F1]")).to_have_count(0)
    assert Contact.objects.get(channel="phone").demand == "F1"
    page.locator("#contact details summary").first.click()
    look(page, f"{language}-contact-classed")


def when_the_other_one_is_reached(county: Desk, page: Page, language: str) -> None:
    county.at(page, "team/calls/", language)
    page.locator("main details summary").first.click()
    page.locator("main button[name=outcome][value=reached]").click()
    page.wait_for_url(f"**/{language}/team/calls/")
    expect(page.locator("main")).not_to_contain_text("Aamuvirkku")
    look(page, f"{language}-calls-done")


def then_whoever_leads_sees_why(county: Desk, language: str, width: int) -> None:
    page = county.open(worker("service-manager", "kehittaminen", name="Veera Vastuu"), width)
    assert county.at(page, "boards/contacts/", language) == 200
    expect(page.locator("main table")).to_have_count(3)
    look(page, f"{language}-demand")
