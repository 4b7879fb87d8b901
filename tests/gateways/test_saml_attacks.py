"""An answer that is not Suomi.fi's, not for us, not now, or not for this browser, signs nobody in."""

import base64
import logging
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from saml2 import samlp
from saml2.response import AuthnResponse

from luotsi.domain.people import queries as people
from luotsi.gateways.identity.saml import form
from luotsi.rooms.resident.pages import strong
from tests.gateways.saml_attacks import Attack, becomes_eino, every
from tests.peers.saml_idp import PEOPLE
from tests.peers.saml_sealing import Steps
from tests.peers.saml_world import Browser, World, browser_of, world

__all__ = ["browser_of", "world"]
pytestmark = pytest.mark.django_db
REFUSED = ("Et ole kirjautunut sisään", "Du är inte inloggad", "You are not signed in")


@pytest.mark.parametrize("attack", every(), ids=lambda one: one.name.replace(" ", "-"))
def test_an_answer_with_one_thing_wrong_signs_nobody_in(
    attack: Attack, world: World, browser_of: Callable[[], Browser], caplog: pytest.LogCaptureFixture
) -> None:
    """And the control: the untampered answer to the same question, in the same browser, signs Aino in."""
    caplog.set_level(logging.DEBUG)
    browser = browser_of()
    question = browser.asks()

    refused = browser.brings(attack.make(world, question))

    then_calm(refused)
    assert browser.signed is None
    assert f"refused: {attack.reason}" in caplog.text
    then_no_code(caplog.text)
    assert not people.is_anybody_here()
    assert browser.brings(world.idp.answer(question, "aino")).status_code == 302
    assert browser.signed.kind == "resident"


def test_an_answer_is_used_once(world: World, browser_of: Callable[[], Browser]) -> None:
    browser, other = browser_of(), browser_of()
    posted = world.idp.answer(browser.asks(), "aino")
    other.asks()
    assert browser.brings(posted).status_code == 302

    again, elsewhere = browser.brings(posted), other.brings(posted)

    then_calm(again)
    then_calm(elsewhere)
    assert other.signed is None


def test_an_answer_signs_in_only_the_browser_that_asked(world: World, browser_of: Callable[[], Browser]) -> None:
    """Otherwise somebody could sign a stranger in as themselves, and read what the stranger then writes."""
    attacker, victim = browser_of(), browser_of()
    posted = world.idp.answer(attacker.asks(), "aino")
    victim.asks()

    brought = victim.brings(posted, relay=attacker.relay)

    then_calm(brought, status=403)
    assert victim.signed is None


def test_an_arrival_that_was_begun_elsewhere_does_not_sign_in(world: World, browser_of: Callable[[], Browser]) -> None:
    attacker, victim = browser_of(), browser_of()
    told = {"SAMLResponse": world.idp.answer(attacker.asks(), "aino"), "RelayState": attacker.relay}
    address = browser_of().client.post("/saml/answer/", told)["Location"]

    then_calm(victim.client.get(address), status=403)
    assert victim.signed is None
    then_calm(attacker.client.get(address), status=403)  # the key is spent


def test_a_browser_without_our_cookie_is_told_what_to_do(world: World, browser_of: Callable[[], Browser]) -> None:
    browser = browser_of()
    posted = world.idp.answer(browser.asks(), "aino")
    browser.client.cookies.clear()

    refused = browser.brings(posted)

    then_calm(refused, status=403)
    assert "selaimesi täytyy sallia evästeet" in refused.content.decode().lower()


def test_a_question_asked_long_ago_is_not_answered_any_more(
    world: World, browser_of: Callable[[], Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, clock = browser_of(), strong.now
    question = browser.asks()
    monkeypatch.setattr(strong, "now", lambda: clock() + timedelta(minutes=31))

    then_calm(browser.brings(world.idp.answer(question, "aino")))
    assert browser.signed is None


def test_an_arrival_waits_one_minute(
    world: World, browser_of: Callable[[], Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, clock = browser_of(), strong.now
    told = {"SAMLResponse": world.idp.answer(browser.asks(), "aino"), "RelayState": browser.relay}
    address = browser_of().client.post("/saml/answer/", told)["Location"]
    monkeypatch.setattr(strong, "now", lambda: clock() + timedelta(seconds=61))

    then_calm(browser.client.get(address), status=403)


def test_somebody_who_pressed_cancel_is_told_calmly(world: World, browser_of: Callable[[], Browser]) -> None:
    browser = browser_of()

    refused = browser.brings(world.idp.refusal(browser.asks()))

    then_calm(refused, status=403)
    assert "Keskeytit tunnistautumisen" in refused.content.decode()


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"\x00\xff", b"SAMLResponse", b"SAMLResponse=%ff%fe", b"RelayState=" + b"a" * 99]
)
def test_garbage_is_met_calmly(body: bytes, browser_of: Callable[[], Browser]) -> None:
    posted = browser_of().client.post("/saml/answer/", body, content_type="application/x-www-form-urlencoded")

    then_calm(posted)


def test_the_attack_is_real(world: World, browser_of: Callable[[], Browser], monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: with signatures and shape unchecked, the changed answer signs its bearer in as Eino."""
    browser = browser_of()
    changed = world.idp.answer(browser.asks(), "aino", Steps(signed=becomes_eino, sign_response=False))
    assert browser.brings(changed).status_code == 400
    monkeypatch.setattr(form, "_check_frame", lambda *_, **__: None)
    monkeypatch.setattr(AuthnResponse, "_loads", _unchecked)
    monkeypatch.setattr(world.suomifi._client()[0].sec, "check_signature", lambda item, *_, **__: item)

    assert browser.brings(changed).status_code == 302
    assert browser.signed is not None


def test_the_figure(figures: Callable[[str], None]) -> None:
    attacks = every()
    wrappings = sum(one.name.startswith("wrapped") for one in attacks)

    assert len(attacks) > 60
    assert wrappings >= 8
    figures(
        f"SAML: {len(attacks)} changed answers of {len(attacks)} refused ({wrappings} by signature wrapping), each "
        "with its untampered control signing in; 0 answered 5xx, 0 identity codes shown or logged"
    )


def then_calm(response: HttpResponse, *, status: int = 0) -> None:
    """A 4xx page in three languages that says what to do and repeats nothing that was sent."""
    page = response.content.decode()
    assert 400 <= response.status_code < 500, response.status_code
    assert status in {0, response.status_code}
    assert [words for words in REFUSED if words not in page] == []
    assert "116 117" in page
    then_no_code(page)


def then_no_code(text: str) -> None:
    assert not [code for *_, code in PEOPLE.values() if code in text]
    assert not re.search(r"\b\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]\b", text)


def _unchecked(self: Any, xml: str, *_: Any, **__: Any) -> Any:
    """What the library does with `do_not_verify`."""
    self.xmlstr = xml
    self.response = samlp.response_from_string(xml.encode())
    return self._postamble()


def test_base64_is_what_is_posted() -> None:
    """The attacks are built on bytes: what is posted is their base64, which is read strictly."""
    assert form.decoded(base64.b64encode(b"<a/>").decode()) == b"<a/>"
