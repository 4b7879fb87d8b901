"""A nurse books a series for a resident in one go; the resident sees every time, moves one and cancels another.

Given a judged matter and a nurse with the same hour free on four Wednesdays; when she asks for four times a week apart,
looks them through and books them; then they stand in the matter and in the resident's own times, each by itself.
"""

from collections.abc import Callable, Iterator
from datetime import time, timedelta

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from luotsi.base.dates import start_of
from luotsi.base.now import now, today
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.bookings.models import Booking
from luotsi.domain.catalogue import actions as catalogue
from tests.factories import as_who, assessed, contact, resident, worker
from tests.factories.clients import session_of
from tests.factories.times import free_time
from tests.journeys.walk import look

pytestmark = pytest.mark.journey
Screen = Callable[..., Page]
DAY = today() + timedelta(days=(2 - today().weekday()) % 7 + 7)  # a Wednesday


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


def test_a_nurse_books_a_series_and_the_resident_moves_and_cancels(screen: Screen) -> None:
    expect.set_options(timeout=30_000)
    catalogue.load_shelf(by=SYSTEM, at=now())
    nurse, person = worker(name="Nelli Hoitava"), resident()
    case = assessed(contact(person, at=now() - timedelta(hours=3)), nurse)
    for week in range(4):
        day = DAY + timedelta(days=7 * week)
        for hour in (9, 10):
            free_time(nurse, mode="visit", minutes=40, starts_at=start_of(day, time(hour)))

    page = screen(nurse)
    page.goto(f"/fi/team/cases/{case.id}/")
    page.get_by_role("link", name="Varaa heti tai varaa sarja").first.click()
    page.get_by_label("Mihin asiaan").or_(page.get_by_label("Mitä varten")).select_option("nurse-reception wound")
    page.get_by_label("Montako aikaa").fill("4")
    page.get_by_role("button", name="Hae aikoja").press("Enter")
    expect(page.get_by_label("Aika 4")).to_be_visible()
    look(page, "series-proposed")
    page.get_by_role("button", name="Varaa nämä ajat").press("Enter")
    expect(page.get_by_text("4 aikaa on varattu")).to_be_visible()
    look(page, "series-booked")
    assert Booking.objects.filter(resident=person, accepted_at__isnull=False).values("series").distinct().count() == 1

    small = screen(as_who(person), width=360, dark=True)
    small.goto("/fi/times/")
    expect(small.locator("main").get_by_text("klo 9.00", exact=False)).to_have_count(4)
    look(small, "series-own-times")
    first, second = Booking.objects.filter(resident=person).order_by("slot__starts_at")[:2]
    small.goto(f"/fi/times/{first.id}/")
    small.get_by_role("link", name="Siirrä aika").click()
    look(small, "series-moving")
    small.locator("input[name=slot]").first.check(force=True)
    small.get_by_role("button", name="Siirrä tähän aikaan").press("Enter")
    expect(small.get_by_text("Aika on siirretty.")).to_be_visible()
    small.goto(f"/fi/times/{second.id}/cancellation/")
    look(small, "series-cancelling")
    small.locator("main").get_by_role("button").first.press("Enter")
    expect(small.get_by_text("Aika on peruttu", exact=False)).to_be_visible()
    assert Booking.objects.filter(resident=person, accepted_at__isnull=False, cancelled_at=None).count() == 3
