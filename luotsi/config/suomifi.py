"""Suomi.fi e-Identification by SAML, read from the environment. It is connected only when it is named whole.

LUOTSI_SAML_IDP_METADATA  file, or https address, of the metadata that Suomi.fi publishes
LUOTSI_SAML_KEY           file of our private key (PEM, without a passphrase)
LUOTSI_SAML_CERTIFICATE   file of its certificate (PEM)
LUOTSI_SAML_CONTACT       who answers for our metadata: First Last <mail@example.fi>
LUOTSI_SAML_LEVELS        levels of assurance that sign in, space-separated (default: high and substantial)
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from email.utils import parseaddr
from pathlib import Path
from typing import Any

from django.conf import settings

from luotsi.base.now import now
from luotsi.config.secrets import MissingKey

NAMES = {name: f"LUOTSI_SAML_{name.upper()}" for name in ("idp_metadata", "key", "certificate", "contact", "levels")}
_MAY_BE_OLD = timedelta(hours=6)


def saml_service(environment: Mapping[str, str]) -> dict[str, str]:
    """What is set, or nothing. Raises MissingKey when one of the three that belong together is missing."""
    told = {name: environment.get(variable, "").strip() for name, variable in NAMES.items()}
    needed = {NAMES[name]: told[name] for name in ("idp_metadata", "key", "certificate")}
    if not any(needed.values()):
        return {}
    missing = [variable for variable, value in needed.items() if not value]
    if missing:
        raise MissingKey(f"Suomi.fi identification needs {', '.join(needed)}; {' and '.join(missing)} is not set.")
    return told


def connect() -> None:
    """Offer Suomi.fi on the sign-in page. Raises NotConnected: something that it needs is missing or wrong."""
    from luotsi.gateways.identity.saml import connected, connection
    from luotsi.rooms import session
    from luotsi.rooms.resident.pages import strong

    link = _connection()
    if settings.PRODUCTION and not link.url.startswith("https://"):
        raise MissingKey("Suomi.fi identification needs LUOTSI_URL to begin with https:// when LUOTSI_MODE=production.")
    connection.check(link, at=now())
    connected.connect(lambda: _gateway(link))
    session.WAYS.append(session.Way(strong.LABEL, strong.to_question, for_whom="resident"))


def _connection() -> Any:
    from luotsi.gateways.identity.saml.connection import LEVELS, Connection
    from luotsi.ui.context import county

    name, mail = parseaddr(settings.SAML["contact"])
    first, _space, last = name.partition(" ")
    return Connection(
        metadata=settings.SAML["idp_metadata"],
        key=Path(settings.SAML["key"]),
        certificate=Path(settings.SAML["certificate"]),
        url=settings.PUBLIC_URL,
        name=county(settings.COUNTY).name,
        contact=(first, last, mail),
        levels=tuple(settings.SAML["levels"].split()) or LEVELS,
    )


def _gateway(link: Any) -> Any:
    from luotsi.gateways.identity.saml.client import SuomiFi
    from luotsi.gateways.identity.saml.connection import read_metadata

    return SuomiFi(link, _fetched(link.metadata) if link.is_fetched else lambda: read_metadata(link))


def _fetched(address: str) -> Callable[[], str]:
    """The metadata from its address, asked for again every six hours. While that fails, what came last is used."""
    from luotsi.gateways.identity.saml.refusal import Refused
    from luotsi.gateways.outbound.client import OutboundError, fetch

    kept: dict[str, Any] = {}

    def told() -> str:
        if not kept or now() - kept["at"] > _MAY_BE_OLD:
            try:
                kept.update(told=fetch(address, purpose="Suomi.fi's metadata").decode("utf-8"), at=now())
            except (OutboundError, UnicodeDecodeError):
                if not kept:
                    raise Refused("unreachable") from None
        return str(kept["told"])

    return told
