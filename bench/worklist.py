"""How fast the team's list answers when the unit has very many open matters: `python -m bench.worklist [CASES] [OPEN]`.

Default 100 000 matters, of which 2 000 are open in one unit. They are made in a data folder of its own with an embedded
PostgreSQL of its own, and thrown away after. Measured are the page, asked by fifty people at once through the server as
`luotsi serve` starts it; how soon a contact stands on open lists; and the reading below them beside the plain way: each
open matter is read whole, put in order and cut in Python. Times are of this machine, with its load; the work of
the processors for each page depends less on it.
"""

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from uuid import UUID

UNIT, STAFF, RUNS, PLAIN_RUNS, SHOWN = "sotkamo", UUID(int=7), 60, 5, 25

# In the order of the tables; foreign keys rest meanwhile. The first OPEN matters are open, in one unit.
_FILL = (
    """INSERT INTO people_resident (id, first_name, last_name, birth_date, municipality, language, mail, phone,
                                    identity_code, identity_hash)
       SELECT md5('r' || n)::uuid, 'E' || n, 'S' || n % 9973, date '1930-01-01' + n % 30000, '765', 'fi', '', '', '',
              sha256(n::text::bytea) FROM generate_series(1, {cases}) n""",
    """INSERT INTO cases_contact (id, key, channel, service, language, received_at, resident_id, unit_id, register)
       SELECT md5('k' || n)::uuid, md5('k' || n)::uuid, (ARRAY['form','phone','visit'])[1 + n % 3], 'nurse-reception',
              'fi', now() - n * interval '15 min', md5('r' || n)::uuid, '{unit}', 'health'
       FROM generate_series(1, {cases}) n""",
    """INSERT INTO cases_case (id, kind, kind_version, register, service, opened_at, closed_at, close_reason,
                               resident_id, unit_id, contact_id, responsible_id)
       SELECT md5('c' || n)::uuid, 'health_need', 1, 'health', 'nurse-reception', k.received_at,
              CASE WHEN n > {open} THEN k.received_at + interval '10 days' END,
              CASE WHEN n > {open} THEN 'cared' ELSE '' END, k.resident_id, '{unit}', k.id,
              CASE n % 4 WHEN 0 THEN '{staff}'::uuid END
       FROM generate_series(1, {cases}) n JOIN cases_contact k ON k.id = md5('k' || n)::uuid""",
    """INSERT INTO people_relationship (id, resident_id, unit, register, ground, subject, begins_at, ends_at)
       SELECT gen_random_uuid(), resident_id, unit_id, register, 'team', id, opened_at, closed_at + interval '30 days'
       FROM cases_case""",
    """INSERT INTO cases_assessment (id, key, outcome, note, profession, assessed_at, assessed_by_id, case_id)
       SELECT gen_random_uuid(), id, 'care_needed', '', 'nurse', opened_at, '{staff}', id FROM cases_case
       WHERE ('x' || substr(id::text, 1, 1))::bit(4)::int > 4""",
    """INSERT INTO clocks_clock (id, subject, line, rule, started_at, due_on, state, stopped_at, because)
       SELECT gen_random_uuid(), id, 'primary_care', '{rule}', opened_at, opened_at::date + 14,
              CASE WHEN closed_at IS NULL THEN 'running' ELSE 'met' END, closed_at, '[]' FROM cases_case""",
    """INSERT INTO bookings_slot (id, profession, mode, starts_at, ends_at, capacity, taken, staff_id, unit_id)
       SELECT id, 'nurse', 'visit', opened_at, opened_at + interval '30 min', 1, 1, '{staff}', unit_id
       FROM cases_case WHERE id < '80000000-0000-0000-0000-000000000000'""",
    """INSERT INTO bookings_booking (id, key, offered_at, resident_id, slot_id, cancelled_by)
       SELECT c.id, c.id, c.opened_at, c.resident_id, c.id, '' FROM cases_case c JOIN bookings_slot s ON s.id = c.id""",
    "INSERT INTO cases_casebooking (case_id, booking_id) SELECT id, id FROM bookings_booking",
)


def main(cases: int, still_open: int) -> int:
    with tempfile.TemporaryDirectory(prefix="luotsi-bench-") as folder:
        os.environ["LUOTSI_DATA"] = folder
        os.environ.pop("DATABASE_URL", None)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luotsi.config.settings")
        try:
            return _measure(cases, still_open)
        finally:
            _luotsi("stop")


def _measure(cases: int, still_open: int) -> int:
    done = _luotsi("manage", "migrate")
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        return 1
    import django

    django.setup()
    _fill(cases, still_open)
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    _say_readings()
    _say_pages()
    return 0


def _fill(cases: int, still_open: int) -> None:
    from django.db import connection

    from luotsi.base.now import now
    from luotsi.base.who import SYSTEM
    from luotsi.domain.clocks.definitions import clock_rules
    from luotsi.domain.organisation import actions as organisation

    began = perf_counter()
    organisation.load_units()
    since = now().date().replace(day=1)
    organisation.employ(id=STAFF, name="Bench Nurse", unit=UNIT, role="nurse", since=since, by=SYSTEM, at=now())
    rule = next(key for key, known in clock_rules().items() if known.line == "primary_care")
    told = {"cases": cases, "open": still_open, "unit": UNIT, "staff": STAFF, "rule": rule}
    with connection.cursor() as sql:
        sql.execute("SET session_replication_role = replica")
        for statement in _FILL:
            sql.execute(statement.format(**told))
        sql.execute("SET session_replication_role = DEFAULT")
        sql.execute("ANALYZE")
    print(f"{cases:,} matters, {still_open:,} of them open in one unit, made in {perf_counter() - began:.0f} s")


def _say_readings() -> None:
    """The order of the whole list and the rows of one page, and the plain way beside it."""
    from luotsi.base.ids import new_id
    from luotsi.base.now import now, today
    from luotsi.base.who import SYSTEM
    from luotsi.domain.cases import queries
    from luotsi.domain.cases.events import CaseClosed
    from luotsi.domain.cases.queries import remembered
    from luotsi.domain.events import actions as events
    from luotsi.domain.organisation.queries import staff_as_who

    nurse = staff_as_who(STAFF, on=today())
    assert nurse is not None

    def light() -> None:
        rows = queries.listed(viewer=nurse, units=[UNIT])[:SHOWN]
        queries.named(viewer=nurse, units=[UNIT], among=rows, at=now())

    def anew() -> None:
        remembered._kept.clear()
        light()

    def plain() -> None:
        queries.worklist(viewer=nurse, units=[UNIT], at=now())[:SHOWN]

    events.record(CaseClosed("cared"), by=SYSTEM, at=now(), subject=new_id())  # where nothing happened nothing is kept
    _say("order of all and the 25 on the page, as kept", light, nurse, RUNS)
    _say("the same, gathered anew", anew, nurse, RUNS)
    _say("plain way: all read whole, ordered in Python", plain, nurse, PLAIN_RUNS)


def _say(what: str, read: Callable[[], None], nurse: object, runs: int) -> None:
    from django.db import transaction

    from luotsi.domain.events import actions as events

    times = []
    for _ in range(runs):
        with transaction.atomic():
            began = perf_counter()
            with events.looking(nurse, action="worklist.read"):  # type: ignore[arg-type]
                read()
            times.append(perf_counter() - began)
            transaction.set_rollback(True)
    print(f"{what}: p50 {statistics.median(times) * 1000:.0f} ms, p95 {_at(times, 95) * 1000:.0f} ms (n {runs})")


def _say_pages() -> None:
    from bench import _visible, pages
    from luotsi.base.now import now
    from luotsi.base.who import SYSTEM
    from luotsi.domain.catalogue import actions as catalogue

    catalogue.load_shelf(by=SYSTEM, at=now())
    cookies = [pages._session("staff", one) for one in _visible.workers(UNIT)]
    senders = [(pages._session("resident", one), name) for one, name in _senders(_visible.CONTACTS)]
    with pages._server() as port:
        asyncio.run(pages._load(port, ["/fi/team/"], cookies[0], pause=0.0, seconds=8))  # warm
        for words, pause in (("reading 10 s between pages", 10.0), ("asking again at once", 0.0)):
            worked, load = _worked(), os.getloadavg()[0]
            times, failed = asyncio.run(pages._load(port, ["/fi/team/"], cookies[0], pause=pause, seconds=20))
            done = f"{failed} failed, {len(times) / 20:.0f}/s, {_each(worked, len(times))}; load {load:.1f}"
            print(f"team list, {pages.PEOPLE} people {words}: {pages._figures(times)}, {done}")
        seen = asyncio.run(_visible.seen_after(port, cookies, senders))
        print(f"a contact sent, until an open list shows it: {_visible.figures(seen)}")


def _senders(many: int) -> list[tuple[UUID, str]]:
    """Residents without an open matter, and their names as the list writes them."""
    from luotsi.domain.people.models import Resident

    rows = Resident.objects.filter(cases__closed_at__isnull=False, birth_date__lt="1990-01-01").order_by("-first_name")
    return [(row.id, f"{row.last_name} {row.first_name}") for row in rows[:many]]


def _worked() -> dict[str, float]:
    """Seconds that the pages' processes and PostgreSQL have worked so far: what others on the machine hardly change.

    Only Linux tells; elsewhere nothing is known.
    """
    found = {"pages": 0.0, "PostgreSQL": 0.0}
    for one in Path("/proc").glob("[0-9]*"):
        try:
            stat, whole = (one / "stat").read_text(), (one / "environ").read_bytes()
            here = str((one / "cwd").readlink())
        except OSError:
            continue
        name, told = stat.partition("(")[2].rpartition(")")[0], stat.rpartition(")")[2].split()
        own, ended = sum(map(int, told[11:13])), sum(map(int, told[13:15]))
        if "postgres" in name and here.startswith(os.environ["LUOTSI_DATA"]):
            found["PostgreSQL"] += (own + ended) / os.sysconf("SC_CLK_TCK")
        elif b"LUOTSI_AS=web" in whole and f"LUOTSI_DATA={os.environ['LUOTSI_DATA']}\0".encode() in whole:
            found["pages"] += own / os.sysconf("SC_CLK_TCK")
    return found


def _each(before: dict[str, float], many: int) -> str:
    after = _worked()
    parts = [f"{name} {(after[name] - before[name]) / many * 1000:.0f} ms" for name in before]
    return f"work for each: {', '.join(parts)}"


def _at(times: list[float], percent: int) -> float:
    return sorted(times)[min(len(times) - 1, len(times) * percent // 100)]


def _luotsi(*arguments: str) -> subprocess.CompletedProcess[str]:
    run = [sys.executable, "-m", "luotsi.cli", *arguments]
    return subprocess.run(run, cwd=Path(__file__).parents[1], capture_output=True, text=True, check=False)


if __name__ == "__main__":
    asked = [int(one) for one in sys.argv[1:3]]
    sys.exit(main(*[*asked, *[100_000, 2_000][len(asked) :]]))
