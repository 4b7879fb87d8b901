"""A family gets its respite weekend, another one reads why not, and gets it when the first gives it up.

Given a house with one bed and a boy whose mother acts for him; when an adviser writes down the days that a decision
grants, the mother wishes for a weekend, and the adviser shares the places out; then she reads which step of the rule
decided, and the weekend is hers when the other family lets it go. Every page is looked at by axe.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from luotsi.base.now import local_day, now, today
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.bookings.actions import sharing
from luotsi.domain.bookings.models import DayGrant, DayWish
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases.models import Case
from luotsi.domain.people.models import Resident
from luotsi.domain.people.queries import resident_as_who
from tests.factories import as_who, contact, resident, worker
from tests.factories.clients import session_of
from tests.factories.days import ADVISER_UNIT, beds, granted, wished
from tests.journeys.walk import look
from tests.rooms.resident.people import let_act

pytestmark = pytest.mark.journey
Screen = Callable[..., Page]
FRIDAY = today() + timedelta(days=(4 - today().weekday()) % 7 + 14)
SUNDAY = FRIDAY + timedelta(days=2)


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


def test_a_family_gets_its_respite_weekend(screen: Screen) -> None:
    adviser = worker("service-adviser", ADVISER_UNIT, "Leila Lepovaara")
    beds(1)
    son, mother, other = resident(date(today().year - 9, 5, 5), first_name="Leevi"), resident(), resident()
    let_act(mother, son, kind="guardian", source="population_register")
    acting = resident_as_who(mother.id, acting_for=son.id)
    assert acting is not None
    case, beside = decided(son, adviser), decided(other, adviser)
    first = granted(other, adviser, kind="short-term-care", days=10, subject=beside.id)
    wished(first, FRIDAY, SUNDAY)

    when_the_decision_is_written_down(screen(adviser), case)
    grant = DayGrant.objects.get(subject=case.id)
    given_he_has_had_days_before(grant)
    phone = screen(acting, width=360, dark=True)
    when_the_mother_wishes_for_the_weekend(phone)
    desk = screen(adviser)
    when_places_are_shared_out(desk)
    then_she_reads_why_not(phone)
    when_the_other_family_gives_it_up(screen(as_who(other), width=360))
    when_places_are_shared_out(desk)
    then_the_weekend_is_hers(phone, desk)
    assert set(DayWish.objects.filter(grant=grant, first_day=FRIDAY).values_list("answer", flat=True)) == {"given"}


def decided(person: Resident, by: Who) -> Case:
    began = now() - timedelta(days=70)
    case = contact(person, unit=ADVISER_UNIT, kind="older_need", service="carers-leave", at=began)
    for hours, outcome in enumerate(("not_urgent", "started", "needs_service", "granted"), 1):
        cases.assess(case=case.id, outcome=outcome, key=uuid4(), by=by, at=began + timedelta(hours=hours))
    return case


def given_he_has_had_days_before(grant: DayGrant) -> None:
    """An earlier wish was given, so that the other family comes first by the rule."""
    early = local_day(now()) + timedelta(days=3)
    wished(grant, early, early)
    period = sharing.Period(ADVISER_UNIT, "respite-stay", early, early)
    sharing.carry_out(period, seen=sharing.propose(period, by=SYSTEM, at=now()).print, by=SYSTEM, at=now())


def when_the_decision_is_written_down(page: Page, case: Case) -> None:
    page.goto(f"/fi/team/cases/{case.id}/")
    page.get_by_role("link", name="Hoidon ja päivätoiminnan päivät").click()
    page.get_by_label("Mitkä päivät").select_option("short-term-care")
    page.get_by_label("Päivien määrä").fill("10")
    page.get_by_label("Päätös voimassa asti").fill((today() + timedelta(days=300)).isoformat())
    page.get_by_role("button", name="Kirjaa päivät").press("Enter")
    expect(page.get_by_role("heading", name="Lyhytaikainen huolenpito")).to_be_visible()
    look(page, "respite-1-granted")


def when_the_mother_wishes_for_the_weekend(page: Page) -> None:
    page.goto("/fi/times/")
    page.get_by_role("link", name="Hoitopäivät").click()
    look(page, "respite-2-days")
    page.get_by_role("link", name="Toivo päiviä").click()
    page.get_by_label("Ensimmäinen päivä").fill(SUNDAY.isoformat())
    page.get_by_label("Viimeinen päivä").fill(FRIDAY.isoformat())
    page.get_by_role("button", name="Lähetä toive").press("Enter")
    expect(page.get_by_text("Viimeinen päivä on ennen ensimmäistä.").first).to_be_visible()
    look(page, "respite-3-wrong")
    page.get_by_label("Ensimmäinen päivä").fill(FRIDAY.isoformat())
    page.get_by_label("Viimeinen päivä").fill(SUNDAY.isoformat())
    page.get_by_role("button", name="Lähetä toive").press("Enter")
    expect(page.get_by_text("Odottaa paikkojen jakamista")).to_be_visible()


def when_places_are_shared_out(page: Page) -> None:
    page.goto("/fi/team/")
    page.get_by_role("link", name="Paikat päivittäin").click()
    look(page, "respite-4-board")
    page.get_by_role("link", name="Toiveet ja paikkojen jakaminen").click()
    expect(page.get_by_role("cell", name="Saa 3 pv")).to_have_count(1)
    look(page, "respite-5-proposal")
    page.get_by_role("button", name="Jaa paikat näin").press("Enter")
    expect(page.get_by_text("1 toive toteutui")).to_be_visible()


def then_she_reads_why_not(page: Page) -> None:
    page.goto("/fi/times/days/")
    page.get_by_text("Miksi juuri näitä päiviä ei saatu?").click()
    expect(page.get_by_text("on 1 paikka, ja se on annettu")).to_be_visible()
    expect(page.get_by_text("Paikan saaneet ovat saaneet pienemmän osan")).to_be_visible()
    look(page, "respite-6-why-not")


def when_the_other_family_gives_it_up(page: Page) -> None:
    page.goto("/fi/times/days/")
    page.get_by_role("link", name="Luovu näistä päivistä").click()
    look(page, "respite-7-giving-up")
    page.get_by_role("button", name="Luovu päivistä").press("Enter")
    expect(page.get_by_text("Päivistä on luovuttu.")).to_be_visible()


def then_the_weekend_is_hers(page: Page, desk: Page) -> None:
    page.goto("/fi/times/days/")
    expect(page.get_by_text("Päivät on annettu").last).to_be_visible()
    expect(page.get_by_text("Miksi juuri näitä päiviä ei saatu?")).to_have_count(0)
    look(page, "respite-8-given")
    desk.goto(f"/fi/team/places/day/?day={FRIDAY}")
    expect(desk.get_by_role("rowheader", name="Leevi")).to_be_visible()
    look(desk, "respite-9-day")
