"""Counting askers: exact when many ask at once, forgetful after the window, and blind to who they are."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connection

from luotsi.base.now import now
from luotsi.config import allowance
from luotsi.rooms.allowance import take
from tests.factories import MORNING


@pytest.mark.django_db
def test_the_limit_is_the_limit_and_the_next_window_opens_anew() -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        assert [take("contact", "anna", limit=2, seconds=60) for _ in range(4)] == [True, True, False, False]
        assert allowance.wait_seconds("contact", "anna", limit=2, seconds=60) == 60
        assert take("contact", "berit", limit=2, seconds=60), "somebody else's count"
        assert take("search", "anna", limit=2, seconds=60), "another thing"
        clock.shift(timedelta(seconds=59))
        assert allowance.wait_seconds("contact", "anna", limit=2, seconds=60) == 1
        clock.shift(timedelta(seconds=1))
        assert take("contact", "anna", limit=2, seconds=60)


@pytest.mark.django_db
def test_who_asked_is_not_kept() -> None:
    take("contact", "192.0.2.7", limit=2, seconds=60)
    with connection.cursor() as sql:
        sql.execute("SELECT kept::text FROM luotsi_config_allowance kept")
        rows = [row[0] for row in sql.fetchall()]
    assert len(rows) == 1
    assert b"192.0.2.7".hex() not in rows[0]
    assert "192.0.2.7" not in rows[0]


@pytest.mark.django_db
def test_ended_windows_are_swept_and_open_ones_stay() -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        take("contact", "anna", limit=2, seconds=60)
        clock.shift(timedelta(seconds=30))
        take("contact", "berit", limit=2, seconds=60)
        clock.shift(timedelta(seconds=30))
        assert allowance.sweep(at=now()) == 1
        assert allowance.wait_seconds("contact", "berit", limit=1, seconds=60) == 30


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_counted_exactly() -> None:
    def ask(_: int) -> bool:
        try:
            return take("storm", "anna", limit=30, seconds=600)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(200)))
    assert (answers.count(True), answers.count(False)) == (30, 170)


@pytest.mark.django_db
def test_the_counts_stand_outside_the_write_ahead_log() -> None:
    with connection.cursor() as sql:
        sql.execute("SELECT relpersistence FROM pg_class WHERE relname = 'luotsi_config_allowance'")
        assert sql.fetchone() == ("u",)
