"""One contact from the form to the closed case: the rows, the events and the clocks tell the same."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine

from luotsi.domain.cases import actions, queries, rules
from luotsi.domain.cases.models import Case
from luotsi.domain.events.queries import story_of
from luotsi.domain.organisation.rules import NotAllowed
from luotsi.domain.questionnaires.actions import Incomplete
from tests.factories import ANSWERS, MORNING, as_who, assessed, contact, offered, resident, worker

pytestmark = pytest.mark.django_db
VISIT = MORNING + timedelta(days=3)
NOON = MORNING + timedelta(hours=3)


def kinds(case: Case) -> list[str]:
    return [event.kind for event in story_of([case.id])[case.id]]


def test_the_whole_road_leaves_its_events_and_meets_its_clocks() -> None:
    nurse, person = worker(), resident()
    case = contact(person)
    assessed(case, nurse)
    booking = offered(case, nurse, starts_at=VISIT)
    actions.answer_offer(case=case.id, booking=booking, accepts=True, by=as_who(person), at=NOON)
    actions.record_visit(case=case.id, booking=booking, note="Hoidettu", by=nurse, at=VISIT)
    actions.close(case=case.id, reason="cared", by=nurse, at=VISIT + timedelta(minutes=30))
    assert [kind for kind in kinds(case) if not kind.startswith("clock.")] == [
        "case.opened", "need.assessed", "booking.offered", "booking.made", "visit.held", "case.closed",
    ]  # fmt: skip
    with time_machine.travel(VISIT + timedelta(days=1)):
        view = queries.read_case(case.id, viewer=nurse, language="fi", at=VISIT + timedelta(days=1))
    assert view.state == "closed"
    assert {chip.line: chip.state for chip in view.chips} == {"contact": "met", "primary_care": "met"}
    assert view.care_due is not None
    assert view.care_due.due == date(2026, 6, 2)


def test_the_under_23s_have_fourteen_days() -> None:
    nurse = worker()
    case = contact(resident(born=date(2006, 5, 1)))
    assessed(case, nurse)
    view = queries.read_case(case.id, viewer=nurse, language="fi", at=MORNING + timedelta(hours=2))
    assert view.care_due is not None
    assert view.care_due.due == date(2026, 3, 16)


def test_a_time_after_the_limit_puts_the_case_at_risk_at_once() -> None:
    nurse = worker()
    case = contact(resident(born=date(2006, 5, 1)))
    assessed(case, nurse)
    offered(case, nurse, starts_at=MORNING + timedelta(days=20))
    view = queries.read_case(case.id, viewer=nurse, language="fi", at=NOON)
    assert view.care_due is not None
    assert view.care_due.state == "at_risk"


def test_advice_closes_the_case_without_a_care_clock() -> None:
    nurse = worker()
    case = contact()
    assessed(case, nurse, outcome="advice")
    with time_machine.travel(NOON):
        view = queries.read_case(case.id, viewer=nurse, language="fi", at=NOON)
    assert (view.state, view.close_reason) == ("closed", "advice")
    assert [chip.line for chip in view.chips] == ["contact"]


def test_the_same_sending_twice_is_one_case() -> None:
    worker()
    person, key = resident(), uuid4()
    sent = [
        actions.receive(
            resident=person.id, kind="health_need", service="nurse-reception", unit="sotkamo", channel="form",
            language="fi", key=key, by=as_who(person), at=MORNING, questionnaire="contact", answers=ANSWERS,
        )
        for _ in range(2)
    ]  # fmt: skip
    assert sent[0].id == sent[1].id
    assert Case.objects.count() == 1


def test_a_form_without_its_required_answers_opens_nothing() -> None:
    with pytest.raises(Incomplete) as told:
        contact(what="", phone="")
    assert told.value.items == ["what", "phone"]
    assert Case.objects.count() == 0


def test_a_worker_of_another_unit_neither_sees_nor_acts() -> None:
    case, stranger = contact(), worker(unit="kuhmo")
    with pytest.raises(NotAllowed):
        assessed(case, stranger)
    with pytest.raises(NotAllowed):
        queries.read_case(case.id, viewer=stranger, language="fi", at=MORNING)


def test_a_resident_sees_only_their_own_and_answers_only_their_own() -> None:
    nurse, person, other = worker(), resident(), resident()
    case = contact(person)
    assessed(case, nurse)
    booking = offered(case, nurse, starts_at=VISIT)
    with pytest.raises(NotAllowed):
        queries.read_case(case.id, viewer=as_who(other), language="fi", at=MORNING)
    with pytest.raises(NotAllowed):
        actions.answer_offer(case=case.id, booking=booking, accepts=True, by=as_who(other), at=MORNING)


def test_a_time_of_another_case_is_not_answered_through_this_one() -> None:
    nurse, person = worker(), resident()
    first, second = contact(person), contact(person)
    assessed(first, nurse)
    booking = offered(first, nurse, starts_at=VISIT)
    with pytest.raises(rules.NotPossible):
        actions.answer_offer(case=second.id, booking=booking, accepts=True, by=as_who(person), at=MORNING)


def test_a_declined_time_leaves_the_case_waiting_for_another() -> None:
    nurse, person = worker(), resident()
    case = contact(person)
    assessed(case, nurse)
    booking = offered(case, nurse, starts_at=VISIT)
    actions.answer_offer(case=case.id, booking=booking, accepts=False, by=as_who(person), at=NOON)
    assert actions.state_of(case) == "assessed"


def test_the_worklist_takes_as_many_queries_for_thirty_cases_as_for_three(django_assert_num_queries: Any) -> None:
    nurse = worker()

    def read() -> int:
        return len(queries.worklist(viewer=nurse, units=["sotkamo"], at=NOON))

    for _ in range(3):
        assessed(contact(), nurse)
    with django_assert_num_queries(7):  # four read, three write the usage log where no page does it
        assert read() == 3
    for _ in range(27):
        case = assessed(contact(), nurse)
    offered(case, nurse, starts_at=VISIT)
    with django_assert_num_queries(8):  # one more: the times of those who have one
        assert read() == 30


def test_the_worklist_sorts_by_what_is_due() -> None:
    nurse = worker()
    adult = assessed(contact(resident(last_name="Aikuinen")), nurse)
    young = assessed(contact(resident(born=date(2006, 5, 1), last_name="Nuori")), nurse)
    rows = queries.worklist(viewer=nurse, units=["sotkamo"], at=NOON)
    assert [row.id for row in rows] == [young.id, adult.id]
    assert [row.id for row in queries.worklist(viewer=nurse, units=["sotkamo"], at=MORNING, sort="name")] == [
        adult.id,
        young.id,
    ]
    assert [row.id for row in queries.worklist(viewer=nurse, units=["sotkamo"], at=MORNING, words="nuor")] == [young.id]
