"""Ending sessions at both ends (single logout), as messages in an address: the HTTP-Redirect binding. Pure.

The signature stands beside the message and covers the query as it was sent, so it is checked over the raw query;
pysaml2 encodes anew before it checks, and does not check answers at all. Source: SAML bindings 2.0 §3.4.4.1.
"""

import base64
import binascii
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote_plus
from xml.etree.ElementTree import Element

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509 import load_der_x509_certificate

from luotsi.gateways.identity.saml.form import LARGEST_BYTES
from luotsi.gateways.identity.saml.refusal import Refused

FRESH = timedelta(minutes=10)
_SAML = "{urn:oasis:names:tc:SAML:2.0:assertion}"
_SAMLP = "{urn:oasis:names:tc:SAML:2.0:protocol}"
_SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success"
_RSA = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha"
_HASHES = {f"{_RSA}256": hashes.SHA256(), f"{_RSA}384": hashes.SHA384(), f"{_RSA}512": hashes.SHA512()}
_KINDS = {"SAMLRequest": _SAMLP + "LogoutRequest", "SAMLResponse": _SAMLP + "LogoutResponse"}


@dataclass(frozen=True)
class Message:
    """A message whose signature is the service's."""

    xml: bytes
    is_answer: bool
    relay: str


def verified(query: str, certificates: Iterable[str]) -> Message:
    """The message of a query, signed by one of these certificates (base64 of DER). Raises Refused."""
    raw = _parts(query)
    kinds = [name for name in _KINDS if name in raw]
    if len(kinds) != 1 or not {"SigAlg", "Signature"} <= raw.keys():
        raise Refused("unreadable")
    signed = "&".join(f"{name}={raw[name]}" for name in (kinds[0], "RelayState", "SigAlg") if name in raw)
    algorithm = _HASHES.get(unquote_plus(raw["SigAlg"]))
    signature = _base64(unquote_plus(raw["Signature"]))
    if algorithm is None or not any(_is_by(one, signature, signed.encode(), algorithm) for one in certificates):
        raise Refused("untrusted")
    xml = _inflated(_base64(unquote_plus(raw[kinds[0]])))
    return Message(xml, kinds[0] == "SAMLResponse", unquote_plus(raw.get("RelayState", "")))


def check_addresses(root: Element, *, issuer: str, destination: str, at: datetime) -> None:
    """From the service, to us, just now. Raises Refused."""
    if root.tag not in _KINDS.values():
        raise Refused("unreadable")
    if (root.findtext(_SAML + "Issuer") or "").strip() != issuer or root.get("Destination") != destination:
        raise Refused("not-for-us")
    issued, ends = _moment(root.get("IssueInstant", "")), root.get("NotOnOrAfter")
    if abs(at - issued) > FRESH or (ends and at >= _moment(ends) + timedelta(seconds=60)):
        raise Refused("late")


def whose(root: Element) -> tuple[str, Sequence[str]]:
    """The subject and the sign-ins that a request to end names. Raises Refused: no plain subject."""
    subject = (root.findtext(_SAML + "NameID") or "").strip()
    if not subject:
        raise Refused("unreadable")
    sids = [(one.text or "").strip() for one in root.findall(_SAMLP + "SessionIndex")]
    return subject, tuple(one for one in sids if one)


def is_everywhere(root: Element) -> bool:
    """Whether the service says that every service was signed out: success, and no "partial" beneath it."""
    codes = [one.get("Value") for one in root.iter(_SAMLP + "StatusCode")]
    return codes == [_SUCCESS]


def _parts(query: str) -> dict[str, str]:
    """The query's parts as they were sent, each once."""
    if len(query) > LARGEST_BYTES:
        raise Refused("unreadable")
    pairs = [part.partition("=")[::2] for part in query.split("&") if part]
    if len({name for name, _ in pairs}) != len(pairs):
        raise Refused("unreadable")
    return dict(pairs)


def _base64(text: str) -> bytes:
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        raise Refused("unreadable") from None


def _is_by(certificate: str, signature: bytes, signed: bytes, algorithm: hashes.HashAlgorithm) -> bool:
    key = load_der_x509_certificate(base64.b64decode(certificate)).public_key()
    if not isinstance(key, rsa.RSAPublicKey):
        return False
    try:
        key.verify(signature, signed, padding.PKCS1v15(), algorithm)
    except InvalidSignature:
        return False
    return True


def _inflated(packed: bytes) -> bytes:
    unpacking = zlib.decompressobj(-15)
    try:
        xml = unpacking.decompress(packed, LARGEST_BYTES)
    except zlib.error:
        raise Refused("unreadable") from None
    if unpacking.unconsumed_tail or not unpacking.eof:
        raise Refused("unreadable")
    return xml


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Refused("unreadable") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
