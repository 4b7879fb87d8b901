"""How fast a page of a form is saved when a hundred fill one at once: `python -m bench.questionnaires_filling`.

Starts the server as `luotsi serve` does and a hundred residents, each with a form of their own. Two loads: as people
fill, who read and think for about ten seconds before each answer, and as fast as the server answers. Each request sends
one page and follows to the next; the time is that of the sending, from the first byte to the last. The answers are
taken away afterwards.
"""

import asyncio
import random
import re
import sys
import time
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import urlencode

import django
from django.conf import settings

from bench.pages import _answer, _figures, _server

PEOPLE = 100
THINKS_SECONDS = 10.0
SECONDS = 60
FORM = "phq9"
_OURS = "b" * 32  # the secret that a form shows to have come from our own page


def main() -> int:
    django.setup()
    began, fillers = datetime.now(UTC), _fillers()
    try:
        with _server() as port:
            asyncio.run(_load(port, fillers[:10], 0.0, seconds=8))  # warm
            for kind, pause in (("thinking 10 s before each answer", THINKS_SECONDS), ("answering at once", 0.0)):
                times, failed = asyncio.run(_load(port, fillers, pause, seconds=SECONDS))
                done = f"{failed} failed, {len(times) / SECONDS:.0f}/s"
                print(f"filling, {PEOPLE} people {kind}: {_figures(times)}, {done}")
    finally:
        _clean([resident for resident, _ in fillers], since=began)
    return 0


def _fillers() -> list[tuple[str, str]]:
    """So many residents, registered for this, each with the cookie of a session."""
    from tests.factories import as_who, resident
    from tests.factories.clients import session_of

    found = []
    for _ in range(PEOPLE):
        who = as_who(resident())
        found.append((str(who.id), f"{settings.SESSION_COOKIE_NAME}={session_of(who)}"))
    return found


async def _load(port: int, fillers: list[tuple[str, str]], pause: float, *, seconds: float) -> tuple[list[float], int]:
    end, times, failed = time.monotonic() + seconds, [], [0]  # type: ignore[var-annotated]
    chance = random.Random(5)
    people = [
        _fill(port, cookie, chance.uniform(0, pause or 1), pause, end, times, failed) for _, cookie in fillers
    ]  # fmt: skip
    await asyncio.gather(*people)
    return times, failed[0]


async def _fill(
    port: int, cookie: str, late: float, pause: float, end: float, times: list[float], failed: list[int]
) -> None:
    """One resident: begin, then a page after another, and the form anew when it ends."""
    await asyncio.sleep(late)
    address = ""
    while time.monotonic() < end:
        if not address or address.endswith("/review/"):
            address = await _begun(port, cookie)
            if not address:
                failed[0] += 1
                await asyncio.sleep(pause or 0.5)
            continue
        page = await _asked(port, "GET", address, cookie)
        form = _form_of(page)
        await asyncio.sleep(pause)
        began = time.perf_counter()
        answer = await _asked(port, "POST", address, cookie, form)
        if not _is(answer, HTTPStatus.FOUND):
            failed[0] += 1
            address = ""
            continue
        times.append(time.perf_counter() - began)
        address = _location(answer)


async def _begun(port: int, cookie: str) -> str:
    start = f"/fi/questionnaires/{FORM}/"
    page = await _asked(port, "GET", start, cookie)
    key = re.search(r'name="key" value="([^"]+)"', page)
    answer = await _asked(port, "POST", start, cookie, {"key": key[1] if key else ""})
    return _location(answer) if _is(answer, HTTPStatus.FOUND) else ""


def _form_of(page: str) -> dict[str, str]:
    """The first answer to each question, as somebody who would not like to think."""
    revision = re.search(r'name="revision" value="(\d+)"', page)
    found = {"go": "next", "revision": revision[1] if revision else "0"}
    for name, value in re.findall(r'type="radio" name="([^"]+)" value="([^"]*)"', page):
        found.setdefault(name, value)
    return found


async def _asked(port: int, method: str, path: str, cookie: str, form: dict[str, str] | None = None) -> str:
    body = urlencode({**(form or {}), "csrfmiddlewaretoken": _OURS}).encode() if method == "POST" else b""
    head = (
        f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}; {settings.CSRF_COOKIE_NAME}={_OURS}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    return (await _answer(port, head.encode() + body)).decode(errors="replace")


def _is(answer: str, status: HTTPStatus) -> bool:
    return answer.startswith(f"HTTP/1.1 {status.value}")


def _location(answer: str) -> str:
    found = re.search(r"(?im)^location: (\S+)", answer)
    return found[1] if found else ""


def _clean(residents: list[str], *, since: datetime) -> None:
    """Take away what was filled in here: the demonstration's own people have answers of theirs."""
    from luotsi.domain.events.actions.system import as_system
    from luotsi.domain.questionnaires import actions
    from luotsi.domain.questionnaires.models import Response

    with as_system():
        ours = Response.objects.filter(resident_id__in=residents, questionnaire=FORM, started_at__gte=since)
        actions.erase(list(ours.values_list("id", flat=True)))


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luotsi.config.settings")
    sys.exit(main())
