"""Connecting Suomi.fi: what is missing or wrong is told in a sentence; what we say of ourselves is whole."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from lxml import etree
from saml2.response import IncorrectlySigned
from saml2.sigver import SignatureError

from luotsi.base.now import now
from luotsi.config import suomifi
from luotsi.config.secrets import MissingKey
from luotsi.gateways.identity.saml import connection as connections
from luotsi.gateways.identity.saml.connection import Connection, NotConnected
from luotsi.gateways.identity.saml.refusal import Refused
from luotsi.gateways.outbound import client as outbound
from tests.peers.saml_sealing import make_pair
from tests.peers.saml_world import World, connection, world

__all__ = ["world"]
MD = "{urn:oasis:names:tc:SAML:2.0:metadata}"
UI = "{urn:oasis:names:tc:SAML:metadata:ui}"


@pytest.fixture
def whole(world: World, tmp_path: Path) -> Connection:
    """A connection whose files are all there."""
    (tmp_path / "idp.xml").write_text(world.idp.metadata())
    return connection("http://testserver/", make_pair(tmp_path, "sp"), str(tmp_path / "idp.xml"))


def sentence(broken: Connection) -> str:
    with pytest.raises(NotConnected) as why:
        connections.check(broken, at=now())
    return str(why.value)


def test_a_whole_connection_is_accepted_and_stays_so_until_its_metadata_ends(whole: Connection) -> None:
    assert _problems(whole, at=now()) == []
    told = Path(whole.metadata).read_text()
    Path(whole.metadata).write_text(told.replace("entityID=", 'validUntil="2030-01-01T00:00:00Z" entityID=', 1))
    assert _problems(whole, at=datetime(2029, 12, 31, tzinfo=UTC)) == []
    assert len(_problems(whole, at=datetime(2030, 1, 2, tzinfo=UTC))) == 1


def _problems(asked: Connection, *, at: datetime) -> list[str]:
    try:
        connections.check(asked, at=at)
    except NotConnected as why:
        return [str(why)]
    return []


def test_a_missing_xmlsec1_is_told(whole: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")

    assert "apt-get install xmlsec1" in sentence(whole)


def test_a_missing_file_is_told(whole: Connection) -> None:
    assert "LUOTSI_SAML_KEY: there is no file" in sentence(replace(whole, key=Path("no.key")))
    assert "LUOTSI_SAML_CERTIFICATE: there is no file" in sentence(replace(whole, certificate=Path("no.pem")))
    assert "cannot be read" in sentence(replace(whole, metadata="no.xml"))


def test_key_and_certificate_that_do_not_belong_together_are_told(whole: Connection, tmp_path: Path) -> None:
    other = make_pair(tmp_path, "other")

    assert "is not the certificate of" in sentence(replace(whole, certificate=other.certificate))
    assert "one of them is something else" in sentence(replace(whole, key=other.certificate))


@pytest.mark.parametrize(
    "bend, said",
    [
        (lambda told: "not xml", "is not SAML metadata"),
        (lambda told: '<!DOCTYPE a [<!ENTITY b "c">]>' + told, "is not SAML metadata"),
        (lambda told: told.replace("IDPSSODescriptor", "SPSSODescriptor"), "describes 0 identification services"),
        (lambda told: told.replace("KeyDescriptor", "Unknown"), "describes 0 identification services"),
        (lambda told: told.replace("entityID=", 'validUntil="2020-01-01T00:00:00Z" entityID='), "no longer valid"),
        (lambda told: told.replace("entityID=", 'validUntil="some day" entityID='), "no longer valid"),
    ],
)
def test_metadata_that_cannot_be_used_is_told(bend: object, said: str, whole: Connection) -> None:
    told = Path(whole.metadata).read_text()
    Path(whole.metadata).write_text(bend(told))  # type: ignore[operator]

    assert said in sentence(whole)


def test_a_half_named_service_is_told() -> None:
    assert suomifi.saml_service({}) == {}
    assert suomifi.saml_service({"LUOTSI_SAML_CONTACT": "A B <a@example.org>"}) == {}
    with pytest.raises(MissingKey, match="LUOTSI_SAML_CERTIFICATE is not set"):
        suomifi.saml_service({"LUOTSI_SAML_IDP_METADATA": "a", "LUOTSI_SAML_KEY": "b"})


def test_our_metadata_says_what_suomi_fi_asks_for(world: World) -> None:
    told = world.suomifi.description()
    root = etree.fromstring(told)

    assert root.get("entityID") == "http://testserver/saml/metadata/"
    assert {one.get("use") for one in root.iter(MD + "KeyDescriptor")} == {"signing", "encryption"}
    assert root.find(f".//{MD}AssertionConsumerService").get("Location") == "http://testserver/saml/answer/"
    assert root.find(f".//{MD}SingleLogoutService").get("Location") == "http://testserver/saml/closure/"
    descriptor = root.find(MD + "SPSSODescriptor")
    assert (descriptor.get("AuthnRequestsSigned"), descriptor.get("WantAssertionsSigned")) == ("true", "true")
    for tag in (UI + "DisplayName", MD + "ServiceName", MD + "OrganizationName", MD + "OrganizationURL"):
        languages = [one.get("{http://www.w3.org/XML/1998/namespace}lang") for one in root.iter(tag)]
        assert languages == ["fi", "sv", "en"], tag
    asked = {one.get("FriendlyName"): one.get("isRequired") for one in root.iter(MD + "RequestedAttribute")}
    assert asked["nationalIdentificationNumber"] == asked["sn"] == "true"
    assert root.findtext(f".//{MD}EmailAddress") == "mailto:tekninen@example.org"
    assert b"http://ftn.ficora.fi/2017/loa2" in told
    assert b"md5" not in told


def test_our_metadata_is_signed_with_our_key(world: World) -> None:
    told, security = world.suomifi.description().decode(), world.idp.server.sec
    ours, name = str(world.suomifi.connection.certificate), "urn:oasis:names:tc:SAML:2.0:metadata:EntityDescriptor"
    ident = etree.fromstring(told.encode()).get("ID")

    assert security.verify_signature(told, cert_file=ours, node_name=name, node_id=ident)
    with pytest.raises(SignatureError):
        security.verify_signature(told.replace("Kainuun", "Toisen"), cert_file=ours, node_name=name, node_id=ident)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_question_is_signed_and_asks_in_the_readers_language(language: str, world: World) -> None:
    query = urlsplit(world.suomifi.ask(language=language, relay="r", at=now()).address).query

    question = str(world.idp.question(query))  # the provider has checked the signature

    assert parse_qs(query)["SigAlg"] == ["http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"]
    assert f"LG>{language}<" in question
    assert 'Comparison="exact"' in question
    assert question.count("AuthnContextClassRef>") == 4
    assert "http://ftn.ficora.fi/2017/loa3" in question
    assert "nameid-format:transient" in question


def test_an_unsigned_question_is_not_taken(world: World) -> None:
    """Negative control: the provider really checks."""
    query = urlsplit(world.suomifi.ask(language="fi", relay="r", at=now()).address).query

    with pytest.raises(IncorrectlySigned):
        world.idp.question(query.replace("RelayState=r", "RelayState=x"))


def test_new_metadata_is_used_without_a_restart(whole: Connection, world: World) -> None:
    gateway = suomifi._gateway(whole)
    before = gateway.ask(language="fi", relay="r", at=now()).address
    Path(whole.metadata).write_text(world.idp.metadata().replace("https://idp.example/sso", "https://new.example/sso"))

    after = gateway.ask(language="fi", relay="r", at=now()).address

    assert before.startswith("https://idp.example/sso?")
    assert after.startswith("https://new.example/sso?")


def test_metadata_from_an_address_is_kept_for_hours_and_outlives_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    answers, moment = [b"<one/>", outbound.OutboundError("down"), b"<two/>"], [now()]

    def fetch(address: str, **_: object) -> bytes:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(outbound, "fetch", fetch)
    monkeypatch.setattr(suomifi, "now", lambda: moment[0])
    told = suomifi._fetched("https://suomi.example/metadata.xml")
    assert (told(), told(), len(answers)) == ("<one/>", "<one/>", 2)
    moment[0] += timedelta(hours=7)
    assert (told(), told()) == ("<one/>", "<two/>")


def test_metadata_that_never_came_is_a_calm_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    def fetch(address: str, **_: object) -> bytes:
        raise outbound.OutboundError("down")

    monkeypatch.setattr(outbound, "fetch", fetch)

    with pytest.raises(Refused, match="unreachable"):
        suomifi._fetched("https://suomi.example/metadata.xml")()


_WIRED = (
    "import django; django.setup(); from django.urls import reverse; from luotsi.rooms import session; "
    "print([str(way.label) for way in session.WAYS if way.for_whom == 'resident'], reverse('strong-answer'))"
)


def wired(**environment: str) -> subprocess.CompletedProcess[str]:
    """A process of its own that starts with this environment."""
    settings = {"DJANGO_SETTINGS_MODULE": "luotsi.config.settings", **environment}
    command = [sys.executable, "-W", "ignore", "-c", _WIRED]
    return subprocess.run(command, env=os.environ | settings, capture_output=True, text=True, timeout=120)


def test_a_county_that_sets_all_three_has_the_way_and_the_addresses(whole: Connection) -> None:
    set_ = {
        "LUOTSI_SAML_IDP_METADATA": whole.metadata,
        "LUOTSI_SAML_KEY": str(whole.key),
        "LUOTSI_SAML_CERTIFICATE": str(whole.certificate),
    }

    connected, without_program = wired(**set_), wired(**set_, PATH="/nowhere")

    assert connected.stdout.strip() == "['Suomi.fi-tunnistus'] /saml/answer/", connected.stderr
    assert without_program.returncode != 0
    assert without_program.stderr.strip().endswith("or unset LUOTSI_SAML_IDP_METADATA.")
    assert "NoReverseMatch" in wired().stderr
