"""How a worker wants to see the list: which part, in what order. Kept in the session, so that coming back finds it so.

The words looked for are a person's name, so they are sent in a POST and never stand in an address or its log.
"""

from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from luotsi.domain.cases.rules import CaseState

_CHOICES, _ORDER = "worklist_choices", "worklist_order"
LONGEST_WORDS = 100
SORTS = ("due", "opened", "name", "state")

# The tabs of the list, each with the states it holds; "all" holds every open one.
VIEWS: dict[str, tuple[CaseState, ...]] = {
    "all": ("new", "urgent", "assessed", "offered", "booked", "visited"),
    "new": ("new",),
    "assessed": ("urgent", "assessed"),
    "offered": ("offered",),
    "booked": ("booked",),
    "visited": ("visited",),
}


@dataclass(frozen=True)
class ListChoices:
    """`sort` has a leading "-" for the other way; `unit` is "" for all of one's units."""

    view: str = "all"
    sort: str = "due"
    unit: str = ""
    words: str = ""
    page: str = "1"

    @property
    def is_narrowed(self) -> bool:
        return bool(self.unit or self.words)

    def address(self, **changes: str) -> str:
        """The list's address in this part and order. Names looked for are not in it."""
        chosen = replace(self, **changes)
        return f"{reverse('worklist')}?{urlencode({'view': chosen.view, 'sort': chosen.sort, 'page': chosen.page})}"


def kept(request: HttpRequest) -> ListChoices:
    """As the worker last had it. What is no longer one of theirs falls back to the whole list."""
    return _sound(request.session.get(_CHOICES) or {}, request)


def asked(request: HttpRequest) -> ListChoices:
    """As the address asks, the rest as it was. A part of another kind begins at its first page."""
    given = {name: value for name, value in request.GET.items() if name in {"view", "sort", "page"}}
    start = {"page": "1"} if given and "page" not in given else {}
    return _sound({**asdict(kept(request)), **start, **given}, request)


def keep(request: HttpRequest, choices: ListChoices) -> None:
    _put(request, _CHOICES, asdict(choices))


def narrow(request: HttpRequest, *, unit: str, words: str) -> None:
    """Keep another unit and other words to look for; the list begins at its first page."""
    keep(request, replace(kept(request), unit=unit, words=words, page="1"))


def keep_order(request: HttpRequest, cases: list[UUID]) -> None:
    """Remember in which order the worker saw the cases, so that "the next one" is the next one they saw."""
    _put(request, _ORDER, [case.hex for case in cases])


def after(request: HttpRequest, case: UUID) -> list[UUID]:
    """The cases that stood below this one when the list was last seen; all of them when this one was not on it."""
    order = request.session.get(_ORDER) or []
    place = order.index(case.hex) + 1 if case.hex in order else 0
    return [UUID(one) for one in order[place:]]


def _sound(given: dict[str, Any], request: HttpRequest) -> ListChoices:
    text = {name: str(value) for name, value in given.items()}
    unit = text.get("unit", "")
    return ListChoices(
        view=text["view"] if text.get("view") in VIEWS else "all",
        sort=text["sort"] if text.get("sort", "").removeprefix("-") in SORTS else "due",
        unit=unit if unit in request.viewer.units else "",
        words=text.get("words", "")[:LONGEST_WORDS],
        page=text["page"] if text.get("page", "").isascii() and text.get("page", "").isdigit() else "1",
    )


def _put(request: HttpRequest, name: str, value: Any) -> None:
    """Write the session only when something changed: a list refreshes often."""
    if request.session.get(name) != value:
        request.session[name] = value
