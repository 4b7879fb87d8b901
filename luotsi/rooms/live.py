"""Live pages: the browser is told that something moved, and asks for the page again.

One connection per process listens to PostgreSQL; its hints ("unit x moved") fan out to the pages open in this process.
A hint carries no data: whoever asks again is checked again. A page that missed hints asks anyway when it reconnects.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator

import psycopg
from asgiref.sync import sync_to_async
from django.db import close_old_connections, connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, StreamingHttpResponse

from luotsi.domain.organisation.rules import VISITOR, may
from luotsi.rooms.session import viewer_of

log = logging.getLogger("luotsi.live")
LONGEST = 600.0  # seconds after which the page connects again and its rights are read anew
BEAT = 20.0  # seconds between signs of life, so that proxies keep the line open
SETTLE = 0.3  # seconds to gather hints into one
FIGURES = "figures:"  # the hint that there are new facts; no unit is called so
ANSWERS = "answers:"  # begins the hint that somebody has answered where answers are gathered


class Hub:
    """Those who wait for hints in this process, and the one connection that hears them."""

    def __init__(self) -> None:
        self.waiting: set[asyncio.Queue[str]] = set()
        self.listener: asyncio.Task[None] | None = None

    @contextlib.asynccontextmanager
    async def join(self) -> AsyncIterator["asyncio.Queue[str]"]:
        """A queue of unit keys that moved, and FIGURES. The first to join starts listening."""
        queue: asyncio.Queue[str] = asyncio.Queue(maxsize=200)
        self.waiting.add(queue)
        if self.listener is None or self.listener.done():
            self.listener = asyncio.create_task(self._listen())
        try:
            yield queue
        finally:
            self.waiting.discard(queue)

    async def _listen(self) -> None:
        while self.waiting:
            try:
                async with await psycopg.AsyncConnection.connect(**_address(), autocommit=True) as line:
                    await line.execute("LISTEN luotsi_events")
                    await line.execute("LISTEN luotsi_figures")
                    async for note in line.notifies():
                        self._tell(FIGURES if note.channel == "luotsi_figures" else note.payload)
            except psycopg.OperationalError as error:
                log.warning("live pages lost the database (%s); trying again", type(error).__name__)
                await asyncio.sleep(1)

    def _tell(self, moved: str) -> None:
        for queue in self.waiting:
            with contextlib.suppress(asyncio.QueueFull):  # that page has plenty of reasons to ask again already
                queue.put_nowait(moved)


HUB = Hub()


async def live(request: HttpRequest) -> HttpResponse:
    """Server-sent events `worklist` (a unit the viewer works in moved), `board` (the facts of all figures moved) and
    `answers` (somebody has answered a questionnaire).
    """
    if request.method != "GET":
        return HttpResponseNotAllowed(["GET"])
    viewer = await sync_to_async(viewer_of)(request)
    if viewer == VISITOR:
        return HttpResponse(status=403)
    units = viewer.units if may(viewer, "worklist.read") else frozenset()
    boards = may(viewer, "board.read")
    answers = may(viewer, "results.read")
    stream = StreamingHttpResponse(_stream(units, boards=boards, answers=answers), content_type="text/event-stream")
    stream["Cache-Control"] = "no-store"
    stream["X-Accel-Buffering"] = "no"
    return stream


live.action = "session.choose"  # type: ignore[attr-defined]


async def _stream(units: frozenset[str], *, boards: bool, answers: bool = False) -> AsyncIterator[bytes]:
    # Its own line to the database goes back: as many pages may be open as there are people, and hints come by the hub.
    await sync_to_async(close_old_connections)()
    yield b"retry: 2000\n\n"
    async with HUB.join() as queue:
        until = asyncio.get_running_loop().time() + LONGEST
        while asyncio.get_running_loop().time() < until:
            try:
                moved = {await asyncio.wait_for(queue.get(), BEAT)}
            except TimeoutError:
                yield b": still here\n\n"
                continue
            await asyncio.sleep(SETTLE)
            while not queue.empty():
                moved.add(queue.get_nowait())
            if moved & units:
                yield b"event: worklist\ndata: moved\n\n"
            if boards and FIGURES in moved:
                yield b"event: board\ndata: moved\n\n"
            if answers and any(one.startswith(ANSWERS) for one in moved):
                yield b"event: answers\ndata: moved\n\n"


def _address() -> dict[str, str]:
    settings = connection.settings_dict
    known = {
        "dbname": settings["NAME"], "user": settings["USER"], "password": settings["PASSWORD"],
        "host": settings["HOST"], "port": str(settings["PORT"]),
    }  # fmt: skip
    return {name: value for name, value in known.items() if value}
