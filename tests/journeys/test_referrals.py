"""Referrals: a nurse sends a knee to the physiotherapist, who takes it on; another one comes back and is sent anew.

Each end sees at once how it stands, and the resident reads it in plain words; every page passes axe.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from luotsi.base.now import now
from luotsi.base.who import Who
from luotsi.domain.cases.models import Case, Referral
from tests.factories import as_who, assessed, contact, resident, worker
from tests.journeys.desk import Desk, desk
from tests.journeys.walk import look

pytestmark = pytest.mark.journey
QUESTION = "Polvi ei taivu portaissa. Harjoitteluohjelma, kiitos."


@pytest.fixture
def county(server: str, browser: Browser) -> Iterator[Desk]:
    with desk(server, browser) as found:
        yield found


@pytest.fixture
def physio(county: Desk) -> Who:
    return worker("physiotherapist", "fysioterapia", "Frans Fysio")


@pytest.fixture
def case(county: Desk) -> Case:
    made = contact(resident(first_name="Tuija", last_name="Polvinen"), at=now() - timedelta(hours=3))
    return assessed(made, county.nurse)


@pytest.mark.parametrize(("language", "width"), [("fi", 1280), ("sv", 360), ("en", 1280)])
def test_nurse_to_physiotherapist(county: Desk, physio: Who, case: Case, language: str, width: int) -> None:
    nurse = county.open(county.nurse, width)
    when_the_nurse_sends_it_on(county, nurse, case, language)
    receiver = county.open(physio, width)
    when_the_physiotherapist_takes_it_on(county, receiver, language)
    then_a_matter_of_their_own_is_open(county, receiver, case, language)
    then_the_sender_sees_that_it_was_accepted(county, nurse, case, language)
    then_the_resident_reads_where_it_is(county, case, language)


def test_returned_referral(county: Desk, physio: Who, case: Case) -> None:
    nurse, receiver = county.open(county.nurse, 1280), county.open(physio, 360)
    when_the_nurse_sends_it_on(county, nurse, case, "fi")
    when_the_physiotherapist_sends_it_back(county, receiver)
    then_the_sender_reads_why(county, nurse)
    when_the_sender_mends_it_and_sends_it_again(nurse)
    then_both_sendings_stand_in_the_history(county, receiver)
    then_the_resident_reads_that_it_goes_on(county, case)


def when_the_nurse_sends_it_on(county: Desk, page: Page, case: Case, language: str) -> None:
    county.at(page, f"team/cases/{case.id}/", language)
    look(page, f"{language}-referral-case-before")
    page.locator("#referrals summary").click()
    page.locator("#referrals a[href$='/sendings/physiotherapy/']").click()
    look(page, f"{language}-referral-form")
    page.locator("main [name=question]").fill("")
    page.locator("main form[novalidate] button").first.click()
    expect(page.locator("main [aria-invalid=true]").first).to_be_visible()
    look(page, f"{language}-referral-form-errors")
    page.locator("main [name=question]").fill(QUESTION)
    page.locator("main form[novalidate] button").first.click()
    page.wait_for_url(f"**/{language}/team/referrals/*/")
    expect(page.get_by_text(QUESTION)).to_be_visible()
    look(page, f"{language}-referral-sent")


def when_the_physiotherapist_takes_it_on(county: Desk, page: Page, language: str) -> None:
    county.at(page, "team/referrals/", language)
    look(page, f"{language}-referral-book")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{language}/team/referrals/*/")
    expect(page.get_by_text(QUESTION)).to_be_visible()
    look(page, f"{language}-referral-received")
    step(page, "accepted")
    expect(page.locator("main a[href*='/team/cases/']").first).to_be_visible()
    look(page, f"{language}-referral-accepted")


def step(page: Page, name: str) -> None:
    """Take a step of the thread; its form may stand behind its name."""
    form = page.locator(f"main form:has(input[name=step][value={name}])")
    if not form.locator("button[type=submit]").is_visible():
        page.locator(f"main details:has(input[name=step][value={name}]) > summary").click()
    form.locator("button[type=submit]").click()
    page.wait_for_load_state()


def then_a_matter_of_their_own_is_open(county: Desk, page: Page, case: Case, language: str) -> None:
    page.locator("main a[href*='/team/cases/']").first.click()
    expect(page.get_by_role("heading", name="Tuija Polvinen")).to_be_visible()
    look(page, f"{language}-referral-own-case")
    opened = Referral.objects.get(case=case).opened
    assert opened is not None
    assert opened.unit_id == "fysioterapia"


def then_the_sender_sees_that_it_was_accepted(county: Desk, page: Page, case: Case, language: str) -> None:
    accepted = {"fi": "Hyväksytty", "sv": "Godkänd", "en": "Accepted"}[language]
    county.at(page, f"team/cases/{case.id}/", language)
    expect(page.locator("#referrals").get_by_text(accepted).first).to_be_visible()
    look(page, f"{language}-referral-case-after")


def then_the_resident_reads_where_it_is(county: Desk, case: Case, language: str) -> None:
    says = {
        "fi": "Asiasi on lähetetty fysioterapeutille.",
        "sv": "Ditt ärende har skickats till fysioterapeuten.",
        "en": "Your matter has been sent to the physiotherapist.",
    }[language]
    page = county.open(as_who(case.resident), 360)
    county.at(page, f"matters/{case.id}/", language)
    expect(page.get_by_role("heading", name=says)).to_be_visible()
    look(page, f"{language}-referral-resident")


def when_the_physiotherapist_sends_it_back(county: Desk, page: Page) -> None:
    county.at(page, "team/referrals/")
    page.locator("#referral-book a[href*='/team/referrals/']:not([href*=dates])").last.click()
    step(page, "returned")
    expect(page.locator("main [aria-invalid=true]").first).to_be_visible()
    look(page, "referral-return-errors")
    page.locator("main [name=reason][value=more_needed]").check()
    page.locator("main form:has(input[name=step][value=returned]) [name=note]").fill("Onko polvi kuvattu?")
    step(page, "returned")
    expect(page.get_by_text("Palautettu syineen.")).to_be_visible()
    look(page, "referral-returned")


def then_the_sender_reads_why(county: Desk, page: Page) -> None:
    county.at(page, "team/referrals/?view=all")
    look(page, "referral-all")
    page.locator("#referral-book a[href*='/team/referrals/']:not([href*=dates])").last.click()
    expect(page.get_by_text("Palautettu: tarvitaan lisätietoja")).to_be_visible()
    expect(page.get_by_text("Onko polvi kuvattu?")).to_be_visible()


def when_the_sender_mends_it_and_sends_it_again(page: Page) -> None:
    page.get_by_role("link", name="Korjaa ja lähetä uudelleen").click()
    expect(page.locator("main [name=question]")).to_have_value(QUESTION)
    page.locator("main [name=question]").fill(f"{QUESTION} Röntgen 12.1. ilman poikkeavaa.")
    page.locator("main form[novalidate] button").first.click()
    page.wait_for_url("**/team/referrals/*/")
    expect(page.get_by_text("Aiemmat ja myöhemmät lähetykset")).to_be_visible()
    look(page, "referral-again")


def then_both_sendings_stand_in_the_history(county: Desk, page: Page) -> None:
    county.at(page, "team/referrals/")
    page.locator("#referral-book a[href*='/team/referrals/']:not([href*=dates])").last.click()
    expect(page.get_by_text("Röntgen 12.1. ilman poikkeavaa.")).to_be_visible()
    expect(page.get_by_text("Aiemmat ja myöhemmät lähetykset")).to_be_visible()
    look(page, "referral-history")


def then_the_resident_reads_that_it_goes_on(county: Desk, case: Case) -> None:
    page = county.open(as_who(case.resident), 360)
    county.at(page, f"matters/{case.id}/")
    expect(page.get_by_text("Se palautui meille: tarvitaan lisätietoja.")).to_be_visible()
    look(page, "referral-resident-returned")
