"""A manager plans a vehicle's season, a resident books at the stop of their village, the nurse reads who comes.

Every page passes axe, on a phone and on a desk, in light and in dark; the numbers of a counter are walked beside it.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from luotsi.base.now import now
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.bookings.definitions import Counter, counters
from luotsi.domain.bookings.models import Booking, QueueNumber
from luotsi.domain.catalogue import actions as catalogue
from tests.factories import as_who, resident, worker
from tests.factories.clients import session_of
from tests.factories.vehicle import SEASON, next_tuesday
from tests.journeys.walk import look

pytestmark = pytest.mark.journey
Screen = Callable[..., Page]
DAY = next_tuesday(now())


@pytest.fixture
def screen(server: str, browser: Browser) -> Iterator[Screen]:
    opened = []

    def open_as(who: Who | None, *, width: int = 1280, dark: bool = False) -> Page:
        scheme = "dark" if dark else "light"
        context = browser.new_context(
            viewport={"width": width, "height": 900}, locale="fi-FI", color_scheme=scheme, base_url=server
        )
        context.set_default_timeout(60_000)
        if who:
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session_of(who), "url": server}])
        opened.append(context)
        return context.new_page()

    yield open_as
    for context in opened:
        context.close()


def test_a_vehicle_stops_in_a_village_and_somebody_comes(screen: Screen) -> None:
    catalogue.load_shelf(by=SYSTEM, at=now())
    nurse, manager = worker(name="Aino Autossa"), worker("unit-manager", name="Esko Esihenkilö")
    person = resident(first_name="Tuija", last_name="Kyläläinen")
    when_a_manager_plans_a_season(screen(manager), nurse)
    booking = when_a_resident_books_at_the_stop(screen(as_who(person), width=360))
    when_they_move_it_to_another_stop(screen(as_who(person), width=360, dark=True), booking)
    then_the_nurse_reads_who_comes_where(screen(nurse, dark=True))


def when_a_manager_plans_a_season(page: Page, nurse: Who) -> None:
    page.goto("/fi/team/stops/")
    look(page, "stops-none")
    page.get_by_role("link", name="Suunnittele kausi").click()
    look(page, "stops-plan")
    page.get_by_role("button", name="Tee ajat").click()
    expect(page.get_by_role("alert").or_(page.locator(".error-summary")).first).to_be_visible()
    look(page, "stops-plan-errors")
    page.get_by_label("Reitti").select_option("kulkuri-south")
    page.get_by_label("Ensimmäinen päivä").fill(DAY.isoformat())
    page.get_by_label("Viimeinen päivä").fill((DAY + SEASON).isoformat())
    page.get_by_label(re.compile("Sairaanhoitajan huone")).select_option(str(nurse.id))
    page.get_by_role("button", name="Tee ajat").press("Enter")
    expect(page.get_by_text("42 aikaa")).to_be_visible()
    expect(page.get_by_text("Vuokatti, Sotkamo").first).to_be_visible()
    look(page, "stops-planned")


def when_a_resident_books_at_the_stop(page: Page) -> Booking:
    page.goto("/fi/services/mobile-services/")
    page.get_by_role("link", name="Katso pysäkit ja päivät").click()
    look(page, "stops-phone")
    page.get_by_label("Kunta").select_option("765")
    page.get_by_role("button", name="Näytä pysäkit").press("Enter")
    page.get_by_role("link", name="Vuokatti", exact=True).first.click()
    expect(page.get_by_text("Kirjaston piha").first).to_be_visible()
    look(page, "stops-village")
    page.get_by_role("link", name=re.compile("6 vapaata aikaa")).first.click()
    look(page, "stops-times")
    page.get_by_label("Haavanhoito, rokotus tai ompeleiden poisto").check()
    page.locator("label.slot").nth(2).click()
    page.get_by_role("button", name="Jatka tällä ajalla").press("Enter")
    expect(page.get_by_text("Vuokatti, kirjaston piha")).to_be_visible()
    look(page, "stops-confirm")
    page.get_by_role("button", name="Varaa tämä aika").press("Enter")
    expect(page.get_by_text("Aika on varattu.")).to_be_visible()
    expect(page.get_by_text("Vuokatti, kirjaston piha")).to_be_visible()
    look(page, "stops-booked")
    return Booking.objects.get()


def when_they_move_it_to_another_stop(page: Page, booking: Booking) -> None:
    page.goto(f"/fi/times/{booking.id}/")
    page.get_by_role("link", name="Siirrä aika").click()
    look(page, "stops-moving")
    page.get_by_role("link", name="Katso muut pysäkit").click()
    page.locator("main tr", has_text="Tipasoja").first.get_by_role("link", name=re.compile("vapaata aikaa")).click()
    page.locator("label.slot").first.click()
    page.get_by_role("button", name="Siirrä tähän aikaan").press("Enter")
    expect(page.get_by_text("Aika on siirretty.")).to_be_visible()
    expect(page.get_by_text("Tipasoja, kylätalon piha")).to_be_visible()
    look(page, "stops-moved")


def then_the_nurse_reads_who_comes_where(page: Page) -> None:
    page.goto("/fi/team/stops/")
    page.locator("tr", has_text="Tipasoja").get_by_role("link").first.click()
    expect(page.get_by_text("Tuija Kyläläinen")).to_be_visible()
    look(page, "stops-day")
    page.emulate_media(media="print")
    expect(page.get_by_text("ihmisten nimiä")).to_be_visible()
    page.goto(f"/fi/team/stops/vuokatti/{DAY}/")
    expect(page.get_by_text("0 / 6 aikaa varattu")).to_be_visible()


def test_a_number_is_taken_called_and_shown(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    """The counter is open whenever the journey is walked."""
    monkeypatch.setattr(Counter, "is_open", lambda _self, _at: True)
    assert "sotkamo-office" in counters()
    kiosk, wall, desk = screen(None, width=360), screen(None, dark=True), screen(worker(name="Nelli Neuvonta"))
    kiosk.goto("/fi/numbers/sotkamo-office/")
    look(kiosk, "number-kiosk")
    kiosk.get_by_role("button", name="Ota numero").press("Enter")
    expect(kiosk.get_by_role("heading", level=1)).to_have_text("Numerosi: T1")
    look(kiosk, "number-ticket")
    wall.goto("/fi/numbers/sotkamo-office/screen/")
    look(wall, "number-screen-empty")
    desk.goto("/fi/team/numbers/sotkamo-office/?desk=2")
    look(desk, "number-desk")
    desk.get_by_role("button", name="Kutsu seuraava").press("Enter")
    expect(desk.get_by_role("heading", name="Tiski 2: T1")).to_be_visible()
    expect(wall.get_by_text("T1")).to_be_visible(timeout=30_000)
    expect(kiosk.get_by_text("Nyt on sinun vuorosi: Tiski 2")).to_be_visible(timeout=30_000)
    look(wall, "number-screen")
    look(kiosk, "number-turn")
    desk.get_by_role("button", name="Palveltu").press("Enter")
    expect(desk.get_by_text("ketään ei ole kutsuttu")).to_be_visible()
    look(desk, "number-served")
    assert QueueNumber.objects.get().how == "served"
