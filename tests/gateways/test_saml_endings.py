"""Requests to end a session, and answers to ours: only Suomi.fi's own are believed, and only fresh ones."""

import base64
import zlib
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import pytest
from saml2.samlp import STATUS_PARTIAL_LOGOUT, STATUS_RESPONDER, Status, StatusCode

from luotsi.base.now import now
from luotsi.gateways.identity.saml.identification import Ended, Ending
from luotsi.gateways.identity.saml.refusal import Refused
from tests.peers.saml_idp import Idp
from tests.peers.saml_world import World, world

__all__ = ["world"]
Change = Callable[[str], str]


def asked(world: World, by: Idp | None = None, **said: object) -> str:
    """The query by which the service asks us to end a session."""
    audience = world.suomifi.connection.entity_id
    return urlsplit((by or world.idp).end(audience, "AAdz", "_1", relay="over there & back", **said)).query


def reason_of(world: World, query: str) -> str:
    with pytest.raises(Refused) as refused:
        world.suomifi.read_ending(query, at=now())
    return refused.value.reason


def test_a_request_names_the_sign_in_and_is_answered_with_a_signature(world: World) -> None:
    ending = world.suomifi.read_ending(asked(world), at=now())

    assert isinstance(ending, Ending)
    assert (ending.subject, ending.sids) == ("AAdz", ("_1",))
    back = parse_qs(urlsplit(ending.reply).query)
    assert back["RelayState"] == ["over there & back"]
    assert back["SigAlg"] == ["http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"]
    assert ending.reply.startswith("https://idp.example/slo?")
    told = zlib.decompress(base64.b64decode(back["SAMLResponse"][0]), -15).decode()
    assert "status:Success" in told
    assert 'Destination="https://idp.example/slo"' in told


def test_a_query_is_believed_as_it_was_written(world: World) -> None:
    """Another way of writing the same characters is another text, and was not signed."""
    query = asked(world)
    again = urlencode({name: values[0] for name, values in parse_qs(query).items()}, quote_via=quote)

    assert again != query
    assert reason_of(world, again) == "untrusted"


@pytest.mark.parametrize(
    "bend",
    [
        lambda query: query.replace("RelayState=over", "RelayState=under"),
        lambda query: query.replace("RelayState=over+there+%26+back&", ""),
        lambda query: query.replace("SAMLRequest=", "SAMLRequest=A"),
        lambda query: query.replace("rsa-sha256", "rsa-sha1"),
        lambda query: query.replace("rsa-sha256", "hmac-sha256"),
        lambda query: query[:-20] + "A" * 20,
    ],
)
def test_what_was_changed_after_signing_is_refused(bend: Change, world: World) -> None:
    query = asked(world)

    assert reason_of(world, bend(query)) in {"untrusted", "unreadable"}
    assert isinstance(world.suomifi.read_ending(query, at=now()), Ending)


@pytest.mark.parametrize(
    "query", ["", "SAMLRequest=a", "SAMLRequest=a&SAMLResponse=b&SigAlg=c&Signature=d", "x=1&x=2", "a" * 300_000]
)
def test_what_is_no_message_is_refused(query: str, world: World) -> None:
    assert reason_of(world, query) == "unreadable"


def test_a_part_twice_is_refused(world: World) -> None:
    assert reason_of(world, asked(world) + "&RelayState=x") == "unreadable"


def test_another_key_is_refused(world: World) -> None:
    assert reason_of(world, asked(world, world.stranger)) == "untrusted"


@pytest.mark.parametrize(
    "change, reason",
    [
        (lambda xml: xml.replace("https://idp.example/idp1", "https://other.example/idp1"), "not-for-us"),
        (lambda xml: xml.replace("LogoutRequest", "AuthnRequest"), "unreadable"),
        (lambda xml: xml.replace("<ns1:NameID", "<!-- x --><ns1:NameID"), "unreadable"),
        (lambda xml: xml.replace(">AAdz<", "><"), "unreadable"),
        (lambda xml: xml.replace("NameID", "EncryptedID"), "untrusted"),
        (lambda xml: '<!DOCTYPE a [<!ENTITY b "c">]>' + xml.partition("?>")[2], "unreadable"),
        (lambda xml: "<a>" + " " * 2_000_000 + "</a>", "unreadable"),
        (lambda xml: xml.replace('IssueInstant="2', 'IssueInstant="1'), "late"),
        (lambda xml: xml.replace("IssueInstant=", 'NotOnOrAfter="2020-01-01T00:00:00Z" IssueInstant='), "late"),
    ],
)
def test_a_signed_request_that_says_the_wrong_thing_is_refused(change: Change, reason: str, world: World) -> None:
    assert reason_of(world, asked(world, change=change)) == reason


def test_a_request_for_another_service_is_refused(world: World) -> None:
    assert reason_of(world, asked(world, destination="https://elsewhere.example/slo")) == "not-for-us"


def test_an_old_request_is_refused(world: World) -> None:
    query = asked(world)

    with pytest.raises(Refused):
        world.suomifi.read_ending(query, at=now() + timedelta(minutes=11))


def test_an_answer_to_a_request_that_we_never_made_is_refused(world: World) -> None:
    address = world.suomifi.ask_to_end(subject="AAdz", sid="_1", at=now())
    request, back = world.idp.ending(urlsplit(address).query)
    assert world.suomifi.read_ending(urlsplit(back).query, at=now()) == Ended(everywhere=True)

    request.id = "_" + "a1" * 36
    reply = world.idp.server.create_logout_response(request, ["urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"])
    forged = world.idp.carried(str(reply), world.idp.endings_of(request.issuer.text), "", True)

    assert reason_of(world, urlsplit(forged).query) == "not-asked"


def test_a_partial_end_is_told_from_a_whole_one(world: World) -> None:
    address = world.suomifi.ask_to_end(subject="AAdz", sid="_1", at=now())
    request, _ = world.idp.ending(urlsplit(address).query)
    reply = world.idp.server.create_logout_response(
        request,
        ["urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"],
        status=_status(STATUS_RESPONDER, STATUS_PARTIAL_LOGOUT),
        sign=False,
    )
    back = world.idp.carried(str(reply), world.idp.endings_of(request.issuer.text), "", True)

    assert world.suomifi.read_ending(urlsplit(back).query, at=now()) == Ended(everywhere=False)


def test_our_request_names_subject_session_and_both_parties(world: World) -> None:
    address = world.suomifi.ask_to_end(subject="AAdz", sid="_1", at=now())

    request, _ = world.idp.ending(urlsplit(address).query)

    assert request.name_id.text == "AAdz"
    assert request.name_id.name_qualifier == "https://idp.example/idp1"
    assert request.name_id.sp_name_qualifier == "http://testserver/saml/metadata/"
    assert [one.text for one in request.session_index] == ["_1"]
    assert request.not_on_or_after


def _status(outer: str, inner: str) -> Status:
    return Status(status_code=StatusCode(value=outer, status_code=StatusCode(value=inner)))
