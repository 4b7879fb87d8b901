"""Luotsi as a SAML 2.0 service provider: asks Suomi.fi-tunnistus who somebody is, and reads the answer.

pysaml2 builds the messages, decrypts and verifies them (with the program xmlsec1). What a message may look like
(form.py) and what it must say (claims.py) is decided here, so that a gap of the library's is not ours.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock
from typing import Any
from xml.etree.ElementTree import Element

from saml2 import BINDING_HTTP_POST, BINDING_HTTP_REDIRECT, ExtensionElement, samlp
from saml2.client import Saml2Client
from saml2.response import AuthnResponse, StatusError
from saml2.saml import NAMEID_FORMAT_TRANSIENT, NameID
from saml2.validate import ResponseLifetimeExceed, ToEarly
from saml2.xmldsig import SIG_RSA_SHA256

from luotsi.gateways.identity.saml import claims, endings, form, provider, questions, translate
from luotsi.gateways.identity.saml.connection import Connection
from luotsi.gateways.identity.saml.identification import Answer, Ended, Ending, Question
from luotsi.gateways.identity.saml.refusal import Reason, Refused

# The library logs whole messages, decrypted ones too. They carry identity codes, so it logs nothing.
logging.getLogger("saml2").setLevel(logging.CRITICAL + 1)
_VETUMA = "urn:vetuma:SAML:2.0:extensions"


class SuomiFi:
    """`metadata` answers the service's metadata as XML; it is asked again when it may have changed."""

    def __init__(self, connection: Connection, metadata: Callable[[], str]) -> None:
        self.connection = connection
        self._metadata = metadata
        self._built: tuple[str, Saml2Client] | None = None
        self._described: tuple[Saml2Client, bytes] | None = None
        self._lock = Lock()

    def ask(self, *, language: str, relay: str, at: datetime, anew: bool = False) -> Question:
        client, service = self._client()
        question = questions.new_id("answer", at=at)
        destination = client.sso_location(service, BINDING_HTTP_REDIRECT)
        _, request = client.create_authn_request(
            destination,
            binding=BINDING_HTTP_POST,
            message_id=question,
            extensions=_spoken(language),
            sign=False,
            force_authn="true" if anew else None,
        )
        return Question(question, _carried(client, str(request), destination, relay))

    def read(self, posted: str, *, at: datetime) -> Answer:
        raw = form.decoded(posted)
        question = form.sealed(raw).get("InResponseTo", "")
        questions.check_ours(question, "answer", at=at)
        client, service = self._client()
        response, assertion = self._verified(client, raw.decode("utf-8"), question)
        expected = claims.Expected(
            issuer=service,
            audience=self.connection.entity_id,
            recipient=self.connection.answers,
            question=question,
            levels=self.connection.levels,
        )
        session = claims.believed(response, assertion, expected, at=at)
        person = translate.identified(assertion.attribute_statement[0].attribute)
        return Answer(question, person, subject=session.subject, sid=session.sid, proved_at=session.proved_at)

    def _verified(self, client: Saml2Client, xml: str, question: str) -> tuple[Any, Any]:
        """The Response and its Assertion, both signed by the service. Raises Refused.

        AuthnResponse is used directly: pysaml2's own entry inflates whatever is posted, and keeps every person it has
        seen in memory.
        """
        answer = AuthnResponse(
            client.sec,
            [],
            self.connection.entity_id,
            return_addrs=[self.connection.answers],
            outstanding_queries={question: "asked"},
            timeslack=int(claims.SKEW.total_seconds()),
            allow_unknown_attributes=True,
            want_response_signed=True,
            want_assertions_signed=True,
            conv_info={"remote_addr": "0.0.0.0"},  # noqa: S104 - "from anywhere": browsers change networks
        )
        try:
            is_sound = answer.loads(xml, False, origxml=xml).verify()
        except Exception as error:  # the library raises bare exceptions, whose texts carry the message
            raise Refused(_reason(error)) from None
        if not is_sound or len(answer.assertions) != 1:
            raise Refused("untrusted")
        form.opened(answer.xmlstr.encode())
        return answer.response, answer.assertions[0]

    def ask_to_end(self, *, subject: str, sid: str, at: datetime) -> str:
        client, service = self._client()
        destination = self._endings_of(client, service)
        name = NameID(
            text=subject,
            format=NAMEID_FORMAT_TRANSIENT,
            name_qualifier=service,
            sp_name_qualifier=self.connection.entity_id,
        )
        _, request = client.create_logout_request(
            destination,
            service,
            name_id=name,
            session_indexes=[sid],
            message_id=questions.new_id("ending", at=at),
            expire=(at + timedelta(minutes=5)).strftime("%Y-%m-%dT%H:%M:%SZ"),
            sign=False,
        )
        return _carried(client, str(request), destination, "")

    def read_ending(self, query: str, *, at: datetime) -> Ending | Ended:
        client, service = self._client()
        keys = [certificate for _, certificate in client.metadata.certs(service, "idpsso", "signing")]
        message = endings.verified(query, keys)
        root = form.read(message.xml)
        endings.check_addresses(root, issuer=service, destination=self.connection.endings, at=at)
        if message.is_answer:
            questions.check_ours(root.get("InResponseTo", ""), "ending", at=at)
            return Ended(everywhere=endings.is_everywhere(root))
        return self._ending(client, message, root)

    def _ending(self, client: Saml2Client, message: endings.Message, root: Element) -> Ending:
        request = samlp.logout_request_from_string(message.xml)
        subject, sids = endings.whose(root)
        reply = client.create_logout_response(request, bindings=[BINDING_HTTP_REDIRECT], sign=False)
        destination = self._endings_of(client, client.metadata.with_descriptor("idpsso").popitem()[0], "response")
        return Ending(subject, sids, _carried(client, str(reply), destination, message.relay, response=True))

    def _endings_of(self, client: Saml2Client, service: str, kind: str = "request") -> str:
        """Where the service takes requests to end a session, and answers to its own. Raises Refused: nowhere."""
        found = client.metadata.single_logout_service(service, BINDING_HTTP_REDIRECT, "idpsso")
        if not found:
            raise Refused("unreachable")
        place = found[0]
        return str((kind == "response" and place.get("response_location")) or place["location"])

    def description(self) -> bytes:
        client, _ = self._client()
        if self._described is None or self._described[0] is not client:  # signing takes a moment, and anybody may ask
            self._described = (client, provider.description(client, self.connection))
        return self._described[1]

    def _client(self) -> tuple[Saml2Client, str]:
        """pysaml2's client and the service's entity id; built anew when the service's metadata has changed."""
        told = self._metadata()
        with self._lock:
            if self._built is None or self._built[0] != told:
                self._built = (told, provider.service_provider(self.connection, told))
            client = self._built[1]
        return client, str(next(iter(client.metadata.with_descriptor("idpsso"))))


def _reason(error: Exception) -> Reason:
    if isinstance(error, StatusError):
        return "declined"
    return "late" if isinstance(error, ResponseLifetimeExceed | ToEarly) else "untrusted"


def _spoken(language: str) -> samlp.Extensions:
    """Suomi.fi's own extension: the language of its pages."""
    told = ExtensionElement("LG", namespace=_VETUMA, text=language)
    return samlp.Extensions(extension_elements=[ExtensionElement("vetuma", namespace=_VETUMA, children=[told])])


def _carried(client: Saml2Client, xml: str, destination: str, relay: str, *, response: bool = False) -> str:
    """The address that carries the signed message there (HTTP-Redirect binding)."""
    sent = client.apply_binding(
        BINDING_HTTP_REDIRECT, xml, destination, relay, response=response, sign=True, sigalg=SIG_RSA_SHA256
    )
    return str(dict(sent["headers"])["Location"])
