"""A resident has two things done at one visit: chosen and booked as one, moved together, cancelled together.

Given a memory nurse and a physiotherapist in the same house with times one after the other on two days; when the
resident asks for both, then she is shown visits at which both are done, and each press concerns the whole visit.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from luotsi.base.now import now
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.bookings.models import Booking
from luotsi.domain.catalogue import actions as catalogue
from tests.factories import as_who, resident, worker
from tests.factories.clients import session_of
from tests.factories.times import LATER, free_time
from tests.journeys.walk import look

pytestmark = pytest.mark.journey
Screen = Callable[..., Page]


@pytest.fixture
def screen(server: str, browser: Browser) -> Iterator[Screen]:
    opened = []

    def open_as(who: Who, *, width: int = 1280, dark: bool = False) -> Page:
        scheme = "dark" if dark else "light"
        context = browser.new_context(
            viewport={"width": width, "height": 900}, locale="fi-FI", color_scheme=scheme, base_url=server
        )
        context.set_default_timeout(60_000)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session_of(who), "url": server}])
        opened.append(context)
        return context.new_page()

    yield open_as
    for context in opened:
        context.close()


def standing(person: Who) -> int:
    rows = Booking.objects.filter(resident_id=person.id, accepted_at__isnull=False, cancelled_at=None)
    return rows.values("series").count()


def test_two_things_at_one_visit_are_booked_moved_and_cancelled_together(screen: Screen) -> None:
    expect.set_options(timeout=30_000)
    catalogue.load_shelf(by=SYSTEM, at=now())
    nurse, other = worker(name="Maija Muisti"), worker("physiotherapist", name="Fanni Fysio")
    for day in range(2):
        starts = LATER + timedelta(days=day)
        free_time(nurse, starts_at=starts, minutes=60, mode="visit", offering="memory-nurse")
        after = starts + timedelta(minutes=70)
        free_time(other, starts_at=after, minutes=45, mode="visit", profession="physiotherapist")
    person = as_who(resident())

    page = screen(person, width=360)
    page.goto("/fi/services/memory-nurse/times/?offering=memory-nurse&reason=follow_up")
    page.get_by_label("Samalla käynnillä myös").select_option("physio-direct back")
    page.locator("main").get_by_role("button", name="Näytä ajat").click()
    expect(page.get_by_role("button", name="Valitse").first).to_be_visible()
    look(page, "joint-visits")
    page.get_by_role("button", name="Valitse").first.press("Enter")
    expect(page.get_by_text("Yksi käynti, monta vaihetta")).to_be_visible()
    look(page, "joint-confirmation")
    page.get_by_role("button", name="Varaa koko käynti").press("Enter")
    expect(page.get_by_text("Käynti on varattu kaikkine vaiheineen.")).to_be_visible()
    look(page, "joint-booked")
    assert standing(person) == 2

    wide = screen(person, dark=True)
    wide.goto("/fi/times/")
    look(wide, "joint-own-times")
    wide.locator("main a[href*='/times/']").filter(has_text="klo").first.click()
    wide.get_by_role("link", name="Siirrä koko käynti").click()
    look(wide, "joint-moving")
    wide.get_by_role("button", name="Valitse").first.press("Enter")
    expect(wide.get_by_text("Aika on siirretty.")).to_be_visible()
    assert standing(person) == 2
    wide.get_by_role("link", name="Peru aika").click()
    look(wide, "joint-cancelling")
    wide.get_by_role("button", name="Peru koko käynti").press("Enter")
    expect(wide.get_by_text("Aika on peruttu", exact=False)).to_be_visible()
    assert standing(person) == 0
