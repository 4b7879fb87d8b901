"""Watches every answer of every test: whose data left the server, and did the usage log say so before it left?

A marker is a resident's whole name, where nobody else in the database has the same. What stands in the page's main part
is compared with the rows that the request wrote. `missing`: shown and not in the log. `spurious`: in it and not shown.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from uuid import UUID

from django.db import connection
from django.http import HttpRequest, HttpResponse

from luotsi.domain.events.models import Use
from luotsi.domain.organisation.models import Staff
from luotsi.domain.people.models import Resident

# Rows that say of a use which shows no name: a search by code, a code alone, one's own data, a reading of the log.
_NAMELESS = {"search", "identity_code", "log", "export", "mandate", "consent", "attachment"}


@dataclass
class Seen:
    """What one test let out. A sentence for each fault."""

    shown: int = 0
    missing: list[str] = field(default_factory=list)
    spurious: list[str] = field(default_factory=list)


SEEN = Seen()


def watching(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, outermost; only in tests."""

    def passing(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if _is_read_by_somebody(request, response):
            compare(request, response)
        return response

    return passing


def compare(request: HttpRequest, response: HttpResponse) -> None:
    counts, connection.force_debug_cursor = connection.force_debug_cursor, False  # no test counts what is asked here
    try:
        _compare(request, response)
    finally:
        connection.force_debug_cursor = counts


def _compare(request: HttpRequest, response: HttpResponse) -> None:
    known = marks()
    shown = names_in(response.content.decode(errors="replace"), known)
    viewer = request.viewer  # type: ignore[attr-defined]
    written = {
        row.resident: row
        for row in Use.objects.filter(request=response["X-Request-ID"], outcome="shown")
        if row.resident is not None
    }
    SEEN.shown += len(shown)
    place = f"{request.method} {request.path} as {viewer.role}"
    oneself = {viewer.id, *viewer.own_ids}
    unsaid = [name for resident, name in shown.items() if resident not in written and resident not in oneself]
    SEEN.missing += [f"{place}: {name}" for name in unsaid]
    SEEN.spurious += [
        f"{place}: {row.what} of {resident}"
        for resident, row in written.items()
        if resident in known and resident not in shown and row.what not in _NAMELESS and resident not in oneself
    ]


def marks() -> dict[UUID, str]:
    """The residents who can be told by their whole name: nobody else has it, nor a worker, whom anybody may see."""
    taken = Counter(Staff.objects.values_list("name", flat=True))
    named = {row[0]: f"{row[1]} {row[2]}" for row in Resident.objects.values_list("id", "first_name", "last_name")}
    taken.update(named.values())
    return {resident: name for resident, name in named.items() if taken[name] == 1}


def names_in(page: str, known: dict[UUID, str]) -> dict[UUID, str]:
    """Those of them whose name stands in the main part of the page."""
    start = page.find("<main")
    text = unescape(page[start if start >= 0 else 0 :])
    return {resident: name for resident, name in known.items() if name in text or _turned(name) in text}


def _turned(name: str) -> str:
    first, _, last = name.partition(" ")
    return f"{last} {first}"


def _is_read_by_somebody(request: HttpRequest, response: HttpResponse) -> bool:
    is_signed_in = getattr(getattr(request, "viewer", None), "id", None) is not None
    is_page = response.status_code == 200 and not response.streaming
    return bool(is_signed_in and is_page and not connection.needs_rollback)
