"""A stand-in for Suomi.fi-tunnistus: a real SAML 2.0 identity provider, made of pysaml2's Server.

It speaks as Suomi.fi does: signed requests only, the answer by POST, the assertion signed and encrypted within a signed
response, transient names, single logout through the browser. tests/peers/saml_pages.py gives it pages and a process.
"""

import base64
from typing import Any
from urllib.parse import parse_qs

from lxml import etree
from saml2 import BINDING_HTTP_POST, BINDING_HTTP_REDIRECT
from saml2.config import IdPConfig
from saml2.metadata import create_metadata_string
from saml2.saml import NAMEID_FORMAT_TRANSIENT, NameID
from saml2.samlp import STATUS_AUTHN_FAILED
from saml2.server import Server
from saml2.xmldsig import DIGEST_SHA256, SIG_RSA_SHA256

from luotsi.gateways.identity.saml.connection import xmlsec_program
from tests.peers.saml_sealing import SAML, Pair, Steps, sealed

# Made-up people: the name they go by, all first names, last name, identity code (900-999 is nobody's).
PEOPLE = {
    "aino": ("Aino", "Aino Helmi", "Esimerkki", "070785X950R"),
    "eino": ("Eino", "Eino Olavi", "Esimerkki", "290244-901R"),
    "oskar": ("Oskar", "Oskar Emil", "Exempel", "010170U999R"),
}
LEVEL = "http://ftn.ficora.fi/2017/loa2"
CODE, LAST, GIVEN = "urn:oid:1.2.246.21", "urn:oid:2.5.4.4", "urn:oid:2.5.4.42"
FIRST = "http://eidas.europa.eu/attributes/naturalperson/CurrentGivenName"
_URI = "urn:oasis:names:tc:SAML:2.0:attrname-format:uri"


class Idp:
    """The provider without its pages. `sp` is the metadata of the service that it serves, "" while that is unknown."""

    def __init__(self, url: str, keys: Pair, sp: str = "") -> None:
        self.url, self.keys = url, keys
        self.entity_id = f"{url}/idp1"
        self.config = IdPConfig().load(_settings(self.entity_id, url, keys, sp))
        self.server = Server(config=self.config)
        self.latest = ("", "")  # the subject and the session of the latest answer

    def metadata(self) -> str:
        told = create_metadata_string(None, config=self.config, sign=True)
        return told.decode() if isinstance(told, bytes) else told

    def question(self, query: str) -> Any:
        """The AuthnRequest of a query, its signature checked. Raises pysaml2's exceptions."""
        asked = _parts(query)
        parsed = self.server.parse_authn_request(
            asked["SAMLRequest"], BINDING_HTTP_REDIRECT, asked.get("RelayState"), asked["SigAlg"], asked["Signature"]
        )
        return parsed.message

    def answer(self, question: Any, person: str, steps: Steps | None = None, **said: Any) -> str:
        """The response to a question, as posted. `said` overrides: attributes, level, question, recipient, audience."""
        audience = said.get("audience", question.issuer.text)
        response = self.server.create_authn_response(
            {},
            in_response_to=said.get("question", question.id),
            destination=said.get("recipient", question.assertion_consumer_service_url),
            sp_entity_id=question.issuer.text,
            name_id=self._name(said.get("subject", f"AAdz{question.id[-12:]}{person}"), audience),
            authn={"class_ref": said.get("level", LEVEL), "authn_auth": self.entity_id},
            sign_assertion=False,
            sign_response=False,
            encrypt_assertion=False,
        )
        root = etree.fromstring(str(response).encode())
        self.latest = (
            root.findtext(f".//{SAML}NameID"),
            root.find(f".//{SAML}AuthnStatement").get("SessionIndex"),
        )
        root.find(f".//{SAML}Audience").text = audience
        root.find(SAML + "Assertion").append(_statement(said.get("attributes", attributes(person))))
        return self.seal(root, question.issuer.text, steps)

    def refusal(self, question: Any) -> str:
        """What is sent when the person pressed Cancel."""
        response = self.server.create_error_response(
            question.id, question.assertion_consumer_service_url, info=(STATUS_AUTHN_FAILED, "Cancelled")
        )
        return self.seal(etree.fromstring(str(response).encode()), question.issuer.text, None)

    def seal(self, response: etree._Element, audience: str, steps: Steps | None) -> str:
        to = self.server.metadata.certs(audience, "spsso", "encryption")[0][1]
        xml = sealed(response, steps or Steps(), by=self.server.sec, key=self.keys.key, to=to)
        return base64.b64encode(xml).decode()

    def ending(self, query: str) -> tuple[Any, str]:
        """A LogoutRequest of a query, its signature checked, and the address that carries the answer back."""
        asked = _parts(query)
        request = self.server.parse_logout_request(
            asked["SAMLRequest"], BINDING_HTTP_REDIRECT, asked.get("RelayState"), asked["SigAlg"], asked["Signature"]
        ).message
        reply = self.server.create_logout_response(request, [BINDING_HTTP_REDIRECT], sign=False)
        return request, self.carried(
            str(reply), self.endings_of(request.issuer.text), asked.get("RelayState", ""), True
        )

    def end(self, audience: str, subject: str, sid: str, *, relay: str = "", **said: Any) -> str:
        """The address by which this provider asks a service to end a session. `said`: destination, change."""
        _, request = self.server.create_logout_request(
            said.get("destination", self.endings_of(audience)),
            audience,
            name_id=self._name(subject, audience),
            session_indexes=[sid],
            sign=False,
        )
        return self.carried(said.get("change", str)(str(request)), self.endings_of(audience), relay, False)

    def endings_of(self, audience: str) -> str:
        return str(self.server.metadata.single_logout_service(audience, BINDING_HTTP_REDIRECT, "spsso")[0]["location"])

    def carried(self, xml: str, destination: str, relay: str, is_answer: bool) -> str:
        sent = self.server.apply_binding(
            BINDING_HTTP_REDIRECT, xml, destination, relay, response=is_answer, sign=True, sigalg=SIG_RSA_SHA256
        )
        return str(dict(sent["headers"])["Location"])

    def _name(self, subject: str, audience: str) -> NameID:
        return NameID(
            text=subject, format=NAMEID_FORMAT_TRANSIENT, name_qualifier=self.entity_id, sp_name_qualifier=audience
        )


def attributes(person: str) -> dict[str, list[str]]:
    given, first, last, code = PEOPLE[person]
    return {GIVEN: [given], FIRST: [first], LAST: [last], CODE: [code]}


def _statement(told: dict[str, list[str]]) -> etree._Element:
    statement = etree.Element(SAML + "AttributeStatement")
    for name, values in told.items():
        attribute = etree.SubElement(statement, SAML + "Attribute", Name=name, NameFormat=_URI)
        for value in values:
            etree.SubElement(attribute, SAML + "AttributeValue").text = value
    return statement


def _parts(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}


def _settings(entity_id: str, url: str, keys: Pair, sp: str) -> dict[str, Any]:
    endpoints = {
        "single_sign_on_service": [(f"{url}/sso", BINDING_HTTP_REDIRECT), (f"{url}/sso", BINDING_HTTP_POST)],
        "single_logout_service": [(f"{url}/slo", BINDING_HTTP_REDIRECT)],
    }
    return {
        "entityid": entity_id,
        "xmlsec_binary": xmlsec_program(),
        "key_file": str(keys.key),
        "cert_file": str(keys.certificate),
        "metadata": {"inline": [sp]} if sp else {},
        "signing_algorithm": SIG_RSA_SHA256,
        "digest_algorithm": DIGEST_SHA256,
        "service": {
            "idp": {
                "endpoints": endpoints,
                "want_authn_requests_signed": True,
                "name_id_format": [NAMEID_FORMAT_TRANSIENT],
                "policy": {"default": {"lifetime": {"minutes": 5}, "attribute_restrictions": None}},
            }
        },
    }
