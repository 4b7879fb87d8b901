"""The second wall around a thread that has ended: its receiver sees it for thirty days and not one day longer."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import connection

from luotsi.base.now import now
from luotsi.base.who import Who
from luotsi.domain.cases.actions import referrals
from luotsi.domain.people.definitions import grounds
from tests.factories import assessed, contact, resident, worker
from tests.reliability.test_row_level_security import Figures
from tests.reliability.test_wall_around_the_team import thread

pytestmark = pytest.mark.django_db(transaction=True)  # rows of one's own transaction pass the wall

WHOLE = {"cases_referral": 1, "cases_referralentry": 2}
NOTHING = {"cases_referral": 0, "cases_referralentry": 0}


@pytest.fixture
def nurse() -> Who:
    return worker()


@pytest.fixture
def physio() -> Who:
    return worker("physiotherapist", "fysioterapia")


def sent(nurse: Who) -> UUID:
    case = assessed(contact(resident()), nurse, at=now())
    return referrals.send(
        case=case.id, route="physiotherapy", to_unit="fysioterapia", question="Polvi", key=uuid4(), by=nurse, at=now()
    ).id


def returned(nurse: Who, physio: Who) -> UUID:
    """Read and sent back: the receiver has no matter of their own."""
    thread_id = sent(nurse)
    referrals.receive(referral=thread_id, key=uuid4(), by=physio, at=now())
    referrals.return_to_sender(referral=thread_id, reason="more_needed", key=uuid4(), by=physio, at=now())
    return thread_id


def days_later(days: int) -> time_machine.travel:
    return time_machine.travel(now() + timedelta(days=days), tick=False)


def test_an_ended_thread_leaves_its_receiver_after_its_days_and_stays_with_its_sender(
    nurse: Who, physio: Who, figures: Figures
) -> None:
    ended = returned(nurse, physio)
    assert thread(physio, ended) == WHOLE
    stays = grounds()["referral"].stays_days
    with days_later(stays - 1):
        assert thread(physio, ended) == WHOLE
    with days_later(stays + 1):
        assert thread(physio, ended) == NOTHING, "by the database itself"
        assert thread(nurse, ended) == WHOLE, "the case is the sender's"
    figures(f"RLS: an ended thread shows its receiver 0 rows on day {stays + 1}")


def test_a_thread_that_still_runs_stays_however_long(nurse: Who, physio: Who) -> None:
    running = sent(nurse)
    with days_later(400):
        assert thread(physio, running)["cases_referral"] == 1


def test_an_ended_thread_stays_where_the_matter_that_it_opened_is_open(nurse: Who, physio: Who) -> None:
    accepted = sent(nurse)
    referrals.accept(referral=accepted, key=uuid4(), by=physio, at=now())
    referrals.finish(referral=accepted, key=uuid4(), by=physio, at=now())
    with days_later(400):
        assert thread(physio, accepted) == WHOLE


def test_without_the_days_in_the_policy_the_thread_would_stay(nurse: Who, physio: Who) -> None:
    """Negative control: the policy as it was shows the ended thread for ever."""
    ended = returned(nurse, physio)
    with connection.cursor() as sql:
        sql.execute("SELECT pg_get_expr(polqual, polrelid) FROM pg_policy WHERE polrelid = 'cases_referral'::regclass")
        rule = sql.fetchone()[0]
        assert f"'{grounds()['referral'].stays_days} days'" in rule, "the shelf and the wall say the same days"
        sql.execute("ALTER POLICY shown ON cases_referral USING (to_unit_id = ANY ((SELECT luotsi_units())::text[]))")
    try:
        with days_later(400):
            assert thread(physio, ended) == WHOLE
    finally:
        with connection.cursor() as sql:
            sql.execute(f"ALTER POLICY shown ON cases_referral USING ({rule})")
    with days_later(400):
        assert thread(physio, ended) == NOTHING
