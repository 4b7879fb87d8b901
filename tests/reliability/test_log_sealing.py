"""Sealing beside those who write: nothing is left out, nothing is called tampered with that was not."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter

import psycopg
import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from luotsi.base.ids import new_id
from luotsi.base.now import now
from luotsi.base.who import Who
from luotsi.domain.events import actions as events
from luotsi.domain.events import ports, queries
from luotsi.domain.events.models import Seal, Use
from luotsi.domain.events.queries import ranges

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, EACH = 12, 60
MANY = 100_000


def look(rows: int = 1) -> None:
    nurse = Who("staff", "nurse", new_id())
    with events.looking(nurse, action="case.read"):
        events.saw(nurse, residents=[new_id() for _ in range(rows)], what="case")


def write_in_threads(stop: threading.Event) -> list[threading.Thread]:
    """Each with a connection of its own, transactions that overlap, every tenth one given up."""

    def work() -> None:
        for number in range(EACH):
            try:
                with transaction.atomic():
                    look()
                    if number % 10 == 9:
                        raise KeyError("given up")
            except KeyError:
                pass
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    threading.Thread(target=lambda: ([thread.join() for thread in threads], stop.set())).start()
    return threads


def seal_until(stop: threading.Event) -> tuple[int, int]:
    """Seal and verify again and again. Answers how often it was verified, and how many alarms there were."""
    verified = alarms = 0
    while not stop.is_set():
        events.seal(at=now())
        alarms += len(queries.verify().problems)
        verified += 1
    events.seal(at=now())
    return verified, alarms + len(queries.verify().problems)


def test_twelve_writers_beside_the_sealing_raise_no_false_alarm(figures: Callable[[str], None]) -> None:
    stop = threading.Event()
    write_in_threads(stop)
    verified, alarms = seal_until(stop)
    verdict = queries.verify()

    assert (alarms, verdict.unsealed) == (0, 0)
    assert verdict.rows == Use.objects.count() == WRITERS * EACH * 9 // 10
    assert verdict.seals > 3
    assert verified > 3
    figures(
        f"R13 {WRITERS} writers beside the sealing: {alarms} false alarms in {verified} verifications, "
        f"{verdict.rows} rows under {verdict.seals} seals"
    )


def test_a_seal_that_did_not_wait_for_writers_would_cry_wolf(
    monkeypatch: pytest.MonkeyPatch, figures: Callable[[str], None]
) -> None:
    """The negative control: the edge is the newest transaction instead of the oldest that still runs."""
    monkeypatch.setattr(ranges, "edge", _newest_transaction)
    stop = threading.Event()
    write_in_threads(stop)
    _, alarms = seal_until(stop)
    assert alarms > 0
    figures(f"R13 control, sealing without waiting for writers: {alarms} alarms")


def test_a_row_that_commits_late_is_sealed_with_the_next_range() -> None:
    with psycopg.connect(_address()) as slow:
        slow.execute(
            "INSERT INTO events_use (log, outcome, actor_kind, actor_role, actor_units, what, register, action, "
            "ground, recipient, request, address) VALUES "
            "('usage', 'shown', 'system', '', '{}', 'case', '', '', '', '', '', '')"
        )
        look()
        assert events.seal(at=now()) == 0, "what is behind a running transaction waits for it"
        slow.commit()
    assert events.seal(at=now()) == 2
    assert queries.verify().holds


def test_nothing_new_gives_no_seal_and_a_young_seal_is_enough() -> None:
    at = now()
    assert events.seal(at=at) == 0
    look()
    assert events.seal(at=at) == 1
    look()
    assert events.seal(at=at + timedelta(seconds=59), apart=timedelta(minutes=1)) == 0
    assert events.seal(at=at + timedelta(seconds=60), apart=timedelta(minutes=1)) == 1
    assert Seal.objects.count() == 2


def test_only_one_seals_at_a_time() -> None:
    look()
    with psycopg.connect(_address(), autocommit=True) as other:
        other.execute(f"SELECT pg_advisory_lock({ranges._LOCK})")
        assert events.seal(at=now()) == 0
        other.execute(f"SELECT pg_advisory_unlock({ranges._LOCK})")
    assert events.seal(at=now()) == 1


def test_the_role_that_serves_may_seal() -> None:
    look()
    with connection.cursor() as sql:
        sql.execute("SET ROLE luotsi_app")
        sql.execute("SET luotsi.kind = ''")
        try:
            assert events.seal(at=now()) == 1, "whoever calls, all rows are sealed"
            assert (queries.verify().holds, queries.verify().rows) == (True, 1)
        finally:
            sql.execute("RESET luotsi.kind")
            sql.execute("RESET ROLE")


def test_a_crash_between_database_and_anchor_is_caught_up(monkeypatch: pytest.MonkeyPatch) -> None:
    look()
    events.seal(at=now())
    with monkeypatch.context() as crash:
        crash.setattr(ports, "anchor", lambda seals: None)
        look()
        events.seal(at=now())
    assert queries.verify().holds, "one seal behind is what a crash leaves"
    look()
    events.seal(at=now())
    assert sorted(ports.anchored()) == [1, 2, 3]


def test_a_line_torn_by_a_crash_is_written_anew() -> None:
    for _ in range(2):
        look()
        events.seal(at=now())
    path = _anchor()
    path.write_bytes(path.read_bytes()[:-40])
    assert queries.verify().holds
    look()
    events.seal(at=now())
    assert sorted(ports.anchored()) == [1, 2, 3]
    assert queries.verify().holds


@pytest.mark.parametrize("change", ["gone", "shorter", "another", "longer", "edited"])
def test_an_anchor_that_tells_another_story_stops_the_sealing(change: str) -> None:
    for _ in range(3):
        look()
        events.seal(at=now())
    lines = _anchor().read_text().splitlines(keepends=True)
    _anchor().write_text(
        {
            "gone": "",
            "shorter": lines[0],
            "another": "".join(lines[:2]) + lines[2].replace('"mac": "', '"mac": "0'),
            "longer": "".join(lines) + lines[2].replace('"number": 3', '"number": 4'),
            "edited": "something else\n" * 200,
        }[change]
    )
    assert not queries.verify().holds
    look()
    with pytest.raises(events.AnchorBroken):
        events.seal(at=now())
    events.begin_anchor(at=now())
    assert events.seal(at=now()) == 1
    assert queries.verify().holds
    assert len(list(Path(settings.SEALS).iterdir())) == 2, "the old anchor is kept"


def test_a_server_that_counts_from_lower_is_told_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    look()
    events.seal(at=now())
    monkeypatch.setattr(ranges, "edge", lambda: 3)
    with pytest.raises(events.CounterBehind, match="filled from a dump"):
        events.seal(at=now())


def test_a_hundred_thousand_rows_are_verified_within_seconds(figures: Callable[[str], None]) -> None:
    for _ in range(5):
        _fill(MANY // 5)
        events.seal(at=now())
    began = perf_counter()
    verdict = queries.verify()
    seconds = perf_counter() - began
    assert (verdict.holds, verdict.rows) == (True, MANY)
    assert seconds < 12, "a million in two minutes on a machine that is busy with all the other tests; a minute alone"
    figures(f"R13 verified: {verdict.rows:,} rows in {seconds:.2f} s ({verdict.rows / seconds:,.0f} rows/s)")


def test_what_is_older_than_twelve_years_goes_and_the_seal_says_so() -> None:
    at, _, young = _three_ranges()
    assert events.erase_log(before=young, at=at) == 4
    verdict = queries.verify()
    assert (verdict.holds, verdict.rows, Use.objects.count()) == (True, 2, 2)
    assert Seal.objects.order_by("-number").first().kind == "erasure"
    assert events.erase_log(before=young, at=at) == 0, "once is enough"
    look()
    assert events.seal(at=at) == 1
    assert queries.verify().holds


def test_nothing_goes_before_its_time() -> None:
    at, _, _ = _three_ranges()
    with pytest.raises(ValueError, match="12 years"):
        events.erase_log(before=at - timedelta(days=12 * 365 - 10), at=at)
    with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as sql:
        sql.execute("SELECT events_erase_use(pg_current_xact_id())")
    assert Use.objects.count() == 6


def test_evidence_of_tampering_is_not_erased() -> None:
    at, _, young = _three_ranges()
    with transaction.atomic(), connection.cursor() as sql:
        sql.execute("SET LOCAL session_replication_role = replica")
        sql.execute("UPDATE events_use SET what = 'list' WHERE id = (SELECT min(id) FROM events_use)")
    with pytest.raises(events.Tampered, match="seal 1"):
        events.erase_log(before=young, at=at)
    assert Use.objects.count() == 6


def test_an_erasure_that_was_not_signed_or_came_too_soon_is_noticed() -> None:
    at, _, young = _three_ranges()
    events.erase_log(before=young, at=at)
    with transaction.atomic(), connection.cursor() as sql:
        sql.execute("SET LOCAL session_replication_role = replica")
        sql.execute("UPDATE events_seal SET upper = (SELECT max(upper) FROM events_seal) WHERE kind = 'erasure'")
        sql.execute("DELETE FROM events_use")
    assert {problem.fault for problem in queries.verify().problems} >= {"forged", "removed"}


def test_the_role_that_serves_erases_through_the_one_door() -> None:
    at, _, young = _three_ranges()
    with connection.cursor() as sql:
        sql.execute("SET ROLE luotsi_app")
        try:
            assert events.erase_log(before=young, at=at) == 4
        finally:
            sql.execute("RESET ROLE")


def _three_ranges() -> tuple[datetime, datetime, datetime]:
    """Two rows each: of thirteen years ago, of a day later, of now."""
    at = now()
    old = at.replace(year=at.year - 13, day=1)
    for moment in (old, old + timedelta(days=1), at):
        _fill(2, moment)
        events.seal(at=moment)
    return at, old, old + timedelta(days=5)


def _fill(rows: int, at: datetime | None = None) -> None:
    with connection.cursor() as sql:
        sql.execute(
            "INSERT INTO events_use (at, log, outcome, actor_kind, actor_id, actor_role, actor_units, resident, what, "
            "subject, register, action, ground, recipient, request, address) "
            "SELECT coalesce(%s, clock_timestamp()), 'usage', 'shown', 'staff', gen_random_uuid(), 'nurse', '{kuhmo}', "
            "gen_random_uuid(), 'case', gen_random_uuid(), 'health', 'case.read', 'team', '', 'r', '192.0.2.7' "
            "FROM generate_series(1, %s)",
            [at, rows],
        )


def _newest_transaction() -> int:
    with connection.cursor() as sql:
        sql.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
        return int(sql.fetchone()[0])


def _anchor() -> Path:
    return Path(settings.SEALS) / "usage.jsonl"


def _address() -> str:
    known = connection.settings_dict
    return psycopg.conninfo.make_conninfo(
        dbname=known["NAME"], user=known["USER"], host=known["HOST"], port=known["PORT"] or "5432"
    )
