"""Two administrators give a nurse a role, one of them takes it back: walked in a browser, on a desktop and a phone."""

import re
from datetime import date, timedelta

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from luotsi.base.now import now, today
from luotsi.base.who import Who
from luotsi.domain.organisation import actions
from luotsi.domain.organisation.queries import staff_as_who
from tests.factories import worker
from tests.factories.clients import session_of
from tests.journeys.walk import look

pytestmark = pytest.mark.journey
LAST = (today() + timedelta(days=200)).isoformat()


def given_signed_in(page: Page, server: str, who: Who) -> None:
    """The sign-in itself is walked elsewhere; this one has also just shown again who they are."""
    key = session_of(who, confirmed=True)
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": server}])


def units_of(who: Who) -> frozenset[str]:
    assert who.id
    found = staff_as_who(who.id, on=today())
    return found.units if found else frozenset()


def when_a_role_is_proposed(desktop: Page) -> None:
    """First with nothing filled in, so that the sentences by the fields are seen."""
    desktop.get_by_role("link", name="Ehdota roolia").click()
    desktop.get_by_role("button", name="Lähetä ehdotus").click()
    look(desktop, "access-rights-errors")
    desktop.get_by_label("Rooli").select_option(label="Sairaanhoitaja")
    desktop.get_by_label("Yksikkö").select_option(label="Kuhmon terveysasema")
    desktop.get_by_label("Viimeinen päivä").fill(LAST)
    desktop.get_by_label("Mihin sitä tarvitaan").fill("Kesän sijaisuus")
    desktop.get_by_role("button", name="Lähetä ehdotus").click()


def test_two_people_give_a_role_and_one_takes_it_back(desktop: Page, phone: Page, server: str) -> None:
    ada, eino = (worker("county-administrator", name=name) for name in ("Ada Ensimmäinen", "Eino Toinen"))
    nurse = worker(name="Hilla Hoitaja")

    given_signed_in(desktop, server, ada)
    desktop.goto(f"{server}/fi/oversight/assignments/")
    look(desktop, "access-rights-list")
    desktop.get_by_label("Hae nimellä").fill("hilla")
    desktop.get_by_role("button", name="Näytä").click()
    expect(desktop.get_by_role("row")).to_have_count(2)
    desktop.get_by_role("link", name="Hilla Hoitaja").click()
    when_a_role_is_proposed(desktop)
    expect(desktop.get_by_text("kun toinen henkilö on vahvistanut sen").first).to_be_visible()
    look(desktop, "access-rights-proposed")
    assert units_of(nurse) == {"sotkamo"}

    given_signed_in(phone, server, eino)
    phone.goto(f"{server}/fi/oversight/assignments/?view=waiting")
    look(phone, "access-rights-waiting-phone")
    phone.get_by_role("link", name="Lue ja vastaa").click()
    look(phone, "access-rights-question-phone")
    phone.get_by_role("button", name="Vahvista rooli").click()
    expect(phone.get_by_text("Vahvistettu.")).to_be_visible()
    look(phone, "access-rights-confirmed-phone")
    assert units_of(nurse) == {"sotkamo", "kuhmo"}

    desktop.reload()
    desktop.get_by_role("link", name=re.compile("Päätä nyt.*Kuhmon")).click()
    look(desktop, "access-rights-ending")
    desktop.get_by_label("Miksi se päättyy").fill("Sijainen ei tullutkaan")
    desktop.get_by_role("button", name="Päätä rooli nyt").click()
    expect(desktop.get_by_role("link", name="Ehdota uudelleen")).to_be_visible()
    look(desktop, "access-rights-ended")
    assert units_of(nurse) == {"sotkamo"}


def test_the_pages_read_well_in_the_dark_and_in_swedish(browser: Browser, server: str) -> None:
    ada, eino = (worker("county-administrator", name=name) for name in ("Ada Ensimmäinen", "Eino Toinen"))
    nurse = worker(name="Hilla Hoitaja")
    row = actions.propose_assignment(
        staff=nurse.id, role="nurse", unit="kuhmo", valid_from=today(), valid_to=date.fromisoformat(LAST),
        reason="Sijaisuus", by=eino, at=now(),
    )  # type: ignore[arg-type]  # fmt: skip
    context = browser.new_context(viewport={"width": 360, "height": 740}, color_scheme="dark", locale="sv-FI")
    page = context.new_page()
    given_signed_in(page, server, ada)
    for name, address, heading in [
        ("list", "", "Användarrättigheter"), ("worker", f"staff/{nurse.id}/", "Hilla Hoitaja"),
        ("assignment", f"{row.id}/", "Sjukskötare: Hilla Hoitaja"),
        ("departure", f"staff/{nurse.id}/departure/", "Har Hilla Hoitaja slutat?"),
        ("proposal", f"staff/{nurse.id}/proposals/", "Föreslå en roll för Hilla Hoitaja"),
    ]:  # fmt: skip
        page.goto(f"{server}/sv/oversight/assignments/{address}")
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        assert page.locator("html").get_attribute("lang") == "sv"
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number)")
        assert max(ground) < 100, f"{name} is light in the dark: {ground}"
        look(page, f"access-rights-{name}-dark")
    context.close()
