"""What one look has found it does not ask again, until something is written."""

import pytest
from django.db import connection

from luotsi.base.ids import new_id
from luotsi.base.who import Who
from luotsi.domain.events import actions as events
from luotsi.domain.events.models import Use

NURSE = Who("staff", "nurse", new_id(), "Nina Nurse", frozenset({"kuhmo"}))
RESIDENT = Who("resident", "resident", new_id(), "Rauni Resident")
A = new_id()


@pytest.mark.django_db
def test_what_a_look_found_is_asked_once_until_it_writes() -> None:
    asked: list[int] = []

    def find() -> int:
        asked.append(1)
        return len(asked)

    with events.looking(NURSE, action="case.read"):
        assert [events.found_once("one", find), events.found_once("one", find)] == [1, 1]
        assert events.found_once(("one", A), find) == 2
        with events.looking(RESIDENT, action="own.read"):
            assert events.found_once("one", find) == 3
        Use.objects.filter(subject=A).exists()
        assert events.found_once("one", find) == 1
        with connection.cursor() as sql:
            sql.execute("UPDATE events_cursor SET event = event WHERE false")
        assert events.found_once("one", find) == 4
    assert [events.found_once("one", find), events.found_once("one", find)] == [5, 6]
