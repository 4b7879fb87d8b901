"""A planner lays a day of home visits; a worker falls ill, the day is planned anew, and the resident hears of it."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from luotsi.base.now import now
from luotsi.base.who import Who
from luotsi.domain.bookings.actions import rounding
from luotsi.domain.bookings.models import HomeVisit
from luotsi.domain.events.models import Event
from luotsi.domain.messaging.models import Notice
from luotsi.domain.people.models import Resident
from luotsi.reactions import react
from tests.factories import as_who
from tests.factories.clients import session_of
from tests.factories.homecare import DAY, at_home, carer, planner
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


def asks(page: Page, person: Resident, own: Who) -> None:
    """The planner asks for a visit from the resident's page."""
    page.goto(f"/fi/team/people/{person.id}/")
    page.get_by_role("link", name="Pyydä kotikäyntejä").click()
    page.get_by_label("Minä päivänä").fill(DAY.isoformat())
    page.get_by_label("Oma hoitaja").select_option(own.name)
    look(page, "home-visits")
    page.get_by_role("button", name="Pyydä käynnit").press("Enter")
    expect(page.get_by_text("1 käynti on pyydetty.")).to_be_visible()


def plans(page: Page) -> None:
    """The day is laid while the planner looks, and told."""
    page.goto(f"/fi/team/rounds/?day={DAY}")
    page.get_by_role("button", name="Suunnittele päivä").press("Enter")
    expect(page.get_by_text("Kierroksia suunnitellaan")).to_be_visible()
    look(page, "rounds-being-laid")
    assert rounding.tick(at=now()) == 1
    expect(page.get_by_text("Kierroksia suunnitellaan")).to_be_hidden()  # the page looks again by itself
    expect(page.get_by_text("Vielä antamatta: uusia aikoja: 2")).to_be_visible()
    page.get_by_role("button", name="Anna ajat").press("Enter")
    expect(page.get_by_text("Ajat on annettu. Uusia: 2")).to_be_visible()
    look(page, "rounds")


def falls_ill(page: Page, name: str) -> None:
    page.get_by_role("button", name=f"Sairaana: suunnittele ilman häntä {name}").press("Enter")
    assert rounding.tick(at=now()) == 1
    page.goto(f"/fi/team/rounds/?day={DAY}")
    expect(page.get_by_text("Vielä antamatta: siirrettyjä: 1")).to_be_visible()
    page.get_by_role("button", name="Anna ajat").press("Enter")
    expect(page.get_by_text("siirrettyjä: 1, peruttuja: 0.")).to_be_visible()


def test_a_round_is_planned_told_and_planned_anew_when_somebody_is_ill(screen: Screen) -> None:
    boss, anna, bea = planner(), carer("Anna Aamunen"), carer("Bea Bergman")
    person, other = at_home("Kerttu"), at_home("Olavi")
    page = screen(boss)
    asks(page, person, anna)
    asks(page, other, bea)
    plans(page)
    falls_ill(page, "Anna Aamunen")
    assert react(at=now()) > 0
    moved = Event.objects.get(kind="booking.moved")
    assert moved.resident == person.id
    assert Notice.objects.filter(resident=person.id, cause=moved.uid).exists()
    visit = HomeVisit.objects.select_related("booking__slot").get(resident=person.id)
    assert visit.booking is not None
    assert visit.booking.slot.staff_id == bea.id

    page.goto(f"/fi/team/rounds/visits/{visit.id}/")
    look(page, "home-visit")
    page.get_by_label("Alkaa kello").fill("11:00")
    page.get_by_role("button", name="Siirrä ja kiinnitä").press("Enter")
    expect(page.get_by_text("Kiinnitetty", exact=True)).to_be_visible()
    phone = screen(bea, width=360, dark=True)
    phone.goto(f"/fi/team/rounds/own/?day={DAY}")
    expect(phone.get_by_role("link", name="Kerttu")).to_be_visible()
    expect(phone.get_by_text("Esimerkkitie 1, 87100 Kajaani").first).to_be_visible()
    look(phone, "own-round-phone")
    small = screen(boss, width=360)
    small.goto(f"/fi/team/rounds/?day={DAY}")
    look(small, "rounds-phone")
    mine = screen(as_who(person), width=360)
    mine.goto("/fi/times/")
    expect(mine.get_by_text("Kotihoidon käynti").first).to_be_visible()
