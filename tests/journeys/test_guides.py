"""An editor writes a guide and a resident reads it; and whoever reads of violence leaves the page without a trace."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, Route, expect

from luotsi.base.now import now
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.catalogue import actions as catalogue
from luotsi.domain.catalogue.actions import guides
from tests.factories import worker
from tests.factories.clients import session_of
from tests.journeys.walk import look

pytestmark = pytest.mark.journey
Screen = Callable[..., Page]
LINK = "(service:family-centre)"
TEXTS = {
    "fi": ("Kun lapsi pelkää", "Näin autat.", f"## Kuuntele\n\n* ole **lähellä**\n* kysy [apua]{LINK}"),
    "sv": ("När barnet är rädd", "Så hjälper du.", f"## Lyssna\n\n* var **nära**\n* be om [hjälp]{LINK}"),
    "en": ("When a child is afraid", "How you help.", f"## Listen\n\n* stay **close**\n* ask for [help]{LINK}"),
}


@pytest.fixture
def screen(server: str, browser: Browser) -> Iterator[Screen]:
    opened = []

    def open_as(who: Who | None = None, *, width: int = 1280, dark: bool = False, script: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, locale="fi-FI", color_scheme="dark" if dark else "light",
            base_url=server, java_script_enabled=script,
        )  # fmt: skip
        context.set_default_timeout(60_000)
        context.route("https://www.ilmatieteenlaitos.fi/**", _weather)
        if who:
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session_of(who), "url": server}
            context.add_cookies([cookie])  # type: ignore[list-item]
        opened.append(context)
        return context.new_page()

    catalogue.load_shelf(by=SYSTEM, at=now())
    guides.load_guides(by=SYSTEM, at=now())
    yield open_as
    for context in opened:
        context.close()


def _weather(route: Route) -> None:
    route.fulfill(status=200, content_type="text/html; charset=utf-8", body="<title>Sää</title><h1>Sää</h1>")


def test_an_editor_writes_looks_publishes_and_a_resident_reads(screen: Screen) -> None:
    page = screen(worker("service-manager", "kehittaminen", name="Erja Editoija"))
    page.goto("/fi/boards/services/")
    page.get_by_role("link", name="Oppaat").click()
    look(page, "guides-kept")
    page.get_by_role("link", name="Kirjoita opas").click()
    page.get_by_label("suomi").fill(TEXTS["fi"][0])
    page.get_by_role("button", name="Tee luonnos").press("Enter")
    expect(page.get_by_text("Teksti puuttuu: svenska.")).to_be_visible()
    for language, texts in TEXTS.items():
        for name, words in zip(("name", "summary", "body"), texts, strict=True):
            page.locator(f"[name={name}-{language}]").fill(words)
    page.get_by_label("Yksikkö, joka vastaa oppaasta").select_option("Perhekeskus")
    page.get_by_label("Kuuluu sivulle").select_option("Perhekeskus")
    look(page, "guide-draft")
    page.get_by_role("button", name="Tallenna ja katso sivua").press("Enter")
    expect(page.get_by_text("Vain oppaiden tekijät näkevät tämän")).to_be_visible()
    look(page, "guide-preview")
    page.get_by_role("link", name="Takaisin oppaan tietoihin").click()
    page.get_by_role("link", name="Jatka luonnosta").click()
    page.get_by_role("button", name="Julkaise").press("Enter")
    expect(page.get_by_text("Asukkaat lukevat sitä nyt")).to_be_visible()
    look(page, "guide-history")

    reader = screen(width=320, dark=True)
    reader.goto("/sv/")
    reader.get_by_role("link", name="Guider att läsa").click()
    reader.get_by_role("link", name="Familjecentret", exact=True).click()
    look(reader, "portal-phone")
    reader.get_by_role("link", name=TEXTS["sv"][0]).press("Enter")
    expect(reader.get_by_role("heading", name="Lyssna")).to_be_visible()
    look(reader, "guide-phone")
    reader.get_by_role("link", name="hjälp", exact=True).click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Familjecentret")


def test_escape_twice_leaves_and_back_does_not_return(screen: Screen) -> None:
    page = screen(width=360)
    page.goto("/fi/guides/")
    page.get_by_role("link", name="Kun läheinen satuttaa tai pelottaa").click()
    expect(page.get_by_role("heading", name="Turvasuunnitelma")).to_be_visible()
    look(page, "guide-discreet")
    assert page.title().startswith("Oppaat –")
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="Turvasuunnitelma")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="Sää")).to_be_visible()
    page.go_back()
    expect(page).to_have_url(re.compile("/fi/guides/$"))


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_the_way_out_is_a_link_by_keyboard_with_and_without_script(screen: Screen, script: bool) -> None:
    page = screen(script=script)
    page.goto("/en/guides/support/")
    page.get_by_role("link", name="Leave this page quickly").press("Enter")
    expect(page.get_by_role("heading", name="Sää")).to_be_visible()


def test_words_on_violence_do_not_stay_in_the_address(screen: Screen) -> None:
    page = screen()
    page.goto("/fi/")
    page.get_by_role("searchbox").fill("mieheni lyö minua")
    page.get_by_role("searchbox").press("Enter")
    expect(page.get_by_role("link", name="Poistu sivulta nopeasti")).to_be_visible()
    assert "q=" not in page.url
    assert "lyö" not in page.title()
    page.goto("/fi/?q=mieheni+lyö+minua")
    expect(page.get_by_role("link", name="Poistu sivulta nopeasti")).to_be_visible()
    assert "q=" not in page.url
