"""How a worker wants to see the list: which part, in what order. Kept in the session, so that coming back finds it so.

The words looked for are a person's name, so they are sent in a POST and never stand in an address or its log.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any, get_args
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from luotsi.domain.cases.definitions import case_kinds, urgencies
from luotsi.domain.cases.queries import Listed
from luotsi.domain.cases.rules import CaseState

_CHOICES, _ORDER = "worklist_choices", "worklist_order"
LONGEST_WORDS = 100
SORTS = ("due", "opened", "name", "state")
NOBODY = "nobody"  # of the filter by responsible worker

# The tabs of the list, each with the states it holds; "all" holds every open one.
VIEWS: dict[str, tuple[CaseState, ...]] = {
    "all": tuple(state for state in get_args(CaseState) if state != "closed"),
    "new": ("new",),
    "assessed": ("urgent", "under_way", "assessed", "arranged"),
    "offered": ("offered",),
    "booked": ("booked",),
    "visited": ("visited",),
}
# Whose matters: mine, nobody's yet, everybody's, those whose worker is away today.
SCOPES = ("team", "mine", "free", "away")
FILTERS = ("kind", "urgency", "channel", "who", "unit")


@dataclass(frozen=True)
class ListChoices:
    """`sort` has a leading "-" for the other way. A filter is "" when it narrows nothing; `who` is a worker's id."""

    view: str = "all"
    scope: str = "team"
    sort: str = "due"
    kind: str = ""
    urgency: str = ""
    channel: str = ""
    who: str = ""
    unit: str = ""
    words: str = ""
    page: str = "1"

    @property
    def is_narrowed(self) -> bool:
        return bool(self.words or any(getattr(self, name) for name in FILTERS))

    def address(self, **changes: str) -> str:
        """The list's address in this part and order. Names looked for are not in it."""
        chosen = replace(self, **changes)
        return f"{reverse('worklist')}?{chosen.query}&{urlencode({'page': chosen.page})}"

    @property
    def query(self) -> str:
        """The part and the order, as a kept view remembers them: every choice but the page and the words."""
        told = asdict(self)
        return urlencode({name: told[name] for name in ("view", "scope", "sort", *FILTERS)})


def kept(request: HttpRequest) -> ListChoices:
    """As the worker last had it. What is no longer one of theirs falls back to the whole list."""
    return _sound(request.session.get(_CHOICES) or {}, request)


def asked(request: HttpRequest) -> ListChoices:
    """As the address asks, the rest as it was. A part of another kind begins at its first page."""
    given = {name: value for name, value in request.GET.items() if name in {*asdict(ListChoices())} - {"words"}}
    start = {"page": "1"} if given and "page" not in given else {}
    return _sound({**asdict(kept(request)), **start, **given}, request)


def keep(request: HttpRequest, choices: ListChoices) -> None:
    _put(request, _CHOICES, asdict(choices))


def narrow(request: HttpRequest, **given: str) -> None:
    """Keep other filters and words to look for; the list begins at its first page."""
    keep(request, _sound({**asdict(kept(request)), **given, "page": "1"}, request))


def keep_order(request: HttpRequest, cases: list[UUID]) -> None:
    """Remember in which order the worker saw the cases, so that "the next one" is the next one they saw."""
    _put(request, _ORDER, [case.hex for case in cases])


def after(request: HttpRequest, case: UUID) -> list[UUID]:
    """The cases that stood below this one when the list was last seen; all of them when this one was not on it."""
    order = request.session.get(_ORDER) or []
    place = order.index(case.hex) + 1 if case.hex in order else 0
    return [UUID(one) for one in order[place:]]


def narrowed(rows: list[Listed], choices: ListChoices) -> list[Listed]:
    """Those that the filters leave, in every part of the list."""
    wanted = [(name, value) for name in FILTERS if (value := getattr(choices, name))]
    return [row for row in rows if all(_is(row, name, value) for name, value in wanted)] if wanted else rows


def in_scope(rows: Iterable[Listed], scope: str, *, me: UUID | None, away: Collection[UUID]) -> list[Listed]:
    """Of whose matters they are."""
    fits = {
        "mine": lambda row: row.responsible == me,
        "free": lambda row: row.responsible is None,
        "away": lambda row: row.responsible in away,
    }.get(scope, lambda row: True)
    return [row for row in rows if fits(row)]


def in_view(rows: Iterable[Listed], view: str) -> list[Listed]:
    held = VIEWS[view]
    return [row for row in rows if row.state in held]


def count_by_view(rows: Iterable[Listed]) -> dict[str, int]:
    """How many each tab holds."""
    states = Counter(row.state for row in rows)
    return {view: sum(states[state] for state in held) for view, held in VIEWS.items()}


def _is(row: Listed, name: str, wanted: str) -> bool:
    if name == "who":
        return str(row.responsible or NOBODY) == wanted
    return bool(getattr(row, name) == wanted)


def _sound(given: dict[str, Any], request: HttpRequest) -> ListChoices:
    """The choices that exist; the others as they are without."""
    text = {name: str(value) for name, value in given.items()}
    known: dict[str, Collection[str]] = {
        "view": VIEWS, "scope": SCOPES, "kind": case_kinds(), "urgency": urgencies(), "unit": request.viewer.units,
    }  # fmt: skip
    plain = ListChoices()
    sound = {name: text[name] for name, values in known.items() if text.get(name, "") in values}
    return replace(
        plain,
        **sound,
        sort=text["sort"] if text.get("sort", "").removeprefix("-") in SORTS else "due",
        channel=text.get("channel", "") if text.get("channel", "").replace("_", "").isalnum() else "",
        who=_worker(text.get("who", "")),
        words=text.get("words", "")[:LONGEST_WORDS],
        page=text["page"] if text.get("page", "").isascii() and text.get("page", "").isdigit() else "1",
    )


def _worker(text: str) -> str:
    try:
        return text if text in {"", NOBODY} else str(UUID(text))
    except ValueError:
        return ""


def _put(request: HttpRequest, name: str, value: Any) -> None:
    """Write the session only when something changed: a list refreshes often."""
    if request.session.get(name) != value:
        request.session[name] = value
