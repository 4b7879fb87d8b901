"""Who is signed in. The session keeps only a kind and an id; role and units are read at every request."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.utils.functional import Promise

from luotsi.base.now import today
from luotsi.base.who import Who
from luotsi.domain.organisation import queries as organisation
from luotsi.domain.organisation.rules import VISITOR
from luotsi.domain.people import queries as people

_KEY = "who"


def sign_in(request: HttpRequest, *, kind: str, id: UUID) -> None:
    """Begin a session of this person. The session id rotates, so an old one opens nothing."""
    request.session.flush()
    request.session[_KEY] = {"kind": kind, "id": str(id)}


def sign_out(request: HttpRequest) -> None:
    request.session.flush()


def viewer_of(request: HttpRequest) -> Who:
    """The signed-in person as they stand now; a visitor when nobody is, or when they no longer have a role."""
    kept = request.session.get(_KEY)
    if not kept:
        return VISITOR
    found = (
        organisation.staff_as_who(UUID(kept["id"]), on=today())
        if kept["kind"] == "staff"
        else people.resident_as_who(UUID(kept["id"]))
    )
    return found or VISITOR


@dataclass(frozen=True)
class Way:
    """A way to sign in. `url(next)` is where it begins."""

    label: str | Promise
    url: Callable[[str], str]


# Filled in by luotsi.config.apps: the cast in the demonstration, identification services where they are connected.
WAYS: list[Way] = []
