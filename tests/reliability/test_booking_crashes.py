"""What was acknowledged is never lost (R5), and what is sent again counts once (R6): PostgreSQL and the web processes
are killed (kill -9) while people book. Beside each the same without what protects it: then it is lost, or counts twice.
"""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import pytest

from bench._booking_clients import PICKER, Line
from tests.factories.loops import finished
from tests.reliability.own_server import Server, free_port, own_server

pytestmark = pytest.mark.slow
KILLS = int(os.environ.get("LUOTSI_KILLS", "3"))
EACH = int(os.environ.get("LUOTSI_EACH", "60"))  # acknowledged writes before each kill of PostgreSQL
POSTS = int(os.environ.get("LUOTSI_POSTS", "80"))
WEB_KILLS = int(os.environ.get("LUOTSI_WEB_KILLS", "2"))
WRITERS, CLIENTS = 4, 8
# At small size a kill may meet nobody: nothing is lost then, and nothing sent again. `make prove` runs these whole.
at_full_size = pytest.mark.skipif("LUOTSI_WEB_KILLS" not in os.environ, reason="`make prove` kills often enough")
WRITER = "tests.reliability.booking_writer"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with own_server() as found:
        yield found


def acknowledged(server: Server, kills: int, each: int) -> tuple[set[str], set[str]]:
    """What the writers were told is booked, and what is there after so many kills."""
    server.run("seed", str((kills + 1) * each * 6), module=WRITER)  # they write on until the kill has come
    files = [server.home / f"told-{number}-{uuid4().hex}" for number in range(WRITERS)]
    writers = [
        subprocess.Popen(
            [sys.executable, "-m", WRITER, "write", str(number), str(WRITERS)],
            env=server.environment(), stdout=file.open("w"), stderr=subprocess.DEVNULL,
        )
        for number, file in enumerate(files)
    ]  # fmt: skip
    try:
        for _ in range(kills):
            _wait_for(files, len(_told(files)) + each, writers)
            server.kill()
            server.start()
    finally:
        for writer in writers:
            writer.kill()
            writer.wait()
    sums, *there = server.run("count", module=WRITER)
    held, taken, _ever = sums.split()
    assert held == taken, "bookings that hold a place, and places taken"
    return _told(files), set(there)


def _told(files: list[Path]) -> set[str]:
    return {line for file in files for line in file.read_text().split("\n")[:-1] if line not in {"", "ready"}}


def _wait_for(files: list[Path], number: int, writers: list["subprocess.Popen[bytes]"]) -> None:
    end = time.monotonic() + 600
    while len(_told(files)) < number:
        assert time.monotonic() < end, "the writers do not write"
        assert any(writer.poll() is None for writer in writers), "the writers have ended"
        time.sleep(0.02)


def test_nothing_acknowledged_is_lost_when_postgresql_is_killed(server: Server, figures: Callable[[str], None]) -> None:
    told, there = acknowledged(server, KILLS, EACH)
    assert len(told) >= KILLS * EACH
    assert told <= there
    figures(f"R5: {len(told)} acknowledged bookings, {KILLS} kills of PostgreSQL: {len(told - there)} lost")


@at_full_size
def test_a_postgresql_that_does_not_wait_for_its_disk_loses_what_it_acknowledged(
    server: Server, figures: Callable[[str], None]
) -> None:
    server.wait_for_disk("off")
    try:
        told, there = acknowledged(server, 2, 40)
    finally:
        server.wait_for_disk("on")
    assert told - there
    figures(f"R5, with synchronous_commit off: {len(told - there)} of {len(told)} lost")


@at_full_size
def test_every_form_counts_once_when_web_processes_are_killed(server: Server, figures: Callable[[str], None]) -> None:
    effects, kills, again, refused = sent(server, POSTS, kills=WEB_KILLS)
    assert (effects, refused) == ([POSTS] * 3, 0)
    assert kills > 0
    assert again > 0
    figures(f"R6: {POSTS} forms with keys, {kills} kills of web processes, {again} sent again: {POSTS} effects")


def test_a_form_whose_answer_was_lost_counts_twice_under_another_key_and_once_under_its_own(
    server: Server, figures: Callable[[str], None]
) -> None:
    assert sent(server, 20, loses_answers=True)[0] == [20] * 3
    effects, _kills, again, _refused = sent(server, 20, loses_answers=True, same_key=False)
    assert effects[2] > 20
    figures(f"R6, without keys: 20 forms, {again} sent again: {effects[2]} bookings")


def sent(
    server: Server, posts: int, *, kills: int = 0, same_key: bool = True, loses_answers: bool = False
) -> tuple[list[int], int, int, int]:
    """So many people choose a time while web processes are killed; whoever gets no answer sends it again.
    `loses_answers`: the first answer to each comes to nobody.

    Answers by how much bookings that hold a place, places taken and all bookings have grown; how many processes were
    killed; how many forms went again, and how many were refused.
    """
    before = _counted(server)
    offers = [line.split() for line in server.run("seed", str(posts), "1", module=WRITER)]
    port = free_port()
    serve = [sys.executable, "-m", "luotsi.cli", "serve", "--port", str(port), "--no-worker"]
    running = subprocess.Popen(serve, env=server.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        told = finished(_send_all(port, offers, running.pid, kills, same_key, loses_answers))
    finally:
        running.terminate()
        running.wait(timeout=30)
    return [now - then for now, then in zip(_counted(server), before, strict=True)], *told


def _counted(server: Server) -> list[int]:
    return [0 if one == "None" else int(one) for one in server.run("count", module=WRITER)[0].split()]


async def _send_all(
    port: int, offers: list[list[str]], parent: int, wanted: int, same_key: bool, loses_answers: bool
) -> tuple[int, int, int]:
    """Each form until it is answered. Whenever a part of them is, a web process is killed."""
    end = time.monotonic() + 300
    while not await _post(Line(port), "", "", ""):
        assert time.monotonic() < end, "the server does not answer"
        await asyncio.sleep(0.5)
    left, kills, again, refused = list(offers), [0], [0], [0]

    async def client() -> None:
        line = Line(port)
        while left:
            cookie, slot = left.pop()
            key = uuid4()
            is_lost = loses_answers
            while not (status := await _post(line, cookie, slot, str(key if same_key else uuid4()))) or is_lost:
                again[0], is_lost = again[0] + 1, False
                await asyncio.sleep(0.2)
            refused[0] += status != 302

    sending = asyncio.gather(*(client() for _ in range(CLIENTS)))
    each = len(offers) // (2 * wanted + 2)
    while not sending.done():
        await asyncio.wait({sending}, timeout=0.02)
        is_wanted = kills[0] < wanted or (wanted and not again[0])  # the first may have had no form in hand
        if is_wanted and left and len(offers) - len(left) > each * (kills[0] + 1):
            kills[0] += _kill_one_of(parent)
    await sending
    return kills[0], again[0], refused[0]


async def _post(line: Line, cookie: str, slot: str, key: str) -> int:
    """The status of the answer; 0 when the line broke, or nobody was there."""
    fields = {"offering": "nurse-phone", "slot": slot, "key": key}
    with suppress(OSError, asyncio.IncompleteReadError, ValueError):
        status, _onward = await asyncio.wait_for(line.post(PICKER, fields, f"sessionid={cookie}"), 60)
        if status:
            return status
    line.writer = None
    return 0


def _kill_one_of(parent: int) -> int:
    """One of the web processes: a child of the server that the command has started."""
    found = subprocess.run(["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True).stdout.splitlines()
    known = [(int(one.split()[0]), int(one.split()[1]), one) for one in found]
    webs = {pid for pid, above, words in known if above == parent and "uvicorn" in words}
    workers = [pid for pid, above, words in known if above in webs and "spawn_main" in words]
    if not workers:
        return 0
    with suppress(ProcessLookupError):
        os.kill(workers[0], signal.SIGKILL)
    return 1
