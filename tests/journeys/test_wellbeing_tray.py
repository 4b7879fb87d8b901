"""The wellbeing tray: an association keeps its service, a nurse refers a resident and hands a list, the reply comes.

Given an association's worker who writes a walking group in three languages, when the county's adviser has read it and
it is published, then a nurse finds it for a resident, refers her with her consent, and hands a list on paper. The
association sees the name and the number, and says that she came; by the list's link she says what came of it. Both
stand in the matter.
"""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from luotsi.base.now import now, today
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.cases.models import Case, Direction, Referral
from luotsi.domain.catalogue.actions import load_shelf
from luotsi.domain.catalogue.models import Service, TrayEntry
from luotsi.domain.people import actions as people
from tests.factories import as_who, assessed, contact, resident, worker
from tests.journeys.desk import Desk, desk
from tests.journeys.walk import look

pytestmark = pytest.mark.journey
NAMES = {"fi": "Kävelykaverit", "sv": "Promenadvänner", "en": "Walking companions"}
WHY = "Kävely yhdessä tekee hyvää."


@pytest.fixture
def county(server: str, browser: Browser) -> Iterator[Desk]:
    load_shelf(by=SYSTEM, at=now())
    with desk(server, browser) as found:
        yield found


@pytest.fixture
def case(county: Desk) -> Case:
    nurse = worker("nurse", "sotkamo", "Nelli Hoitaja")
    person = resident(first_name="Tuija", last_name="Kävelijä", municipality="765", phone="040 123 4567")
    return assessed(contact(person, at=now() - timedelta(hours=2)), nurse)


@pytest.mark.parametrize(("language", "width"), [("fi", 1280), ("sv", 360), ("en", 1280)])
def test_an_association_keeps_its_service_and_hears_whom_a_nurse_refers(
    county: Desk, case: Case, language: str, width: int
) -> None:
    taru = worker("organisation-worker", "kainuun-kumppanit", "Taru Talkoola")
    nurse, adviser = (
        worker("nurse", "sotkamo", "Nelli Hoitaja"),
        worker("service-adviser", "asiakasohjaus", "Oona Ohje"),
    )
    people.give_consent(resident=case.resident_id, purpose="refer-to-wellbeing", by=as_who(case.resident), at=now())
    page = county.open(taru, width)
    when_she_writes_a_service_and_sends_it(county, page, language)
    when_the_county_has_checked_it(county, adviser, language)
    when_she_publishes_it(county, page, language)
    when_the_nurse_refers_and_hands_a_list(county, nurse, case, language, width)
    when_the_association_says_that_she_came(county, page, language)
    when_the_resident_answers_by_the_link(county, nurse, case, language)
    then_both_stand_in_the_matter(county, nurse, case, language)


def when_she_writes_a_service_and_sends_it(county: Desk, page: Page, language: str) -> None:
    county.at(page, "team/entries/", language)
    look(page, f"{language}-tray-empty")
    page.locator("main a[href$='/entries/draft/']").click()
    page.locator("main form button").first.click()  # nothing written yet
    expect(page.locator("main [aria-invalid=true]").first).to_be_visible()
    look(page, f"{language}-tray-errors")
    page.locator("main [name=kind][value=exercise]").check()
    for code, name in NAMES.items():
        page.locator(f"main [name=name_{code}]").fill(name)
        for field in ("summary", "description", "coming", "cost"):
            page.locator(f"main [name={field}_{code}]").fill(f"{name}: {field}.")
    page.locator("main [name=phone]").fill("08 000 0153")
    page.locator("main [name=review_on]").fill((today() + timedelta(days=200)).isoformat())
    page.locator("main form button").first.click()
    page.wait_for_url(f"**/{language}/team/entries/*-*/")
    look(page, f"{language}-tray-draft")
    step(page, "send")
    assert TrayEntry.objects.get().sent_at is not None


def when_the_county_has_checked_it(county: Desk, adviser: Who, language: str) -> None:
    page = county.open(adviser, 1280)
    county.at(page, "team/entries/", language)
    page.get_by_text(NAMES[language]).first.click()
    look(page, f"{language}-tray-to-check")
    step(page, "check")
    assert TrayEntry.objects.get().checked_at is not None


def when_she_publishes_it(county: Desk, page: Page, language: str) -> None:
    county.at(page, f"team/entries/{TrayEntry.objects.get().id}/", language)
    step(page, "publish")
    key = Service.objects.published().get(source="tray").key
    county.at(page, f"services/{key}/", language)
    expect(page.locator("h1")).to_have_text(NAMES[language])


def when_the_nurse_refers_and_hands_a_list(county: Desk, nurse: Who, case: Case, language: str, width: int) -> None:
    key = Service.objects.published().get(source="tray").key
    page = county.open(nurse, width)
    county.at(page, f"team/cases/{case.id}/directions/{key}/", language)
    look(page, f"{language}-tray-service")
    page.locator("main [name=why]").fill(WHY)
    page.locator("main form[novalidate] button").first.click()
    page.wait_for_url(f"**/{language}/team/cases/{case.id}/")
    county.at(page, f"team/cases/{case.id}/directions/{key}/", language)
    page.locator("main a[href*='/sendings/wellbeing/']").click()
    look(page, f"{language}-tray-sending")
    page.locator("main [name=to_unit][value=kainuun-kumppanit]").check()
    page.locator("main [name=question]").fill("Tiistait sopivat.")
    page.locator("main form[novalidate] button").first.click()
    page.wait_for_url(f"**/{language}/team/referrals/*/")
    assert Referral.objects.get().to_unit_id == "kainuun-kumppanit"
    county.at(page, f"team/cases/{case.id}/directions/sheet/", language)
    look(page, f"{language}-tray-paper")


def when_the_association_says_that_she_came(county: Desk, page: Page, language: str) -> None:
    county.at(page, f"team/referrals/{Referral.objects.get().id}/", language)
    expect(page.get_by_text("Tuija Kävelijä").first).to_be_visible()
    page.locator("form:has([name=step][value=accepted]) button").first.click()
    page.wait_for_load_state()
    page.locator("form:has([name=step][value=done]) [name=reason][value=came]").check()
    page.locator("form:has([name=step][value=done]) button").first.click()
    page.wait_for_load_state()
    look(page, f"{language}-tray-came")
    assert Referral.objects.get().ended_at is not None


def when_the_resident_answers_by_the_link(county: Desk, nurse: Who, case: Case, language: str) -> None:
    page = county.open(nurse, 1280)
    county.at(page, f"team/cases/{case.id}/directions/sheet/", language)
    address = page.locator("main a[href*='/picks/']").get_attribute("href") or ""
    token = re.sub(r".*/picks/", "", address)
    page = county.open(as_who(case.resident), 360)
    county.at(page, f"picks/{token}", language)
    look(page, f"{language}-tray-picks")
    page.locator("main select[name=result]").select_option("taken")
    page.locator("main form button").click()
    page.wait_for_load_state()
    assert Direction.objects.get(case=case).result == "taken"


def then_both_stand_in_the_matter(county: Desk, nurse: Who, case: Case, language: str) -> None:
    page = county.open(nurse, 1280)
    county.at(page, f"team/cases/{case.id}/", language)
    expect(page.locator("#directions").get_by_text(WHY)).to_be_visible()
    came = {"fi": "tuli mukaan", "sv": "kom med", "en": "came along"}[language]
    expect(page.locator("#referrals").get_by_text(came)).to_be_visible()


def step(page: Page, name: str) -> None:
    page.locator(f"form:has([name=step][value={name}]) button").first.click()
    page.wait_for_load_state()
