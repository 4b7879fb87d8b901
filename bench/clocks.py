"""How fast every clock is made anew from its events: `python -m bench.clocks [how many clocks]`.

A database of its own is filled with generated matters of two clocks each (contact and care) over 500 days. First every
row is missing and is written; then every row is there and is compared (`luotsi clocks rebuild --check`). The naive way
beside it reads and writes one matter at a time, counts each date anew, on a sample.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from time import perf_counter
from typing import Any

CLOCKS = 1_000_000
SAMPLE = 2_000
YOUNG = "00000023"  # how the number of a resident under 23 begins: a fifth of the matters, under the shorter rule

_MATTERS = f"""
INSERT INTO events_event (uid, kind, occurred_at, local_day, actor_kind, actor_role, subject, resident, unit, service,
                          case_kind, register, channel, profession, urgency, municipality, language, body)
SELECT gen_random_uuid(), told.kind, at + told.after, ((at + told.after) AT TIME ZONE 'Europe/Helsinki')::date,
       'system', '', matter, resident, unit, '', 'health_need', 'health', 'form', '', '', '765', 'fi', told.body
FROM (SELECT gen_random_uuid() AS matter,
             CASE WHEN i %% 5 = 0 THEN overlay(gen_random_uuid()::text placing '{YOUNG}' from 1)::uuid
                  ELSE gen_random_uuid() END AS resident,
             date_trunc('day', now()) - make_interval(days => 130 + (i %% 500)::int, mins => (i %% 480)::int) AS at,
             make_interval(days => (random() * random() * 120)::int, mins => 200) AS wait,
             CASE WHEN i %% 5 = 0 THEN 'PHC-14D-U23' ELSE 'PHC-3M-2025' END AS rule,
             i %% 10 <> 0 AS is_cared, (ARRAY['kajaani-hva', 'sotkamo', 'kuhmo', 'paltamo'])[1 + i %% 4] AS unit
      FROM generate_series(1, %s) AS i) AS matters,
LATERAL (VALUES
    ('case.opened', interval '0', '{{}}'::jsonb, true),
    ('clock.started', interval '0', '{{"line": "contact", "rule": "CONTACT-SAME-DAY"}}', true),
    ('need.assessed', interval '1 hour', '{{"outcome": "care_needed", "line": "primary_care"}}', true),
    ('clock.started', interval '1 hour', jsonb_build_object('line', 'primary_care', 'rule', rule), true),
    ('booking.made', interval '3 hours', jsonb_build_object('booking', matter, 'starts_at', at + wait), true),
    ('visit.held', wait, '{{"mode": "visit"}}', is_cared)) AS told (kind, after, body, happened)
WHERE told.happened
"""


def main(clocks: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luotsi.config.settings")
    import django

    django.setup()
    jobs = os.cpu_count() or 1
    print(f"{jobs} cores")
    with _database_of_ones_own():
        _fill(clocks // 2)
        _say("written, every row missing", clocks, lambda: _rebuild(jobs=jobs, check=False))
        _say("compared, every row there", clocks, lambda: _rebuild(jobs=jobs, check=True), wanted=0)
        _naively(clocks)


@contextmanager
def _database_of_ones_own() -> Iterator[None]:
    from django.conf import settings
    from django.db import connection

    name, own = connection.settings_dict["NAME"], settings.DATABASES["default"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    own["NAME"] = connection.settings_dict["NAME"]
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def _fill(matters: int) -> None:
    from django.db import connection

    with connection.cursor() as sql:
        began = perf_counter()
        sql.execute(_MATTERS, [matters])
        events = sql.rowcount
        sql.execute("VACUUM ANALYZE events_event")
    print(f"{matters:,} matters of {events:,} events in {perf_counter() - began:.0f} s")


def _rebuild(*, jobs: int, check: bool) -> int:
    """How many rows differed."""
    from luotsi.base.now import now
    from luotsi.domain.clocks import actions as clocks

    return len(clocks.rebuild(uses_of=_uses_of(), born_of=_born_of, at=now(), check=check, jobs=jobs))


def _naively(clocks: int) -> None:
    """One matter at a time: its events by themselves, its dates counted anew, its rows written one by one."""
    from luotsi.base.now import now
    from luotsi.domain.clocks.actions.reading import columns, facts_of, read_clocks
    from luotsi.domain.clocks.models import Clock
    from luotsi.domain.events.queries import story_of, subjects_with

    subjects = next(subjects_with("case.opened", batch=SAMPLE // 2))
    began, at = perf_counter(), now()
    for subject in subjects:
        facts = facts_of(story_of([subject])[subject])
        for clock in read_clocks(facts, _uses_of()["health_need"], born=None, at=at):
            row = columns(subject, clock)
            name = {key: row.pop(key) for key in ("subject", "line", "started_at")}
            Clock.objects.update_or_create(**name, defaults=row)
    each = (perf_counter() - began) / SAMPLE
    print(f"naively, from {SAMPLE:,} clocks: {each * clocks:,.0f} s ({each * 1e6:,.0f} µs a clock)")


def _say(what: str, clocks: int, do: Callable[[], int], *, wanted: int | None = None) -> None:
    began, worked, load = perf_counter(), _worked(), os.getloadavg()[0]
    differed = do()
    seconds, worked = perf_counter() - began, _worked() - worked
    others = f"load {load:.1f} before, {os.getloadavg()[0]:.1f} after"
    print(f"{clocks:,} clocks {what}: {seconds:.1f} s; {worked:.1f} s of work in these processes; {others}", flush=True)
    if wanted is not None and differed != wanted:
        raise SystemExit(f"{differed} rows differed from their events where {wanted} should have")


def _worked() -> float:
    """Seconds that this process and those it copied have worked: what does not grow with others on the machine."""
    own, copied = (getrusage(who) for who in (RUSAGE_SELF, RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + copied.ru_utime + copied.ru_stime


def _uses_of() -> dict[str, Any]:
    from luotsi.domain.clocks.definitions import ClockUse

    contact = ClockUse(line="contact", starts="case.opened", stops=("need.assessed",))
    when = {"outcome": "care_needed"}
    care = ClockUse(line="primary_care", starts="need.assessed", when=when, stops=("visit.held",))
    return {"health_need": (contact, care)}


def _born_of(residents: Any) -> dict[Any, Any]:
    from datetime import date

    young, grown = date(2010, 5, 5), date(1980, 5, 5)
    return {one: young if str(one).startswith(YOUNG) else grown for one in residents}


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else CLOCKS)
