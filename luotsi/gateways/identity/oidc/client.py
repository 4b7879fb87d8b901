"""The three things one does with a sign-in service: go there, come back, and be told that somebody has left."""

import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from allauth.socialaccount.internal import statekit
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode

from luotsi.gateways.identity.oidc.adapter import Conversation, Provider, Services
from luotsi.gateways.identity.oidc.published import NotConnected, service_of
from luotsi.gateways.identity.oidc.tokens import TokenRefused, read_logout_token

log = logging.getLogger("luotsi.identity")


class NotIdentified(Exception):
    """The service did not say who it is. `reason`: cancelled, state, token, claims or service; nothing of the answer.

    `asked` is what the person had wanted, as far as the browser's session still knows it.
    """

    def __init__(self, reason: str, asked: "Asked | None" = None) -> None:
        super().__init__(reason)
        self.reason, self.asked = reason, asked or Asked()


@dataclass(frozen=True)
class Asked:
    """Where the person wanted to go after signing in, and the language they read."""

    onward: str = ""
    language: str = ""


@dataclass(frozen=True)
class Identity:
    """Who the service says it is. What tells of a person stays out of a printed form of this."""

    way: str
    subject: str = field(repr=False)
    sid: str = field(repr=False)
    asked: Asked
    name: str = field(default="", repr=False)
    mail: str = field(default="", repr=False)
    groups: frozenset[str] = frozenset()
    first_name: str = field(default="", repr=False)
    last_name: str = field(default="", repr=False)
    identity_code: str = field(default="", repr=False)
    proved_at: datetime | None = None
    leave_at: str = ""


@dataclass(frozen=True)
class Left:
    """Somebody signed out at the service: this sign-in (`sid`), or everything of `subject`. `jti` is good once."""

    jti: str
    sid: str
    subject: str
    good_until: datetime


def is_connected(way: str) -> bool:
    return way in settings.OIDC


def begin(request: HttpRequest, way: str, *, onward: str, language: str, anew: bool = False) -> HttpResponse:
    """Off to the service. `anew`: it must ask who it is even if it knows. Raises NotConnected."""
    provider: Provider = Services(request).get_provider(request, way)
    params = {"ui_locales": language, **({"prompt": "login", "max_age": "0"} if anew else {})}
    try:
        kept = {"language": language}
        return provider.redirect(request, process="login", next_url=onward, data=kept, auth_params=params)
    except KeyError:
        raise NotConnected(f"the service {way!r} publishes less than signing in needs") from None


def finish(request: HttpRequest, way: str) -> Identity:
    """The browser is back. Raises NotIdentified, NotConnected."""
    conversation = Conversation(request, way)
    asked = _asked(request, way)
    if (
        request.GET.get("iss", conversation.service.issuer) != conversation.service.issuer
    ):  # RFC 9207: another service's
        raise NotIdentified("state", asked)
    try:
        OAuth2CallbackView.adapter_view(conversation)(request)
    except TokenRefused as refused:
        log.warning("a token of the service %r is not believed: %s", way, refused)
        raise NotIdentified("token", asked) from None
    except (KeyError, TypeError, ValueError, AttributeError):  # an answer without what every answer has
        raise NotIdentified("service", asked) from None
    if conversation.claims is None:
        raise NotIdentified(getattr(request, "oidc_refused", "service"), asked)
    return _identity(conversation, asked)


def read_leaving(way: str, token: str) -> Left:
    """What the service's logout token says. Raises TokenRefused, NotConnected."""
    service = service_of(way)
    known = {"issuer": service.issuer, "client_id": service.client_id}
    try:
        claims = read_logout_token(token, keys=service.keys(), **known)
    except TokenRefused as refused:
        if str(refused) != "key":
            raise
        claims = read_logout_token(token, keys=service.keys(anew=True), **known)
    until = datetime.fromtimestamp(claims["exp"], UTC)
    return Left(jti=claims["jti"], sid=claims.get("sid", ""), subject=claims.get("sub", ""), good_until=until)


def _asked(request: HttpRequest, way: str) -> Asked:
    """What the state keeps that this answer names; nothing when it names none of this browser's."""
    kept = statekit.get_states(request).get(request.GET.get("state", ""))
    if not kept or len(kept) != 3 or kept[2] != way:
        return Asked()
    state = kept[0]
    return Asked(str(state.get("next") or ""), str((state.get("data") or {}).get("language", "")))


def _identity(conversation: Conversation, asked: Asked) -> Identity:
    service, told = conversation.service, conversation.claims or {}
    named = {ours: _text(told.get(theirs)) for ours, theirs in service.claims.items() if ours != "groups"}
    first, last = named.get("given_name", ""), named.get("family_name", "")
    return Identity(
        way=service.way,
        subject=_text(told.get("sub")),
        sid=_text(told.get("sid")),
        asked=asked,
        name=_text(told.get("name")) or f"{_text(told.get('given_name'))} {_text(told.get('family_name'))}".strip(),
        mail=_text(told.get("email")),
        groups=_names(told.get(service.claims.get("groups", ""))),
        first_name=first,
        last_name=last,
        identity_code=named.get("code", ""),
        proved_at=_moment(told.get("auth_time")),
        leave_at=_leaving(service.leaving_address, service.client_id, conversation.request),
    )


def _leaving(address: str, client_id: str, request: HttpRequest) -> str:
    """Where one signs out of the service. Without a token: those of residents carry identity codes, and it is a URL."""
    if not address:
        return ""
    asked = urlencode({"client_id": client_id, "post_logout_redirect_uri": request.build_absolute_uri("/")})
    return f"{address}{'&' if '?' in address else '?'}{asked}"


def _text(value: Any) -> str:
    return value.strip()[:255] if isinstance(value, str) else ""


def _names(value: Any) -> frozenset[str]:
    many = value if isinstance(value, list) else [value]
    return frozenset(name for name in many if isinstance(name, str) and name)


def _moment(value: Any) -> datetime | None:
    is_number = isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**33
    return datetime.fromtimestamp(value, UTC) if is_number else None


__all__ = [
    "Asked",
    "Identity",
    "Left",
    "NotConnected",
    "NotIdentified",
    "TokenRefused",
    "begin",
    "finish",
    "is_connected",
    "read_leaving",
]
