"""Residents who book through HTTP, each over a line of their own that stays open, as browsers keep it."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from time import perf_counter
from urllib.parse import urlencode
from uuid import UUID, uuid4

TOKEN = "b" * 32  # of the form and of its cookie
PICKER = "/fi/services/nurse-reception/times/"


@dataclass(frozen=True)
class Offer:
    """Somebody who is signed in, and the time that they will take."""

    cookie: str
    slot: UUID


@dataclass
class Done:
    """How long each form took, by what it did."""

    taken: list[float] = field(default_factory=list)
    booked: list[float] = field(default_factory=list)
    failed: int = 0


class Line:
    """One connection. A broken one is opened anew."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.writer: asyncio.StreamWriter | None = None

    async def post(self, path: str, fields: dict[str, str], cookie: str = "") -> tuple[int, str]:
        """The status of the answer, and where it leads on."""
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        body = urlencode({**fields, "csrfmiddlewaretoken": TOKEN}).encode()
        head = (
            f"POST {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}; csrftoken={TOKEN}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        self.writer.write(head.encode() + body)
        try:
            told = (await self.reader.readuntil(b"\r\n\r\n")).decode().lower().split("\r\n")
        except (asyncio.IncompleteReadError, ConnectionError):
            self.writer = None
            return 0, ""
        known = dict(line.split(": ", 1) for line in told[1:] if ": " in line)
        await self._read(known)
        return int(told[0].split(" ")[1]), known.get("location", "")

    async def _read(self, known: dict[str, str]) -> None:
        if "content-length" in known:
            await self.reader.readexactly(int(known["content-length"]))
            return
        while size := int(await self.reader.readline(), 16):
            await self.reader.readexactly(size + 2)
        await self.reader.readline()


async def book(port: int, offers: list[Offer], *, clients: int, seconds: float) -> Done:
    """Book as many as can be in that time: choose, which takes the time, and confirm."""
    done, left, end = Done(), iter(offers), perf_counter() + seconds
    await asyncio.gather(*(_client(Line(port), left, done, end) for _ in range(clients)))
    return done


async def _client(line: Line, offers: Iterator[Offer], done: Done, end: float) -> None:
    while perf_counter() < end and (offer := next(offers, None)):
        began = perf_counter()
        fields = {"offering": "nurse-phone", "slot": str(offer.slot), "key": str(uuid4())}
        status, onward = await line.post(PICKER, fields, offer.cookie)
        if status != 302:
            done.failed += 1
            continue
        chosen = perf_counter()
        done.taken.append(chosen - began)
        status, _onward = await line.post(onward, {"answer": "confirm"}, offer.cookie)
        if status == 302:
            done.booked.append(perf_counter() - chosen)
        else:
            done.failed += 1


async def book_plainly(port: int, *, clients: int, seconds: float) -> tuple[list[float], int]:
    """The same at the peer: one form, nobody signed in."""
    times: list[float] = []
    failed, end = [0], perf_counter() + seconds

    async def one() -> None:
        line = Line(port)
        while perf_counter() < end:
            began = perf_counter()
            status, _onward = await line.post("/booking/", {"slot": str(uuid4()), "person": str(uuid4())})
            if status == 302:
                times.append(perf_counter() - began)
            else:
                failed[0] += 1

    await asyncio.gather(*(one() for _ in range(clients)))
    return times, failed[0]
