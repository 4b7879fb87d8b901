"""The guidance desk: one matter leads to any service of the catalogue, with the reason; what was tried is kept.

Given somebody who does not know who helps, when the adviser finds a wellbeing group in everyday words and points to it,
and it does not suit, she writes that down and opens a matter in physiotherapy: another register, one kind of matter to
begin with. The resident reads in plain words which services may help, why, what came of it, and that they are called.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from luotsi.base.now import now
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.cases.models import Case, Direction
from luotsi.domain.catalogue.actions import load_shelf
from tests.factories import as_who, contact, resident, worker
from tests.journeys.desk import Desk, desk
from tests.journeys.walk import look

pytestmark = pytest.mark.journey
GROUP, BACK = "Ryhmästä saa seuraa ja liikettä.", "Selkä on kipeä, asukas toivoo harjoitteita."
TEXTS = {
    "fi": ("yksinäisyys", "selkä on kipeä", "Palvelu ei sopinut sinulle.", "Sinun ei tarvitse soittaa"),
    "sv": ("ensamhet", "ont i ryggen", "Tjänsten passade inte dig.", "Du behöver inte ringa"),
    "en": ("loneliness", "back pain", "It did not suit you.", "You do not need to call"),
}


@pytest.fixture
def county(server: str, browser: Browser) -> Iterator[Desk]:
    load_shelf(by=SYSTEM, at=now())
    with desk(server, browser) as found:
        yield found


@pytest.fixture
def adviser(county: Desk) -> Who:
    return worker("service-adviser", "asiakasohjaus", "Oona Ohjaaja")


@pytest.fixture
def case(county: Desk) -> Case:
    person = resident(first_name="Tuija", last_name="Apunen", municipality="765")
    since = now() - timedelta(hours=1)
    return contact(person, unit="asiakasohjaus", kind="guidance", service="guidance-desk", at=since)


@pytest.mark.parametrize(("language", "width"), [("fi", 1280), ("sv", 360), ("en", 1280)])
def test_one_matter_leads_to_any_service_with_the_reason(
    county: Desk, adviser: Who, case: Case, language: str, width: int
) -> None:
    page = county.open(adviser, width)
    when_she_judges_that_a_service_is_looked_for(county, page, case, language)
    when_she_points_to_a_group(county, page, case, language)
    when_it_did_not_suit(county, page, case, language)
    when_she_opens_a_matter_in_another_register(county, page, case, language)
    then_what_was_tried_is_kept_with_the_reasons(county, page, case, language)
    then_the_resident_reads_it_in_plain_words(county, case, language)


def when_she_judges_that_a_service_is_looked_for(county: Desk, page: Page, case: Case, language: str) -> None:
    county.at(page, f"team/cases/{case.id}/", language)
    look(page, f"{language}-guidance-case")
    page.locator("main [name=outcome][value=guided]").first.check()
    page.locator("main form[action$='/assessments/'] button").first.click()
    page.wait_for_load_state()
    case.refresh_from_db()
    assert [one.outcome for one in case.assessments.all()] == ["guided"]


def when_she_points_to_a_group(county: Desk, page: Page, case: Case, language: str) -> None:
    looked_for(county, page, case, language, TEXTS[language][0])
    page.locator("main a[href$='/directions/wellbeing-groups/']").click()
    look(page, f"{language}-guidance-service")
    page.locator("main form[novalidate] button").first.click()  # without a reason
    expect(page.locator("main [aria-invalid=true]").first).to_be_visible()
    look(page, f"{language}-guidance-errors")
    page.locator("main [name=why]").fill(GROUP)
    page.locator("main form[novalidate] button").first.click()
    page.wait_for_url(f"**/{language}/team/cases/{case.id}/")
    expect(page.locator("#directions").get_by_text(GROUP)).to_be_visible()


def when_it_did_not_suit(county: Desk, page: Page, case: Case, language: str) -> None:
    given = Direction.objects.get(case=case)
    page.locator(f"#result-{given.id}").select_option("not_suitable")
    page.locator("#directions form:has(select) button").click()
    page.wait_for_load_state()
    assert Direction.objects.get(case=case).result == "not_suitable"


def when_she_opens_a_matter_in_another_register(county: Desk, page: Page, case: Case, language: str) -> None:
    looked_for(county, page, case, language, TEXTS[language][1])
    expect(page.get_by_text(GROUP)).to_be_visible()  # what was tried stands where more is looked for
    page.locator("main a[href$='/directions/physiotherapy/']").click()
    page.locator("main [name=why]").fill(BACK)
    page.locator("main [name=opens]").check()
    page.locator("main form[novalidate] button").first.click()
    page.wait_for_url(f"**/{language}/team/cases/{case.id}/")
    opened = Direction.objects.get(case=case, service="physiotherapy").opened
    assert opened is not None
    assert (opened.unit_id, opened.register, case.register) == ("fysioterapia", "health", "social")


def then_what_was_tried_is_kept_with_the_reasons(county: Desk, page: Page, case: Case, language: str) -> None:
    for why in (GROUP, BACK):
        expect(page.locator("#directions").get_by_text(why)).to_be_visible()
    look(page, f"{language}-guidance-tried")
    told = Direction.objects.filter(case=case).order_by("given_at").values_list("service", "why", "result")
    assert list(told) == [("wellbeing-groups", GROUP, "not_suitable"), ("physiotherapy", BACK, "")]


def then_the_resident_reads_it_in_plain_words(county: Desk, case: Case, language: str) -> None:
    page = county.open(as_who(case.resident), 360)
    county.at(page, f"matters/{case.id}/", language)
    for words in (GROUP, BACK, *TEXTS[language][2:]):
        expect(page.get_by_text(words).first).to_be_visible()
    expect(page.locator("main a[href$='/services/wellbeing-groups/']")).to_be_visible()
    look(page, f"{language}-guidance-own-matter")
    opened = Direction.objects.get(case=case, service="physiotherapy").opened
    assert opened is not None
    page.locator(f"main a[href$='/matters/{opened.id}/']").click()
    expect(page.locator("h1")).to_be_visible()
    look(page, f"{language}-guidance-opened-matter")


def looked_for(county: Desk, page: Page, case: Case, language: str, words: str) -> None:
    """She looks for a service in everyday words from the matter's page."""
    county.at(page, f"team/cases/{case.id}/", language)
    page.locator("#directions a[href$='/directions/']").click()
    page.locator("main [name=words]").fill(words)
    page.keyboard.press("Enter")
    expect(page.locator("main a[href*='/directions/']").first).to_be_visible()
    look(page, f"{language}-guidance-{words.split()[0]}")
