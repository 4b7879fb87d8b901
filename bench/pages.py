"""How fast pages answer when fifty people use them at once: `python -m bench.pages`.

Starts the server as `luotsi serve` does (two web processes) on the demonstration county. Two loads: fifty who read for
ten seconds between pages, as people do, and fifty who ask again at once, which measures what the machine can do.
"""

import asyncio
import itertools
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from urllib.request import urlopen

import django

PEOPLE = 50
SECONDS = 12


def main() -> int:
    django.setup()
    from luotsi.demo.cast import WORKERS

    if not _has_demonstration():
        print("there is no demonstration county; run `luotsi demo` first", file=sys.stderr)
        return 1
    nurse = next(person for person in WORKERS if person.role == "nurse")
    cookie = _session("staff", nurse.id)
    with _server() as port:
        for name, path, sent in (("front page", "/fi/", ""), ("team list", "/fi/team/", cookie)):
            asyncio.run(_load(port, [path], sent, pause=0.0, seconds=2))  # warm
            for kind, pause in (("reading 10 s between pages", 10.0), ("asking again at once", 0.0)):
                times, failed = asyncio.run(_load(port, [path], sent, pause=pause, seconds=SECONDS))
                done = f"{failed} failed, {len(times) / SECONDS:.0f}/s"
                print(f"{name}, {PEOPLE} people {kind}: {_figures(times)}, {done}")
    return 0


def _figures(times: list[float]) -> str:
    """Of the requests that were answered with the page."""
    if len(times) < 2:
        return f"n {len(times)}"
    cuts = statistics.quantiles(times, n=100)
    return f"p50 {cuts[49] * 1000:.0f} ms, p95 {cuts[94] * 1000:.0f} ms, n {len(times)}"


async def _load(
    port: int, paths: Sequence[str], cookie: str, *, pause: float, seconds: float
) -> tuple[list[float], int]:
    """Fifty people until the time is up, each on another of the pages every time; answers the seconds of each page and
    how many requests got none.
    """
    end = time.monotonic() + seconds
    times: list[float] = []
    failed = [0]
    turns = itertools.cycle(paths)
    people = [_person(port, turns, cookie, n * pause / PEOPLE, pause, end, times, failed) for n in range(PEOPLE)]
    await asyncio.gather(*people)
    return times, failed[0]


async def _person(
    port: int,
    paths: Iterator[str],
    cookie: str,
    late: float,
    pause: float,
    end: float,
    times: list[float],
    failed: list[int],
) -> None:
    await asyncio.sleep(late)
    sent = f"Host: localhost\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n"
    while time.monotonic() < end:
        head = f"GET {next(paths)} HTTP/1.1\r\n{sent}".encode()
        began = time.perf_counter()
        if (await _answer(port, head)).startswith(b"HTTP/1.1 200"):
            times.append(time.perf_counter() - began)
        else:
            failed[0] += 1
        await asyncio.sleep(pause)


async def _answer(port: int, head: bytes) -> bytes:
    """The whole answer, or b"" when the connection was refused or broken off."""
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(head)
        answer = await reader.read()
        writer.close()
    except OSError:
        return b""
    return answer


def _session(kind: str, who: object) -> str:
    from luotsi.base.now import now
    from luotsi.config.sessions import SessionStore

    store = SessionStore()
    store.begin(at=now(), kind=kind, person=who, way="cast", subject="", sid="")
    store.save()
    return f"sessionid={store.session_key}"


def _has_demonstration() -> bool:
    from luotsi.domain.events.queries import newest_id

    return newest_id() > 0


@contextmanager
def _server() -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "luotsi.cli", "serve", "--port", str(port), "--no-worker"]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        _wait_until_it_answers(port)
        yield port
    finally:
        running.terminate()
        running.wait(timeout=15)


def _wait_until_it_answers(port: int) -> None:
    """Its port is open before its processes are ready. Raises TimeoutError after a minute."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with suppress(OSError), urlopen(f"http://localhost:{port}/health/", timeout=5) as answer:
            if answer.status == 200:
                return
        time.sleep(0.2)
    raise TimeoutError("the server did not answer within a minute")


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luotsi.config.settings")
    sys.exit(main())
