"""Luotsi described as a SAML service provider: to pysaml2, and to Suomi.fi as metadata."""

from typing import Any

from saml2 import BINDING_HTTP_POST, BINDING_HTTP_REDIRECT, SAMLError
from saml2.client import Saml2Client
from saml2.config import SPConfig
from saml2.md import RequestedAttribute, ServiceName
from saml2.metadata import entity_descriptor, metadata_tostring_fix, sign_entity_descriptor
from saml2.saml import NAMEID_FORMAT_TRANSIENT
from saml2.xmldsig import DIGEST_SHA256, SIG_RSA_SHA256

from luotsi.base.text import Text
from luotsi.gateways.identity.saml.claims import SKEW
from luotsi.gateways.identity.saml.connection import Connection, NotConnected, xmlsec_program
from luotsi.gateways.identity.saml.translate import FRIENDLY, NEEDED, WELCOME

# pysaml2 lists every algorithm that xmlsec1 knows, MD5 too; we list none.
_ALGORITHMS = "urn:oasis:names:tc:SAML:metadata:algsupport"
_URI = "urn:oasis:names:tc:SAML:2.0:attrname-format:uri"
_LANGUAGES = ("fi", "sv", "en")


def service_provider(connection: Connection, idp_metadata: str) -> Saml2Client:
    """pysaml2's client for one identification service. Raises NotConnected: its metadata is not one service's."""
    try:
        client = Saml2Client(SPConfig().load(_settings(connection, idp_metadata)))
        services = list(client.metadata.with_descriptor("idpsso"))
    except (SAMLError, ValueError, KeyError, OSError) as error:
        raise NotConnected(f"LUOTSI_SAML_IDP_METADATA is not SAML metadata ({type(error).__name__}).") from None
    if len(services) != 1 or not client.metadata.certs(services[0], "idpsso", "signing"):
        raise NotConnected(
            f"LUOTSI_SAML_IDP_METADATA describes {len(services)} identification services that are still valid; "
            "it must describe one, with its key. Fetch Suomi.fi's metadata again: it may have expired."
        )
    return client


def description(client: Saml2Client, connection: Connection) -> bytes:
    """Our metadata, signed with our key."""
    descriptor = entity_descriptor(client.config)
    descriptor.extensions.extension_elements = [
        one for one in descriptor.extensions.extension_elements if one.namespace != _ALGORITHMS
    ]
    for consuming in descriptor.spsso_descriptor.attribute_consuming_service:  # pysaml2 itself knows one language only
        consuming.service_name = [ServiceName(**one) for one in _localised(connection.name)]
        consuming.requested_attribute = [_asked(name) for name in (*NEEDED, *WELCOME)]
    descriptor, xml = sign_entity_descriptor(descriptor, None, client.sec, SIG_RSA_SHA256, DIGEST_SHA256)
    told: str = metadata_tostring_fix(descriptor, {"xs": "http://www.w3.org/2001/XMLSchema"}, xml)
    return told.encode() if isinstance(told, str) else told


def _settings(connection: Connection, idp_metadata: str) -> dict[str, Any]:
    pair = {"key_file": str(connection.key), "cert_file": str(connection.certificate)}
    return {
        "entityid": connection.entity_id,
        "name": connection.name.fi,
        "xmlsec_binary": xmlsec_program(),
        **pair,
        "encryption_keypairs": [pair],
        "metadata": {"inline": [idp_metadata]},
        "accepted_time_diff": int(SKEW.total_seconds()),
        "allow_unknown_attributes": True,
        "signing_algorithm": SIG_RSA_SHA256,
        "digest_algorithm": DIGEST_SHA256,
        "service": {"sp": _service(connection)},
        "entity_attributes": _entity_attributes(connection),
        "organization": _organisation(connection),
        "contact_person": _contacts(connection),
    }


def _service(connection: Connection) -> dict[str, Any]:
    return {
        "endpoints": {
            "assertion_consumer_service": [(connection.answers, BINDING_HTTP_POST)],
            "single_logout_service": [(connection.endings, BINDING_HTTP_REDIRECT)],
        },
        "name_id_format": [NAMEID_FORMAT_TRANSIENT],
        "name_id_policy_format": NAMEID_FORMAT_TRANSIENT,
        "requested_authn_context": {"authn_context_class_ref": list(connection.levels), "comparison": "exact"},
        "required_attributes": list(NEEDED),
        "ui_info": {"display_name": _localised(connection.name), "description": _localised(connection.name)},
        "authn_requests_signed": True,
        "logout_requests_signed": True,
        "logout_responses_signed": True,
        "want_response_signed": True,
        "want_assertions_signed": True,
        "allow_unsolicited": False,
    }


def _asked(name: str) -> RequestedAttribute:
    needed = "true" if name in NEEDED else "false"
    return RequestedAttribute(name=name, friendly_name=FRIENDLY[name], name_format=_URI, is_required=needed)


def _entity_attributes(connection: Connection) -> list[dict[str, Any]]:
    """Suomi.fi's own settings of a service: levels, population register check, no foreign identities."""
    told = [
        ("FinnishAuthMethod", "", list(connection.levels)),
        ("urn:oid:1.2.246.517.3003.111.3", "VtjVerificationRequired", ["true"]),
        ("urn:oid:1.2.246.517.3003.111.4", "SkipEndpointValidationWhenSigned", ["false"]),
        ("urn:oid:1.2.246.517.3003.111.14", "EidasSupport", ["none"]),
    ]
    return [
        {"name": name, "format": _URI, "values": values} | ({"friendly_name": friendly} if friendly else {})
        for name, friendly, values in told
    ]


def _organisation(connection: Connection) -> dict[str, Any]:
    names = [(one["text"], one["lang"]) for one in _localised(connection.name)]
    return {
        "name": names,
        "display_name": names,
        "url": [(f"{connection.url.rstrip('/')}/{code}/", code) for code in _LANGUAGES],
    }


def _contacts(connection: Connection) -> list[dict[str, str]] | None:
    first, last, mail = connection.contact
    if not mail:
        return None
    return [{"contact_type": "technical", "given_name": first, "sur_name": last, "email_address": f"mailto:{mail}"}]


def _localised(text: Text) -> list[dict[str, str]]:
    return [{"text": getattr(text, code), "lang": code} for code in _LANGUAGES]
