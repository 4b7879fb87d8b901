"""Emergency access: a nurse opens one register of somebody who cannot speak, and everybody whom it concerns knows.

Given somebody with matters in two registers elsewhere, when the nurse searches, confirms that it is her and writes her
reason, she sees the health matter and not the social one, under a banner that counts down; when the four hours are
over nothing is there; the resident's log tells of it loudly, and the privacy officer finds it with its reason.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from luotsi.base.now import now
from luotsi.domain.people.models import Relationship
from tests.journeys.desk import Desk, desk
from tests.journeys.walk import look

pytestmark = pytest.mark.journey
WHY = "Tuotiin tajuttomana, lääkitys tarkistettava"


@pytest.fixture
def county(server: str, browser: Browser) -> Iterator[Desk]:
    with desk(server, browser) as found:
        yield found


@pytest.mark.parametrize(("language", "width"), [("fi", 1280), ("sv", 360), ("en", 1280)])
def test_four_hours_of_one_register_and_everybody_knows(county: Desk, language: str, width: int) -> None:
    page = county.open(county.nurse, width)
    when_she_asks_for_emergency_access(county, page, language)
    when_she_writes_her_reason(county, page, language)
    then_one_register_is_open_under_a_banner(county, page, language)
    when_the_four_hours_are_over()
    then_nothing_is_there(county, page, language)
    then_the_resident_is_told_loudly(county)
    then_the_privacy_officer_finds_it(county)


def when_she_asks_for_emergency_access(county: Desk, page: Page, language: str) -> None:
    county.at(page, "team/people/", language)
    page.locator("main [name=code]").fill(county.code)
    page.keyboard.press("Enter")
    page.locator("main a[href$='/emergency/']").click()
    expect(page.locator("main form:has(input[value=demonstration])")).to_be_visible()  # is it still her?
    look(page, f"{language}-emergency-confirmation")
    page.locator("main form:has(input[value=demonstration]) button").click()
    expect(page.locator("main [name=own_words]")).to_be_visible()
    look(page, f"{language}-emergency")


def when_she_writes_her_reason(county: Desk, page: Page, language: str) -> None:
    page.locator("main [name=own_words]").fill("kiire")
    page.locator("main form button").first.click()
    expect(page.locator("main [aria-invalid=true]").first).to_be_visible()
    look(page, f"{language}-emergency-errors")
    expect(page.locator("main [name=own_words]")).to_have_value("kiire")
    page.locator("main [name=reason][value=cannot-tell]").check()
    page.locator("main [name=own_words]").fill(WHY)
    page.locator("main form button").first.click()
    page.wait_for_url(f"**/{language}/team/people/{county.neighbour.id}/")


def then_one_register_is_open_under_a_banner(county: Desk, page: Page, language: str) -> None:
    expect(page.locator("h1")).to_have_text("Toivo Naapurinen")
    banner = {"fi": "Hätäkäyttö on auki", "sv": "Nödåtkomsten är öppen", "en": "Emergency access is open"}[language]
    expect(page.get_by_role("heading", name=banner)).to_be_visible()
    look(page, f"{language}-emergency-person")
    expect(page.locator(f"main a[href*='{county.social.id}']")).to_have_count(0)
    page.locator(f"main a[href*='{county.health.id}']").click()
    expect(page.locator("h1")).to_contain_text("Toivo Naapurinen")
    look(page, f"{language}-emergency-case")
    expect(page.locator("main form[action$='/assessments/']")).to_have_count(0)  # for reading only
    assert county.at(page, f"team/cases/{county.social.id}/", language) == 404


def when_the_four_hours_are_over() -> None:
    opened = Relationship.objects.get(ground="emergency")
    assert opened.ends_at is not None
    assert opened.ends_at - opened.begins_at == timedelta(hours=4)
    opened.begins_at, opened.ends_at = now() - timedelta(hours=5), now() - timedelta(hours=1)
    opened.save(update_fields=["begins_at", "ends_at"])


def then_nothing_is_there(county: Desk, page: Page, language: str) -> None:
    for path in (f"team/cases/{county.health.id}/", f"team/people/{county.neighbour.id}/"):
        assert county.at(page, path, language) == 404


def then_the_resident_is_told_loudly(county: Desk) -> None:
    page = county.open(county.oneself, 360)
    county.at(page, "own/log/")
    expect(page.get_by_role("heading", name="Tietosi on avattu kiireellisestä syystä")).to_be_visible()
    expect(page.get_by_text("Nelli Naapuri").first).to_be_visible()
    look(page, "emergency-own-log")


def then_the_privacy_officer_finds_it(county: Desk) -> None:
    page = county.open(county.officer, 1280)
    county.at(page, "oversight/emergencies/")
    expect(page.get_by_text(WHY).first).to_be_visible()
    expect(page.get_by_text("Nelli Naapuri").first).to_be_visible()
    look(page, "emergency-oversight")
