"""From Suomi.fi's attributes to a person as the house knows one. Pure.

Names of the attributes: Suomi.fi e-Identification, attribute set "suppea" (the smallest): we ask for no more than the
sign-in needs. Each is asked for by its formal name; the friendly name beside it means nothing and is not read.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from luotsi.domain.people.rules import BadIdentityCode, normalise_identity
from luotsi.gateways.identity.saml.refusal import Refused

IDENTITY_CODE = "urn:oid:1.2.246.21"  # nationalIdentificationNumber
LAST_NAME = "urn:oid:2.5.4.4"  # sn
GIVEN_NAME = "urn:oid:2.5.4.42"  # givenName: the name the person goes by
FIRST_NAMES = "http://eidas.europa.eu/attributes/naturalperson/CurrentGivenName"  # FirstName: all of them
DISPLAY_NAME = "urn:oid:2.16.840.1.113730.3.1.241"  # displayName: the name they go by, and the last name
NEEDED = (IDENTITY_CODE, LAST_NAME, FIRST_NAMES)
WELCOME = (GIVEN_NAME, DISPLAY_NAME)
FRIENDLY = {
    IDENTITY_CODE: "nationalIdentificationNumber",
    LAST_NAME: "sn",
    GIVEN_NAME: "givenName",
    FIRST_NAMES: "FirstName",
    DISPLAY_NAME: "displayName",
}
_LONGEST_NAME = 200


@dataclass(frozen=True)
class Identified:
    """A person whom Suomi.fi identified. Nothing of it shows when it is printed: it carries the identity code."""

    identity_code: str = field(repr=False)
    first_name: str = field(repr=False)
    last_name: str = field(repr=False)


class Value(Protocol):
    text: str | None
    extension_elements: list[object]


class Attribute(Protocol):
    name: str
    attribute_value: list[Value]


def identified(attributes: Iterable[Attribute]) -> Identified:
    """The person. Raises Refused("no-code"): no identity code, a malformed one, or two; ("untrusted"): a name twice."""
    told = _told(attributes)
    try:
        code = normalise_identity(told.get(IDENTITY_CODE, ""))
    except BadIdentityCode:
        raise Refused("no-code") from None
    last = told.get(LAST_NAME, "")
    first = told.get(GIVEN_NAME) or told.get(FIRST_NAMES) or told.get(DISPLAY_NAME, "").removesuffix(last).strip()
    return Identified(identity_code=code, first_name=first, last_name=last)


def _told(attributes: Iterable[Attribute]) -> dict[str, str]:
    """The attributes we know, each once, each with one plain value."""
    told: dict[str, str] = {}
    for attribute in attributes:
        if attribute.name not in FRIENDLY:
            continue
        if attribute.name in told or len(attribute.attribute_value) > 1:
            raise Refused("no-code" if attribute.name == IDENTITY_CODE else "untrusted")
        told[attribute.name] = "".join(_plain(value) for value in attribute.attribute_value)
    return told


def _plain(value: Value) -> str:
    if value.extension_elements:
        raise Refused("untrusted")
    text = " ".join((value.text or "").split())
    if len(text) > _LONGEST_NAME or not text.isprintable():
        raise Refused("untrusted")
    return text
