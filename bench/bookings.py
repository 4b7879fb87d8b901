"""How many times are booked in a second, how fast free ones are found: `python -m bench.bookings [SLOTS] [SECONDS]`.

Default 200 000 times of 300 nurses and doctors, in a data folder of its own with an embedded PostgreSQL of its own,
thrown away after. Booked is through HTTP and the server as `luotsi serve` starts it, by residents who are signed in:
a form that takes the time and one that confirms it, with rights, row-level security, usage log, events and idempotency
keys. No two want the same time; what happens then is tests/reliability. Beside it stands a peer written the usual plain
way (bench/bookings_plain.py): no sign-in, no log; it looks and then writes under a lock of the whole table. Clients,
server and database share the machine's cores. Times are of this machine, with its load.
"""

import asyncio
import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from time import perf_counter
from uuid import UUID

from bench import _booking_clients as clients
from bench.worklist import _luotsi, _worked

CLIENTS, RUNS, RESIDENTS = (16, 50), 400, 12_000
UNITS = ("kajaani-hva", "sotkamo", "kuhmo", "suomussalmi", "paltamo", "ristijarvi", "hyrynsalmi", "puolanka")
_FILL = (
    """INSERT INTO people_resident (id, first_name, last_name, birth_date, municipality, language, mail, phone,
                                    identity_code, identity_hash)
       SELECT md5('r' || n)::uuid, 'E' || n, 'S' || n, date '1960-01-01', '765', 'fi', '', '', '',
              sha256(n::text::bytea) FROM generate_series(1, {residents}) n""",
    """INSERT INTO organisation_staff (id, name, mail, provider, subject)
       SELECT md5('s' || n)::uuid, 'Worker ' || n, '', '', '' FROM generate_series(0, 299) n""",
    """INSERT INTO bookings_slot (id, unit_id, staff_id, profession, mode, starts_at, ends_at, capacity, taken,
                                  offering, closed_reason)
       SELECT gen_random_uuid(), (ARRAY[{units}])[1 + n % 8], md5('s' || n % 300)::uuid,
              CASE WHEN n % 3 = 0 THEN 'doctor' ELSE 'nurse' END, CASE WHEN n % 2 = 0 THEN 'phone' ELSE 'visit' END,
              day + (n / 300 % 24) * interval '20 min', day + (n / 300 % 24 + 1) * interval '20 min', 1,
              CASE WHEN n % 5 < {full} THEN 1 ELSE 0 END, '', ''
       FROM (SELECT n, date_trunc('day', now()) + (2 + n / 7200) * interval '1 day' + interval '6 hours' AS day
             FROM generate_series(0, {slots} - 1) n) made""",
)


def main(slots: int, seconds: int) -> int:
    with tempfile.TemporaryDirectory(prefix="luotsi-bench-") as folder:
        os.environ["LUOTSI_DATA"] = folder
        os.environ.pop("DATABASE_URL", None)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luotsi.config.settings")
        try:
            return _measure(slots, seconds)
        finally:
            _luotsi("stop")


def _measure(slots: int, seconds: int) -> int:
    done = _luotsi("manage", "migrate")
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        return 1
    import django

    django.setup()
    _fill(slots)
    print(f"{slots:,} times; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    _say_search()
    _say_bookings(seconds)
    _say_plain(seconds)
    return 0


def _fill(slots: int) -> None:
    from django.db import connection

    from luotsi.base.now import now
    from luotsi.base.who import SYSTEM
    from luotsi.domain.catalogue import actions as catalogue
    from luotsi.domain.organisation import actions as organisation

    organisation.load_units()
    catalogue.load_shelf(by=SYSTEM, at=now())
    told = {"residents": RESIDENTS, "slots": slots, "full": 1, "units": ", ".join(f"'{one}'" for one in UNITS)}
    with connection.cursor() as sql:
        for statement in _FILL:
            sql.execute(statement.format(**told))
        sql.execute("ANALYZE")


def _say_search() -> None:
    """Free times as the picker asks for them: a week of one unit or of all, by each order, from any day."""
    from luotsi.base.now import now
    from luotsi.domain.bookings.definitions import offerings
    from luotsi.domain.bookings.queries import searching

    chance, at = random.Random(4711), now()
    workers = [UUID(int=0), *searching.Slot.objects.values_list("staff_id", flat=True).distinct()[:3]]
    times: dict[str, list[float]] = {}
    for run in range(RUNS):
        offering = offerings()[chance.choice(["nurse-phone", "nurse-reception", "doctor-reception", "doctor-phone"])]
        after = at + timedelta(days=chance.randrange(28))
        order = ("earliest", "nearest", "own")[run % 3]
        wanted = searching.Wanted(
            offering, after=after, before=after + timedelta(days=7 if order == "earliest" else 60),
            units=[chance.choice(UNITS)] if run % 2 else (), order=order, near=UNITS, workers=workers,
        )  # fmt: skip
        began = perf_counter()
        found = searching.find(wanted, limit=400 if order == "earliest" else 30)
        times.setdefault(order, []).append(perf_counter() - began)
        times.setdefault("all", []).append(times[order][-1])
        assert found or wanted.units, "nothing is free"
    for order, taken in times.items():
        print(f"free times, {order}: {_cuts(taken)} (wish: p95 under 50 ms)")


def _say_bookings(seconds: int) -> None:
    from bench import pages

    with pages._server() as port:
        for count in CLIENTS:
            offers = _offers()
            asyncio.run(clients.book(port, offers[:60], clients=4, seconds=5))  # warm
            worked, load = _worked(), os.getloadavg()[0]
            done = asyncio.run(clients.book(port, offers[60:], clients=count, seconds=seconds))
            after, booked = _worked(), len(done.booked)
            work = ", ".join(f"{name} {(after[name] - worked[name]) / max(booked, 1) * 1000:.1f} ms" for name in after)
            print(
                f"{count} clients: {booked / seconds:.0f} bookings/s taken and confirmed "
                f"({(len(done.taken) + booked) / seconds:.0f} forms/s), taking {_cuts(done.taken)}, confirming "
                f"{_cuts(done.booked)}, failed {done.failed}; work for each: {work}; load {load:.1f}"
            )


def _offers() -> list[clients.Offer]:
    """A resident who is signed in, and a free time, for each booking: none is used twice."""
    from bench import pages
    from luotsi.domain.bookings.models import Booking, Slot
    from luotsi.domain.people.models import Resident

    free = Slot.objects.filter(mode="phone", profession="nurse", taken=0).order_by("starts_at", "id")
    used = Booking.objects.values("resident_id")
    people = Resident.objects.exclude(id__in=used).values_list("id", flat=True)[: RESIDENTS // 2]
    slots = list(free.values_list("id", flat=True)[: len(people)])
    return [clients.Offer(pages._session("resident", one), slot) for one, slot in zip(people, slots, strict=False)]


def _say_plain(seconds: int) -> None:
    """The peer: one form that looks whether the time is free and writes the booking, under a lock of its table."""
    from django.db import connection

    with connection.cursor() as sql:
        sql.execute("CREATE TABLE plain_booking (slot uuid NOT NULL, person uuid NOT NULL, at timestamptz NOT NULL)")
        sql.execute("GRANT ALL ON plain_booking TO PUBLIC")
    with _plain_server() as port:
        for count in CLIENTS:
            asyncio.run(clients.book_plainly(port, clients=4, seconds=3))
            times, failed = asyncio.run(clients.book_plainly(port, clients=count, seconds=seconds))
            print(
                f"peer (looks and writes under a lock of its table; no sign-in, no log), {count} clients: "
                f"{len(times) / seconds:.0f}/s, {_cuts(times)}, failed {failed}"
            )


@contextmanager
def _plain_server() -> Iterator[int]:
    from bench import pages

    port = _free_port()
    web = [
        sys.executable, "-m", "uvicorn", "bench.bookings_plain:application", "--port", str(port), "--workers", "2",
        "--log-level", "warning", "--no-access-log",
    ]  # fmt: skip
    running = subprocess.Popen(web, env={**os.environ, "DJANGO_SETTINGS_MODULE": "bench.bookings_plain"})
    try:
        pages._wait_until_it_answers(port)
        yield port
    finally:
        running.terminate()
        running.wait(timeout=15)


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _cuts(times: list[float]) -> str:
    if len(times) < 2:
        return f"n {len(times)}"
    cuts = statistics.quantiles(times, n=100)
    return f"p50 {cuts[49] * 1000:.0f} ms, p95 {cuts[94] * 1000:.0f} ms, n {len(times)}"


if __name__ == "__main__":
    given = [int(one) for one in sys.argv[1:]]
    sys.exit(main(*(given + [200_000, 20][len(given) :])))
