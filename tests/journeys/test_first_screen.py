"""What is on the first screen: the list on a phone, a call form that moves no column, the complaint of a resident."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from luotsi.base.now import now
from luotsi.base.who import SYSTEM
from luotsi.domain.cases.models import Case
from luotsi.domain.catalogue.actions import load_shelf
from tests.factories import contact, resident
from tests.journeys.desk import Desk, desk
from tests.journeys.walk import look

pytestmark = pytest.mark.journey
PHONE_HEIGHT = 640
WIDTHS = "() => [...document.querySelectorAll('main table tr')].map(row => [...row.cells].map(c => c.offsetWidth))"
TEXTS = {
    "fi": ("Muistutus", "Kerro, mitä tapahtui"),
    "sv": ("Anmärkning", "Berätta vad som hände"),
    "en": ("Complaint", "Tell us what happened"),
}


@pytest.fixture
def county(server: str, browser: Browser) -> Iterator[Desk]:
    load_shelf(by=SYSTEM, at=now())
    with desk(server, browser) as found:
        for name in ("Aalto", "Berg", "Ceder"):
            contact(resident(last_name=name), at=now() - timedelta(hours=1), phone="040 000 0001")
        yield found


def test_the_first_matter_is_on_the_first_screen_of_a_phone_and_the_filters_behind_their_name(county: Desk) -> None:
    page = county.open(county.nurse, 360)
    county.at(page, "team/")
    assert top_of_the_first_row(page) < PHONE_HEIGHT
    expect(page.locator("main [name=words]")).to_be_hidden()
    look(page, "list-phone-folded")
    page.locator("details.fold summary").press("Enter")
    expect(page.locator("main [name=words]")).to_be_visible()
    look(page, "list-phone-open")
    page.locator("[aria-label='Kenen asioita'] a", has_text="Ei vielä kenenkään").click()
    expect(page.locator("details.fold summary")).to_contain_text("Ei vielä kenenkään")
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(page.locator("main [name=words]")).to_be_visible()  # a wide window folds nothing
    expect(page.locator("details.fold")).to_be_hidden()


def test_a_call_form_opens_without_moving_a_column(county: Desk) -> None:
    page = county.open(county.nurse, 1280)
    county.at(page, "team/calls/")
    before = page.evaluate(WIDTHS)
    page.locator("main table summary").nth(1).click()
    expect(page.locator("main table [name=note]").nth(1)).to_be_visible()
    assert page.evaluate(WIDTHS) == before
    look(page, "call-form-open")


@pytest.mark.parametrize(("language", "width"), [("fi", 360), ("sv", 1280), ("en", 360)])
def test_a_resident_writes_a_complaint(county: Desk, language: str, width: int) -> None:
    page = county.open(county.oneself, width)
    county.at(page, "services/complaint/contact/", language)
    heading, intro = TEXTS[language]
    expect(page.locator("h1")).to_have_text(heading)
    expect(page.get_by_text(intro).first).to_be_visible()
    look(page, f"{language}-complaint")
    page.locator("main form button").first.click()
    expect(page.locator("main [aria-invalid=true]").first).to_be_visible()
    look(page, f"{language}-complaint-errors")
    page.locator("main [name=happened]").fill("Minua ei kuunneltu.")
    page.locator("main [name=where]").fill("Kuhmon terveysasema")
    page.locator("main form button").first.click()
    page.locator("main form button[value=send]").click()
    page.wait_for_url(f"**/{language}/matters/*/")
    look(page, f"{language}-complaint-matter")
    assert Case.objects.get(kind="complaint").unit_id == "kirjaamo"


def top_of_the_first_row(page: Page) -> float:
    box = page.locator("main table tbody tr").first.bounding_box()
    assert box is not None
    return box["y"]
