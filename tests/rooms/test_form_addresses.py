"""An address that only takes forms is never a blank page: whoever asks for it is led to the page with the form.

So it goes when the language is changed after a form came back with its errors.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import get_resolver, resolve
from django.utils import translation

from luotsi.rooms.page import page_of
from tests.factories.clients import signed_in
from tests.factories.visits import resident_called, worker
from tests.rooms.test_matrix import Route, name_of, routes

pytestmark = pytest.mark.django_db
# Another machine posts here, and no person's browser ever stands at it.
MACHINES = {"luotsi.rooms.resident.pages.identity.leavings"}


def taking_only_forms(patterns: list[Any]) -> Iterator[Route]:
    return (route for route in routes(patterns) if "GET" not in getattr(route.view, "methods", ("GET",)))


@override_settings(ROOT_URLCONF="tests.peers.strong_urls")
def test_every_address_that_only_takes_forms_leads_to_its_page() -> None:
    browsers = [Client(), signed_in(resident_called("Sanni", 910)), signed_in(worker("Testi Hoitaja"))]
    every = list(taking_only_forms(get_resolver().url_patterns))
    assert len(every) >= 10, "where have the forms gone?"

    for route in every:
        for browser in browsers:
            answer = browser.get(route.address)
            assert answer.status_code == 302, route.address
            page = resolve(answer["Location"])
            assert "GET" in page.func.methods, route.address
            assert answer["Location"] == page_of(route.address)


def test_only_a_machine_is_told_by_a_number_that_it_came_the_wrong_way() -> None:
    """What guards itself knows no page of its own; no form of a person's ends there."""
    silent = {
        name_of(route.view)
        for route in routes(get_resolver().url_patterns)
        if not hasattr(route.view, "methods") and Client().get(route.address).status_code == 405
    }
    assert silent <= MACHINES


@pytest.mark.parametrize(
    "address, page",
    [
        ("/fi/own/log/older/", "/fi/own/log/"),
        ("/sv/own/mail/code/", "/sv/own/mail/"),
        ("/en/own/consents/notices-by-mail/", "/en/own/consents/"),
        ("/fi/session/closure/", "/fi/session/"),
        (f"/fi/matters/{'0' * 8}-0000-7000-8000-{'0' * 12}/times/{'0' * 8}-0000-7000-8000-{'0' * 12}/answer/", ""),
        ("/fi/nowhere/at/all/", "/fi/"),
        ("/saml/answer/", "/fi/"),
    ],
)
def test_a_form_belongs_to_the_page_above_it(address: str, page: str) -> None:
    with translation.override(address[1:3] if address[3] == "/" else "fi"):
        assert page_of(address) == (page or address[: address.index("times/")])


def test_changing_the_language_after_an_error_shows_the_page_in_that_language() -> None:
    browser = signed_in(resident_called("Sanni", 910))
    refused = browser.post("/fi/own/log/older/", {"reason": ""})
    assert refused.status_code == 400
    swedish = re.search(r'href="([^"]+)" lang="sv"', refused.content.decode())
    assert swedish is not None

    shown = browser.get(swedish[1], follow=True)

    assert shown.redirect_chain == [("/sv/own/log/", 302)]
    assert shown.status_code == 200
