"""What a process remembers of a list is what is there: after each change, whoever made it and in whatever order."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from luotsi.base.now import today
from luotsi.base.who import Who
from luotsi.domain.cases import actions, queries
from luotsi.domain.cases.models import Case
from luotsi.domain.cases.queries import remembered
from luotsi.domain.cases.queries.gathered import gathered
from luotsi.domain.clocks.models import Clock
from luotsi.domain.events import actions as events
from luotsi.domain.events.queries import moved_since
from luotsi.domain.people import actions as people
from luotsi.domain.people.models import Relationship
from tests.factories import MORNING, assessed, contact, offered, resident, worker

pytestmark = pytest.mark.django_db(transaction=True)
NOON = MORNING + timedelta(hours=3)
UNITS = ["sotkamo"]


@pytest.fixture(autouse=True)
def noon() -> Iterator[Any]:
    remembered._kept.clear()
    with time_machine.travel(NOON, tick=False) as moment:
        yield moment


def shown(viewer: Who) -> list[Any]:
    """The list as a page asks for it, with the rows whole."""
    with events.looking(viewer, action="worklist.read"):
        rows = queries.listed(viewer=viewer, units=UNITS)
        return queries.named(viewer=viewer, units=UNITS, among=rows, at=NOON)


def anew(viewer: Who) -> list[Any]:
    remembered._kept.clear()
    return shown(viewer)


def statements(viewer: Who) -> int:
    with CaptureQueriesContext(connection) as asked:
        shown(viewer)
    return len(asked)


def test_each_change_is_seen_at_once_and_nothing_else_is_asked_again() -> None:
    nurse, person = worker(), resident(last_name="Aalto")
    first, second = contact(person), contact(resident(last_name="Virtanen"))
    assert {row.resident_name for row in shown(nurse)} == {"Aalto Testi", "Virtanen Testi"}
    at_rest = statements(nurse)
    changes = [
        lambda: contact(resident(last_name="Uusi")),
        lambda: assessed(first, nurse),
        lambda: offered(first, nurse, starts_at=MORNING + timedelta(days=3)),
        lambda: actions.hand_over(case=second.id, to=nurse.id, seen=None, by=nurse, at=NOON),
        lambda: people.set_protection(resident=person.id, is_on=True, by=nurse, at=NOON),
        lambda: assessed(second, nurse, outcome="advice"),
    ]
    for change in changes:
        change()
        assert shown(nurse) == anew(nurse)
    assert statements(nurse) <= at_rest


def test_a_change_that_is_taken_back_was_never_there() -> None:
    nurse = worker()
    contact(resident(last_name="Aalto"))
    before = shown(nurse)
    with transaction.atomic():
        contact(resident(last_name="Uusi"))
        assert {row.resident_name for row in shown(nurse)} == {"Aalto Testi", "Uusi Testi"}
        transaction.set_rollback(True)
    assert shown(nurse) == before


def test_one_viewer_sees_nothing_that_is_remembered_for_another() -> None:
    nurse, elsewhere = worker(), worker(unit="kuhmo")
    contact(resident(last_name="Aalto"))
    assert shown(nurse)
    assert shown(elsewhere) == []


def test_the_wall_is_passed_each_time_whatever_is_remembered() -> None:
    """A right that ended without an event leaves the names out at once, and the count within a minute."""
    nurse = worker()
    case = contact(resident(last_name="Aalto"))
    assert shown(nurse)
    Relationship.objects.filter(subject=case.id).update(ends_at=NOON - timedelta(minutes=1))
    assert shown(nurse) == []


def test_what_no_event_tells_of_is_found_out_within_a_minute(noon: Any) -> None:
    nurse = worker()
    case = assessed(contact(resident(last_name="Aalto")), nurse)
    shown(nurse)
    Clock.objects.filter(subject=case.id, line="primary_care").update(due_on=today() + timedelta(days=90))
    noon.shift(remembered.HOLDS)
    (row,) = shown(nurse)
    assert row.listed.due == today() + timedelta(days=90)


def test_those_who_work_together_are_asked_about_once(noon: Any) -> None:
    """What the units open is asked for one of them: also after a change, and when all has been gathered anew."""
    first, second = worker(), worker()
    case = assessed(contact(resident(last_name="Aalto")), first)
    shown(first)
    at_rest = statements(first)
    assert statements(second) == at_rest
    contact(resident(last_name="Virtanen"))
    Clock.objects.filter(subject=case.id, line="primary_care").update(due_on=today() + timedelta(days=90))
    noon.shift(remembered.HOLDS)
    shown(first)
    assert statements(second) == at_rest
    assert {row.resident_name: row.listed.due for row in shown(second)}["Aalto Testi"] == today() + timedelta(days=90)


def test_what_opens_to_one_in_person_stands_on_their_list_alone() -> None:
    first, second = worker(), worker()
    case = contact(resident(last_name="Aalto"))
    shown(first), shown(second)
    Relationship.objects.filter(subject=case.id).update(ends_at=NOON - timedelta(minutes=1))
    remembered._kept.clear()
    told = {"resident": case.resident_id, "register": case.register, "ground": "assignment", "subject": None}
    people.relate(**told, staff=first.id, at=MORNING)
    assert [row.id for row in shown(first)] == [case.id]
    assert shown(second) == []
    Relationship.objects.filter(staff_id=first.id).update(ends_at=NOON - timedelta(minutes=1))
    assert shown(first) == []


def test_what_is_remembered_is_what_is_gathered() -> None:
    nurse = worker()
    cases = [contact(resident(last_name=name)) for name in ("Aalto", "Öhman", "Virtanen")]
    with events.looking(nurse, action="worklist.read"):
        rows = queries.listed(viewer=nurse, units=UNITS, sort="name")
    ids = "{" + ",".join(str(case.id) for case in cases) + "}"
    assert sorted(rows) == sorted(gathered(ids, hides=False))
    assert [row.resident_name.split()[0] for row in rows] == ["Aalto", "Virtanen", "Öhman"]


def test_another_database_under_the_same_name_is_not_taken_for_the_old_one() -> None:
    contact()
    mark = moved_since(None).mark  # type: ignore[union-attr]
    assert moved_since(mark).is_still  # type: ignore[union-attr]
    with connection.cursor() as sql:
        sql.execute("SET session_replication_role = replica")
        sql.execute("DELETE FROM events_event")
        sql.execute("SET session_replication_role = DEFAULT")
    assert moved_since(mark) is None
    contact()
    assert not moved_since(mark).is_known  # type: ignore[union-attr]


def test_a_transaction_that_commits_late_is_not_passed_over() -> None:
    """Its event has a lower number than those that were seen before it."""
    contact()
    late = connection.copy()
    try:
        with late.cursor() as sql:
            sql.execute("BEGIN")
            sql.execute(_LATE, [str(Case.objects.values_list("id", flat=True)[0])])
        contact()
        mark = moved_since(None).mark  # type: ignore[union-attr]
        assert moved_since(mark).is_still  # type: ignore[union-attr]
        with late.cursor() as sql:
            sql.execute("COMMIT")
        assert len(moved_since(mark).subjects) == 1  # type: ignore[union-attr]
    finally:
        late.close()


_LATE = """
INSERT INTO events_event (uid, kind, occurred_at, local_day, actor_kind, actor_role, subject, unit, service, case_kind,
                          register, channel, profession, urgency, municipality, language, body)
SELECT gen_random_uuid(), 'case.closed', now(), now()::date, 'system', '', %s,
       '', '', '', '', '', '', '', '', '', '{}'::jsonb
"""
