"""How soon a contact stands on open lists: fifty workers of the unit have theirs open, residents send the form by HTTP.

Each worker has a live line as the browser has; when it says that something moved, the list is asked for again with the
mark of what is shown, and answers itself or nothing. Measured is from the sending to the answer in which the name is.
"""

import asyncio
import os
from time import perf_counter
from urllib.parse import urlencode
from uuid import UUID, uuid4

PEOPLE, CONTACTS, APART_SECONDS = 50, 6, 5.0
LIST = "/fi/team/?view=all&scope=team&sort=-opened&page=1"
FORM = "/fi/services/nurse-reception/contact/"
_ANSWERS = {"what": "Kuume ei laske", "since": "week", "phone": "040 123 4567", "go": "send"}


def workers(unit: str) -> list[UUID]:
    """Fifty more nurses of the unit."""
    from luotsi.base.now import now
    from luotsi.base.who import SYSTEM
    from luotsi.domain.organisation import actions as organisation

    found = [UUID(int=1_000 + number) for number in range(PEOPLE)]
    for number, one in enumerate(found):
        since = now().date().replace(day=1)
        organisation.employ(id=one, name=f"Nurse {number}", unit=unit, role="nurse", since=since, by=SYSTEM, at=now())
    return found


async def seen_after(port: int, staff: list[str], residents: list[tuple[str, str]]) -> list[list[float]]:
    """Of each contact, the seconds after which each list showed it. `staff` are cookies, `residents` also the name."""
    lists = [_List(port, cookie) for cookie in staff]
    listening = [asyncio.create_task(one.listen()) for one in lists]
    while not all(one.is_open for one in lists):
        await asyncio.sleep(0.1)
    await asyncio.sleep(APART_SECONDS)
    times = []
    for cookie, name in residents:
        began = perf_counter()
        for one in lists:
            one.wait_for(name)
        await _send(port, cookie)
        shown = await asyncio.gather(*(asyncio.wait_for(one.shown, 30) for one in lists))
        times.append([moment - began for moment in shown])
        await asyncio.sleep(APART_SECONDS)
    for task in listening:
        task.cancel()
    return times


class _List:
    """One worker's open list."""

    def __init__(self, port: int, cookie: str) -> None:
        self.port, self.cookie, self.seen, self.is_open = port, cookie, "", False
        self.name, self.shown = "", asyncio.get_running_loop().create_future()

    def wait_for(self, name: str) -> None:
        self.name, self.shown = name, asyncio.get_running_loop().create_future()

    async def listen(self) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(_head("GET", "/live/", self.cookie))
        await self._ask()
        while line := await reader.readline():
            self.is_open = True
            if line.startswith(b"event: worklist"):
                await self._ask()

    async def _ask(self) -> None:
        told = f"HX-Request: true\r\nX-Luotsi-Passive: 1\r\nX-Seen: {self.seen}\r\n"
        answer = await _asked(self.port, _head("GET", LIST, self.cookie, told + "Connection: close\r\n"))
        _, mark, rest = answer.partition('"X-Seen": "')
        if mark:
            self.seen = rest.partition('"')[0]
        if self.name and self.name in answer and not self.shown.done():
            self.shown.set_result(perf_counter())


async def _send(port: int, cookie: str) -> None:
    token = "a" * 32
    body = urlencode({"key": str(uuid4()), "csrfmiddlewaretoken": token, **_ANSWERS})
    told = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\nConnection: close\r\n"
    answer = await _asked(port, _head("POST", FORM, f"{cookie}; csrftoken={token}", told) + body.encode())
    if not answer.startswith("HTTP/1.1 302"):
        raise SystemExit(f"the contact was not taken: {answer[:200]}")


async def _asked(port: int, request: bytes) -> str:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request)
    answer = await reader.read()
    writer.close()
    return answer.decode("utf-8", "replace")


def _head(method: str, path: str, cookie: str, told: str = "") -> bytes:
    return f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\n{told}\r\n".encode()


def figures(times: list[list[float]]) -> str:
    every = sorted(moment for contact in times for moment in contact)
    half, nearly = every[len(every) // 2], every[len(every) * 95 // 100]
    told = f"p50 {half:.2f} s, p95 {nearly:.2f} s, the last {every[-1]:.2f} s"
    return f"{told} ({len(times)} contacts, {len(times[0])} lists; load {os.getloadavg()[0]:.1f})"
