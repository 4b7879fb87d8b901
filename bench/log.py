"""The usage log: how fast it is verified, and what a read costs that is written down before it is answered.

    .venv/bin/python -m bench.log [ROWS]     default 1 000 000, verified in a database of its own, thrown away after

Beside it stands the usual way, a chain in which each row holds the sum of the one before: it needs a lock that all
readers share. Times are of this machine.
"""

import multiprocessing
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

if TYPE_CHECKING:
    from multiprocessing.queues import Queue
    from multiprocessing.synchronize import Barrier

    from luotsi.base.who import Who

SEALS, READERS, SECONDS = 100, 8, 5.0

_ROWS = """
INSERT INTO events_use (log, outcome, actor_kind, actor_id, actor_role, actor_units, resident, what, subject, register,
                        action, ground, recipient, request, address)
SELECT 'usage', 'shown', 'staff', md5('a' || i %% 3000)::uuid, 'nurse', '{kajaani-hva}', md5('r' || i %% 73000)::uuid,
       'case', gen_random_uuid(), 'health', 'case.read', 'team', '', md5('q' || i), '192.0.2.7'
FROM generate_series(1, %s) AS i
"""
_CHAIN = """
CREATE TABLE chained (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, actor uuid, resident uuid, what text,
                      at timestamptz DEFAULT clock_timestamp(), digest bytea)
"""


def main(rows: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luotsi.config.settings")
    import django

    django.setup()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    with _database_of_ones_own() as name:
        _fill(rows)
        _verify()
        for words, way in (("read with its row in the log", "log"), ("the same read, no log", "bare"),
                           ("peer: read with a row in a chain", "chain")):  # fmt: skip
            print(f"{words + ':':36} {_reads_per_second(name, way):8,.0f}/s ({READERS} processes)")
        for words, way in (
            ("the read, no log", "bare"),
            ("read with its row", "log"),
            ("list of 50 with its rows", "list"),
        ):
            client, server = _cpu_us(way)
            print(f"processor time, {words + ':':26} {client:6,.0f} µs here, {server:6,.0f} µs in PostgreSQL")


def _fill(rows: int) -> None:
    from django.db import connection

    from luotsi.base.now import now
    from luotsi.domain.events import actions as events

    began = perf_counter()
    sealing = 0.0
    for _ in range(SEALS):
        with connection.cursor() as sql:
            sql.execute(_ROWS, [rows // SEALS])
        start = perf_counter()
        events.seal(at=now())
        sealing += perf_counter() - start
    print(f"{rows:,} rows written in {perf_counter() - began - sealing:.1f} s, sealed in {sealing:.1f} s")


def _verify() -> None:
    from luotsi.domain.events import queries

    began = perf_counter()
    verdict = queries.verify()
    seconds = perf_counter() - began
    if not verdict.holds:
        raise SystemExit(f"the log does not hold: {verdict.problems[0].words}")
    rate = verdict.rows / seconds
    print(f"verified: {verdict.rows:,} rows under {verdict.seals} seals in {seconds:.1f} s ({rate:,.0f}/s)")


def _reads_per_second(name: str, way: str) -> float:
    from django.db import connection

    with connection.cursor() as sql:
        sql.execute("DROP TABLE IF EXISTS chained")
        sql.execute(_CHAIN)
        sql.execute("GRANT ALL ON chained TO luotsi_app")
    spawn = multiprocessing.get_context("spawn")
    together, told = spawn.Barrier(READERS), spawn.Queue()
    readers = [spawn.Process(target=_read, args=(name, way, together, told)) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    rates = [told.get(timeout=SECONDS + 60) for _ in readers]
    for reader in readers:
        reader.join()
    return sum(rates)


def _read(name: str, way: str, together: "Barrier", told: "Queue[float]") -> None:
    """A process of its own, as the web server's are; all begin when all are there."""
    import django

    django.setup()
    from django.db import connection

    from luotsi.base.who import Who

    connection.settings_dict["NAME"] = name
    do = _WAYS[way]
    viewer = Who("staff", "nurse", uuid4(), units=frozenset({"kajaani-hva"}))
    do(viewer, uuid4())
    together.wait()
    done, began = 0, perf_counter()
    while perf_counter() - began < SECONDS:
        do(viewer, uuid4())
        done += 1
    told.put(done / (perf_counter() - began))


def _logged(viewer: "Who", resident: UUID) -> None:
    from luotsi.domain.events import actions as events

    with events.looking(viewer, action="case.read", request="r", address="192.0.2.7"):
        _small_read(resident)
        events.saw(viewer, residents=[resident], what="case", register="health", ground="team")


def _cpu_us(way: str, *, times: int = 400, rounds: int = 3) -> tuple[float, float]:
    """Processor time of one read in this process and in its server process, the least of some rounds.

    Unlike reads a second it hardly depends on what else the machine is doing. Linux only: 0 for the server elsewhere.
    """
    from django.db import connection

    from luotsi.base.who import Who

    viewer = Who("staff", "nurse", uuid4(), units=frozenset({"kajaani-hva"}))
    _WAYS[way](viewer, uuid4())
    with connection.cursor() as sql:
        sql.execute("SELECT pg_backend_pid()")
        server = Path(f"/proc/{sql.fetchone()[0]}/stat")
    found = []
    for _ in range(rounds):
        here, there = process_time(), _seconds_of(server)
        for _ in range(times):
            _WAYS[way](viewer, uuid4())
        found.append(((process_time() - here) / times * 1e6, (_seconds_of(server) - there) / times * 1e6))
    return min(found, key=sum)


def _seconds_of(process: Path) -> float:
    """Processor time that the process has taken (proc_pid_stat(5), fields 14 and 15)."""
    if not process.exists():
        return 0.0
    fields = process.read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _list_logged(viewer: "Who", resident: UUID) -> None:
    from luotsi.domain.events import actions as events

    with events.looking(viewer, action="worklist.read", request="r", address="192.0.2.7"):
        _small_read(resident)
        events.saw(viewer, residents=_FIFTY, what="list", register="health", ground="team")


def _bare(viewer: "Who", resident: UUID) -> None:
    from django.db import transaction

    with transaction.atomic():
        _small_read(resident)


def _chained(viewer: "Who", resident: UUID) -> None:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as sql:
        _small_read(resident)
        sql.execute("SELECT pg_advisory_xact_lock(42)")
        sql.execute(
            "INSERT INTO chained (actor, resident, what, digest) SELECT %s, %s, 'case', "
            "sha256(coalesce((SELECT digest FROM chained ORDER BY id DESC LIMIT 1), '') || convert_to(%s, 'UTF8'))",
            [viewer.id, resident, f"{viewer.id}{resident}case"],
        )


def _small_read(resident: UUID) -> None:
    from django.db import connection

    with connection.cursor() as sql:
        sql.execute("SELECT at, what FROM events_use WHERE resident = %s ORDER BY at DESC LIMIT 20", [resident])
        sql.fetchall()


_FIFTY = [uuid4() for _ in range(50)]
_WAYS = {"log": _logged, "bare": _bare, "chain": _chained, "list": _list_logged}


@contextmanager
def _database_of_ones_own() -> Iterator[str]:
    from django.conf import settings
    from django.db import connection

    name = connection.settings_dict["NAME"]
    mine = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    with tempfile.TemporaryDirectory() as folder:
        settings.SEALS = Path(folder)
        try:
            yield mine
        finally:
            connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
