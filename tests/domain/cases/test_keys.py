"""A repeated sending is one; a key of one matter or person does nothing in another's, and loses nothing."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from luotsi.domain.bookings.models import Booking
from luotsi.domain.bookings.rules import NotPossible as TimeNotPossible
from luotsi.domain.cases import actions, queries, rules
from luotsi.domain.cases.models import Case, VisitNote
from tests.factories import ANSWERS, MORNING, as_who, assessed, contact, offered, resident, slot, worker

LATER = MORNING + timedelta(days=3)


def send(person: object, key: object) -> Case:
    return actions.receive(
        resident=person.id, kind="health_need", service="nurse-reception", unit="sotkamo", channel="form",
        language="fi", key=key, by=as_who(person), at=MORNING, questionnaire="contact", answers=ANSWERS,
    )  # type: ignore[attr-defined]  # fmt: skip


@pytest.mark.django_db
def test_somebody_elses_key_opens_ones_own_case() -> None:
    worker()
    key, mine, theirs = uuid4(), resident(), resident()
    assert send(mine, key).resident_id == mine.id
    assert send(theirs, key).resident_id == theirs.id


@pytest.mark.django_db(transaction=True)
def test_six_sendings_at_once_are_one_case_for_all_of_them() -> None:
    worker()
    person, key, found, start = resident(), uuid4(), [], threading.Barrier(6)

    def client() -> None:
        try:
            start.wait()
            found.append(send(person, key).id)
        finally:
            connection.close()

    clients = [threading.Thread(target=client) for _ in range(6)]
    for one in clients:
        one.start()
    for one in clients:
        one.join()
    assert len(found) == 6
    assert len(set(found)) == 1


@pytest.mark.django_db
def test_a_judgement_with_another_matters_key_is_saved_here() -> None:
    nurse, key = worker(), uuid4()
    first, second = contact(), contact()
    for case in (first, second):
        actions.assess(
            case=case.id, outcome="care_needed", note="n", key=key, by=nurse, at=MORNING + timedelta(hours=1)
        )
    assert [actions.state_of(case) for case in (first, second)] == ["assessed", "assessed"]


@pytest.mark.django_db
def test_a_time_offered_with_another_matters_key_is_refused_not_broken() -> None:
    nurse, person, key = worker(), resident(), uuid4()
    first, second = (assessed(contact(person), nurse) for _ in range(2))
    at = MORNING + timedelta(hours=2)
    place = slot(nurse, starts_at=LATER)
    actions.offer_time(case=first.id, slot=place, key=key, by=nurse, at=at)
    with pytest.raises(rules.NotPossible):
        actions.offer_time(case=second.id, slot=slot(worker(), starts_at=LATER), key=key, by=nurse, at=at)
    assert actions.state_of(second) == "assessed"


@pytest.mark.django_db
def test_a_visit_with_another_matters_key_is_refused() -> None:
    nurse, key = worker(), uuid4()
    first, second = (assessed(contact(), nurse) for _ in range(2))
    at = MORNING + timedelta(hours=2)
    actions.record_visit(case=first.id, note="a", key=key, by=nurse, at=at)
    with pytest.raises(rules.NotPossible):
        actions.record_visit(case=second.id, note="b", key=key, by=nurse, at=at)
    assert VisitNote.objects.get().case_id == first.id


@pytest.mark.django_db
def test_a_visit_beside_an_open_offer_is_refused_so_that_no_time_stays_held() -> None:
    nurse = worker()
    case = assessed(contact(), nurse)
    offered(case, nurse, starts_at=LATER)
    with pytest.raises(rules.NotPossible):
        actions.record_visit(case=case.id, note="", by=nurse, at=MORNING + timedelta(hours=3))


@pytest.mark.django_db
def test_a_time_that_has_passed_is_not_taken() -> None:
    nurse, person = worker(), resident()
    case = assessed(contact(person), nurse)
    booking = offered(case, nurse, starts_at=LATER)
    with pytest.raises(TimeNotPossible):
        actions.answer_offer(case=case.id, booking=booking, accepts=True, by=as_who(person), at=LATER)
    assert Booking.objects.get(id=booking).accepted_at is None


@pytest.mark.django_db
def test_an_unread_contact_with_a_danger_sign_stands_first() -> None:
    nurse = worker()
    contact(resident(last_name="Aiempi"), at=MORNING - timedelta(hours=1))
    danger = contact(resident(last_name="Vaara"), now=["chest_pain"])
    at = MORNING + timedelta(hours=1)
    assert next(row.id for row in queries.worklist(viewer=nurse, units=["sotkamo"], at=at)) == danger.id
    assessed(danger, nurse)
    assert next(row.id for row in queries.worklist(viewer=nurse, units=["sotkamo"], at=at)) != danger.id
