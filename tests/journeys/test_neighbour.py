"""A curious nurse: she searches her neighbour, learns nothing, and has left her name in his log.

Given a neighbour whose matters are elsewhere, when the nurse searches him by his code and then tries his address and
his case's, she is told that she has no relationship and meets pages that do not exist; the log has a row of the search
and of each refusal, and the neighbour reads it.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from luotsi.domain.events.models import Use
from tests.journeys.desk import Desk, desk
from tests.journeys.walk import look

pytestmark = pytest.mark.journey


@pytest.fixture
def county(server: str, browser: Browser) -> Iterator[Desk]:
    with desk(server, browser) as found:
        yield found


@pytest.mark.parametrize(("language", "width"), [("fi", 1280), ("sv", 360)])
def test_a_nurse_learns_nothing_of_her_neighbour_and_he_learns_of_her(county: Desk, language: str, width: int) -> None:
    page = county.open(county.nurse, width)
    when_she_searches_him(county, page, language)
    then_nothing_of_him_is_shown(county, page)
    look(page, f"{language}-neighbour-found")
    when_she_tries_his_addresses(county, page, language)
    then_the_log_knows_it_all(county)
    then_he_reads_that_she_searched(county)


def when_she_searches_him(county: Desk, page: Page, language: str) -> None:
    """By keyboard alone: the code, and Enter."""
    assert county.at(page, "team/people/", language) == 200
    look(page, f"{language}-people-search")
    page.locator("main [name=code]").focus()
    page.keyboard.type(county.code[:-1] + "?")
    page.keyboard.press("Enter")
    expect(page.locator("[aria-invalid=true]")).to_be_visible()
    look(page, f"{language}-people-search-error")
    page.locator("main [name=code]").fill(county.code.lower())
    page.keyboard.press("Enter")
    expect(page.locator("main a[href$='/emergency/']")).to_be_visible()
    assert county.code not in page.url


def then_nothing_of_him_is_shown(county: Desk, page: Page) -> None:
    shown = page.inner_text("body")
    for secret in ("Naapurinen", "Toivo", "Sotkamo", "040 000 9995", county.code[:6]):
        assert secret not in shown, secret
    assert str(county.neighbour.id) not in page.content()
    page.reload()
    expect(page.locator("main a[href$='/emergency/']")).to_be_visible()


def when_she_tries_his_addresses(county: Desk, page: Page, language: str) -> None:
    for path in (f"team/people/{county.neighbour.id}/", f"team/cases/{county.health.id}/"):
        assert county.at(page, path, language) == 404
        assert "Naapurinen" not in page.content()
    look(page, f"{language}-neighbour-not-there")


def then_the_log_knows_it_all(county: Desk) -> None:
    by_her: Any = Use.objects.filter(actor_id=county.nurse.id).order_by("id")
    told = list(by_her.values_list("outcome", "what", "subject", "action", "resident"))
    his = county.neighbour.id
    assert told == [
        ("shown", "search", None, "person.find", his),
        ("refused", "", his, "person.read", his),
        ("refused", "", county.health.id, "case.read", his),
    ]


def then_he_reads_that_she_searched(county: Desk) -> None:
    page = county.open(county.oneself, 360)
    assert county.at(page, "own/log/") == 200
    expect(page.get_by_text("Nelli Naapuri").first).to_be_visible()
