"""Every address names its action, so that none is open by accident; addresses are nouns."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path

from luotsi.rooms.page import page

# Views that show nothing of anybody: a load balancer's question, and the examples of the design system.
OPEN = {"luotsi.config.errors.health", "luotsi.ui.gallery.gallery"}
# Views that name their action and check the viewer themselves: a stream cannot be wrapped, a redirect opens nothing.
OWN_GUARD = {"luotsi.rooms.live.live", "luotsi.rooms.resident.door.to_own_language"}
OWN_GUARD |= {"luotsi.rooms.resident.pages.session.standing"}  # every open page asks it; it answers a number
# And those that speak with an identification service, which no transaction may wait for.
OWN_GUARD |= {f"luotsi.rooms.resident.pages.identity.{name}" for name in ("question", "answer", "leavings")}
_ACTION = re.compile(r"[a-z][a-z_]*\.[a-z][a-z_]*")
_VERBS = {
    "create",
    "update",
    "delete",
    "edit",
    "add",
    "remove",
    "close",
    "accept",
    "decline",
    "cancel",
    "assess",
    "send",
}
_VERBS |= {"save", "submit", "get", "list", "show", "open", "login", "logout"}


def routes(patterns: list[Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every address with its view, the included ones too."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern), pattern.callback


def name_of(view: Any) -> str:
    return f"{view.__module__}.{getattr(view, '__qualname__', '')}"


def without_action(patterns: list[Any]) -> list[str]:
    """The addresses whose view names no action of the form noun.verb, or names one that nobody checks."""
    found = []
    for address, view in routes(patterns):
        name = name_of(view)
        if name in OPEN:
            continue
        if not _ACTION.fullmatch(str(getattr(view, "action", ""))):
            found.append(f'{address} ({name}) names no action; put @page("noun.verb") over it')
        elif not hasattr(view, "methods") and name not in OWN_GUARD:
            found.append(f"{address} ({name}) names an action without the guard of @page")
    return found


def verbs(patterns: list[Any]) -> list[str]:
    """The addresses that have a verb as a step."""
    found = []
    for address, _ in routes(patterns):
        steps = set(re.sub(r"<[^>]*>", "", address).split("/"))
        found += [f"{address}: {verb!r} is a verb; an address is a noun" for verb in sorted(steps & _VERBS)]
    return found


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def test_every_address_names_its_action() -> None:
    every = get_resolver().url_patterns

    assert len(list(routes(every))) >= 20, "where have the pages gone?"
    assert without_action(every) == []


def test_an_address_without_an_action_is_noticed() -> None:
    named = page("case.read")(bare)
    wrong = page("everything")(bare)
    only_named = lambda request: HttpResponse()  # noqa: E731
    only_named.action = "case.read"  # type: ignore[attr-defined]

    assert without_action([path("cases/", named)]) == []
    assert len(without_action([path("cases/", bare), path("x/", wrong), path("y/", only_named)])) == 3


def test_the_exceptions_are_still_there() -> None:
    """A view that has gone, or that is guarded by now, leaves the lists of exceptions."""
    named = {name_of(view) for _, view in routes(get_resolver().url_patterns)}

    assert (OPEN | OWN_GUARD) - named == set()


def test_an_address_is_a_noun() -> None:
    assert verbs(get_resolver().url_patterns) == []


@pytest.mark.parametrize("address, said", [("cases/<uuid:id>/close/", 1), ("cases/<uuid:id>/closure/", 0)])
def test_a_verb_in_an_address_is_noticed(address: str, said: int) -> None:
    assert len(verbs([path(address, bare)])) == said


def test_the_number_of_a_person_never_stands_in_an_address() -> None:
    numbered = [address for address, _ in routes(get_resolver().url_patterns) if re.search(r"<int:|hetu|ssn", address)]

    assert numbered == []
