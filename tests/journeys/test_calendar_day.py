"""A nurse moves a visit with the keyboard, a second one by dragging, and marks one; a manager changes a plan."""

from collections.abc import Callable, Iterator
from datetime import time, timedelta
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from luotsi.base.dates import is_working_day, start_of
from luotsi.base.now import now, today
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.bookings.actions.planning import Asked, make_plan
from luotsi.domain.bookings.models import Booking, Plan, Slot
from luotsi.domain.bookings.rules.plans import Draft
from luotsi.domain.cases import actions as cases
from tests.factories import as_who, assessed, contact, worker
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


def planned(nurse: Who) -> Plan:
    draft = Draft("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", time(8), time(11), DAY, DAY + timedelta(days=1), 30)
    asked = Asked(unit="sotkamo", staff=nurse.id, profession="nurse")
    return make_plan(key=uuid4(), asked=asked, draft=draft, by=SYSTEM, at=now())[0]


def booked(nurse: Who, hour: float) -> UUID:
    """Somebody's accepted visit at that hour."""
    case = assessed(contact(at=now() - timedelta(hours=3)), nurse, at=now() - timedelta(hours=2))
    place = Slot.objects.get(staff_id=nurse.id, starts_at=start_of(DAY) + timedelta(hours=hour))
    cases.offer_time(case=case.id, slot=place.id, key=uuid4(), by=nurse, at=now() - timedelta(minutes=30))
    booking = case.times.latest("id").booking_id
    cases.answer_offer(case=case.id, booking=booking, accepts=True, by=as_who(case.resident), at=now())
    return booking


def test_a_day_is_changed_by_keys_and_by_dragging(screen: Screen) -> None:
    nurse, colleague = worker(name="Nelli Hoitaja"), worker(name="Kaisa Kollega")
    planned(nurse), planned(colleague)
    by_keys, dragged = booked(nurse, 8), booked(nurse, 9)

    page = screen(nurse)
    page.goto(f"/fi/team/calendar/day/?from={DAY}")
    look(page, "calendar-day")
    page.locator(f"[data-moves*='{by_keys}']").focus()
    for key in ("m", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_text("Valitsit:")).to_be_visible()
    look(page, "calendar-moving")
    page.get_by_role("button", name="Siirrä aika").press("Enter")
    expect(page.get_by_text("Aika on siirretty.")).to_be_visible()
    look(page, "calendar-time")

    page.goto(f"/fi/team/calendar/day/?from={DAY}")
    source, target = page.locator(f"[data-moves*='{dragged}']"), page.locator("[data-slot][data-column='0']").last
    page.set_viewport_size({"width": 1280, "height": 1500})
    source.hover()
    page.mouse.down()
    for _ in range(2):  # a browser begins to drag only when the pointer moves twice
        target.hover()
    page.mouse.up()
    expect(page.get_by_text("Valitsit:")).to_be_visible()
    expect(page.get_by_text("Kaisa Kollega").last).to_be_visible()
    page.get_by_role("button", name="Siirrä aika").press("Enter")
    expect(page.get_by_text("Aika on siirretty.")).to_be_visible()
    moved = {Booking.objects.get(moved_from=one).slot.staff_id for one in (by_keys, dragged)}
    assert moved == {nurse.id, colleague.id}

    small = screen(nurse, width=360, dark=True)
    for view in ("day", "sheet", "gaps", "figures"):
        small.goto(f"/fi/team/calendar/{view}/?from={DAY}")
        look(small, f"calendar-{view}-phone")


def test_a_plan_is_changed_with_each_booked_person_decided(screen: Screen) -> None:
    nurse = worker(name="Nelli Hoitaja")
    plan, _booked = planned(nurse), booked(nurse, 8)
    office = screen(worker("unit-manager", name="Esko Esihenkilö"))
    office.goto(f"/fi/team/calendar/plans/{plan.id}/")
    look(office, "calendar-plan")
    office.locator("#id_begins").fill("10:00")
    office.get_by_role("button", name="Muuta vuoroa").press("Enter")
    expect(office.get_by_role("heading", name="1 varattu aika näinä päivinä")).to_be_visible()
    office.get_by_label("Pidä aika").check()
    look(office, "calendar-plan-booked")
    office.get_by_role("button", name="Muuta vuoroa").press("Enter")
    expect(office.get_by_text("pidetty: 1")).to_be_visible()
    for view in ("rooms", "qualifications", "season", "closing"):
        office.goto(f"/fi/team/calendar/{view}/")
        look(office, f"calendar-{view}")
