"""What an XML message may look like before anything in it is believed. Pure.

The signature library looks signed parts up by their ID; an attacker who moves them about makes it check one part while
we read another ("signature wrapping"). So the shape is fixed first: each thing once, in its place, with its own ID.

Sources: SAML core 2.0 §5.4; Somorovsky et al., On Breaking SAML (2012), variants XSW1 to XSW8; comments inside a value:
CERT/CC VU#475445 (2018).
"""

import base64
import binascii
import re
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from luotsi.gateways.identity.saml.refusal import Refused

LARGEST_BYTES = 256 * 1024
DEEPEST = 24
_SAML = "{urn:oasis:names:tc:SAML:2.0:assertion}"
_SAMLP = "{urn:oasis:names:tc:SAML:2.0:protocol}"
_DS = "{http://www.w3.org/2000/09/xmldsig#}"
_XENC = "{http://www.w3.org/2001/04/xmlenc#}"
_IDS = ("ID", "Id", "id", "{http://www.w3.org/XML/1998/namespace}id")
# Never needed, and each a known way to smuggle: content outside the signature, or fetched from elsewhere.
_NEVER = {
    _SAML + "Advice",
    _SAML + "EncryptedID",
    _SAML + "EncryptedAttribute",
    _DS + "Object",
    _DS + "Manifest",
    _DS + "RetrievalMethod",
    _XENC + "CipherReference",
}
_SIGNED_WITH = {
    f"http://www.w3.org/2001/04/xmldsig-more#{kind}-sha{bits}" for kind in ("rsa", "ecdsa") for bits in (256, 384, 512)
}
_DIGESTED_WITH = {
    "http://www.w3.org/2001/04/xmlenc#sha256",
    "http://www.w3.org/2001/04/xmldsig-more#sha384",
    "http://www.w3.org/2001/04/xmlenc#sha512",
}
_ENCRYPTED_WITH = {f"http://www.w3.org/2001/04/xmlenc#aes{bits}-cbc" for bits in (128, 192, 256)} | {
    f"http://www.w3.org/2009/xmlenc11#aes{bits}-gcm" for bits in (128, 192, 256)
}
_KEY_ENCRYPTED_WITH = {"http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p", "http://www.w3.org/2009/xmlenc11#rsa-oaep"}
_DECLARED = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)[\"']")


def decoded(posted: str) -> bytes:
    """The bytes of a posted message. Raises Refused: not base64, empty, or above 256 KiB."""
    if len(posted) > LARGEST_BYTES * 4 // 3 + 4096:
        raise Refused("unreadable")
    try:
        raw = base64.b64decode("".join(posted.split()), validate=True)
    except (binascii.Error, ValueError):
        raise Refused("unreadable") from None
    if not 0 < len(raw) <= LARGEST_BYTES:
        raise Refused("unreadable")
    return raw


def read(raw: bytes) -> Element:
    """The message as elements. Raises Refused: not XML in UTF-8, or with anything that a message never needs."""
    root = parsed(raw)
    _check_plain(root)
    return root


def parsed(raw: bytes) -> Element:
    """Any XML as elements, comments among them. Raises Refused: not XML in UTF-8, or with a DTD or an entity."""
    declared = _DECLARED.match(raw)
    if declared and declared[1].lower() not in {b"utf-8", b"utf8"}:
        raise Refused("unreadable")
    builder = TreeBuilder(insert_comments=True, insert_pis=True)
    parser = DefusedXMLParser(target=builder, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    try:
        parser.feed(raw.decode("utf-8"))
        root: Element = parser.close()
    except (ParseError, DefusedXmlException, UnicodeDecodeError, ValueError):
        raise Refused("unreadable") from None
    return root


def sealed(raw: bytes) -> Element:
    """An answer as it arrives: a signed Response with at most one assertion, encrypted. Raises Refused."""
    root = read(raw)
    _check_frame(root, signatures=1)
    boxes = _all(root, _SAML + "EncryptedAssertion")
    if len(boxes) > 1 or boxes != root.findall(_SAML + "EncryptedAssertion") or _all(root, _SAML + "Assertion"):
        raise Refused("untrusted")
    if len(_all(root, _XENC + "EncryptedData")) != len(boxes) or len(_all(root, _XENC + "EncryptedKey")) != len(boxes):
        raise Refused("untrusted")
    for box in boxes:
        _check_encryption(box)
    return root


def opened(raw: bytes) -> Element:
    """The same answer after decryption: one assertion, with a signature of its own. Raises Refused."""
    root = read(raw)
    _check_frame(root, signatures=2)
    assertions = _all(root, _SAML + "Assertion")
    in_place = [one for box in root.findall(_SAML + "EncryptedAssertion") for one in box]
    if len(assertions) != 1 or assertions != in_place or _all(root, _XENC + "EncryptedData"):
        raise Refused("untrusted")
    _check_signature(assertions[0])
    return root


def _check_plain(root: Element) -> None:
    """No comment or instruction, not deeper than any real message, every ID once, nothing that is never needed."""
    seen: set[str] = set()
    level = [root]
    depth = 0
    while level:
        depth += 1
        for element in level:
            if not isinstance(element.tag, str) or depth > DEEPEST:
                raise Refused("unreadable")
            ids = [element.attrib[name] for name in _IDS if name in element.attrib]
            if element.tag in _NEVER or seen.intersection(ids) or len(ids) > 1:
                raise Refused("untrusted")
            seen.update(ids)
        level = [child for element in level for child in element]


def _check_frame(root: Element, *, signatures: int) -> None:
    if root.tag != _SAMLP + "Response":
        raise Refused("unreadable")
    if _all(root, _SAMLP + "Response") != [root] or len(_all(root, _DS + "Signature")) != signatures:
        raise Refused("untrusted")
    _check_signature(root)


def _check_signature(signed: Element) -> None:
    """The element's own signature is its direct child, covers that element alone, and its algorithm is sound."""
    found = signed.findall(_DS + "Signature")
    if len(found) != 1 or len(found[0].findall(_DS + "SignedInfo")) != 1:
        raise Refused("untrusted")
    info = found[0].find(_DS + "SignedInfo")
    references = _all(found[0], _DS + "Reference")
    method = info.find(_DS + "SignatureMethod") if info is not None else None
    digests = _all(found[0], _DS + "DigestMethod")
    sound = (
        [one.get("URI") for one in references] == [f"#{signed.get('ID')}"]
        and method is not None
        and method.get("Algorithm") in _SIGNED_WITH
        and [one.get("Algorithm") in _DIGESTED_WITH for one in digests] == [True]
    )
    if not sound:
        raise Refused("untrusted")


def _check_encryption(box: Element) -> None:
    """One encrypted element with its key inside it, both with algorithms that nobody can undo by asking often."""
    data = box.find(_XENC + "EncryptedData")
    key = next(iter(_all(box, _XENC + "EncryptedKey")), None)
    if data is None or key is None or len(box) != 1:
        raise Refused("untrusted")
    for element, allowed in ((data, _ENCRYPTED_WITH), (key, _KEY_ENCRYPTED_WITH)):
        method = element.find(_XENC + "EncryptionMethod")
        if method is None or method.get("Algorithm") not in allowed:
            raise Refused("untrusted")


def _all(root: Element, tag: str) -> list[Element]:
    return list(root.iter(tag))
