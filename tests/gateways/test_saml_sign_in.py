"""A resident signs in by Suomi.fi: through our pages and a real identity provider's messages."""

import copy
import html
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from lxml import etree

from luotsi.base.now import now
from luotsi.gateways.identity.saml.client import SuomiFi
from luotsi.gateways.identity.saml.refusal import Refused
from luotsi.rooms.session import CONFIRMED_FOR
from tests.peers.saml_idp import FIRST, GIVEN, Idp, attributes
from tests.peers.saml_sealing import DS, SAML, Step, Steps
from tests.peers.saml_world import Browser, World, browser_of, world

__all__ = ["browser_of", "world"]
_MD = "{urn:oasis:names:tc:SAML:2.0:metadata}"


@pytest.mark.django_db
def test_a_resident_comes_back_to_the_page_they_wanted(world: World, browser_of: Callable[[], Browser]) -> None:
    browser = browser_of()

    response = browser.brings(world.idp.answer(browser.asks(onward="/sv/accessibility/"), "aino"))

    assert (response.status_code, response["Location"]) == (302, "/sv/accessibility/")
    assert (browser.signed.kind, browser.signed.way) == ("resident", "suomifi")
    assert b"Aino Esimerkki" in browser.client.get("/fi/accessibility/").content


def read(
    world: World, steps: Steps | None = None, *, by: SuomiFi | None = None, idp: Idp | None = None, **said: object
) -> str:
    """Ask, answer, read: the first name that we believe."""
    suomifi, idp = by or world.suomifi, idp or world.idp
    question = idp.question(urlsplit(suomifi.ask(language="fi", relay="r", at=now()).address).query)
    return suomifi.read(idp.answer(question, "eino", steps, **said), at=now()).person.first_name


def shifted(*, begins_seconds: int, ends_seconds: int) -> Step:
    def at(seconds: int) -> str:
        return (datetime.now(UTC) + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")

    def step(root: etree._Element) -> None:
        root.find(f".//{SAML}Conditions").set("NotBefore", at(begins_seconds))
        for name in ("Conditions", "SubjectConfirmationData"):
            root.find(f".//{SAML}{name}").set("NotOnOrAfter", at(ends_seconds))

    return step


@pytest.mark.parametrize(
    "begins, ends, is_believed", [(45, 300, True), (90, 300, False), (-300, -40, True), (-300, -90, False)]
)
def test_two_clocks_may_be_a_minute_apart(begins: int, ends: int, is_believed: bool, world: World) -> None:
    steps = Steps(shape=shifted(begins_seconds=begins, ends_seconds=ends))

    if is_believed:
        assert read(world, steps) == "Eino"
    else:
        with pytest.raises(Refused, match="late"):
            read(world, steps)


@pytest.mark.parametrize("left_out, called", [((), "Eino"), ((GIVEN,), "Eino Olavi"), ((GIVEN, FIRST), "")])
def test_the_name_one_goes_by_is_taken_first(left_out: tuple[str, ...], called: str, world: World) -> None:
    told = {name: values for name, values in attributes("eino").items() if name not in left_out}

    assert read(world, attributes=told) == called


def test_the_next_key_of_the_service_is_trusted_beside_the_present_one(world: World) -> None:
    """Suomi.fi publishes two keys while it changes them; an answer of either is believed, and of a third none."""
    told = etree.fromstring(world.idp.metadata().encode())
    told.remove(told.find(DS + "Signature"))
    descriptor = told.find(_MD + "IDPSSODescriptor")
    second = copy.deepcopy(descriptor.find(_MD + "KeyDescriptor"))
    pem = world.stranger.keys.certificate.read_text().splitlines()[1:-1]
    second.find(f".//{DS}X509Certificate").text = "".join(pem)
    descriptor.insert(0, second)
    both = SuomiFi(world.suomifi.connection, lambda: etree.tostring(told).decode())

    assert read(world, by=both) == "Eino"
    assert read(world, by=both, idp=world.stranger) == "Eino"
    with pytest.raises(Refused, match="untrusted"):
        read(world, idp=world.stranger)


def test_the_higher_level_signs_in_too(world: World) -> None:
    assert read(world, level="http://ftn.ficora.fi/2017/loa3") == "Eino"


def proved(*, minutes_ago: float) -> Step:
    """The service remembers the person since then."""

    def step(root: etree._Element) -> None:
        at = datetime.now(UTC) - timedelta(minutes=minutes_ago)
        root.find(f".//{SAML}AuthnStatement").set("AuthnInstant", at.strftime("%Y-%m-%dT%H:%M:%SZ"))

    return step


@pytest.mark.django_db
@pytest.mark.parametrize("minutes_ago, is_fresh", [(0, True), (14, True), (16, False), (600, False)])
def test_only_who_proved_it_just_now_has_confirmed_that_it_is_them(
    minutes_ago: float, is_fresh: bool, world: World, browser_of: Callable[[], Browser]
) -> None:
    browser = browser_of()

    browser.brings(world.idp.answer(browser.asks(), "aino", Steps(shape=proved(minutes_ago=minutes_ago))))

    confirmed = browser.signed.confirmed_at
    assert (now() - confirmed < CONFIRMED_FOR) is is_fresh
    page = browser.client.get("/fi/session/confirmation/").content.decode()
    assert ("Olet vahvistanut" in page) is is_fresh


def test_a_proof_of_tomorrow_is_not_believed(world: World) -> None:
    with pytest.raises(Refused, match="late"):
        read(world, Steps(shape=proved(minutes_ago=-10)))


@pytest.mark.django_db
def test_who_must_confirm_is_asked_anew_by_the_service(world: World, browser_of: Callable[[], Browser]) -> None:
    browser = browser_of()
    question = browser.asks()
    assert question.force_authn in {None, "false"}
    browser.brings(world.idp.answer(question, "aino", Steps(shape=proved(minutes_ago=60))))
    page = browser.client.get("/fi/session/confirmation/?next=/fi/own/").content.decode()
    link = re.search(r'href="(/saml/question/[^"]+)"', page)
    assert link is not None

    asked = browser.client.get(html.unescape(link[1]))

    assert world.idp.question(urlsplit(asked["Location"]).query).force_authn == "true"
