"""`luotsi tick` with four workers that are killed at work: each missed clock is told exactly once (kill -9)."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import quote
from uuid import UUID, uuid4

import pytest
from django.db import connection

from luotsi.base.now import local_day, now
from luotsi.base.who import SYSTEM
from luotsi.domain.clocks.events import ClockMissed, ClockStarted
from luotsi.domain.clocks.models import Clock
from luotsi.domain.events import actions as events
from luotsi.domain.events.models import Event

pytestmark = pytest.mark.slow
CLOCKS, WORKERS, KILLS, PATIENCE_SECONDS = 3_000, 4, 8, 120
STARTED = now() - timedelta(days=60)
DUE = local_day(STARTED) + timedelta(days=14)


def told_wrongly(subjects: Iterable[UUID]) -> dict[UUID, int]:
    """The clocks that were not told exactly once, with how often."""
    told = Counter(Event.objects.filter(kind="clock.missed").values_list("subject", flat=True))
    return {subject: told[subject] for subject in subjects if told[subject] != 1}


def missed_clocks() -> list[UUID]:
    """Clocks whose last day has passed while no worker was running."""
    subjects = [uuid4() for _ in range(CLOCKS)]
    start = ClockStarted("primary_care", "PHC-14D-U23", DUE)
    events.record_many(events.as_row(start, by=SYSTEM, at=STARTED, subject=subject) for subject in subjects)
    Clock.objects.bulk_create(
        Clock(
            subject=subject,
            line="primary_care",
            rule="PHC-14D-U23",
            started_at=STARTED,
            due_on=DUE,
            wake_at=STARTED + timedelta(days=11),
            state="running",
        )
        for subject in subjects
    )
    return subjects


def worker() -> subprocess.Popen[bytes]:
    """One `luotsi tick` of its own process on the test's database."""
    at = connection.settings_dict
    address = f"postgresql://{quote(at['USER'])}@/{at['NAME']}?host={quote(str(at['HOST']), safe='')}"
    if at.get("PORT"):
        address += f"&port={at['PORT']}"
    environment = {**os.environ, "DATABASE_URL": address}
    command = [sys.executable, "-m", "luotsi.cli", "tick", "--json"]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def how_many_told() -> int:
    return Event.objects.filter(kind="clock.missed").count()


@pytest.mark.django_db(transaction=True)
def test_four_workers_that_are_killed_tell_each_missed_clock_exactly_once(figures) -> None:
    subjects = missed_clocks()
    workers = [worker() for _ in range(WORKERS)]
    killed, until = 0, time.monotonic() + PATIENCE_SECONDS
    while how_many_told() < CLOCKS and time.monotonic() < until:
        before = how_many_told()
        while how_many_told() == before and all(one.poll() is None for one in workers) and time.monotonic() < until:
            time.sleep(0.005)
        for place, one in enumerate(workers):
            if one.poll() is not None:
                assert one.returncode in (0, -signal.SIGKILL), one.stderr.read().decode() if one.stderr else ""
                workers[place] = worker()
            elif killed < KILLS and how_many_told() > CLOCKS * killed / KILLS / 2:
                one.kill()
                one.wait()
                killed += 1
                workers[place] = worker()
    for one in workers:
        one.wait(timeout=PATIENCE_SECONDS)
    assert told_wrongly(subjects) == {}
    assert set(Clock.objects.values_list("state", "wake_at")) == {("overdue", None)}
    assert killed == KILLS
    figures(f"clocks: {CLOCKS} missed, {WORKERS} workers, {killed} killed with kill -9: each told once, none lost")


@pytest.mark.django_db(transaction=True)
def test_the_check_finds_a_miss_told_twice_and_one_never_told() -> None:
    once, twice, never = uuid4(), uuid4(), uuid4()
    miss = ClockMissed("primary_care", "PHC-14D-U23", DUE, STARTED)
    for subject in (once, twice, twice):
        events.record(miss, by=SYSTEM, at=now(), subject=subject)
    assert told_wrongly([once, twice, never]) == {twice: 2, never: 0}
