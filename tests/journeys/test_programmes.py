"""A coordinator reads the programmes: what is late and why, three rounds side by side, a stopped pilot."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from luotsi.base.who import Who
from tests.factories import worker
from tests.factories.clients import session_of
from tests.journeys.walk import look

pytestmark = pytest.mark.journey
Screen = Callable[..., Page]


@pytest.fixture
def screen(server: str, browser: Browser) -> Iterator[Screen]:
    opened = []

    def open_as(who: Who, *, width: int = 1280, dark: bool = False) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, locale="fi-FI", base_url=server,
            color_scheme="dark" if dark else "light",
        )  # fmt: skip
        context.set_default_timeout(60_000)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session_of(who), "url": server}])
        opened.append(context)
        return context.new_page()

    yield open_as
    for context in opened:
        context.close()


def test_a_coordinator_finds_what_is_late_and_what_became_of_a_pilot(screen: Screen) -> None:
    coordinator = worker(role="programme-coordinator", unit="kehittaminen")
    page = screen(coordinator)
    page.goto("/fi/programmes/")
    look(page, "programmes")
    page.get_by_role("link", name="Kestävän kasvun ohjelma Kainuu 2022").click()
    look(page, "programme-overview")

    page.get_by_role("link", name="Tavoitteet ja toimenpiteet").click()
    look(page, "programme-measures")
    page.get_by_role("link", name="Myöhässä").click()
    expect(page.get_by_text("Hankinta pysähtyy, markkinaoikeuden käsittely").first).to_be_visible()
    expect(page.get_by_text("Hammashoidon jonon purku")).to_have_count(0)

    page.goto("/fi/programmes/siun-sote/")
    page.get_by_role("link", name="Arviointi", exact=True).click()
    expect(page.get_by_text("Siun sotessa on jopa satoja eri puhelinnumeroita")).to_be_visible()
    look(page, "programme-evaluation")
    page.get_by_role("link", name="16 tavoitteen 1.2 pilottia").click()
    expect(page.get_by_text("joten käytöstä on luovuttu").first).to_be_visible()
    look(page, "programme-pilots")


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("kestava-kasvu-kainuu/measures/", "measures"),
        ("siun-sote/evaluation/", "evaluation"),
        ("siun-sote/", "targets"),
        ("soite-growth/people/", "people"),
        ("soite-growth/background/", "background"),
        ("soite-growth/risks/", "risks"),
        ("soite-growth/parts/soite-growth-2/", "part"),
    ],
)
def test_the_same_is_read_on_a_phone_in_the_dark(screen: Screen, address: str, name: str) -> None:
    page = screen(worker(role="programme-coordinator", unit="kehittaminen"), width=360, dark=True)
    page.goto(f"/fi/programmes/{address}")
    look(page, f"programme-phone-{name}")
