"""What row-level security costs the team's list: `python -m bench.access [RESIDENTS]`, default 300 000.

A database of its own is filled (four cases for three residents, five hundred open ones in each unit) and thrown away.
The statements are those that `cases.queries.listed` and `worklist` send for one unit. Each is asked in turn as the
tables' owner, whom no policy holds back, and as luotsi_app; "share" is the difference of the medians, in time and,
where the system tells it, in processor time of the server's process. The first question of a transaction looks the
relationships up: that stands on a line of its own. Peers: the list's own statement under policies that ask for each
row, and under the list looked up for each table. Times are of this machine, with its load.
"""

import os
import statistics
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import uuid4

UNIT, SHOWN, RUNS, PEER_RUNS = "sotkamo", 25, 100, 5
Statement = tuple[str, Any]

# In the order of the tables; foreign keys rest meanwhile.
_FILL = (
    """INSERT INTO people_resident (id, first_name, last_name, birth_date, municipality, language, mail, phone,
                                    identity_code, identity_hash)
       SELECT md5('r' || n)::uuid, 'E' || n, 'S' || n % 9973, date '1930-01-01' + n % 30000, '765', 'fi', '', '', '',
              sha256(n::text::bytea) FROM generate_series(1, {residents}) n""",
    "INSERT INTO organisation_staff (id, name, mail, provider, subject) VALUES (md5('s')::uuid, 'S', '', '', '')",
    """INSERT INTO cases_contact (id, key, channel, service, language, received_at, resident_id, unit_id)
       SELECT md5('k' || n)::uuid, md5('k' || n)::uuid, 'form', 'nurse-reception', 'fi', now() - n * interval '1 min',
              md5('r' || 1 + n::bigint * 7919 % {residents})::uuid, u.key FROM generate_series(1, {cases}) n
       JOIN (SELECT key, row_number() OVER (ORDER BY key) - 1 AS i, count(*) OVER () AS units FROM organisation_unit) u
         ON u.i = n % u.units""",
    """INSERT INTO cases_case (id, kind, kind_version, register, service, opened_at, closed_at, close_reason,
                               resident_id, unit_id, contact_id)
       SELECT md5('c' || n)::uuid, 'health_need', 1, CASE n % 5 WHEN 0 THEN 'social' ELSE 'health' END, k.service,
              k.received_at, CASE WHEN n > 500 * units THEN k.received_at + interval '10 days' END,
              CASE WHEN n > 500 * units THEN 'cared' ELSE '' END, k.resident_id, k.unit_id, k.id
       FROM generate_series(1, {cases}) n JOIN cases_contact k ON k.id = md5('k' || n)::uuid,
            (SELECT count(*) AS units FROM organisation_unit) u""",
    """INSERT INTO people_relationship (id, resident_id, unit, register, ground, subject, begins_at, ends_at)
       SELECT gen_random_uuid(), resident_id, unit_id, register, 'team', id, opened_at,
              CASE WHEN closed_at IS NOT NULL THEN least(closed_at + interval '30 days', now() - interval '1 day') END
       FROM cases_case""",
    """INSERT INTO people_consent (id, purpose, is_refusal, reads_register, for_register, given_how, given_at,
                                   valid_from, resident_id)
       SELECT gen_random_uuid(), 'share-social-with-health', false, 'social', 'health', 'self', now(), current_date,
              md5('r' || n)::uuid FROM generate_series(1, {residents} / 10) n""",
    """INSERT INTO cases_assessment (id, key, outcome, note, profession, assessed_at, assessed_by_id, case_id)
       SELECT gen_random_uuid(), id, 'care_needed', '', 'nurse', opened_at, md5('s')::uuid, id FROM cases_case""",
    """INSERT INTO bookings_slot (id, profession, mode, starts_at, ends_at, capacity, taken, staff_id, unit_id)
       SELECT id, 'nurse', 'visit', opened_at, opened_at + interval '30 min', 1, 1, md5('s')::uuid, unit_id
       FROM cases_case WHERE closed_at IS NULL""",
    """INSERT INTO bookings_booking (id, key, offered_at, resident_id, slot_id, cancelled_by)
       SELECT id, id, opened_at, resident_id, id, '' FROM cases_case WHERE closed_at IS NULL""",
    "INSERT INTO cases_casebooking (case_id, booking_id) SELECT id, id FROM bookings_booking",
)
_MINE = """r.begins_at <= luotsi_at() AND (r.ends_at IS NULL OR r.ends_at > luotsi_at())
           AND (r.unit = ANY (luotsi_units()) OR r.staff_id = luotsi_viewer())"""
# Peers: what a table's rows are compared with, by the column that holds the resident.
_LIST = f"ARRAY(SELECT r.resident_id FROM people_relationship r WHERE {_MINE})"
PEERS = {
    "the list looked up for each table": f"{{column}} = ANY ({_LIST})",
    "EXISTS for each row": f"EXISTS (SELECT FROM people_relationship r WHERE r.resident_id = {{column}} AND {_MINE})",
    "a PL/pgSQL function for each row": "bench_may_see({column})",
}
_FUNCTION = f"""
CREATE FUNCTION bench_may_see(whom uuid) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN RETURN EXISTS (SELECT FROM people_relationship r WHERE r.resident_id = whom AND {_MINE}); END $$
"""
_COLUMNS = {
    "people_resident": "id", "cases_contact": "resident_id", "cases_case": "resident_id",
    "bookings_booking": "resident_id", "people_consent": "resident_id",
}  # fmt: skip


def main(residents: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luotsi.config.settings")
    import django

    django.setup()
    from luotsi.base.who import Who
    from luotsi.domain.events import actions as events

    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    with _database_of_ones_own():
        _fill(residents)
        nurse = Who("staff", "nurse", uuid4(), units=frozenset({UNIT}))
        with events.looking(nurse, action="worklist.read"):
            listed, shown = _statements(nurse)
            _say("the list's own statement, 500 cases", listed[:1], RUNS)
            _say(f"all {len(listed)} statements for the order of 500", listed, RUNS)
            _say(f"all {len(shown)} statements for the {SHOWN} on the page", shown, RUNS)
            _say_what_remembering_costs()
        _say_peers(nurse, listed[:1])


def _fill(residents: int) -> None:
    from django.db import connection

    from luotsi.domain.organisation import actions as organisation

    began = perf_counter()
    organisation.load_units()
    with connection.cursor() as sql:
        sql.execute("SET session_replication_role = replica")
        for statement in _FILL:
            sql.execute(statement.format(residents=residents, cases=residents * 4 // 3))
        sql.execute("SET session_replication_role = DEFAULT")
        sql.execute("ANALYZE")
    took = perf_counter() - began
    print(f"{residents:,} residents and {residents * 4 // 3:,} cases with relationships, made in {took:.0f} s")


def _statements(nurse: Any) -> tuple[list[Statement], list[Statement]]:
    """What the two readings of the list send: for the order of all, and for those on the page."""
    from django.db import connection

    from luotsi.base.now import now
    from luotsi.domain.cases import queries as cases

    sent: list[Statement] = []

    def note(execute: Any, statement: str, values: Any, many: bool, context: Any) -> Any:
        if statement.lstrip().startswith(("SELECT", "WITH")) and "set_config" not in statement:
            sent.append((statement, values))
        return execute(statement, values, many, context)

    with connection.execute_wrapper(note):
        rows = cases.listed(viewer=nurse, units=[UNIT])
        listed = list(sent)
        page = cases.worklist(viewer=nurse, units=[UNIT], at=now(), only=[row.id for row in rows[:SHOWN]])
    if (len(rows), len(page)) != (500, SHOWN):
        raise SystemExit(f"the list has {len(rows)} cases and the page {len(page)}, not 500 and {SHOWN}")
    return listed, sent[len(listed) :]


def _say(what: str, statements: list[Statement], runs: int) -> None:
    """Owner and pages' role in turn, so that whatever else the machine does meets both."""
    took: dict[str, list[Took]] = {"none": [], "luotsi_app": []}
    for _ in range(runs):
        for role, times in took.items():
            times.append(sum((_timed(statement, role) for statement in statements), Took()))
    free, walled = took["none"], took["luotsi_app"]
    share = _median(walled, "ms") - _median(free, "ms")
    work = _median(walled, "work_ms") - _median(free, "work_ms")
    print(f"{what} (n {runs})")
    print(f"    without {_figures(free)}; with {_figures(walled)}")
    print(f"    share {share:.2f} ms, of processor time {work:.2f} ms")


@dataclass(frozen=True)
class Took:
    """Milliseconds from sending to the last row, and those in which the server's process worked (0: not told)."""

    ms: float = 0.0
    work_ms: float = 0.0

    def __add__(self, other: "Took") -> "Took":
        return Took(self.ms + other.ms, self.work_ms + other.work_ms)


def _timed(statement: Statement, role: str) -> Took:
    from django.db import connection

    with connection.cursor() as sql:
        sql.execute("SELECT set_config('role', %s, true), pg_backend_pid()", [role])
        process = sql.fetchone()[1]
        worked, began = _worked(process), perf_counter()
        sql.execute(*statement)
        sql.fetchall()
        return Took((perf_counter() - began) * 1000, _worked(process) - worked)


def _worked(process: int) -> float:
    """Milliseconds of processor time so far, as Linux counts them; 0 elsewhere, or for a server on another machine."""
    counted = Path(f"/proc/{process}/schedstat")
    return int(counted.read_text().split()[0]) / 1e6 if counted.exists() else 0.0


def _median(times: list[Took], what: str) -> float:
    return statistics.median(getattr(one, what) for one in times)


def _figures(times: list[Took]) -> str:
    last = sorted(one.ms for one in times)[int(len(times) * 0.95)]
    return f"p50 {_median(times, 'ms'):.2f} ms, p95 {last:.2f} ms, work p50 {_median(times, 'work_ms'):.2f} ms"


def _say_what_remembering_costs() -> None:
    times = [_timed(("SELECT luotsi_remember()", None), "luotsi_app") for _ in range(RUNS)]
    print(f"looking the relationships up, once in a transaction: {_figures(times)} (n {RUNS})")


def _say_peers(nurse: Any, statements: list[Statement]) -> None:
    """The same statement under other policies; what is changed for it is undone."""
    from django.db import connection, transaction

    from luotsi.domain.events import actions as events

    for name, rule in PEERS.items():
        with transaction.atomic():
            with connection.cursor() as sql:
                sql.execute(_FUNCTION)
                for table, column in _COLUMNS.items():
                    sql.execute(f"DROP POLICY shown ON {table}")
                    sql.execute(f"CREATE POLICY shown ON {table} USING ({rule.format(column=column)})")
            with events.looking(nurse, action="worklist.read"):
                _say(f"peer, {name}", statements, PEER_RUNS)
            transaction.set_rollback(True)


@contextmanager
def _database_of_ones_own() -> Iterator[None]:
    from django.db import connection

    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300_000)
