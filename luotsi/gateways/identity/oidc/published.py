"""What a service publishes about itself: its addresses and keys, read from the service and remembered for a while."""

import json
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.cache import cache

from luotsi.gateways.outbound import client as outbound

REMEMBERED_SECONDS = 600


class NotConnected(Exception):
    """There is no such service here, or it does not answer as one. The sentence names no person and no token."""


@dataclass(frozen=True)
class Service:
    """One connected service, as the installation names it (luotsi/config/identity.py). `way` is its key there."""

    way: str
    issuer: str
    client_id: str
    secret: str = field(repr=False)
    scope: tuple[str, ...] = ("openid",)
    claims: dict[str, str] = field(default_factory=dict)

    @property
    def published(self) -> dict[str, Any]:
        """Its description of itself (OpenID Connect Discovery 1.0). Raises NotConnected."""
        found = cache.get(self._remembered("description"))
        if found is None:
            found = self._fetch(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
            if found.get("issuer") != self.issuer:
                raise NotConnected(f"the service {self.way!r} calls itself by another name than LUOTSI_OIDC_… does")
            cache.set(self._remembered("description"), found, REMEMBERED_SECONDS)
        return dict(found)

    def keys(self, *, anew: bool = False) -> dict[str, Any]:
        """The keys by which it signs; `anew` asks again, because services change keys. Raises NotConnected."""
        found = None if anew else cache.get(self._remembered("keys"))
        if found is None:
            found = self._fetch(self._published("jwks_uri"))
            cache.set(self._remembered("keys"), found, REMEMBERED_SECONDS)
        return dict(found)

    @property
    def leaving_address(self) -> str:
        """Where one signs out of the service itself; "" when it has no such page."""
        return str(self.published.get("end_session_endpoint", ""))

    def _published(self, name: str) -> str:
        address = self.published.get(name)
        if not isinstance(address, str):
            raise NotConnected(f"the service {self.way!r} publishes no {name}")
        return address

    def _fetch(self, address: str) -> dict[str, Any]:
        try:
            found = json.loads(
                outbound.fetch(address, purpose=f"the sign-in service {self.way!r}", limit_bytes=500_000)
            )
        except outbound.OutboundError as error:  # it says whom was called and why that failed, and no more
            raise NotConnected(str(error)) from None
        except (ValueError, RecursionError) as error:
            raise NotConnected(f"the service {self.way!r}: {type(error).__name__}") from None
        if not isinstance(found, dict):
            raise NotConnected(f"the service {self.way!r} answers with something else than a description")
        return found

    def _remembered(self, what: str) -> str:
        return f"luotsi.oidc.{what}.{self.way}.{self.issuer}"


def service_of(way: str) -> Service:
    """The service that stands behind this way. Raises NotConnected."""
    told = settings.OIDC.get(way)
    if told is None:
        raise NotConnected(f"no sign-in service is connected as {way!r}")
    return Service(way=way, **{**told, "scope": tuple(told["scope"])})
