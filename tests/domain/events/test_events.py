"""Events are append-only, and the outbox reads each once and none too early."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from luotsi.base.ids import new_id
from luotsi.base.who import SYSTEM
from luotsi.domain.events import actions, queries
from luotsi.domain.events.models import Event

AT = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Tried:
    kind: ClassVar[str] = "test.tried"
    number: int = 1


@pytest.mark.django_db
def test_the_finnish_day_is_kept_with_the_event() -> None:
    event = actions.record(Tried(), by=SYSTEM, at=AT)
    assert str(event.local_day) == "2026-07-02"
    assert event.body == {"number": 1}


@pytest.mark.django_db
def test_a_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        actions.record(Tried(), by=SYSTEM, at=AT.replace(tzinfo=None))


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["UPDATE events_event SET unit = 'x'", "DELETE FROM events_event"])
def test_nobody_changes_what_happened(change: str) -> None:
    actions.record(Tried(), by=SYSTEM, at=AT)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as sql:
        sql.execute(change)
    assert Event.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_outbox_gives_each_event_once_and_in_order() -> None:
    for number in range(5):
        actions.record(Tried(number=number), by=SYSTEM, at=AT)
    seen: list[int] = []
    read = [_read(seen, limit=2) for _ in range(4)]
    assert read == [2, 2, 1, 0]
    assert seen == [0, 1, 2, 3, 4]


@pytest.mark.django_db(transaction=True)
def test_an_event_that_commits_late_is_not_skipped() -> None:
    seen: list[int] = []
    with psycopg.connect(**_address()) as slow:
        slow.execute(
            "INSERT INTO events_event (uid, kind, occurred_at, local_day, actor_kind, actor_role, unit, service, "
            "case_kind, register, channel, profession, urgency, municipality, language, body) VALUES "
            "(%s, 'test.tried', now(), current_date, 'system', '', '', '', '', '', '', '', '', '', '', "
            "'{\"number\": 1}')",
            [new_id()],
        )
        actions.record(Tried(number=2), by=SYSTEM, at=AT)
        assert _read(seen) == 0, "an event behind a running transaction must wait for it"
        slow.commit()
    assert _read(seen) == 2
    assert sorted(seen) == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_what_was_loaded_before_the_reader_began_causes_nothing() -> None:
    actions.record(Tried(number=1), by=SYSTEM, at=AT)
    actions.skip_outbox("test")
    actions.record(Tried(number=2), by=SYSTEM, at=AT)
    seen: list[int] = []
    _read(seen)
    assert seen == [2]


@pytest.mark.django_db(transaction=True)
def test_a_reaction_that_fails_is_done_again() -> None:
    actions.record(Tried(), by=SYSTEM, at=AT)
    with pytest.raises(RuntimeError):
        actions.read_outbox("test", kinds=("test.tried",), handle=_fail)
    seen: list[int] = []
    assert _read(seen) == 1


@pytest.mark.django_db
def test_a_story_is_in_the_order_in_which_it_happened() -> None:
    subject = new_id()
    for day in (3, 1, 2):
        actions.record(Tried(number=day), by=SYSTEM, at=AT.replace(day=day), subject=subject)
    assert [event.body["number"] for event in queries.story_of([subject])[subject]] == [1, 2, 3]


def _read(seen: list[int], limit: int = 100) -> int:
    return actions.read_outbox(
        "test", kinds=("test.tried",), handle=lambda event: seen.append(event.body["number"]), limit=limit
    )


def _fail(event: Event) -> None:
    raise RuntimeError("the reaction broke")


def _address() -> dict[str, str]:
    known = connection.settings_dict
    return {"dbname": known["NAME"], "user": known["USER"], "host": known["HOST"], "port": known["PORT"] or "5432"}
