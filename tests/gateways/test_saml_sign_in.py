"""A resident signs in by Suomi.fi: through our pages and a real identity provider's messages."""

from collections.abc import Callable

import pytest

from tests.peers.saml_world import Browser, World, browser_of, world

__all__ = ["browser_of", "world"]
pytestmark = pytest.mark.django_db


def test_a_resident_comes_back_to_the_page_they_wanted(world: World, browser_of: Callable[[], Browser]) -> None:
    browser = browser_of()

    response = browser.brings(world.idp.answer(browser.asks(onward="/sv/accessibility/"), "aino"))

    assert (response.status_code, response["Location"]) == (302, "/sv/accessibility/")
    assert (browser.signed.kind, browser.signed.way) == ("resident", "suomifi")
    assert b"Aino Esimerkki" in browser.client.get("/fi/accessibility/").content
