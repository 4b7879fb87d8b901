"""Staff and residents sign in through a real OpenID Connect server, confirm that it is them, and leave."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from playwright.sync_api import Page, expect

from luotsi.base.now import now, today
from luotsi.base.who import SYSTEM
from luotsi.config.models import Session
from luotsi.demo.residents import identity_code
from luotsi.domain.catalogue import actions as catalogue
from luotsi.domain.organisation import actions as organisation
from luotsi.domain.organisation.models import Staff
from luotsi.domain.people.models import Resident
from luotsi.rooms import session as sessions
from luotsi.rooms.resident.pages import identity
from tests.journeys.walk import look, then_page_is_accessible
from tests.peers.oidc import Peer, oidc_peer

CODE = identity_code((now() - timedelta(days=365 * 40)).date(), "-", 935)
PEOPLE: dict[str, dict[str, Any]] = {
    "hilla": {"name": "Hilla Hoitaja", "email": "hilla@example.org", "groups": ["luotsi-kajaani-hva-nurse"]},
    "kaisa": {"name": "Kaisa Keittäjä", "email": "kaisa@example.org", "groups": ["parking"]},
    "sanni": {"given_name": "Sanni", "family_name": "Testinen", "national_identification_number": CODE},
}
pytestmark = pytest.mark.journey


@pytest.fixture
def site(server: str, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Peer]]:
    """Luotsi and the server where one signs in, each knowing the other. Passkeys need a name, so not 127.0.0.1."""
    here = server.replace("127.0.0.1", "localhost")
    organisation.load_units()
    with oidc_peer(here, PEOPLE) as peer:
        settings.OIDC, settings.OUTBOUND_INTERNAL = peer.settings, [peer.host]
        ways = [*sessions.WAYS, *map(identity.way_in, peer.settings)]
        monkeypatch.setattr(sessions, "WAYS", ways)
        cache.clear()
        yield here, peer


def given_somebody_signed_in(page: Page, here: str, who: str, way: str = "Työtili", onward: str = "") -> None:
    page.goto(f"{here}/fi/session/" + (f"?next={onward}" if onward else ""))
    page.get_by_role("link", name=way).click()
    page.get_by_role("button", name=who, exact=True).click()
    page.wait_for_url(f"{here}/**")


def test_a_nurse_signs_in_by_the_directory_and_out_of_both(desktop: Page, site: tuple[str, Peer]) -> None:
    here, peer = site
    desktop.goto(f"{here}/fi/team/")
    look(desktop, "sign-in-ways")
    desktop.get_by_role("link", name="Työtili").click()
    expect(desktop).to_have_url(re.compile(re.escape(peer.issuer)))
    desktop.get_by_role("button", name="hilla", exact=True).click()

    expect(desktop).to_have_url(f"{here}/fi/team/")
    expect(desktop.get_by_text("Hilla Hoitaja")).to_be_visible()
    look(desktop, "sign-in-staff-worklist")

    desktop.get_by_role("button", name="Kirjaudu ulos").click()
    expect(desktop).to_have_url(re.compile(re.escape(f"{peer.issuer}/session/end")))
    desktop.get_by_role("button", name="Sign out here too").click()
    expect(desktop).to_have_url(f"{here}/fi/")
    desktop.goto(f"{here}/fi/team/")
    expect(desktop).to_have_url(re.compile("/fi/session/"))
    assert not Session.objects.exclude(kind="").exists()


def test_a_worker_of_two_roles_chooses_one_by_keyboard_and_changes_it_from_any_page(
    desktop: Page, site: tuple[str, Peer]
) -> None:
    here, _ = site
    given_somebody_signed_in(desktop, here, "hilla", onward="/fi/team/")
    expect(desktop.get_by_role("link", name="Vaihda rooli")).to_have_count(0)
    hilla = Staff.objects.get(name="Hilla Hoitaja")
    organisation.employ(
        id=hilla.id, name=hilla.name, unit="kuhmo", role="unit-manager", since=today(), by=SYSTEM, at=now()
    )
    desktop.context.clear_cookies()
    given_somebody_signed_in(desktop, here, "hilla", onward="/fi/boards/")

    expect(desktop.get_by_role("heading", level=1)).to_have_text("Missä roolissa työskentelet nyt?")
    look(desktop, "sign-in-staff-roles")
    desktop.get_by_role("button", name="Työskentele tässä roolissa").focus()
    desktop.keyboard.press("Enter")

    expect(desktop).to_have_url(f"{here}/fi/boards/")
    expect(desktop.get_by_role("banner")).to_contain_text("Yksikön esihenkilö")
    look(desktop, "sign-in-staff-role-chosen")
    desktop.get_by_role("link", name="Vaihda rooli").click()
    desktop.set_viewport_size({"width": 360, "height": 740})
    look(desktop, "sign-in-staff-roles-phone")


def test_a_page_left_open_gives_way_to_the_sign_in_page_unless_one_is_writing(
    desktop: Page, site: tuple[str, Peer]
) -> None:
    here, _ = site
    desktop.clock.install()
    given_somebody_signed_in(desktop, here, "hilla", onward="/fi/team/")
    Session.objects.update(seen_at=now() - timedelta(minutes=16))
    desktop.clock.fast_forward(61_000)

    expect(desktop).to_have_url(f"{here}/fi/session/?next=%2Ffi%2Fteam%2F")
    expect(desktop.get_by_text("koska sivu oli pitkään auki")).to_be_visible()

    desktop.get_by_role("link", name="Työtili").click()
    expect(desktop).to_have_url(f"{here}/fi/team/")
    desktop.evaluate("document.body.dispatchEvent(new Event('input', {bubbles: true}))")
    Session.objects.update(seen_at=now() - timedelta(minutes=16))
    desktop.clock.fast_forward(130_000)
    expect(desktop).to_have_url(f"{here}/fi/team/")


def test_what_the_page_asks_for_by_itself_says_so(desktop: Page, site: tuple[str, Peer]) -> None:
    here, _ = site
    given_somebody_signed_in(desktop, here, "hilla", onward="/fi/team/")
    with desktop.expect_request(lambda one: one.headers.get("hx-trigger") == "worklist") as by_itself:
        desktop.evaluate("htmx.trigger('#worklist', 'sse:worklist')")
    desktop.evaluate(
        "document.querySelector('h1').innerHTML = '<button id=ask hx-get=/fi/team/ hx-swap=none>Kysy</button>';"
        "htmx.process(document.querySelector('h1'))"
    )
    with desktop.expect_request(lambda one: one.headers.get("hx-trigger") == "ask") as by_hand:
        desktop.locator("#ask").click()

    assert by_itself.value.headers.get("x-luotsi-passive") == "1"
    assert "x-luotsi-passive" not in by_hand.value.headers


def test_one_without_a_group_is_told_whom_to_ask_and_can_be_somebody_else(phone: Page, site: tuple[str, Peer]) -> None:
    here, _ = site
    given_somebody_signed_in(phone, here, "kaisa")

    expect(phone.get_by_role("heading", level=1)).to_have_text("Tilisi ei avaa täällä vielä mitään")
    look(phone, "sign-in-no-role")
    phone.get_by_role("link", name="Kirjaudu toisella tilillä").click()
    phone.get_by_role("button", name="Sign out here too").click()
    given_somebody_signed_in(phone, here, "hilla")
    expect(phone).to_have_url(f"{here}/fi/team/")


def test_signing_out_at_the_server_ends_the_session_here_by_its_own_message(
    desktop: Page, site: tuple[str, Peer]
) -> None:
    here, peer = site
    given_somebody_signed_in(desktop, here, "hilla")
    assert Session.objects.filter(kind="staff").count() == 1

    elsewhere = desktop.context.new_page()
    elsewhere.goto(f"{peer.issuer}/session/end")
    elsewhere.get_by_role("button", name="Sign out here too").click()
    expect(elsewhere).to_have_url(re.compile("/session/end/success"))

    assert Session.objects.filter(kind="staff").count() == 0
    desktop.goto(f"{here}/fi/team/")
    expect(desktop).to_have_url(re.compile("/fi/session/"))


def test_an_answer_that_was_tampered_with_is_a_calm_page(phone: Page, site: tuple[str, Peer]) -> None:
    here, peer = site
    peer.bend("signature")
    given_somebody_signed_in(phone, here, "hilla")

    expect(phone.get_by_role("heading", level=1)).to_have_text("Kirjautuminen ei onnistunut")
    look(phone, "sign-in-not-believed")


def test_a_nurse_sets_up_a_code_app_and_confirms_with_it(phone: Page, site: tuple[str, Peer]) -> None:
    here, _ = site
    given_somebody_signed_in(phone, here, "hilla")
    phone.goto(f"{here}/fi/session/confirmation/?next=/fi/boards/")
    look(phone, "confirmation-first")
    phone.get_by_role("link", name="Ota käyttöön koodisovellus").click()
    look(phone, "confirmation-code-app")
    secret = phone.locator("strong", has_text=re.compile(r"^[A-Z2-7 ]{30,}$")).inner_text().replace(" ", "")
    phone.get_by_label("Sovelluksen koodi").fill("000000")
    phone.get_by_role("button", name="Ota käyttöön").click()
    expect(phone.get_by_role("alert")).to_contain_text("Koodi ei ollut oikea")
    then_page_is_accessible(phone)
    phone.get_by_label("Sovelluksen koodi").fill(_code(secret))
    phone.get_by_role("button", name="Ota käyttöön").click()
    expect(phone).to_have_url(f"{here}/fi/boards/")

    Session.objects.update(confirmed_at=now() - timedelta(minutes=16))
    phone.goto(f"{here}/fi/session/confirmation/?next=/fi/boards/")
    look(phone, "confirmation-by-code")
    phone.get_by_label("Sovelluksen koodi").fill(_code(secret, later=1))
    phone.get_by_role("button", name="Vahvista", exact=True).click()
    expect(phone).to_have_url(f"{here}/fi/boards/")


def test_a_nurse_sets_up_a_passkey_and_confirms_with_it(desktop: Page, site: tuple[str, Peer]) -> None:
    here, _ = site
    device = desktop.context.new_cdp_session(desktop)
    device.send("WebAuthn.enable")
    told = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True}
    added = device.send("WebAuthn.addVirtualAuthenticator", {"options": told | {"automaticPresenceSimulation": True}})
    given_somebody_signed_in(desktop, here, "hilla")
    desktop.goto(f"{here}/fi/session/confirmation/passkey/?next=/fi/boards/")
    look(desktop, "confirmation-passkey")
    desktop.get_by_label("Nimi sille").fill("Työpuhelin")
    desktop.get_by_role("button", name="Ota käyttöön").click()
    expect(desktop).to_have_url(f"{here}/fi/boards/")

    Session.objects.update(confirmed_at=None)
    desktop.goto(f"{here}/fi/session/confirmation/?next=/fi/boards/")
    then_page_is_accessible(desktop)
    desktop.get_by_role("button", name="Vahvista pääsyavaimella").click()
    expect(desktop).to_have_url(f"{here}/fi/boards/")

    desktop.goto(f"{here}/fi/session/confirmation/")
    expect(desktop.get_by_text("Työpuhelin, otettu käyttöön")).to_be_visible()
    look(desktop, "confirmation-mine")

    Session.objects.update(confirmed_at=None)
    device.send("WebAuthn.setUserVerified", {"authenticatorId": added["authenticatorId"], "isUserVerified": False})
    desktop.goto(f"{here}/fi/session/confirmation/?next=/fi/boards/")
    desktop.get_by_role("button", name="Vahvista pääsyavaimella").click()
    expect(desktop.get_by_role("alert")).to_contain_text("Pääsyavain ei vastannut")
    assert Session.objects.get(kind="staff").confirmed_at is None


def test_a_resident_identifies_by_the_broker_and_what_was_written_outlives_the_session(
    phone: Page, site: tuple[str, Peer]
) -> None:
    here, _ = site
    catalogue.load_shelf(by=SYSTEM, at=now())
    way = "Pankkitunnukset, mobiilivarmenne tai henkilökortti"
    given_somebody_signed_in(phone, here, "sanni", way, onward="/fi/services/nurse-reception/contact/")
    Resident.objects.update(municipality="205")
    phone.reload()
    phone.get_by_label("Mitä asia koskee?").fill("Polvi on kipeä portaissa")
    phone.get_by_label("Noin viikon").check()
    phone.get_by_label("puhelin", exact=False).last.fill("040 123 4567")
    Session.objects.update(seen_at=now() - timedelta(minutes=31))
    phone.get_by_role("button", name="Tarkista ja lähetä").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Kirjaudu, niin voit lähettää tämän")
    look(phone, "session-over")

    phone.get_by_role("link", name="Kirjaudu ja jatka").click()
    expect(phone.get_by_text("koska sivu oli pitkään auki")).to_be_visible()
    look(phone, "session-over-sign-in")
    phone.get_by_role("link", name=way).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Kirjoittamasi on tallessa")
    expect(phone.get_by_text("Polvi on kipeä portaissa")).to_be_visible()
    look(phone, "session-kept")
    phone.get_by_role("button", name="Lähetä", exact=True).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Tarkista viesti")
    phone.get_by_role("button", name="Lähetä", exact=True).click()
    expect(phone).to_have_url(re.compile("/fi/matters/"))
    assert CODE not in phone.content()


def _code(secret: str, *, later: int = 0) -> str:
    counter = list(yield_hotp_counters_from_time())[1] + later
    return format_hotp_value(hotp_value(secret, counter))
