"""Signing and encrypting SAML messages step by step, as an identity provider does, with a hand on each step."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from lxml import etree
from saml2.sigver import SecurityContext, make_temp, pre_encryption_part, pre_signature_part
from saml2.xmldsig import DIGEST_SHA256, SIG_RSA_SHA256

SAML = "{urn:oasis:names:tc:SAML:2.0:assertion}"
SAMLP = "{urn:oasis:names:tc:SAML:2.0:protocol}"
DS = "{http://www.w3.org/2000/09/xmldsig#}"
Step = Callable[[etree._Element], None]


def untouched(_: etree._Element) -> None:
    """The step that changes nothing."""


@dataclass(frozen=True)
class Steps:
    """What is done to a response on its way: before the assertion is signed (`shape`), before it is encrypted, before
    the response is signed, and after that. Each step is handed the Response."""

    shape: Step = untouched
    signed: Step = untouched
    encrypted: Step = untouched
    sent: Step = untouched
    sign_assertion: bool = True
    encrypt: bool = True
    sign_response: bool = True


@dataclass(frozen=True)
class Pair:
    """A private key and its self-signed certificate, in files."""

    key: Path
    certificate: Path


def make_pair(folder: Path, name: str) -> Pair:
    """A key of this run alone."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{name}.example")])
    begins = datetime.now(UTC) - timedelta(days=1)
    certificate = (
        x509.CertificateBuilder(who, who, key.public_key(), x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=30))
        .sign(key, hashes.SHA256())
    )
    pair = Pair(folder / f"{name}.key", folder / f"{name}.pem")
    plain = serialization.NoEncryption()
    encoded = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    pair.key.write_bytes(encoded)
    pair.certificate.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return pair


def sealed(root: etree._Element, steps: Steps, *, by: SecurityContext, key: Path, to: str) -> bytes:
    """The response with its assertion signed and encrypted, and signed itself. `to`: a certificate in base64."""
    steps.shape(root)
    assertion = root.find(SAML + "Assertion")
    if steps.sign_assertion and assertion is not None:
        root = sign(root, assertion.get("ID"), "Assertion", by=by, key=key)
    steps.signed(root)
    if steps.encrypt and root.find(SAML + "Assertion") is not None:
        root = _encrypt(root, by=by, to=to)
    steps.encrypted(root)
    if steps.sign_response:
        root = sign(root, root.get("ID"), "Response", by=by, key=key)
    steps.sent(root)
    return etree.tostring(root)


def sign(root: etree._Element, ident: str, kind: str, *, by: SecurityContext, key: Path) -> etree._Element:
    """The document with the element of that ID signed, the signature standing after its Issuer."""
    space = SAML if kind == "Assertion" else SAMLP
    signed = next(one for one in root.iter(space + kind) if one.get("ID") == ident)
    template = etree.fromstring(
        str(pre_signature_part(ident, digest_alg=DIGEST_SHA256, sign_alg=SIG_RSA_SHA256)).encode()
    )
    signed.insert(1, template)
    name = (space + kind).strip("{").replace("}", ":")
    return etree.fromstring(
        by.sign_statement(etree.tostring(root).decode(), name, key_file=str(key), node_id=ident).encode()
    )


def _encrypt(root: etree._Element, *, by: SecurityContext, to: str) -> etree._Element:
    """AES-128-CBC under RSA-OAEP, as Suomi.fi's messages are."""
    assertion = root.find(SAML + "Assertion")
    box = etree.Element(SAML + "EncryptedAssertion")
    root.replace(assertion, box)
    box.append(assertion)
    template = pre_encryption_part(msg_enc="http://www.w3.org/2001/04/xmlenc#aes128-cbc")
    pem = make_temp(f"-----BEGIN CERTIFICATE-----\n{to}\n-----END CERTIFICATE-----\n".encode(), decode=False)
    text = by.encrypt_assertion(etree.tostring(root).decode(), pem.name, template, key_type="aes-128")
    return etree.fromstring(text.encode())
