"""A manager plans a colleague's week and closes a day; the one who was booked on it is moved, and nobody is lost."""

from collections.abc import Callable, Iterator
from datetime import time, timedelta

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from luotsi.base.dates import is_working_day, start_of
from luotsi.base.now import now, today
from luotsi.base.who import Who
from luotsi.domain.bookings.models import Booking
from tests.factories import assessed, contact, offered, worker
from tests.factories.clients import session_of
from tests.journeys.walk import look

pytestmark = pytest.mark.journey
Screen = Callable[..., Page]
DAY = next(day for day in (today() + timedelta(days=step) for step in range(8, 30)) if is_working_day(day))


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


def test_a_week_is_planned_and_a_day_closed_with_somebody_booked(screen: Screen) -> None:
    nurse, colleague = worker(name="Nelli Hoitaja"), worker(name="Kaisa Kollega")
    manager = worker("unit-manager", name="Esko Esihenkilö")
    case = assessed(contact(at=now() - timedelta(hours=3)), nurse)
    booking = offered(case, nurse, starts_at=start_of(DAY, time(9)), at=now())

    page = screen(manager)
    page.goto("/fi/team/calendar/plans/")
    look(page, "calendar-plans")
    page.get_by_label("Kenen ajat").select_option("Kaisa Kollega")
    for name in ("Maanantai", "Tiistai", "Keskiviikko", "Torstai", "Perjantai"):
        page.get_by_label(name).check()
    page.get_by_label("Ensimmäinen päivä").fill(DAY.isoformat())
    page.get_by_label("Viimeinen päivä").fill((DAY + timedelta(days=4)).isoformat())
    page.get_by_role("button", name="Tee ajat").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kalenteri")
    expect(page.get_by_text("Kaisa Kollega").last).to_be_visible()
    look(page, "calendar")

    small = screen(manager, width=360, dark=True)
    small.goto("/fi/team/calendar/closing/")
    small.get_by_label("Kenen kalenteri").select_option("Nelli Hoitaja")
    small.get_by_label("Ensimmäinen suljettu päivä").fill(DAY.isoformat())
    small.get_by_label("Viimeinen suljettu päivä").fill(DAY.isoformat())
    small.get_by_role("button", name="Sulje päivät").press("Enter")
    expect(small.get_by_role("heading", name="1 varattu aika näinä päivinä")).to_be_visible()
    look(small, "calendar-closing")
    small.get_by_label("Siirrä toiseen aikaan").check()
    small.get_by_role("button", name="Sulje päivät").press("Enter")
    expect(small.get_by_text("Siirretty: 1")).to_be_visible()
    look(small, "calendar-phone")

    new = Booking.objects.get(moved_from=booking)
    assert new.slot.staff_id == colleague.id
    assert case.times.filter(booking=new).exists()
