"""What somebody may bring instead of Suomi.fi's answer: a genuine answer to Aino's question with one thing wrong.

The attacker knows our public certificate (so can encrypt for us) and holds old answers. In those marked "though the
provider signed it", they even got the provider to sign the response around what they changed.
"""

import base64
import copy
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from lxml import etree

from tests.gateways.saml_wrapping import ASSERTIONS, RESPONSES, wrapped
from tests.peers.saml_idp import CODE, GIVEN, LAST, PEOPLE, attributes
from tests.peers.saml_sealing import DS, SAML, SAMLP, Step, Steps
from tests.peers.saml_world import World

Make = Callable[[World, Any], str]
CODE_VALUE = f".//{SAML}Attribute[@Name='{CODE}']/{SAML}AttributeValue"
SIGNED = "though the provider signed it"
NOBODYS = "_" + "a1" * 36  # a question's id that has the right form


@dataclass(frozen=True)
class Attack:
    """`reason`: why it is refused. `make`: what is posted, given the question that this browser asked."""

    name: str
    reason: str
    make: Make


def every() -> list[Attack]:
    return [*_changed(), *_signatures(), *_addresses(), *_times(), *_persons(), *_forms(), *_wrappings()]


def _steps(name: str, reason: str, **steps: Any) -> Attack:
    return Attack(name, reason, lambda world, question: world.idp.answer(question, "aino", Steps(**steps)))


def _said(name: str, reason: str, **said: Any) -> Attack:
    return Attack(name, reason, lambda world, question: world.idp.answer(question, "aino", **said))


def _posted(name: str, reason: str, text: str | bytes) -> Attack:
    posted = base64.b64encode(text).decode() if isinstance(text, bytes) else text
    return Attack(name, reason, lambda world, question: posted)


def becomes_eino(root: etree._Element) -> None:
    """The identity code in the assertion becomes somebody else's."""
    for value in root.iterfind(CODE_VALUE):
        value.text = PEOPLE["eino"][3]


def _set(path: str, name: str, value: str) -> Step:
    return lambda root: root.find(path).set(name, value)


def _text(path: str, value: str) -> Step:
    def step(root: etree._Element) -> None:
        root.find(path).text = value

    return step


def _drop(path: str) -> Step:
    def step(root: etree._Element) -> None:
        found = root.find(path)
        found.getparent().remove(found)

    return step


def _unset(path: str, name: str) -> Step:
    def step(root: etree._Element) -> None:
        del root.find(path).attrib[name]

    return step


def _changed() -> list[Attack]:
    def exchanged(world: World, question: Any) -> str:
        other = etree.fromstring(base64.b64decode(world.idp.answer(question, "eino")))
        box = other.find(SAML + "EncryptedAssertion")

        def step(root: etree._Element) -> None:
            root.replace(root.find(SAML + "EncryptedAssertion"), box)

        return world.idp.answer(question, "aino", Steps(sent=step))

    return [
        _steps(f"identity code changed after the assertion was signed, {SIGNED}", "untrusted", signed=becomes_eino),
        _steps(
            "response changed after it was signed", "untrusted", sent=_set(".", "IssueInstant", "2026-01-01T00:00:00Z")
        ),
        _steps("status changed after it was signed", "untrusted", sent=_set(f".//{SAMLP}StatusCode", "Value", "x")),
        Attack("assertion exchanged for another answer's", "untrusted", exchanged),
    ]


def _signatures() -> list[Attack]:
    def by_stranger(world: World, question: Any) -> str:
        return world.stranger.answer(question, "eino")

    def with_their_key(world: World, question: Any) -> str:
        pem = world.stranger.keys.certificate.read_text().splitlines()[1:-1]

        def step(root: etree._Element) -> None:
            for signature in root.iter(DS + "Signature"):
                data = etree.SubElement(etree.SubElement(signature, DS + "KeyInfo"), DS + "X509Data")
                etree.SubElement(data, DS + "X509Certificate").text = "".join(pem)

        return world.stranger.answer(question, "eino", Steps(sent=step))

    def weak(root: etree._Element) -> None:
        root.find(f".//{DS}SignatureMethod").set("Algorithm", "http://www.w3.org/2000/09/xmldsig#rsa-sha1")

    def old_box(root: etree._Element) -> None:
        method = root.find(".//{http://www.w3.org/2001/04/xmlenc#}EncryptedKey/*")
        method.set("Algorithm", "http://www.w3.org/2001/04/xmlenc#rsa-1_5")

    return [
        _steps("response without its signature", "untrusted", sign_response=False),
        _steps(f"assertion without its signature, {SIGNED}", "untrusted", sign_assertion=False),
        _steps("no signature at all", "untrusted", sign_response=False, sign_assertion=False),
        _steps("response's signature taken off", "untrusted", sent=_drop(DS + "Signature")),
        _steps("assertion not encrypted", "untrusted", encrypt=False),
        Attack("signed by another key", "untrusted", by_stranger),
        Attack("signed by another key that it brings with it", "untrusted", with_their_key),
        _steps("weak signature algorithm", "untrusted", sent=weak),
        _steps("key sealed in the way that can be undone by asking", "untrusted", encrypted=old_box),
    ]


def _addresses() -> list[Attack]:
    confirmation = f".//{SAML}SubjectConfirmationData"
    vouched = "urn:oasis:names:tc:SAML:2.0:cm:sender-vouches"
    elsewhere = "https://elsewhere.example/saml/answer/"
    return [
        _said("meant for another service", "untrusted", audience="https://elsewhere.example/saml/metadata/"),
        _said("sent to another address", "untrusted", recipient=elsewhere),
        _steps("confirmed for another address", "untrusted", shape=_set(confirmation, "Recipient", elsewhere)),
        _steps("no audience", "not-for-us", shape=_drop(f".//{SAML}AudienceRestriction")),
        _steps("no destination", "not-for-us", shape=_unset(".", "Destination")),
        _steps("assertion of another issuer", "untrusted", shape=_text(f"{SAML}Assertion/{SAML}Issuer", elsewhere)),
        _steps("confirmed in another way", "untrusted", shape=_set(f".//{SAML}SubjectConfirmation", "Method", vouched)),
        _steps("no question", "not-asked", shape=_unset(".", "InResponseTo")),
        _steps("a question that nobody asked", "not-asked", shape=_set(".", "InResponseTo", NOBODYS)),
        _steps("confirms another question", "not-asked", shape=_set(confirmation, "InResponseTo", NOBODYS)),
        _steps("confirms no question", "not-asked", shape=_unset(confirmation, "InResponseTo")),
    ]


def _times() -> list[Attack]:
    def at(minutes: float) -> str:
        return (datetime.now(UTC) + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")

    conditions, confirmation = f".//{SAML}Conditions", f".//{SAML}SubjectConfirmationData"

    def old(root: etree._Element) -> None:
        for path in (conditions, confirmation):
            root.find(path).set("NotOnOrAfter", at(-2))
        root.find(conditions).set("NotBefore", at(-7))

    def young(root: etree._Element) -> None:  # reckoned when it is sent: the list is made when the run begins
        root.find(conditions).set("NotBefore", at(3))

    return [
        _steps("expired", "late", shape=old),
        _steps("confirmation expired", "late", shape=_set(confirmation, "NotOnOrAfter", at(-2))),
        _steps("not yet valid", "late", shape=young),
        _steps("valid for ever", "untrusted", shape=_unset(conditions, "NotOnOrAfter")),
        _steps("confirmed for ever", "untrusted", shape=_unset(confirmation, "NotOnOrAfter")),
    ]


def _persons() -> list[Attack]:
    def told(**changes: Any) -> dict[str, list[str]]:
        names = {"code": CODE, "given": GIVEN, "last": LAST}
        return {**attributes("aino"), **{names[key]: value for key, value in changes.items()}}

    password = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"
    return [
        _said("identified by a password only", "level", level=password),
        _said("identified at the low European level", "level", level="http://eidas.europa.eu/LoA/low"),
        _said("no identity code", "no-code", attributes={LAST: ["Esimerkki"]}),
        _said("empty identity code", "no-code", attributes=told(code=[""])),
        _said("identity code with a wrong check character", "no-code", attributes=told(code=["070785X950A"])),
        _said("identity code of an impossible day", "no-code", attributes=told(code=["310285X950R"])),
        _said("something else as identity code", "no-code", attributes=told(code=["' OR 1=1 --"])),
        _said("two identity codes", "no-code", attributes=told(code=["070785X950R", "290244-901R"])),
        _said("a name of 10,000 characters", "untrusted", attributes=told(last=["A" * 10_000])),
        _said("a name with a sign that is no letter", "untrusted", attributes=told(last=["Esi\u202emerkki"])),
    ]


def _forms() -> list[Attack]:
    def comment(path: str) -> Step:
        def step(root: etree._Element) -> None:
            element = root.find(path)
            text, element.text = element.text, element.text[:4]
            note = etree.Comment("x")
            element.append(note)
            note.tail = text[4:]

        return step

    def twice(root: etree._Element) -> None:
        root.append(copy.deepcopy(root.find(SAML + "EncryptedAssertion")))

    def large(root: etree._Element) -> None:
        root.find(f".//{SAML}AttributeValue").text = "A" * 1_000_000

    ours = '<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    utf16 = '<?xml version="1.0" encoding="utf-16"?>'
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10))
    told = '<p:Response xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol">{}</p:Response>'
    bomb = zlib.compress(b"<a>" + b" " * 20_000_000 + b"</a>", 9)[2:-4]
    return [
        _steps("a comment within the identity code", "unreadable", signed=comment(CODE_VALUE)),
        _steps("a comment within the name of the sign-in", "unreadable", signed=comment(f".//{SAML}NameID")),
        _steps("a comment within the issuer, after signing", "unreadable", sent=comment(SAML + "Issuer")),
        _steps(f"two encrypted assertions, {SIGNED}", "untrusted", encrypted=twice),
        _steps(f"a response of 1 MB, {SIGNED}", "unreadable", shape=large),
        _posted("a billion laughs", "unreadable", f"<!DOCTYPE r [{laughs}]>{told.format('&l9;')}".encode()),
        _posted("a file of ours as entity", "unreadable", (ours + told.format("&f;")).encode()),
        _posted("another alphabet", "unreadable", (utf16 + told.format("")).encode("utf-16")),
        _posted("elements 10,000 deep", "unreadable", ("<a>" * 10_000 + "</a>" * 10_000).encode()),
        _posted("packed 20 MB", "unreadable", bomb),
        _posted("another message", "unreadable", told.replace("Response", "LogoutResponse").format("").encode()),
        _posted("an empty response", "untrusted", told.format("").encode()),
        _posted("a web page", "unreadable", b"<!doctype html><html><body>no</body></html>"),
        _posted("bytes", "unreadable", bytes(range(256))),
        _posted("no base64", "unreadable", "%%% not base64 \x00 \u2603"),
        _posted("nothing", "unreadable", ""),
    ]


def _wrappings() -> list[Attack]:
    inner = [_steps(f"wrapped: {name}, {SIGNED}", "untrusted", signed=step) for name, step in ASSERTIONS]
    outer = [Attack(f"wrapped: {name}", "untrusted", wrapped(step)) for name, step in RESPONSES]
    return inner + outer
