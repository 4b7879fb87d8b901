"""A group fills, somebody waits and gets the place of one who leaves; another, too few wanted, is called off by itself.

Given a manager who plans a group of two places; when two sign up, a third waits, one leaves and the third takes the
place; then the leader sees who comes. When the day of a group comes for which only one has signed up, then it is called
off, and that one reads so.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from luotsi import reactions
from luotsi.base.now import now, today
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.bookings.actions import placing
from luotsi.domain.bookings.models import Group, Slot, WaitingEntry
from luotsi.domain.cases.actions import groups
from luotsi.domain.catalogue import actions as catalogue
from luotsi.domain.messaging.models import Notice
from tests.factories import as_who, resident, worker
from tests.factories.clients import session_of
from tests.factories.groups import FIRST, UNIT, leader
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

    expect.set_options(timeout=60_000)
    yield open_as
    expect.set_options(timeout=5_000)
    for context in opened:
        context.close()


def test_a_group_fills_waits_and_another_is_called_off_by_itself(screen: Screen) -> None:
    catalogue.load_shelf(by=SYSTEM, at=now())
    by, manager = leader(name="Liisa Vetäjä"), worker("unit-manager", UNIT, name="Esko Esihenkilö")
    first, second, third = (resident(first_name=name) for name in ("Eka", "Toka", "Kolmas"))
    group = when_a_group_of_two_is_planned(screen(manager), "täysi")
    when_somebody_signs_up(screen(as_who(first), width=360, dark=True), group, "first")
    when_somebody_signs_up(screen(as_who(second), width=360), group, "second")
    when_a_third_waits(screen(as_who(third), width=360), group)
    when_one_leaves(screen(as_who(first), width=360), group)
    then_the_third_takes_the_place(screen(as_who(third), width=360, dark=True), group)
    then_the_leader_sees_who_comes(screen(by), group)

    other = when_a_group_of_two_is_planned(screen(manager, width=360, dark=True), "vajaa", later=1)
    page = screen(as_who(first))
    when_somebody_signs_up(page, other, "alone")
    when_its_day_comes(other)
    asks = screen(manager)
    asks.goto(reverse("group-ending", args=[group.pk]))
    look(asks, "groups-8-ending")
    when_one_meeting_is_called_off(screen(manager, width=360), group)
    then_the_one_reads_that_it_is_not_held(page, other)
    told = screen(by, width=360, dark=True)
    told.goto(reverse("team-groups"))
    expect(told.get_by_text("Peruttu: liian vähän ilmoittautuneita")).to_be_visible()
    look(told, "groups-9-team-list")
    assert Notice.objects.filter(resident=first).count() == 1


def when_one_meeting_is_called_off(page: Page, group: Group) -> None:
    last = Slot.objects.filter(plan=group.plan).latest("starts_at")
    page.goto(reverse("group-meeting-ending", args=[group.pk, last.id]))
    look(page, "groups-8-meeting-ending")
    page.get_by_label("Ohjaaja ei pääse").check()
    page.get_by_role("button", name="Peru tapaaminen ja kerro kaikille").press("Enter")
    expect(page.get_by_text("Tapaaminen on peruttu.", exact=False)).to_be_visible()
    look(page, "groups-8-meeting-off")


def when_a_group_of_two_is_planned(page: Page, name: str, *, later: int = 0) -> Group:
    first = FIRST + timedelta(days=later)
    page.goto(reverse("group-plans"))
    look(page, f"groups-1-plan-{name}")
    page.get_by_label("Mikä erottaa sen muista").fill(name)
    page.get_by_label("Ohjaaja").select_option("Liisa Vetäjä")
    page.get_by_label(("Maanantai", "Tiistai")[later]).check()
    page.get_by_label("Ensimmäinen päivä").fill(first.isoformat())
    page.get_by_label("Viimeinen päivä").fill((first + timedelta(weeks=4)).isoformat())
    page.get_by_label("Paikkoja").fill("2")
    page.get_by_label("Pidetään, jos ilmoittautuu vähintään").fill("2")
    page.get_by_role("button", name="Tee ryhmä").press("Enter")
    expect(page.get_by_text("Ryhmä on suunniteltu")).to_be_visible()
    look(page, f"groups-2-planned-{name}")
    return Group.objects.get(name=name)


def when_somebody_signs_up(page: Page, group: Group, name: str) -> None:
    page.goto(reverse("groups"))
    look(page, f"groups-3-list-{name}")
    page.locator("main").get_by_role("link", name=f"Stressinhallintaryhmä: {group.name}").click()
    look(page, f"groups-4-group-{name}")
    page.get_by_role("link", name="Ilmoittaudu").click()
    look(page, f"groups-5-places-{name}")
    page.get_by_role("button", name="Ilmoittaudu").press("Enter")
    expect(page.get_by_text("Sinulla on paikka", exact=True)).to_be_visible()
    look(page, f"groups-6-signed-up-{name}")


def when_a_third_waits(page: Page, group: Group) -> None:
    page.goto(reverse("group", args=[group.pk]))
    expect(page.get_by_text("Täynnä")).to_be_visible()
    page.get_by_role("button", name="Jää odottamaan paikkaa").press("Enter")
    expect(page.get_by_role("heading", name="Olet jonossa")).to_be_visible()
    look(page, "groups-7-waits")
    assert WaitingEntry.objects.filter(closed_at=None).count() == 1


def when_one_leaves(page: Page, group: Group) -> None:
    page.goto(reverse("group", args=[group.pk]))
    page.get_by_role("link", name="Jää pois ryhmästä").click()
    look(page, "groups-7-leaving")
    page.get_by_role("button", name="Jää pois ryhmästä").press("Enter")
    expect(page.get_by_text("Paikkasi vapautuivat muille")).to_be_visible()


def then_the_third_takes_the_place(page: Page, group: Group) -> None:
    assert placing.tick(at=now()) == 1
    page.goto(reverse("times"))
    look(page, "groups-7-offer")
    page.get_by_role("button", name="Otan paikan").press("Enter")
    expect(page.get_by_role("link", name="Kaikki ryhmän tapaamiset")).to_be_visible()
    look(page, "groups-7-time")
    page.get_by_role("link", name="Kaikki ryhmän tapaamiset").click()
    expect(page.get_by_text("Sinulla on paikka", exact=True)).to_be_visible()


def then_the_leader_sees_who_comes(page: Page, group: Group) -> None:
    page.goto(reverse("team-group", args=[group.pk]))
    people = page.get_by_role("table", name="Ketkä ovat mukana")
    expect(people).to_contain_text("Kolmas")
    expect(people).not_to_contain_text("Eka")
    look(page, "groups-8-team")
    page.get_by_role("link", name="Tulostettava lista").click()
    look(page, "groups-8-sheet")
    then_the_leader_marks_who_came(page, group)


def then_the_leader_marks_who_came(page: Page, group: Group) -> None:
    """The first meeting is made today's, so that it can be marked."""
    meeting = Slot.objects.filter(plan=group.plan).order_by("starts_at")[0]
    held = meeting.starts_at
    Slot.objects.filter(id=meeting.id).update(starts_at=now() - timedelta(hours=1), ends_at=now())
    page.goto(reverse("group-meeting", args=[group.pk, meeting.id]))
    page.get_by_label("Muita kävijöitä ilman nimeä").fill("2")
    page.get_by_role("group", name="Kolmas").get_by_label("Tuli").check()
    page.get_by_role("group", name="Toka").get_by_label("Oli sairaana").check()
    look(page, "groups-8-meeting")
    page.get_by_role("button", name="Tallenna merkinnät").press("Enter")
    expect(page.get_by_text("Kävijät on merkitty.")).to_be_visible()
    look(page, "groups-8-marked")
    Slot.objects.filter(id=meeting.id).update(starts_at=held, ends_at=held + timedelta(minutes=90))


def when_its_day_comes(group: Group) -> None:
    Group.objects.filter(pk=group.pk).update(decide_by=today() - timedelta(days=1))
    assert groups.tick(at=now()) == 1
    reactions.react(at=now())


def then_the_one_reads_that_it_is_not_held(page: Page, group: Group) -> None:
    page.goto(reverse("group", args=[group.pk]))
    expect(page.get_by_role("heading", name="Ilmoittautuneita oli liian vähän")).to_be_visible()
    look(page, "groups-9-not-held")
    page.goto(reverse("times"))
    look(page, "groups-9-times")
