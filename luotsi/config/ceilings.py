"""How often a page may be asked, in one table. A ceiling stops machines and guessing; no person at work meets it."""

import logging
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from typing import Any

from django.db import Error
from django.http import HttpRequest, HttpResponse

from luotsi.config import errors
from luotsi.config.allowance import wait_seconds
from luotsi.domain.organisation.rules import VISITOR

log = logging.getLogger("luotsi.ceilings")
Next = Callable[[HttpRequest], HttpResponse]


@dataclass(frozen=True)
class Ceiling:
    """At most `limit` in `seconds`. When PostgreSQL cannot count, `open` says what weighs more.

    Open: a resident must reach care. Closed: whoever guesses identity codes must not gain from our fault.
    """

    name: str
    limit: int
    seconds: int
    open: bool


# Of those who are not signed in, by address: a whole county may stand behind one, so it is wide.
VISITORS = Ceiling("visitor", 300, 60, open=True)
# Of those who are signed in, by person, for the POST of pages that name this action.
BY_ACTION = {
    "contact.send": Ceiling("contact", 20, 3_600, open=True),
    "person.find": Ceiling("person", 120, 3_600, open=False),
    "person.register": Ceiling("register", 60, 3_600, open=False),
    "identity_code.read": Ceiling("code", 60, 3_600, open=False),
    "own.change": Ceiling("own", 60, 3_600, open=True),
    "consent.change": Ceiling("consent", 60, 3_600, open=True),
    "log.own": Ceiling("log", 30, 3_600, open=True),
    "own.export": Ceiling("export", 10, 3_600, open=False),
}
# Live pages: beginnings by person, and lines open at a time in one process.
LIVE = Ceiling("live", 60, 60, open=True)
MOST_LINES = 6


class Ceilings:
    """Middleware, after the viewer and the form's token: what was forged is refused before it is counted."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        self.lines: Counter[str] = Counter()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if _is_live(response):
            response.streaming_content = _Line(response.streaming_content, self.lines, _person(request))  # type: ignore[attr-defined]
        return response

    def process_view(self, request: HttpRequest, view: Any, *_: Any) -> HttpResponse | None:
        """A calm page when the ceiling is met, else nothing: the page follows."""
        if request.resolver_match and request.resolver_match.url_name == "live":
            if request.viewer == VISITOR:  # type: ignore[attr-defined]
                return None  # the page itself refuses
            many = self.lines[_person(request)] >= MOST_LINES
            seconds = LIVE.seconds if many else _wait(LIVE, _person(request))
        else:
            seconds = _seconds(request, getattr(view, "action", ""))
        return errors.too_many(request, seconds) if seconds else None


class _Line:
    """A live line, counted from its first piece until the browser has gone; Django closes it also when it is cut."""

    def __init__(self, content: AsyncIterator[bytes], lines: Counter[str], person: str) -> None:
        self.content, self.lines, self.person, self.is_open = content, lines, person, False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        self.is_open = True
        self.lines[self.person] += 1
        try:
            async for piece in self.content:
                yield piece
        finally:
            self.close()

    def close(self) -> None:
        if self.is_open:
            self.is_open = False
            self.lines[self.person] -= 1
            self.lines += Counter()  # forgets those at zero


def _seconds(request: HttpRequest, action: str) -> int:
    """How long this POST has to wait; 0 when it may pass."""
    if request.method != "POST":
        return 0
    if request.viewer == VISITOR:  # type: ignore[attr-defined]
        return _wait(VISITORS, network_of(request.META["REMOTE_ADDR"]))
    ceiling = BY_ACTION.get(action)
    return _wait(ceiling, _person(request)) if ceiling else 0


def _wait(ceiling: Ceiling, key: str) -> int:
    try:
        return wait_seconds(ceiling.name, key, limit=ceiling.limit, seconds=ceiling.seconds)
    except Error as error:
        log.error("the ceiling %s cannot be counted (%s)", ceiling.name, type(error).__name__)
        return 0 if ceiling.open else 60


def network_of(address: str) -> str:
    """Whom an address stands for: an IPv4 address itself, of IPv6 the /64 that one subscriber has."""
    try:
        read = ip_address(address)
    except ValueError:
        return "unknown"
    return str(int(read) >> 64) if isinstance(read, IPv6Address) else address


def _person(request: HttpRequest) -> str:
    return str(request.viewer.id)  # type: ignore[attr-defined]


def _is_live(response: HttpResponse) -> bool:
    return response.streaming and response.headers.get("Content-Type", "").startswith("text/event-stream")
