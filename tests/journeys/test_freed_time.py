"""A time that somebody cannot come to reaches somebody who waits: by two mails, two presses and no telephone call.

Given a man with a time in two days and a woman who waits for one; when he is reminded and presses that he cannot come,
the freed time is offered to her; when she takes it from her mail, it stands among her times when she has signed in, and
the unit's queue is shorter by one. Each page is looked at by axe, on a phone and a desktop, in light and in dark.
"""

import re
from collections.abc import Callable, Iterator
from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.core import mail
from playwright.sync_api import Browser, Page, expect

from luotsi.base.dates import start_of
from luotsi.base.now import now, today
from luotsi.base.who import SYSTEM, Who
from luotsi.config import rounds
from luotsi.domain.bookings.actions import reminding, waiting
from luotsi.domain.bookings.models import Booking, Slot, WaitingEntry
from luotsi.domain.catalogue import actions as catalogue
from luotsi.domain.people.models import Resident
from tests.factories import as_who, resident, state_of_booking, worker
from tests.factories.clients import session_of
from tests.factories.times import OPEN_TO_ALL, booked, free_time
from tests.journeys.walk import look

pytestmark = [pytest.mark.journey, pytest.mark.slow]
Screen = Callable[..., Page]
STARTS = start_of(today() + timedelta(days=2), time(0, 30))  # two nights on: near enough at any hour of the day


@pytest.fixture(autouse=True)
def _at_any_hour(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Reminders leave by day; the journey is walked at any hour, and a busy machine may need longer for a page."""
    monkeypatch.setattr(reminding.rules, "may_remind", lambda at: True)
    expect.set_options(timeout=60_000)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def screen(server: str, browser: Browser) -> Iterator[Screen]:
    opened = []

    def open_as(who: Who | None = None, *, width: int = 360, dark: bool = False) -> Page:
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


def link_in_mail(person: Resident) -> str:
    """The way that the newest mail to this person shows, after a round of the worker."""
    rounds.once()
    told = [one for one in mail.outbox if one.to == [person.mail]][-1]
    assert not re.search(r"Sotkamo|hoitaja|puhelin", told.subject + told.body)
    found = re.search(r"https?://[^/]+(/\S+/replies/\S+/)", told.body)
    assert found is not None
    return found[1]


def test_a_freed_time_is_offered_and_taken(screen: Screen) -> None:
    catalogue.load_shelf(by=SYSTEM, at=now())
    nurse = worker(name="Nelli Hoitava")
    holder, waits = resident(mail="pekka@example.fi"), resident(mail="aino@example.fi")
    slot = free_time(nurse, starts_at=STARTS)
    first = booked(holder, slot, at=now() - timedelta(days=3))
    waiting.join(resident=waits.id, offering=OPEN_TO_ALL, units=["sotkamo"], key=uuid4(), by=as_who(waits), at=now())
    when_one_cannot_come(screen(), link_in_mail(holder), first)
    link = link_in_mail(waits)
    then_the_unit_sees_the_offer(screen(nurse, width=1280))
    when_the_other_takes_it(screen(dark=True), link)
    then_it_is_theirs(screen(as_who(waits)), screen(nurse, width=1280, dark=True), slot)


def when_one_cannot_come(page: Page, link: str, booking: Booking) -> None:
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("Sinulla on aika")
    expect(page.get_by_role("main")).to_contain_text("klo 0.30")
    look(page, "freed-1-reminder")
    assert state_of_booking(booking.id) == "made"
    page.get_by_role("button", name="En pääse: peru aika").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Aika on peruttu")
    look(page, "freed-2-given-up")
    assert state_of_booking(booking.id) == "cancelled"


def then_the_unit_sees_the_offer(page: Page) -> None:
    page.goto("/fi/team/queue/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Jonot")
    expect(page.get_by_text("Aikaa tarjottu")).to_be_visible()
    look(page, "freed-3-queue")


def when_the_other_takes_it(page: Page, link: str) -> None:
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("Sinulle on vapautunut aika")
    look(page, "freed-4-offer-dark")
    page.get_by_role("button", name="Otan tämän ajan").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Aika on sinun")
    look(page, "freed-5-taken-dark")


def then_it_is_theirs(page: Page, staff: Page, slot: object) -> None:
    page.goto("/fi/times/")
    expect(page.get_by_role("main")).to_contain_text("klo 0.30")
    expect(page.get_by_role("main")).to_contain_text("Varattu")
    look(page, "freed-6-my-times")
    staff.goto("/fi/team/queue/")
    expect(staff.get_by_text("Kukaan ei odota täällä aikaa")).to_be_visible()
    look(staff, "freed-7-queue-empty-dark")
    assert (Slot.objects.get(id=slot).taken, WaitingEntry.objects.get().closed_reason) == (1, "booked")
