"""A day at the team's list: an absent colleague's matters go on, two people never overwrite one another, and the
manager sees in the morning what will be missed within a week.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from luotsi.base.now import now
from luotsi.base.who import Who
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases.models import Assessment, Case, Draft
from tests.factories import assessed, contact, resident, worker
from tests.factories.clients import session_of
from tests.journeys.walk import look

pytestmark = pytest.mark.journey
LIVE = 2_000  # milliseconds in which another's change shows


@dataclass
class Team:
    """Sotkamo's team, each at their own screen."""

    address: str
    anna: Who
    bertta: Who
    manager: Who
    cases: list[Case]
    screen: Callable[..., Page]

    def at(self, page: Page, path: str = "") -> None:
        answer = page.goto(f"{self.address}/fi/team/{path}")
        assert answer is not None
        assert answer.status == 200


@pytest.fixture
def team(server: str, browser: Browser) -> Iterator[Team]:
    anna, bertta = worker(name="Anna Aamu"), worker(name="Bertta Ilta")
    manager = worker(role="unit-manager", name="Esko Esihenkilö")
    opened = []

    def screen(who: Who, *, width: int = 1280, dark: bool = False) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, locale="fi-FI", color_scheme="dark" if dark else "light"
        )
        context.set_default_timeout(30_000)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session_of(who), "url": server}])
        opened.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(f"the page's script failed: {error}"))
        return page

    since = now() - timedelta(hours=1)
    made = [contact(resident(last_name=name), at=since) for name in ("Aalto", "Berg", "Ceder")]
    yield Team(server, anna, bertta, manager, made, screen)
    for context in opened:
        context.close()


def test_the_matters_of_an_absent_colleague_go_on(team: Team) -> None:
    for case in team.cases[:2]:
        cases.hand_over(case=case.id, to=team.anna.id, seen=None, by=team.anna, at=now())
    berttas = team.screen(team.bertta, width=360, dark=True)
    team.at(berttas)
    when_the_manager_marks_the_absence(team)
    then_the_team_sees_whose_work_waits(berttas)
    page = team.screen(team.manager)
    team.at(page, "?scope=away")
    look(page, "absent-colleague-list")
    page.get_by_role("button", name="Siirrä kaikki hänen asiansa").click()
    expect(page.locator("h1")).to_have_text("Siirrä 2 asiaa")
    expect(page.locator("[name=to]")).to_have_value(str(team.bertta.id))  # whoever substitutes
    look(page, "absent-colleague-handover")
    page.locator("[name=note]").fill("Anna on poissa loppuviikon")
    page.get_by_role("button", name="Siirrä", exact=True).click()
    expect(page.get_by_text("2 asiaa siirrettiin.")).to_be_visible()
    expect(berttas.locator("[aria-label='Kenen asioita'] a", has_text="Minun").locator(".tab-count")).to_have_text(
        "2", timeout=LIVE
    )
    assert set(Case.objects.filter(responsible_id=team.bertta.id)) == {*team.cases[:2]}


def when_the_manager_marks_the_absence(team: Team) -> None:
    page = team.screen(team.manager, width=360)
    team.at(page, "absences/")
    page.locator("[name=staff]").select_option(label="Anna Aamu")
    page.locator("[name=begins_on]").fill(now().date().isoformat())
    page.get_by_role("button", name="Merkitse").click()
    expect(page.get_by_text("Kirjoita viimeinen päivä.").first).to_be_visible()
    look(page, "absence-errors")
    page.locator("[name=ends_on]").fill((now().date() + timedelta(days=4)).isoformat())
    page.locator("[name=substitute]").select_option(label="Bertta Ilta")
    page.get_by_role("button", name="Merkitse").click()
    expect(page.get_by_role("row", name="Anna Aamu")).to_be_visible()
    look(page, "absence")


def then_the_team_sees_whose_work_waits(page: Page) -> None:
    tab = page.locator("[aria-label='Kenen asioita'] a", has_text="Työkaveri poissa")
    expect(tab.locator(".tab-count")).to_have_text("2", timeout=LIVE)
    page.locator("details.fold summary").click()  # on a phone the parts stand behind their name
    tab.click()
    expect(page.get_by_text("Anna Aamu on poissa")).to_be_visible()
    look(page, "absent-colleague-phone-dark")


def test_two_editors_never_overwrite_one_another(team: Team) -> None:
    case, annas, berttas = team.cases[0], team.screen(team.anna), team.screen(team.bertta, width=360, dark=True)
    team.at(annas, f"cases/{case.id}/")
    team.at(berttas, f"cases/{case.id}/")
    expect(annas.locator("#present")).to_contain_text("Bertta Ilta", timeout=LIVE)
    note = annas.locator("form[action$='/assessments/'] textarea[name=note]")
    note.fill("Polvi turvonnut")
    note.press_sequentially(", ei kuumetta")
    expect(annas.get_by_text("Luonnos tallessa").first).to_be_visible()
    assert Draft.objects.get().fields["note"] == ["Polvi turvonnut, ei kuumetta"]
    look(annas, "two-editors-writing")
    when_the_connection_is_lost_and_comes_back(annas)
    assessed(case, team.bertta, at=now())
    expect(annas.get_by_text("Asiassa tapahtui jotain").first).to_be_visible(timeout=LIVE)
    annas.locator("form[action$='/assessments/'] [name=outcome]").first.check()
    annas.locator("form[action$='/assessments/'] button[type=submit]:not([formaction]):not([name])").click()
    expect(annas.get_by_role("heading", name="Joku muu ehti ensin")).to_be_visible()
    expect(annas.locator("form[action$='/assessments/'] textarea[name=note]")).to_have_value(
        "Polvi turvonnut, ei kuumetta, kävely sujuu"
    )
    look(annas, "two-editors-conflict")
    assert Assessment.objects.count() == 1
    look(berttas, "two-editors-phone-dark")
    berttas.goto("about:blank")
    expect(annas.locator("#present")).not_to_contain_text("Bertta", timeout=LIVE)


def when_the_connection_is_lost_and_comes_back(page: Page) -> None:
    page.context.set_offline(True)
    page.locator("form[action$='/assessments/'] textarea[name=note]").press_sequentially(", kävely sujuu")
    expect(page.get_by_text("Ei yhteyttä.").first).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text("Luonnos tallessa").first).to_be_visible(timeout=15_000)
    assert Draft.objects.get().fields["note"] == ["Polvi turvonnut, ei kuumetta, kävely sujuu"]
    stored = page.evaluate("() => JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "Polvi" not in stored
    assert set(json.loads(stored)[0]) | set(json.loads(stored)[1]) <= {"htmx-current-path-for-history"}


def test_the_manager_sees_what_will_be_missed_next_week(team: Team) -> None:
    since = now() - timedelta(days=9)
    young = resident(born=date(now().year - 20, 1, 1), last_name="Riskinen")
    case = contact(young, at=since)
    assessed(case, team.anna, at=since + timedelta(hours=1))
    page = team.screen(team.manager)
    team.at(page)
    page.get_by_role("link", name="Aamukatsaus").click()
    expect(page.locator("section[aria-labelledby=risk]")).to_contain_text("Riskinen Testi")
    look(page, "morning-review")
    phone = team.screen(team.manager, width=360, dark=True)
    team.at(phone, "huddle/")
    look(phone, "morning-review-phone-dark")
    kuhmo = team.screen(worker(role="unit-manager", unit="kuhmo"))
    team.at(kuhmo, "huddle/?unit=sotkamo")
    expect(kuhmo.locator("main")).not_to_contain_text("Riskinen")


def test_a_worker_does_a_morning_without_touching_the_mouse(team: Team) -> None:
    page, other = team.screen(team.anna), team.screen(team.bertta)
    team.at(page, "?sort=name")
    team.at(other, "?sort=name")
    page.keyboard.press("?")
    expect(page.locator("dialog[open]")).to_be_visible()
    look(page, "keys")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.locator("input[name=chosen]:checked").count() == 2
    cases.hand_over(case=team.cases[2].id, to=team.bertta.id, seen=None, by=team.bertta, at=now())
    expect(page.get_by_role("row", name="Ceder")).to_contain_text("Bertta Ilta", timeout=LIVE)
    assert page.locator("input[name=chosen]:checked").count() == 2  # the refresh keeps the ticks
    page.keyboard.press("k")
    page.keyboard.press("t")
    expect(page.get_by_text("1 asia on nyt sinulla.")).to_be_visible()
    expect(other.get_by_role("row", name="Aalto")).to_contain_text("Anna Aamu", timeout=LIVE)
    page.keyboard.press("j")
    page.keyboard.press("h")
    expect(page.locator("h1")).to_have_text("Siirrä 1 asia")
    page.go_back()
    page.keyboard.press("/")
    page.keyboard.type("ceder")
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Ceder")
    look(page, "list-to-case")
