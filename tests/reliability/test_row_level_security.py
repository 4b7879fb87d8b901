"""The second wall alone: plain SQL as the pages' role, with nothing before the tables but row-level security."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import ProgrammingError, connection, transaction

from luotsi.base.now import in_helsinki, now
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases.models import Case
from luotsi.domain.events import actions as events
from luotsi.domain.messaging import actions as messaging
from luotsi.domain.people import actions as people
from luotsi.domain.people.queries import resident_as_who
from tests.factories import as_who, assessed, contact, offered, resident, worker

pytestmark = pytest.mark.django_db(transaction=True)  # rows of one's own transaction pass the wall
Figures = Callable[[str], None]

# Every table behind the wall, and the column by which a row of the planted person is told.
OF_RESIDENT = {
    "people_resident": "id",
    "people_contactcheck": "resident_id",
    "people_legalhold": "resident_id",
    "people_consent": "resident_id",
    "people_mandate": "principal_id",
    "people_relationship": "resident_id",
    "questionnaires_response": "resident_id",
    "messaging_notice": "resident_id",
    "bookings_booking": "resident_id",
    "cases_contact": "resident_id",
    "cases_case": "resident_id",
    "events_event": "resident",
}
OF_CASE = ("cases_assessment", "cases_casebooking", "cases_visitnote")


@contextmanager
def behind_the_wall(viewer: Who | None) -> Iterator[None]:
    """As the pages' role: with this viewer's look, or with none at all."""
    if viewer is not None:
        with events.looking(viewer, action="case.read"):
            yield
        return
    with transaction.atomic(), connection.cursor() as sql:
        sql.execute("SELECT set_config('role', 'luotsi_app', true), set_config('luotsi.kind', '', true)")
        yield
        sql.execute("SELECT set_config('role', 'none', true), set_config('luotsi.kind', 'system', true)")


def rows(person: UUID, case: UUID) -> dict[str, int]:
    """How many rows of this person and case each table shows."""
    found = {}
    with connection.cursor() as sql:
        for table, column in OF_RESIDENT.items():
            sql.execute(f"SELECT count(*) FROM {table} WHERE {column} = %s", [person])
            found[table] = sql.fetchone()[0]
        for table in OF_CASE:
            sql.execute(f"SELECT count(*) FROM {table} WHERE case_id = %s", [case])
            found[table] = sql.fetchone()[0]
    return found


def seen(viewer: Who | None, case: Case) -> dict[str, int]:
    with behind_the_wall(viewer):
        return rows(case.resident_id, case.id)


@pytest.fixture
def nurse() -> Who:
    return worker()


@pytest.fixture
def planted(nurse: Who) -> Case:
    """A row in every table of somebody with a matter at Sotkamo."""
    person, helper = resident(), resident()
    case = contact(person)
    assessed(case, nurse)
    booking = offered(case, nurse, starts_at=now() + timedelta(days=2))
    cases.record_visit(case=case.id, booking=booking, note="Hoidettu", by=nurse, at=now())
    people.give_mandate(
        principal=person.id, agent=helper.id, kind="mandate", registers=["health"], source="visit", by=nurse, at=now()
    )
    people.give_consent(resident=person.id, purpose="notices-by-mail", by=as_who(person), at=now())
    people.send_code(resident=person.id, kind="mail", value="a@example.org", by=as_who(person), at=now())
    officer = worker("privacy-officer", "tietosuoja")
    people.set_hold(resident=person.id, reason="Kantelu", by=officer, at=now())
    messaging.notify(resident=person.id, cause=uuid4(), at=now())
    return case


def test_every_table_has_something_to_hide(planted: Case) -> None:
    every = rows(planted.resident_id, planted.id)

    assert {table for table, count in every.items() if count == 0} == set()


def test_without_a_look_nothing_is_there(planted: Case, figures: Figures) -> None:
    shown = seen(None, planted)

    assert sum(shown.values()) == 0
    figures(f"RLS: without a look {sum(shown.values())} of {sum(rows(planted.resident_id, planted.id).values())} rows")


def test_the_unit_sees_its_own_and_another_unit_nothing(planted: Case, nurse: Who, figures: Figures) -> None:
    every = rows(planted.resident_id, planted.id)
    own, other = seen(nurse, planted), seen(worker(unit="kuhmo"), planted)

    assert own == every
    assert sum(other.values()) == 0
    figures(f"RLS: own unit {sum(own.values())} of {sum(every.values())} rows in {len(every)} tables, another unit 0")


def test_the_resident_sees_their_own_and_a_stranger_nothing(planted: Case) -> None:
    every = rows(planted.resident_id, planted.id)
    me = resident_as_who(planted.resident_id)
    assert me is not None

    assert seen(me, planted) == every
    assert sum(seen(as_who(resident()), planted).values()) == 0


def test_whoever_acts_for_somebody_sees_theirs(planted: Case, nurse: Who) -> None:
    agent = resident()
    people.give_mandate(
        principal=planted.resident_id,
        agent=agent.id,
        kind="mandate",
        registers=["health"],
        source="visit",
        by=nurse,
        at=now(),
    )
    acting = resident_as_who(agent.id, acting_for=planted.resident_id)
    assert acting is not None

    assert seen(acting, planted)["cases_case"] == 1
    assert sum(seen(as_who(agent), planted).values()) == 1, "only the mandate itself"


def test_an_ended_relationship_shows_nothing(planted: Case, nurse: Who) -> None:
    cases.close(case=planted.id, reason="cared", by=nurse, at=now())
    assert seen(nurse, planted)["cases_case"] == 1, "to finish the writing"
    with time_machine.travel(now() + timedelta(days=40)):
        gone = seen(nurse, planted)

    assert {table for table, count in gone.items() if count} <= {"people_relationship"}


def test_another_register_opens_by_consent_only(planted: Case) -> None:
    social = worker("social-worker", "aikuissosiaalityo")
    contact_of_social(planted)
    assert seen(social, planted)["cases_case"] == 1, "their own register's"
    person = resident_as_who(planted.resident_id)
    assert person is not None
    people.give_consent(resident=planted.resident_id, purpose="share-health-with-social", by=person, at=now())
    assert seen(social, planted)["cases_case"] == 2
    people.give_consent(
        resident=planted.resident_id, purpose="share-health-with-social", by=person, at=now(), is_refusal=True
    )

    assert seen(social, planted)["cases_case"] == 1, "a refusal closes it"


def test_a_consent_opens_from_the_first_moment_of_its_finnish_day(planted: Case) -> None:
    """In the small hours the day has begun in Finland and not yet in UTC."""
    social = worker("social-worker", "aikuissosiaalityo")
    contact_of_social(planted)
    person = resident_as_who(planted.resident_id)
    assert person is not None
    tomorrow = in_helsinki(now() + timedelta(days=1)).replace(hour=0, minute=30)
    with time_machine.travel(tomorrow):
        people.give_consent(resident=person.id, purpose="share-health-with-social", by=person, at=now())
        assert seen(social, planted)["cases_case"] == 2


def contact_of_social(planted: Case) -> None:
    person = resident_as_who(planted.resident_id)
    assert person is not None
    cases.receive(
        resident=planted.resident_id, kind="social_need", service="adult-social-work", unit="aikuissosiaalityo",
        channel="form", language="fi", key=uuid4(), by=person, at=now(),
    )  # fmt: skip


def test_an_emergency_opens_one_register_for_four_hours(planted: Case) -> None:
    other = worker(unit="kuhmo")
    contact_of_social(planted)
    people.open_emergency(
        resident=planted.resident_id, register="health", reason_key="cannot-tell", reason="Tajuton päivystyksessä",
        by=other, at=now(),
    )  # fmt: skip
    assert seen(other, planted)["cases_case"] == 1, "the social matter stays shut"
    with time_machine.travel(now() + timedelta(hours=4, minutes=1)):
        assert sum(seen(other, planted).values()) <= 1, "only the emergency itself"


def test_a_foreign_row_cannot_be_changed_or_planted(planted: Case) -> None:
    other = worker(unit="kuhmo")
    with behind_the_wall(other), connection.cursor() as sql:
        sql.execute("UPDATE people_resident SET last_name = 'x' WHERE id = %s", [planted.resident_id])
        assert sql.rowcount == 0
        sql.execute("DELETE FROM cases_assessment WHERE case_id = %s", [planted.id])
        assert sql.rowcount == 0
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            sql.execute(
                "INSERT INTO people_consent (id, resident_id, purpose, is_refusal, given_how, given_at, valid_from) "
                "VALUES (gen_random_uuid(), %s, 'x', false, 'self', now(), current_date)",
                [planted.resident_id],
            )


@pytest.mark.parametrize("table", [*OF_RESIDENT, *OF_CASE])
def test_with_its_policy_off_the_table_is_open(table: str, planted: Case) -> None:
    """Negative control: what the tests above count is hidden by the policy and by nothing else."""
    other = worker(unit="kuhmo")
    assert seen(other, planted)[table] == 0
    with connection.cursor() as sql:
        sql.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    try:
        shown = seen(other, planted)[table]
    finally:
        with connection.cursor() as sql:
            sql.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    assert shown > 0


def test_what_begins_and_ends_meanwhile_counts_at_once(planted: Case) -> None:
    """What is remembered of the relationships is looked up again when one is written, in the same transaction too."""
    other = worker(unit="kuhmo")
    with behind_the_wall(other):
        assert rows(planted.resident_id, planted.id)["cases_case"] == 0
        _begin_at_kuhmo(planted)
        assert rows(planted.resident_id, planted.id)["cases_case"] == 1
        with connection.cursor() as sql:
            sql.execute("DELETE FROM people_relationship WHERE unit = 'kuhmo'")
        assert rows(planted.resident_id, planted.id)["cases_case"] == 0


def _begin_at_kuhmo(planted: Case) -> None:
    began = now() - timedelta(minutes=1)  # before the look, whose own moment is what counts
    people.relate(
        resident=planted.resident_id, unit="kuhmo", register="health", ground="team", subject=planted.id, at=began
    )


def test_what_is_remembered_of_one_is_not_shown_to_another(planted: Case, nurse: Who) -> None:
    """A look within a look: each sees their own, and so does the first one again."""
    every, other = rows(planted.resident_id, planted.id), worker(unit="kuhmo")
    with behind_the_wall(nurse):
        assert rows(planted.resident_id, planted.id) == every
        with behind_the_wall(other):
            assert sum(rows(planted.resident_id, planted.id).values()) == 0
        assert rows(planted.resident_id, planted.id) == every


def test_without_being_told_what_is_remembered_grows_old(planted: Case) -> None:
    """Negative control: it is the trigger on relationships by which the test before the last one passes."""
    other = worker(unit="kuhmo")
    with connection.cursor() as sql:
        sql.execute("ALTER TABLE people_relationship DISABLE TRIGGER remembered")
    try:
        with behind_the_wall(other):
            assert rows(planted.resident_id, planted.id)["cases_case"] == 0
            _begin_at_kuhmo(planted)
            assert rows(planted.resident_id, planted.id)["cases_case"] == 0
    finally:
        with connection.cursor() as sql:
            sql.execute("ALTER TABLE people_relationship ENABLE TRIGGER remembered")


def test_the_role_of_the_pages_passes_no_wall() -> None:
    with connection.cursor() as sql:
        sql.execute("SELECT rolsuper, rolbypassrls, rolcanlogin FROM pg_roles WHERE rolname = 'luotsi_app'")
        assert sql.fetchone() == (False, False, False)
        sql.execute(
            "SELECT relname FROM pg_class WHERE relname = ANY (%s) AND NOT (relrowsecurity AND relforcerowsecurity)",
            [[*OF_RESIDENT, *OF_CASE]],
        )
        assert sql.fetchall() == []


def test_the_system_is_let_through(planted: Case) -> None:
    with behind_the_wall(SYSTEM):
        assert rows(planted.resident_id, planted.id)["cases_case"] == 1
