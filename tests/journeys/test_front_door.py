"""A resident finds the way in, in each language: by choosing, by writing, by village; with the keyboard alone, on the
smallest window, with the text twice as large, on paper, and without a script.
"""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from luotsi.base.now import now
from luotsi.base.who import SYSTEM
from luotsi.domain.catalogue import actions as catalogue
from tests.factories import worker
from tests.factories.vehicle import driven
from tests.journeys.walk import look, then_page_is_accessible

pytestmark = pytest.mark.journey
Screen = Callable[..., Page]
# A card that is pressed anywhere shows it around itself.
OUTLINED = """element => [[element, null], [element, '::after'], [element.closest('li, .link-card') || element, null]]
    .some(([one, part]) => getComputedStyle(one, part).outlineStyle !== 'none')"""
SLOW = 30_000  # milliseconds that a busy machine may take for a page
TWICE = "document.documentElement.style.fontSize = '200%'"


@pytest.fixture
def screen(server: str, browser: Browser) -> Iterator[Screen]:
    opened = []

    def at(*, width: int = 1280, dark: bool = False, script: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, base_url=server, java_script_enabled=script,
            color_scheme="dark" if dark else "light",
        )  # fmt: skip
        context.set_default_timeout(60_000)
        opened.append(context)
        return context.new_page()

    yield at
    for context in opened:
        context.close()


def test_a_resident_finds_the_way_in_in_each_language(screen: Screen) -> None:
    catalogue.load_shelf(by=SYSTEM, at=now())
    driven(worker(name="Aino Autossa"), worker("unit-manager"), at=now() - timedelta(days=1))
    when_somebody_chooses_with_the_keyboard_alone(screen(width=320))
    when_somebody_asks_in_swedish_when_the_vehicle_comes(screen(width=360, dark=True))
    when_somebody_reads_english_twice_as_large(screen(width=1280))
    then_nothing_needs_a_script(screen(width=360, script=False))


def press_on(page: Page, name: str | re.Pattern[str]) -> None:
    """Tab until the link or button has the focus, and Enter."""
    wanted = page.get_by_role("link", name=name).or_(page.get_by_role("button", name=name)).first
    expect(wanted).to_be_visible(timeout=SLOW)
    for _ in range(120):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            shown = wanted.evaluate(OUTLINED)
            assert shown, f"{name} does not show that it has the focus"
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"{name} is not reached with the keyboard")


def when_somebody_chooses_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/fi/")
    look(page, "front-320")
    press_on(page, "Etsi apua askel kerrallaan")
    expect(page.get_by_role("heading", level=1)).to_have_text("Etsi apua askel kerrallaan", timeout=SLOW)
    look(page, "themes-320")
    press_on(page, "Hampaat ja suu")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hampaat ja suu", timeout=SLOW)
    look(page, "theme-320")
    press_on(page, "Hampaat pitäisi tarkastaa tai hoitaa")
    expect(page.get_by_role("link", name="Hammashoito ja suun tarkastus")).to_be_visible(timeout=SLOW)
    look(page, "need-320")
    page.get_by_label("Kenelle etsit apua?").focus()
    page.keyboard.press("ArrowDown")
    press_on(page, "Rajaa")
    expect(page.get_by_role("link", name="Hammashoito ja suun tarkastus")).to_have_count(0, timeout=SLOW)
    press_on(page, "Lasten ja nuorten hammashoito")
    expect(page.get_by_role("heading", level=1)).to_have_text("Lasten ja nuorten hammashoito", timeout=SLOW)
    expect(page.get_by_text("Enintään 17-vuotiaat")).to_be_visible(timeout=SLOW)
    look(page, "service-320")
    press_on(page, "Kuhmon hammashoitola")
    expect(page.get_by_role("heading", name="Aukioloajat")).to_be_visible(timeout=SLOW)
    look(page, "place-320")


def when_somebody_asks_in_swedish_when_the_vehicle_comes(page: Page) -> None:
    page.goto("/sv/")
    page.get_by_label("Berätta med egna ord vad du behöver").fill("sjukskötare i Vuokatti")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Kommer till byarna")).to_be_visible(timeout=SLOW)
    look(page, "found-village-sv")
    page.get_by_role("link", name="Vuokatti").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vuokatti", timeout=SLOW)
    expect(page.get_by_role("img", name=re.compile("karta över välfärdsområdet"))).to_be_visible(timeout=SLOW)
    look(page, "stop-sv")


def when_somebody_reads_english_twice_as_large(page: Page) -> None:
    for address in (
        "/en/",
        "/en/themes/mind/low/",
        "/en/services/nurse-reception/",
        "/en/places/sotkamo/",
        "/en/stops/",
    ):
        page.goto(address)
        look(page, f"en{address.replace('/', '-')}")
        page.evaluate(TWICE)
        then_page_is_accessible(page)
    page.goto("/en/services/nurse-reception/")
    page.get_by_label("Home municipality").select_option("Kuhmo")
    page.get_by_role("button", name="Show what is near me").click()
    expect(page.get_by_role("heading", name=re.compile("Kuhmo health station")).first).to_be_visible(timeout=SLOW)
    page.emulate_media(media="print")
    page.goto("/en/places/kuhmo/")
    expect(page.get_by_text("8:00–16:00").first).to_be_visible(timeout=SLOW)
    expect(page.get_by_role("navigation").first).to_be_hidden()


def then_nothing_needs_a_script(page: Page) -> None:
    page.goto("/fi/?q=hammas+lohkesi")
    expect(page.get_by_role("link", name="Kiireellinen hammashoito")).to_be_visible(timeout=SLOW)
    page.goto("/fi/services/nurse-reception/?municipality=765")
    page.get_by_text("Aukioloajat tällä viikolla").first.click()
    expect(page.get_by_text("8.00–16.00").first).to_be_visible(timeout=SLOW)
