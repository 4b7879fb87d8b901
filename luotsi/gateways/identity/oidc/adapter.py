"""How django-allauth speaks with our services: its conversation, with the checks that it leaves out.

allauth keeps `state` in the session and the PKCE verifier beside it. The nonce is derived from that verifier, so it is
bound to the same browser and the same question without a third thing to keep.
"""

import hashlib
from typing import Any, NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialToken
from allauth.socialaccount.providers.base.constants import AuthError
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from luotsi.gateways.identity.oidc.published import NotConnected, Service, service_of
from luotsi.gateways.identity.oidc.tokens import TokenRefused, read_id_token
from luotsi.gateways.outbound import client as outbound


class Services(DefaultSocialAccountAdapter):
    """allauth's SOCIALACCOUNT_ADAPTER: services come from the settings alone, calls go through our door."""

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> "Provider":
        service = service_of(provider)
        known = {"server_url": service.issuer, "scope": list(service.scope), "oauth_pkce_enabled": True}
        app = SocialApp(
            provider="openid_connect", provider_id=service.way, name=service.way, client_id=service.client_id,
            secret=service.secret, settings=known,
        )  # fmt: skip
        return Provider(request, app=app)

    def get_requests_session(self) -> Any:
        return outbound.session(purpose="the sign-in service", limit_bytes=500_000)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody makes an account here: who may come in is the directory's and the people register's to say."""
        return False

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None
    ) -> NoReturn:
        """The word for what went wrong, for `client.finish`. The exception is not looked at: it may quote an answer."""
        is_unknown = "state_id" in (extra_context or {})
        word = "cancelled" if error == AuthError.CANCELLED else "state" if is_unknown else "service"
        request.oidc_refused = word  # type: ignore[attr-defined]
        raise ImmediateHttpResponse(HttpResponse(status=400))


class Provider(OpenIDConnectProvider):
    """allauth's provider with a nonce beside the PKCE challenge."""

    def get_pkce_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_pkce_params()
        return {**params, "nonce": nonce_of(params["code_verifier"])}

    def get_oauth2_adapter(self, request: HttpRequest) -> "Conversation":
        return Conversation(request, self.app.provider_id)


class Conversation(OpenIDConnectOAuth2Adapter):
    """One browser's answer, read. `claims` is what is believed of it, once `complete_login` has been asked."""

    claims: dict[str, Any] | None = None
    verifier = ""

    @property
    def service(self) -> Service:
        return service_of(self.provider_id)

    @property
    def openid_config(self) -> dict[str, Any]:
        return self.service.published

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return str(request.build_absolute_uri(reverse("oidc-answer", args=[self.provider_id])))

    def get_access_token_data(
        self, request: HttpRequest, app: SocialApp, client: Any, pkce_code_verifier: str | None = None
    ) -> Any:
        self.verifier = pkce_code_verifier or ""
        return super().get_access_token_data(request, app, client, pkce_code_verifier=pkce_code_verifier)

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> NoReturn:
        """Believe or refuse, and go no further: the accounts that allauth would make are not ours."""
        claims = self._id_token(str(kwargs["response"].get("id_token", "")))
        told = self._fetch_user_info(token.token) if "userinfo_endpoint" in self.openid_config else {}
        if told and told.get("sub") != claims["sub"]:  # OpenID Connect Core §5.3.2
            raise TokenRefused("userinfo")
        self.claims = {**told, **claims}
        raise ImmediateHttpResponse(HttpResponse(status=204))

    def _id_token(self, token: str) -> dict[str, Any]:
        """The claims, by the keys we remember; a service that has changed its keys is asked for them once."""
        known = {"issuer": self.service.issuer, "client_id": self.service.client_id, "nonce": nonce_of(self.verifier)}
        try:
            return read_id_token(token, keys=self.service.keys(), **known)
        except TokenRefused as refused:
            if str(refused) != "key":
                raise
            return read_id_token(token, keys=self.service.keys(anew=True), **known)


def nonce_of(verifier: str) -> str:
    """Tells the service nothing of the verifier."""
    return hashlib.sha256(b"luotsi nonce " + verifier.encode()).hexdigest()


__all__ = ["Conversation", "NotConnected", "Provider", "Services"]
