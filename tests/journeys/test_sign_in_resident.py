"""A resident signs in by Suomi.fi in a browser, through a real identity provider in a process of its own.

They want a page that is theirs, are sent to the provider, choose who they are, and come back to that page, signed in;
they sign out, here and there. Another time they press Cancel, or sign out in another service.
"""

import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from luotsi.domain.people import queries as people
from luotsi.gateways.identity.saml.client import SuomiFi
from tests.journeys.walk import look
from tests.peers.saml_pages import running
from tests.peers.saml_sealing import make_pair
from tests.peers.saml_world import connection, pages_with

pytestmark = [pytest.mark.journey, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _patience() -> Iterator[None]:
    """Two processes sign and read messages here; a busy machine may need longer than five seconds for one."""
    expect.set_options(timeout=60_000)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def luotsi(server: str, tmp_path: Path) -> Iterator[str]:
    """Our address, where Suomi.fi is connected: each side has fetched the other's metadata."""
    make_pair(tmp_path, "idp")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with running(tmp_path, port) as idp:
        told = urlopen(f"{idp}/metadata").read().decode()
        with pages_with(SuomiFi(connection(f"{server}/", make_pair(tmp_path, "sp")), lambda: told)):
            (tmp_path / "sp.xml").write_bytes(urlopen(f"{server}/saml/metadata/").read())
            yield server


def given_the_sign_in_page(page: Page, address: str) -> None:
    page.goto(f"{address}/fi/matters/")
    expect(page).to_have_url(f"{address}/fi/session/?next=%2Ffi%2Fmatters%2F")
    look(page, "sign-in-resident-1-choose")


def when_identified_as(page: Page, name: str) -> None:
    page.get_by_role("link", name="Suomi.fi-tunnistus").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Valitse, kuka olet")
    page.get_by_role("button", name=name).click()


def test_a_resident_signs_in_by_suomi_fi_and_out_again(luotsi: str, phone: Page) -> None:
    posts = []
    phone.on("request", lambda request: posts.append(request) if request.method == "POST" else None)
    given_the_sign_in_page(phone, luotsi)

    when_identified_as(phone, "Aino Esimerkki")

    expect(phone).to_have_url(f"{luotsi}/fi/matters/")
    expect(phone.get_by_role("banner")).to_contain_text("Aino Esimerkki")
    answers = [one for one in posts if one.url == f"{luotsi}/saml/answer/"]
    assert ["cookie" in one.all_headers() for one in answers] == [False], "it must work without our cookie"
    look(phone, "sign-in-resident-2-mine")

    phone.get_by_role("button", name="Kirjaudu ulos").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Kirjaudu ulos kaikista palveluista")
    phone.get_by_role("button", name="OK").click()

    expect(phone).to_have_url(f"{luotsi}/fi/")
    expect(phone.get_by_role("main")).to_contain_text("Olet kirjautunut ulos.")
    look(phone, "sign-in-resident-3-signed-out")
    phone.goto(f"{luotsi}/fi/matters/")
    expect(phone).to_have_url(f"{luotsi}/fi/session/?next=%2Ffi%2Fmatters%2F")


def test_a_resident_who_presses_cancel_is_told_what_to_do(luotsi: str, phone: Page) -> None:
    given_the_sign_in_page(phone, luotsi)

    when_identified_as(phone, "Keskeytä")

    expect(phone.get_by_role("heading", level=1)).to_have_text("Et ole kirjautunut sisään")
    expect(phone.get_by_role("main")).to_contain_text("Keskeytit tunnistautumisen")
    look(phone, "sign-in-resident-4-cancelled")
    phone.emulate_media(color_scheme="dark")
    phone.wait_for_timeout(500)  # the colours fade over
    look(phone, "sign-in-resident-5-cancelled-dark")
    phone.get_by_role("link", name="Kirjaudu uudelleen").first.click()
    expect(phone).to_have_url(f"{luotsi}/fi/session/")


def test_signing_out_in_another_service_signs_out_here(luotsi: str, desktop: Page) -> None:
    given_the_sign_in_page(desktop, luotsi)
    when_identified_as(desktop, "Oskar Exempel")
    expect(desktop.get_by_role("banner")).to_contain_text("Oskar Exempel")
    idp = _idp_of(luotsi)

    desktop.goto(f"{idp}/elsewhere")

    expect(desktop.get_by_role("heading", level=1)).to_have_text("Olet kirjautunut ulos")
    desktop.goto(f"{luotsi}/fi/matters/")
    expect(desktop).to_have_url(f"{luotsi}/fi/session/?next=%2Ffi%2Fmatters%2F")
    assert people.is_anybody_here()


def _idp_of(luotsi: str) -> str:
    """Where the provider is, as its metadata told us."""
    from luotsi.gateways.identity.saml.connected import identification

    client, service = identification()._client()
    return str(client.sso_location(service)).removesuffix("/sso")
