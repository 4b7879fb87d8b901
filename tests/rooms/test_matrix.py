"""R9: every address, by every method, to everybody: the answer is the policy's, and nothing opens by accident.

The policy is read here once more, from the files of the shelf themselves and the action that each page names; what
answers is the whole system with its sessions. Addresses of things get a number that nothing has.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Any
from uuid import uuid4

import pytest
import yaml
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, path
from django.urls.converters import IntConverter, UUIDConverter

from luotsi.base.who import Who
from luotsi.config.sessions import SessionStore
from luotsi.config.urls import urlpatterns as whole
from luotsi.domain.organisation.rules import VISITOR
from luotsi.rooms.page import page
from tests.architecture.test_routes import OPEN, OWN_GUARD, name_of, without_action
from tests.architecture.tree import ROOT
from tests.factories import as_who, resident, worker
from tests.factories.clients import session_of

pytestmark = pytest.mark.django_db
# Everybody may, and somebody has to be: a visitor is shown the way to sign in.
NEEDS_SOMEBODY = {"luotsi.rooms.resident.pages.confirmation.confirmation"}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_turn = count(1)


@dataclass(frozen=True)
class Route:
    """An address with numbers and words that nothing has, and what stands behind it."""

    pattern: str
    view: Any
    arguments: dict[str, Any]
    names_a_thing: bool

    @property
    def address(self) -> str:
        return self.pattern.format(**self.arguments)

    @property
    def guards_itself(self) -> bool:
        return name_of(self.view) in OWN_GUARD


@dataclass(frozen=True)
class Person:
    """Somebody in a role, freshly signed in, who has just shown again that it is them. `may`: as the shelf says."""

    role: str
    who: Who
    session: str
    may: frozenset[str]


def routes(patterns: list[Any], prefix: str = "/", converters: dict[str, Any] | None = None) -> Iterator[Route]:
    for pattern in patterns:
        step = str(pattern.pattern)
        own = {**(converters or {}), **getattr(pattern.pattern, "converters", {})}
        step = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", step)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, prefix + step, own)
        elif isinstance(pattern, URLPattern):
            arguments = {name: _nothing(converter) for name, converter in own.items()}
            things = any(isinstance(converter, UUIDConverter) for converter in own.values())
            yield Route(prefix + step, pattern.callback, arguments, things)


def policy() -> dict[str, frozenset[str]]:
    """What each role may, as its file says."""
    files = [yaml.safe_load(path.read_text("utf-8")) for path in sorted((ROOT / "content/roles").glob("*.yaml"))]
    return {one["key"]: frozenset(one["may"]) for one in files}


def everybody() -> list[Person]:
    """One person in each role of the shelf."""
    found = []
    for role, may in policy().items():
        if role == "visitor":
            who = VISITOR
        else:
            who = as_who(resident()) if role == "resident" else worker(role)
        found.append(Person(role, who, "" if who == VISITOR else session_of(who, confirmed=True), may))
    return found


def ask(client: Client, route: Route, method: str, person: Person) -> int:
    """The status of the answer. What the request changed is undone, so that each one meets the same county.

    Where the policy shuts somebody out, the guard alone is asked in all but a few: the way to it costs the most.
    """
    is_kept_out = person.who != VISITOR and getattr(route.view, "action", "") not in person.may
    knows = method in getattr(route.view, "methods", METHODS)
    number = next(_turn)
    if not route.guards_itself and (not knows or (is_kept_out and number % 40)):
        return at_the_door(route, method, person)
    client.cookies[settings.SESSION_COOKIE_NAME] = person.session
    machine = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"  # a new one, so that nobody asks too often
    with transaction.atomic():
        status = int(client.generic(method, route.address, REMOTE_ADDR=machine).status_code)
        transaction.set_rollback(True)
    return status


def at_the_door(route: Route, method: str, person: Person) -> int:
    request = RequestFactory().generic(method, route.address)
    request.viewer, request.htmx, request.session = person.who, False, SessionStore()  # type: ignore[attr-defined]
    return int(route.view(request, **route.arguments).status_code)


def fault(client: Client, route: Route, method: str, person: Person) -> str:
    """What is wrong with an answer, or "" when it is as the policy says."""
    status = ask(client, route, method, person)
    told = f"{method} {route.address} as {person.role} answered {status}, "
    if status >= 500 and not (status == 503 and route.guards_itself):  # a service that is not connected says so
        return told + "which is our fault"
    if method not in getattr(route.view, "methods", METHODS):
        takes_only_forms = "GET" not in getattr(route.view, "methods", METHODS)
        wanted = 302 if takes_only_forms and method in {"GET", "HEAD"} else 405
        return "" if status == wanted else told + "though the page knows no such method"
    if route.view.action not in person.may:
        is_shown_the_door = person.who == VISITOR and method in {"GET", "HEAD"} and status == 302
        return "" if is_shown_the_door or status == 403 else told + f"though the role may not {route.view.action}"
    if route.guards_itself:
        return ""
    if status in {403, 405} and not (person.who == VISITOR and name_of(route.view) in NEEDS_SOMEBODY):
        return told + f"though the role may {route.view.action}"
    if route.names_a_thing and status < 300:
        return told + "of a thing that is not there"
    return ""


def faults(patterns: list[Any], people: list[Person]) -> tuple[int, list[str]]:
    """How many combinations were asked, and what was wrong. What is open to all has no policy to compare with."""
    client = Client(raise_request_exception=False)
    guarded = [route for route in routes(patterns) if name_of(route.view) not in OPEN]
    found = [fault(client, route, method, one) for route in guarded for method in METHODS for one in people]
    return len(found), [sentence for sentence in found if sentence]


def test_every_address_answers_everybody_as_the_policy_says(figures: Callable[[str], None]) -> None:
    patterns, people = get_resolver().url_patterns, everybody()

    asked, wrong = faults(patterns, people)
    nameless = without_action(patterns)

    opened = sum("though the role may not" in sentence and "answered 2" in sentence for sentence in wrong)
    figures(
        f"R9: {asked} combinations of {asked // len(METHODS) // len(people)} addresses, {len(METHODS)} methods and "
        f"{len(people)} roles: {opened} unexpected 2xx, {len(wrong)} other answers than the policy's, "
        f"{len(nameless)} addresses without a policy"
    )
    assert asked > 5_000
    assert nameless == []
    assert not wrong, "\n".join(wrong)


def shown(request: HttpRequest, **_: Any) -> HttpResponse:
    return HttpResponse("a record")


def without_its_guard(action: str) -> Any:
    """A page that names its action and forgot to ask."""
    view = partial(shown)
    view.action, view.methods = action, ("GET",)  # type: ignore[attr-defined]
    view.__module__, view.__qualname__ = __name__, "forgotten"  # type: ignore[attr-defined]
    return view


WRONG = [
    path("guarded/", page("log.search")(shown)),
    path("forgotten/", without_its_guard("log.search")),
    path("things/<uuid:id>/", page("log.search")(shown)),
    path("narrow/", page("nobody.may")(shown)),
]
urlpatterns = [*WRONG, *whole]


@pytest.fixture(autouse=True)
def nothing_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked here is who gets in. How a page looks is asked elsewhere, and costs more than the answer."""
    monkeypatch.setattr("django.template.backends.django.Template.render", lambda *_, **__: "")


@pytest.mark.urls(__name__)
def test_an_address_whose_guard_is_taken_off_is_found() -> None:
    """Negative control: the same walk over four addresses, of which two are wrong."""
    people = everybody()

    asked, wrong = faults(WRONG, people)

    opened = [sentence for sentence in wrong if "/forgotten/" in sentence and "may not log.search" in sentence]
    assert asked == 4 * len(METHODS) * len(people)
    assert len(opened) == len(people) - 1  # everybody but the privacy officer
    assert any("/things/" in sentence and "not there" in sentence for sentence in wrong)
    assert not any("/guarded/" in sentence or "/narrow/" in sentence for sentence in wrong)


@pytest.mark.urls(__name__)
def test_an_address_that_shuts_out_whom_the_policy_lets_in_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: the code reads the shelf otherwise than the shelf says."""
    people = [person for person in everybody() if person.role == "privacy-officer"]
    monkeypatch.setattr("luotsi.rooms.page.may", lambda *_: False)

    assert "though the role may log.search" in fault(Client(), next(routes(WRONG)), "GET", people[0])


def _nothing(converter: Any) -> Any:
    """A value that fits the address and names nothing."""
    if isinstance(converter, IntConverter):
        return 9_999
    return uuid4() if isinstance(converter, UUIDConverter) else "nothing"
