"""What the county sets to be connected to Suomi.fi-tunnistus, and whether it can work at all."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509 import load_pem_x509_certificate

from luotsi.base.text import Text
from luotsi.gateways.identity.saml import form
from luotsi.gateways.identity.saml.refusal import Refused

# Levels of assurance of the Finnish trust network: high and substantial (Act on strong electronic identification
# 617/2009). The eIDAS levels are not asked for: a foreign identity carries no Finnish identity code.
LEVELS = ("http://ftn.ficora.fi/2017/loa3", "http://ftn.ficora.fi/2017/loa2")
_MD = "{urn:oasis:names:tc:SAML:2.0:metadata}"


class NotConnected(Exception):
    """The identification service cannot be connected. The sentence names the setting and what to do."""


@dataclass(frozen=True)
class Connection:
    """`metadata`: a file or an https address of the service's metadata. `contact`: first name, last name, mail."""

    metadata: str
    key: Path
    certificate: Path
    url: str
    name: Text
    contact: tuple[str, str, str] = ("", "", "")
    levels: Sequence[str] = LEVELS

    @property
    def entity_id(self) -> str:
        return f"{self.url.rstrip('/')}/saml/metadata/"

    @property
    def answers(self) -> str:
        """Where answers come to: the assertion consumer service."""
        return f"{self.url.rstrip('/')}/saml/answer/"

    @property
    def endings(self) -> str:
        """Where a browser comes to end a session, or after it: the single logout service."""
        return f"{self.url.rstrip('/')}/saml/closure/"

    @property
    def is_fetched(self) -> bool:
        return self.metadata.startswith(("https://", "http://"))


def check(connection: Connection, *, at: datetime) -> None:
    """Raises NotConnected: a program or file is missing, or the files do not belong together."""
    xmlsec_program()
    _check_pair(connection)
    if not connection.is_fetched:
        check_metadata(read_metadata(connection), at=at)


def xmlsec_program() -> str:
    """Where xmlsec1 is. Raises NotConnected."""
    found = shutil.which("xmlsec1")
    if not found:
        raise NotConnected(
            "Suomi.fi identification needs the program xmlsec1, and it is not on this machine's PATH; "
            "install it (Debian, Ubuntu: apt-get install xmlsec1) or unset LUOTSI_SAML_IDP_METADATA."
        )
    return found


def read_metadata(connection: Connection) -> str:
    """The service's metadata from its file. Raises NotConnected."""
    try:
        return Path(connection.metadata).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise NotConnected(
            f"LUOTSI_SAML_IDP_METADATA: {connection.metadata} cannot be read ({type(error).__name__}); "
            "it is the file that Suomi.fi publishes as its metadata."
        ) from None


def check_metadata(told: str, *, at: datetime) -> None:
    """One identification service with a key, still valid. Raises NotConnected."""
    try:
        root = form.parsed(told.encode())
    except Refused:
        raise NotConnected("LUOTSI_SAML_IDP_METADATA is not SAML metadata; fetch Suomi.fi's metadata anew.") from None
    services = [one for one in root.iter(_MD + "IDPSSODescriptor") if one.find(_MD + "KeyDescriptor") is not None]
    if len(services) != 1:
        raise NotConnected(
            f"LUOTSI_SAML_IDP_METADATA describes {len(services)} identification services with a key, and must describe "
            "one; fetch Suomi.fi's metadata anew."
        )
    if any(_ended(one.attrib["validUntil"], at) for one in root.iter() if "validUntil" in one.attrib):
        raise NotConnected("LUOTSI_SAML_IDP_METADATA is no longer valid; fetch Suomi.fi's metadata anew.")


def _ended(until: str, at: datetime) -> bool:
    try:
        moment = datetime.fromisoformat(until)
    except ValueError:
        return True
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) <= at


def _check_pair(connection: Connection) -> None:
    for name, path in (("LUOTSI_SAML_KEY", connection.key), ("LUOTSI_SAML_CERTIFICATE", connection.certificate)):
        if not path.is_file():
            raise NotConnected(f"{name}: there is no file {path}.")
    try:
        key = load_pem_private_key(connection.key.read_bytes(), password=None).public_key()
        certified = load_pem_x509_certificate(connection.certificate.read_bytes()).public_key()
    except (OSError, ValueError, TypeError):
        raise NotConnected(
            "LUOTSI_SAML_KEY must be a private key in PEM without a passphrase, and LUOTSI_SAML_CERTIFICATE its "
            "certificate in PEM; one of them is something else."
        ) from None
    if key != certified:
        raise NotConnected("LUOTSI_SAML_CERTIFICATE is not the certificate of LUOTSI_SAML_KEY; set the two together.")
