"""Calling back: each attempt stays, one that reached ends the duty, and who waits longest stands first."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine

from luotsi.base.who import Who
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases.models import CallAttempt, Case
from luotsi.domain.cases.queries.calls import Waiting, call_list, waiting_now
from luotsi.domain.cases.queries.contacts import contacts_of
from luotsi.domain.cases.rules.contact import BadContact
from luotsi.domain.events.models import Event
from luotsi.domain.organisation.rules import NotAllowed
from luotsi.domain.people import actions as people
from tests.domain.cases.test_contacts import written
from tests.factories import MORNING, assessed, contact, resident, worker

pytestmark = pytest.mark.django_db
NOON = MORNING + timedelta(hours=3)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def nurse() -> Who:
    return worker(name="Hilla Hoitaja")


def called(case: Case, by: Who, outcome: str = "no_answer", **more: Any) -> CallAttempt:
    about: dict[str, Any] = {"case": case.id, "contact": case.contact_id, "key": uuid4(), "at": NOON} | more
    return cases.record_call(outcome=outcome, by=by, **about)


def listed(by: Who) -> list[Waiting]:
    return call_list(viewer=by, units={"sotkamo"}, at=NOON)


def test_a_form_waits_for_a_call_at_the_number_it_gave(nurse: Who) -> None:
    case = contact()
    (row,) = listed(nurse)
    assert (row.case, row.number, row.calls) == (case.id, "040 123 4567", ())
    assert row.chip is not None
    assert row.due == MORNING.date()


def test_who_is_on_the_phone_now_does_not_wait_for_a_call(nurse: Who) -> None:
    written(nurse)
    assert listed(nurse) == []
    written(nurse, call_number="040 1")
    assert [row.number for row in listed(nurse)] == ["040 1"]


def test_a_call_that_reached_ends_the_duty_and_an_unanswered_one_does_not(nurse: Who) -> None:
    case = contact()
    called(case, nurse)
    (row,) = listed(nurse)
    assert [one.outcome for one in row.calls] == ["no_answer"]
    called(case, nurse, "reached")
    assert listed(nurse) == []
    facts = Event.objects.filter(subject=case.id, kind="call.made").order_by("id")
    assert [fact.body["reached"] for fact in facts] == [False, True]


def test_a_judgement_ends_the_duty_to_call(nurse: Who) -> None:
    assessed(contact(), nurse)
    assert listed(nurse) == []


def test_a_call_agreed_for_later_stays_on_the_list_with_what_was_agreed(nurse: Who) -> None:
    case = contact()
    with pytest.raises(BadContact):
        called(case, nurse, "agreed_later")
    called(case, nurse, "agreed_later", note="klo 14")
    (row,) = listed(nurse)
    assert row.agreed == "klo 14"


def test_after_three_attempts_in_vain_a_letter_is_suggested(nurse: Who) -> None:
    case = contact()
    for outcome in ("no_answer", "busy"):
        called(case, nurse, outcome)
    assert not listed(nurse)[0].suggests_letter
    called(case, nurse, "wrong_number")
    assert listed(nurse)[0].suggests_letter
    assert contacts_of(case.id, viewer=nurse)[0].suggests_letter


def test_the_same_attempt_sent_twice_is_one(nurse: Who) -> None:
    case, key = contact(), uuid4()
    assert called(case, nurse, key=key).id == called(case, nurse, key=key).id
    assert CallAttempt.objects.count() == 1


def test_an_outcome_that_is_not_on_the_shelf_is_refused(nurse: Who) -> None:
    with pytest.raises(BadContact):
        called(contact(), nurse, "shouted")


def test_nobody_of_another_unit_sees_the_list_or_writes_a_call() -> None:
    case, stranger = contact(), worker(unit="kuhmo")
    assert call_list(viewer=stranger, units={"sotkamo", "kuhmo"}, at=NOON) == []
    with pytest.raises(NotAllowed):
        called(case, stranger)
    with pytest.raises(NotAllowed):
        contacts_of(case.id, viewer=stranger)


def test_danger_comes_first_then_the_day_that_runs_out(nurse: Who) -> None:
    yesterday = contact(at=MORNING - timedelta(days=3))
    today = contact()
    danger = written(nurse, call_number="1", has_danger=True, at=NOON)
    assert [row.case for row in listed(nurse)] == [danger.id, yesterday.id, today.id]
    assert len(waiting_now(viewer=nurse, units={"sotkamo"})) == 3


def test_a_protection_order_hides_the_number(nurse: Who) -> None:
    person = resident(phone="040 555 5555")
    case = contact(person)
    people.set_protection(resident=person.id, is_on=True, by=nurse, at=MORNING)
    (row,) = listed(nurse)
    assert (row.number, row.is_protected) == ("", True)
    view = contacts_of(case.id, viewer=nurse)[0]
    assert (view.call_number, view.is_number_hidden) == ("", True)


def test_the_true_time_stays_beside_the_one_it_counts_from(nurse: Who) -> None:
    saturday = MORNING - timedelta(days=2)
    case = contact(at=saturday)
    (row,) = listed(nurse)
    assert row.received_at == saturday
    assert row.counts_from == MORNING.replace(hour=8, minute=0)
    assert contacts_of(case.id, viewer=nurse)[0].counts_from == row.counts_from


def test_a_call_belongs_to_a_contact_of_the_case_and_to_an_open_one(nurse: Who) -> None:
    case, other = contact(), contact()
    with pytest.raises(NotAllowed):
        called(case, nurse, contact=other.contact_id)
    cases.close(case=assessed(case, nurse, at=NOON).id, reason="cared", by=nurse, at=NOON)
    with pytest.raises(BadContact, match="closed"):
        called(case, nurse)

    assert not CallAttempt.objects.exists()


def test_whoever_only_reads_in_an_emergency_writes_no_call() -> None:
    case, reader = contact(), worker(unit="kuhmo")
    people.open_emergency(
        resident=case.resident_id, register="health", reason_key="cannot-tell", reason="Tajuton päivystyksessä",
        by=reader, at=NOON - timedelta(minutes=1),
    )  # fmt: skip
    assert contacts_of(case.id, viewer=reader)
    with pytest.raises(NotAllowed):
        called(case, reader)


def test_a_key_of_another_contact_s_call_is_said_and_keeps_nothing(nurse: Who) -> None:
    key, other = uuid4(), contact()
    called(contact(), nurse, key=key)
    with pytest.raises(BadContact, match="another contact"):
        called(other, nurse, key=key)

    assert CallAttempt.objects.count() == 1
