"""The second wall around what teams write: both ends of a thread and the unit of the case see it and write."""

from uuid import UUID, uuid4

import pytest
from django.db import ProgrammingError, connection, transaction

from luotsi.base.now import now
from luotsi.base.who import Who
from luotsi.domain.cases.actions import referrals
from luotsi.domain.cases.models import Case
from luotsi.domain.clocks import queries as clock_queries
from luotsi.domain.people import actions as people
from luotsi.domain.people.queries import resident_as_who
from tests.factories import assessed, contact, resident, worker
from tests.reliability.test_row_level_security import Figures, behind_the_wall, seen

pytestmark = pytest.mark.django_db(transaction=True)  # rows of one's own transaction pass the wall


@pytest.fixture
def nurse() -> Who:
    return worker()


@pytest.fixture
def planted(nurse: Who) -> Case:
    return assessed(contact(resident()), nurse, at=now())


# The thread's tables, by the column of the referral.
OF_REFERRAL = {"cases_referral": "id", "cases_referralentry": "referral_id"}


def thread(viewer: Who | None, referral: UUID) -> dict[str, int]:
    """How many rows of this thread each of its tables shows."""
    found = {}
    with behind_the_wall(viewer), connection.cursor() as sql:
        for table, column in OF_REFERRAL.items():
            sql.execute(f"SELECT count(*) FROM {table} WHERE {column} = %s", [referral])
            found[table] = sql.fetchone()[0]
    return found


@pytest.fixture
def sent_on(planted: Case, nurse: Who) -> UUID:
    """The planted case was sent to physiotherapy, which asked something back."""
    physio = worker("physiotherapist", "fysioterapia")
    referral = referrals.send(
        case=planted.id, route="physiotherapy", to_unit="fysioterapia", question="Polvi", key=uuid4(), by=nurse,
        at=now(),
    )  # fmt: skip
    referrals.write(referral=referral.id, note="Onko kuvattu?", key=uuid4(), by=physio, at=now())
    return referral.id


def test_the_receiver_sees_the_thread_and_nothing_of_the_sender_s_case(
    planted: Case, nurse: Who, sent_on: UUID, figures: Figures
) -> None:
    receiver, other = worker("physiotherapist", "fysioterapia"), worker(unit="kuhmo")
    whole = {"cases_referral": 1, "cases_referralentry": 1}

    assert thread(receiver, sent_on) == thread(nurse, sent_on) == whole
    assert sum(seen(receiver, planted).values()) == 0
    assert sum(thread(other, sent_on).values()) == sum(seen(other, planted).values()) == 0
    assert sum(thread(None, sent_on).values()) == 0
    figures("RLS: the receiving unit sees the thread and 0 rows of the sender's case, another unit 0 rows of either")


def test_a_partner_sees_the_thread_sent_to_it_and_no_row_of_the_person(
    planted: Case, nurse: Who, sent_on: UUID
) -> None:
    person, partner = resident_as_who(planted.resident_id), worker("partner-worker", "kela")
    assert person is not None
    people.give_consent(resident=planted.resident_id, purpose="refer-to-kela", by=person, at=now())
    referral = referrals.send(
        case=planted.id, route="kela", to_unit="kela", question="Kuntoutus", key=uuid4(), by=nurse, at=now()
    )

    assert thread(partner, referral.id)["cases_referral"] == 1
    assert thread(partner, sent_on)["cases_referral"] == 0, "nor the one sent elsewhere"
    assert sum(seen(partner, planted).values()) == 0


@pytest.mark.parametrize("table", OF_REFERRAL)
def test_with_its_policy_off_the_thread_is_open(table: str, sent_on: UUID) -> None:
    """Negative control."""
    other = worker(unit="kuhmo")
    assert thread(other, sent_on)[table] == 0
    with connection.cursor() as sql:
        sql.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    try:
        shown = thread(other, sent_on)[table]
    finally:
        with connection.cursor() as sql:
            sql.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    assert shown > 0


def test_the_receiver_answers_and_accepts_behind_the_wall(planted: Case, sent_on: UUID) -> None:
    """The whole road as the pages' role: nothing that a receiver does needs the sender's rows."""
    physio = worker("physiotherapist", "fysioterapia")
    with behind_the_wall(physio):
        row = referrals.accept(referral=sent_on, key=uuid4(), by=physio, at=now())
    opened = row.opened_id
    assert opened is not None
    with behind_the_wall(physio), connection.cursor() as sql:
        sql.execute("SELECT count(*) FROM cases_case WHERE id = %s", [opened])
        assert sql.fetchone()[0] == 1
    assert clock_queries.clocks_of([sent_on])[sent_on][0].state == "met"


# A row of each table that hangs on somebody's case, as plain SQL would plant it.
PLANTED = {
    "cases_casecontact": "(case_id, contact_id, joined_at) VALUES (%(case)s, %(contact)s, now())",
    "cases_handover": "(id, case_id, from_unit_id, to_unit_id, note, made_by_id, made_at) "
    "VALUES (gen_random_uuid(), %(case)s, 'sotkamo', 'kuhmo', '', %(staff)s, now())",
    "cases_telling": "(id, key, case_id, party, way, told_by_id, told_at) "
    "VALUES (gen_random_uuid(), gen_random_uuid(), %(case)s, 'child', 'phone', %(staff)s, now())",
    "cases_presence": "(case_id, staff_id, seen_at) VALUES (%(case)s, %(staff)s, now())",
    "cases_direction": "(id, key, case_id, service, why, given_by_id, given_at) "
    "VALUES (gen_random_uuid(), gen_random_uuid(), %(case)s, 'x', 'x', %(staff)s, now())",
    "cases_callattempt": "(id, key, contact_id, outcome, note, made_by_id, made_at) "
    "VALUES (gen_random_uuid(), gen_random_uuid(), %(contact)s, 'reached', '', %(staff)s, now())",
    "cases_referralentry": "(id, key, referral_id, step, written_by_id, written_at) "
    "VALUES (gen_random_uuid(), gen_random_uuid(), %(referral)s, 'message', %(staff)s, now())",
    "cases_draft": "(id, case_id, staff_id, form, fields, saved_at) "
    "VALUES (gen_random_uuid(), %(case)s, %(owner)s, 'x', '{}', now())",
    "cases_savedview": "(id, staff_id, name, query, place) VALUES (gen_random_uuid(), %(owner)s, 'x', '', 0)",
}


@pytest.mark.parametrize("table", PLANTED)
def test_another_unit_plants_no_row_there_and_the_unit_itself_does(
    table: str, planted: Case, nurse: Who, sent_on: UUID
) -> None:
    other = worker(unit="kuhmo")
    told = {"case": planted.id, "contact": planted.contact_id, "referral": sent_on, "owner": nurse.id}
    statement = f"INSERT INTO {table} {PLANTED[table]}"
    refused = pytest.raises(ProgrammingError, match="row-level security")
    with behind_the_wall(other), connection.cursor() as sql, refused, transaction.atomic():
        sql.execute(statement, told | {"staff": other.id})
    with behind_the_wall(nurse), connection.cursor() as sql:
        sql.execute(statement, told | {"staff": nurse.id})
        assert sql.rowcount == 1, "the statement itself is right"
