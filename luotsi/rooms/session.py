"""Who is signed in. The session keeps only a kind and an id; role and units are read at every request.

How long a session holds is the rule of luotsi/config/sessions.py, whose store stands behind `request.session`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise

from luotsi.base.now import now, today
from luotsi.base.who import Who
from luotsi.domain.organisation import queries as organisation
from luotsi.domain.organisation.rules import VISITOR
from luotsi.domain.people import queries as people

CONFIRMED_FOR = timedelta(minutes=15)
NEW_FOR = timedelta(minutes=5)  # how long after signing in a first passkey may be set up
_ACTING, _KEPT, _OVER, _ROLE = "acting_for", "kept", "over", "role"


def sign_in(
    request: HttpRequest,
    *,
    kind: str,
    id: UUID,
    way: str = "",
    subject: str = "",
    sid: str = "",
    confirmed_at: datetime | None = None,
) -> None:
    """Begin a session of this person. Its id is new, so an old one opens nothing.

    `way` is the door (a key of settings.OIDC, "suomifi", "cast"), `subject` and `sid` are what the service at that door
    calls the person and this sign-in. `confirmed_at`: when they proved who they are, if the service says so.
    What they were sending when an earlier session ended, and whom they acted for, stays theirs and nobody else's.
    """
    kept, acting = request.session.get(_KEPT, {}), _acted_for(request, id)
    who = {"kind": kind, "person": id, "way": way, "subject": subject, "sid": sid}
    request.session.begin(at=now(), keeping=(_KEPT,) if kept.get("person") == str(id) else (), **who)
    if acting:
        request.session[_ACTING] = acting
    if confirmed_at is not None:
        request.session.confirm(min(confirmed_at, now()))


def _acted_for(request: HttpRequest, person: UUID) -> str:
    """Whom this person acted for in the session that goes on or has just ended; "" when the session was another's."""
    signed, over = request.session.signed, request.session.get(_OVER, {})
    if signed is not None:
        return str(request.session.get(_ACTING, "")) if signed.person == person else ""
    return str(over.get("acting_for", "")) if over.get("person") == str(person) else ""


def sign_out(request: HttpRequest) -> None:
    """End the session. The rest of this request is a visitor's."""
    request.session.flush()
    request.viewer = VISITOR  # type: ignore[attr-defined]


def act_for(request: HttpRequest, resident: UUID | None) -> None:
    """From now on act for this resident; None: for oneself. The session's id changes, and nothing counts as confirmed.

    Whether there is a right to is read at every request, by people.queries.
    """
    request.session.pop(_ACTING, None)
    if resident is not None:
        request.session[_ACTING] = str(resident)
    request.session.confirm(None)
    request.session.cycle_key()


def work_as(request: HttpRequest, role: str) -> None:
    """From now on work in this role. The session's id changes, and nothing counts as confirmed.

    Whether they have the role is read at every request; when it ends, they work in the one they have had for longest.
    """
    request.session[_ROLE] = role
    request.session.confirm(None)
    request.session.cycle_key()


def has_lost_mandate(request: HttpRequest) -> bool:
    """Whether they chose to act for another, and the right to has ended since. They read and act as themselves now."""
    return _ACTING in request.session and request.viewer.acting_for is None  # type: ignore[attr-defined]


def viewer_of(request: HttpRequest) -> Who:
    """The signed-in person as they stand now; a visitor when nobody is, or when they no longer have a role."""
    signed = request.session.signed
    if signed is None or (signed.way == "cast" and settings.MODE != "demo"):  # an invented person, in real use
        return VISITOR
    if signed.kind == "staff":
        return _worker(signed.person, request.session.get(_ROLE, "")) or VISITOR
    acting = request.session.get(_ACTING)
    return people.resident_as_who(signed.person, acting_for=UUID(acting) if acting else None) or VISITOR


def _worker(person: UUID, role: str) -> Who | None:
    chosen = organisation.staff_as_who(person, on=today(), role=role)
    return chosen or (organisation.staff_as_who(person, on=today()) if role else None)


def confirm(request: HttpRequest) -> None:
    """The person has just proved that it is still them. For a quarter of an hour nobody asks again."""
    request.session.confirm(now())


def is_confirmed(request: HttpRequest) -> bool:
    signed = request.session.signed
    return bool(signed and signed.confirmed_at and now() - signed.confirmed_at < CONFIRMED_FOR)


def is_new(request: HttpRequest) -> bool:
    """Whether they signed in within the last five minutes."""
    signed = request.session.signed
    return bool(signed and now() - signed.began_at < NEW_FOR)


def end_sessions(*, way: str, subject: str = "", sid: str = "") -> int:
    """End the sessions of one sign-in, or of a person as the service at that door calls them. Answers how many."""
    engine: Any = import_module(settings.SESSION_ENGINE)  # the sessions' own module, which is above the rooms
    return int(engine.end_all(way=way, subject=subject, sid=sid))


def way_of(request: HttpRequest) -> str:
    """The key of the door by which they came; "" for a visitor."""
    return request.session.signed.way if request.session.signed else ""


def note_activity(request: HttpRequest) -> None:
    """A request that the person made keeps the session; one that the page makes by itself does not."""
    if request.headers.get("X-Luotsi-Passive") != "1" and request.path not in {"/live/", "/session/standing/"}:
        request.session.touch(now())


def why_over(request: HttpRequest) -> str:
    """Why the visit before this one ended: "idle", "long" or "" when it did not end by itself."""
    return str(request.session.get(_OVER, {}).get("why", ""))


def whose_over(request: HttpRequest) -> tuple[str, str]:
    """Whose visit ended, and whom they acted for in it; "" for nobody."""
    over = request.session.get(_OVER, {})
    return str(over.get("person", "")), str(over.get("acting_for", ""))


def chosen(request: HttpRequest) -> str:
    """The id of whom they chose to act for; "" for oneself. Whether they may is in the viewer."""
    return str(request.session.get(_ACTING, ""))


@dataclass(frozen=True)
class Way:
    """A way to sign in. `url(next)` is where it begins. `for_whom`: "resident", "staff", or "" for both."""

    label: str | Promise
    url: Callable[[str], str]
    for_whom: str = ""


# Filled in by luotsi.config.apps: the cast in the demonstration, identification services where they are connected.
WAYS: list[Way] = []
