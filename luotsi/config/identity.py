"""Which identification services are connected, read from the environment. None is connected unless it is named whole.

LUOTSI_OIDC_STAFF          address (issuer) of the service where the county's staff sign in, by OpenID Connect
LUOTSI_OIDC_STAFF_ID       what the service calls Luotsi (client id)
LUOTSI_OIDC_STAFF_SECRET   and its secret
LUOTSI_OIDC_STAFF_SCOPE    what is asked for (default: openid profile email)
LUOTSI_OIDC_STAFF_GROUPS   the claim that names the worker's groups in the county's directory (default: groups)
LUOTSI_OIDC_RESIDENTS      issuer of a broker in front of Suomi.fi e-Identification; _ID, _SECRET and _SCOPE likewise
LUOTSI_OIDC_RESIDENTS_CODE, _GIVEN_NAME, _FAMILY_NAME
                           the claims (defaults: national_identification_number, given_name, family_name)
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from luotsi.config.secrets import MissingKey

_SCOPES = {"staff": "openid profile email", "residents": "openid profile"}
_CLAIMS = {
    "staff": {"groups": "groups"},
    "residents": {
        "code": "national_identification_number",
        "given_name": "given_name",
        "family_name": "family_name",
    },
}


def oidc_services(environment: Mapping[str, str], *, production: bool) -> dict[str, dict[str, Any]]:
    """The connected OpenID Connect services by way ("staff", "residents"). Raises MissingKey for a half-named one."""
    found = {}
    for way, claims in _CLAIMS.items():
        name = f"LUOTSI_OIDC_{way.upper()}"
        if issuer := environment.get(name, "").strip():
            _check(name, issuer, environment, production=production)
            found[way] = {
                "issuer": issuer,
                "client_id": environment[f"{name}_ID"],
                "secret": environment[f"{name}_SECRET"],
                "scope": environment.get(f"{name}_SCOPE", _SCOPES[way]).split(),
                "claims": {one: environment.get(f"{name}_{one.upper()}", usual) for one, usual in claims.items()},
            }
    return found


def _check(name: str, issuer: str, environment: Mapping[str, str], *, production: bool) -> None:
    parts = urlsplit(issuer)
    if parts.scheme not in {"https", "http"} or not parts.netloc:
        raise MissingKey(f"{name} is the address of the identification service: https://…")
    if production and parts.scheme != "https":
        raise MissingKey(f"{name} must begin with https:// when LUOTSI_MODE=production.")
    for part in ("ID", "SECRET"):
        if not environment.get(f"{name}_{part}"):
            raise MissingKey(f"{name} is set, so {name}_{part} is needed too: ask whoever runs the service.")
