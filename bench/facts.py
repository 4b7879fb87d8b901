"""How fast events are appended, how soon they are in the figures, and how long making all facts anew takes.

    .venv/bin/python -m bench.facts [EVENTS]     default 1 000 000; a county's year is 6–8 million

In a database of its own on the server that is configured, thrown away afterwards. Times are of this machine.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

ONE_BY_ONE, IN_BULK, ROUNDS, A_DAY = 300, 20_000, 10, 30_000

_CASES = """
INSERT INTO events_event (uid, kind, occurred_at, recorded_at, local_day, actor_kind, actor_role, subject, resident,
                          unit, service, case_kind, register, channel, profession, urgency, municipality, language,
                          body)
SELECT gen_random_uuid(), told.kind, at + told.after, at + told.after,
       ((at + told.after) AT TIME ZONE 'Europe/Helsinki')::date, 'staff', 'nurse',
       CASE WHEN told.kind = 'contact.received' THEN contact ELSE matter END, resident, unit, 'reception',
       'health_need', 'health', channel, 'nurse', 'non_urgent', '765', 'fi', told.body
FROM (SELECT gen_random_uuid() AS contact, gen_random_uuid() AS matter, md5('r' || (i %% 73000))::uuid AS resident,
             now() - make_interval(days => 30 + (i %% 500)::int, mins => (i %% 480)::int) AS at,
             make_interval(days => (random() * random() * 40)::int) AS wait,
             (ARRAY['kajaani-hva', 'sotkamo', 'kuhmo', 'paltamo'])[1 + i %% 4] AS unit,
             (ARRAY['phone', 'form'])[1 + (i / 4) %% 2] AS channel
      FROM generate_series(1, %s) AS i) AS cases,
LATERAL (VALUES
    ('contact.received', interval '0', '{}'::jsonb),
    ('case.opened', interval '1 min', jsonb_build_object('contact', contact)),
    ('need.assessed', interval '1 hour', '{"outcome": "care_needed", "line": "primary_care"}'),
    ('clock.started', interval '1 hour',
     jsonb_build_object('line', 'primary_care', 'rule', 'PHC-3M-2025', 'due', at::date + 90)),
    ('booking.offered', interval '2 hours', jsonb_build_object('starts_at', at + wait)),
    ('booking.made', interval '3 hours', jsonb_build_object('starts_at', at + wait)),
    ('visit.held', wait, '{"mode": "visit"}'),
    ('clock.stopped', wait, '{"line": "primary_care", "rule": "PHC-3M-2025", "outcome": "met"}'),
    ('case.closed', wait + interval '1 min', '{"reason": "cared"}')) AS told (kind, after, body)
"""


def main(events: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luotsi.config.settings")
    import django

    django.setup()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    with _database_of_ones_own():
        _append()
        _fill(events)
        _make_anew()
        _take_in_a_day()
        _freshness()
        _prove()


@contextmanager
def _database_of_ones_own() -> Iterator[None]:
    from django.conf import settings
    from django.db import connection

    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    with tempfile.TemporaryDirectory() as folder:
        settings.DATA = Path(folder)
        try:
            yield
        finally:
            connection.creation.destroy_test_db(name, verbosity=0)


def _append() -> None:
    from django.db import transaction

    from luotsi.domain.events import actions as events

    seconds = _timed(lambda: [_one() for _ in range(ONE_BY_ONE)])
    print(f"appended one by one, each its own durable transaction: {ONE_BY_ONE / seconds:8,.0f} events/s")
    with transaction.atomic():
        seconds = _timed(lambda: [_one() for _ in range(ONE_BY_ONE * 5)])
    print(f"appended in one transaction:                           {ONE_BY_ONE * 5 / seconds:8,.0f} events/s")
    rows = [_row() for _ in range(IN_BULK)]
    seconds = _timed(lambda: events.record_many(rows))
    print(f"appended in bulk:                                      {IN_BULK / seconds:8,.0f} events/s")


def _fill(events: int) -> None:
    from django.db import connection

    with connection.cursor() as sql:
        seconds = _timed(lambda: sql.execute(_CASES, [events // 9]))
        sql.execute("ANALYZE events_event")
    print(f"{events:,} events of {events // 9:,} cases put into the record in {seconds:.1f} s")


def _make_anew() -> None:
    from luotsi.analytics import facts

    seconds = _timed(facts.rebuild)
    now = facts.status()
    print(
        f"facts made anew in {seconds:.1f} s: {now.events:,} events ({now.events / seconds:,.0f}/s), "
        f"{now.cases:,} cases, {now.megabytes:.0f} MB"
    )


def _take_in_a_day() -> None:
    from luotsi.analytics import facts

    _fill(A_DAY)
    print(f"  taken into the facts in {_timed(facts.refresh):.2f} s (cases of a whole year touched)")


def _freshness() -> None:
    """From the commit of a contact to the moment a figure has counted it."""
    from luotsi.analytics import facts
    from luotsi.analytics.engine import DuckFigures
    from luotsi.domain.indicators import definitions
    from luotsi.domain.indicators.ports import Ask

    figures, ask = DuckFigures(facts.folder()), Ask(definitions.indicator("contacts"))
    before = figures.measure(ask).total.denominator or 0
    refreshed, seen = [], []
    for number in range(ROUNDS):
        _one()
        started = time.perf_counter()
        facts.refresh()
        refreshed.append(time.perf_counter() - started)
        if figures.measure(ask).total.denominator != before + number + 1:
            raise SystemExit("a figure did not count an event that was committed before the facts were refreshed")
        seen.append(time.perf_counter() - started)
    print(
        f"freshness: one event in the facts after {statistics.median(refreshed):.2f} s, in the figure after "
        f"{statistics.median(seen):.2f} s (longest {max(seen):.2f} s), plus the worker's pause of 5 s"
    )


def _prove() -> None:
    from luotsi.analytics import facts

    verdict: Any = None

    def verify() -> None:
        nonlocal verdict
        verdict = facts.verify()

    seconds = _timed(verify)
    print(f"facts compared with the record in {seconds:.1f} s: {'the same' if verdict.holds else 'THEY DIFFER'}")


def _one() -> None:
    from luotsi.domain.events.models import Event

    Event.objects.create(**_row())


def _row() -> dict[str, Any]:
    from luotsi.base.now import now
    from luotsi.base.who import SYSTEM
    from luotsi.domain.cases.events import ContactReceived
    from luotsi.domain.events import actions as events

    where = events.Dimensions(unit="sotkamo", case_kind="health_need", register="health", channel="form")
    return events.as_row(ContactReceived(), by=SYSTEM, at=now(), subject=uuid4(), resident=uuid4(), where=where)


def _timed(do: Callable[[], Any]) -> float:
    started = time.perf_counter()
    do()
    return time.perf_counter() - started


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
