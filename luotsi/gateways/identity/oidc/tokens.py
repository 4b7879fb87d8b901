"""Whether a signed token (JWT) is what it says: made by this service, for us, now. Pure but for the wall clock.

Sources: OpenID Connect Core 1.0 §3.1.3.7, OpenID Connect Back-Channel Logout 1.0 §2.6.
"""

from collections.abc import Mapping
from typing import Any

import jwt

# Public keys only: a shared secret would let whoever knows it sign for the service. "none" is not a signature.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
LEEWAY_SECONDS = 60
_LOGOUT = "http://schemas.openid.net/event/backchannel-logout"


class TokenRefused(Exception):
    """The token is not believed. The word says why; nothing of the token is in it."""


def read_id_token(token: str, *, keys: Mapping[str, Any], issuer: str, client_id: str, nonce: str) -> dict[str, Any]:
    """The claims about who signed in. Raises TokenRefused."""
    claims = _read(token, keys=keys, issuer=issuer, client_id=client_id, required=("sub",))
    if claims.get("nonce") != nonce:
        raise TokenRefused("nonce")
    return claims


def read_logout_token(token: str, *, keys: Mapping[str, Any], issuer: str, client_id: str) -> dict[str, Any]:
    """The claims about whose sessions are to end: `sid`, `sub` or both, and `jti`, good once. Raises TokenRefused."""
    claims = _read(token, keys=keys, issuer=issuer, client_id=client_id, required=("jti", "events"))
    if not isinstance(claims["events"], dict) or not isinstance(claims["events"].get(_LOGOUT), dict):
        raise TokenRefused("event")
    if "nonce" in claims:  # an identity token in disguise
        raise TokenRefused("nonce")
    named = [claims.get("sid", ""), claims.get("sub", "")]
    if not any(named) or not all(isinstance(name, str) for name in [*named, claims["jti"]]):
        raise TokenRefused("whose")
    return claims


def _read(
    token: str, *, keys: Mapping[str, Any], issuer: str, client_id: str, required: tuple[str, ...]
) -> dict[str, Any]:
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            key=_key_of(token, keys),
            algorithms=list(ALGORITHMS),
            issuer=issuer,
            audience=client_id,
            leeway=LEEWAY_SECONDS,
            options={"require": ["iss", "aud", "exp", "iat", *required]},
        )
    except (jwt.PyJWTError, ValueError, TypeError, KeyError) as error:
        raise TokenRefused(type(error).__name__) from None
    audience = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    if claims.get("azp", client_id) != client_id or (len(audience) > 1 and "azp" not in claims):
        raise TokenRefused("azp")
    return claims


def _key_of(token: str, keys: Mapping[str, Any]) -> jwt.PyJWK:
    """The service's key that the token names; its only one when the token names none. Raises TokenRefused."""
    header = jwt.get_unverified_header(token)
    if header.get("alg") not in ALGORITHMS:
        raise TokenRefused("algorithm")
    fitting = [
        key
        for key in keys.get("keys", [])
        if key.get("use", "sig") == "sig" and ("kid" not in header or key.get("kid") == header["kid"])
    ]
    if len(fitting) != 1 or fitting[0].get("alg", header["alg"]) != header["alg"]:
        raise TokenRefused("key")
    return jwt.PyJWK(fitting[0], algorithm=header["alg"])
