"""How an administrator wants to see the list: which part, in what order, of whom. Kept in the session.

The words looked for are a person's name, so they are sent in a POST and never stand in an address or its log.
"""

from dataclasses import asdict, dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from luotsi.domain.organisation import definitions

_CHOICES = "assignment_choices"
LONGEST_WORDS = 100
SORTS = ("name", "ends")
VIEWS = ("all", "waiting", "ending", "none")


@dataclass(frozen=True)
class ListChoices:
    """`sort` has a leading "-" for the other way; `unit` and `role` are "" for every one."""

    view: str = "all"
    sort: str = "name"
    unit: str = ""
    role: str = ""
    words: str = ""
    page: str = "1"

    @property
    def is_narrowed(self) -> bool:
        return bool(self.unit or self.role or self.words)

    def address(self, **changes: str) -> str:
        """The list's address in this part and order. Names looked for are not in it."""
        chosen = replace(self, **changes)
        return f"{reverse('assignments')}?{urlencode({'view': chosen.view, 'sort': chosen.sort, 'page': chosen.page})}"


def kept(request: HttpRequest) -> ListChoices:
    """As the administrator last had it."""
    return _sound(request.session.get(_CHOICES) or {})


def asked(request: HttpRequest) -> ListChoices:
    """As the address asks, the rest as it was. Another part or order begins at its first page."""
    given = {name: value for name, value in request.GET.items() if name in {"view", "sort", "page"}}
    start = {"page": "1"} if given and "page" not in given else {}
    return _sound({**asdict(kept(request)), **start, **given})


def keep(request: HttpRequest, choices: ListChoices) -> None:
    if request.session.get(_CHOICES) != asdict(choices):
        request.session[_CHOICES] = asdict(choices)


def narrow(request: HttpRequest, *, unit: str, role: str, words: str) -> None:
    """Keep what to look for; the list begins at its first page."""
    keep(request, replace(kept(request), unit=unit, role=role, words=words, page="1"))


def _sound(given: dict[str, Any]) -> ListChoices:
    text = {name: str(value) for name, value in given.items()}
    number = text.get("page", "")
    return ListChoices(
        view=text["view"] if text.get("view") in VIEWS else "all",
        sort=text["sort"] if text.get("sort", "").removeprefix("-") in SORTS else "name",
        unit=text["unit"] if text.get("unit") in definitions.units() else "",
        role=text["role"] if text.get("role") in definitions.staff_roles() else "",
        words=text.get("words", "")[:LONGEST_WORDS],
        page=number if number.isascii() and number.isdigit() else "1",
    )
