"""A wrong close is undone within the hour: the history keeps both, the limits run as if it had not been."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from luotsi.domain.cases import actions, queries, rules
from luotsi.domain.cases.models import Case
from luotsi.domain.clocks.models import Clock
from luotsi.domain.events.queries import story_of
from luotsi.domain.organisation.rules import NotAllowed
from luotsi.domain.people.models import Relationship
from tests.factories import MORNING, assessed, contact, worker

pytestmark = pytest.mark.django_db
CLOSED = MORNING + timedelta(hours=2)


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    """A relationship with somebody whose matter was closed ends some time after that."""
    with time_machine.travel(CLOSED):
        yield


def clocks(case: Case) -> list[tuple[object, ...]]:
    columns = ("line", "rule", "started_at", "due_on", "stopped_at", "state", "wake_at")
    return sorted(Clock.objects.filter(subject=case.id).values_list(*columns), key=str)


def test_the_limits_run_on_as_if_the_matter_had_never_been_closed() -> None:
    nurse = worker()
    case = assessed(contact(), nurse)
    before = clocks(case)
    actions.close(case=case.id, reason="withdrawn", by=nurse, at=CLOSED)
    assert clocks(case) != before
    actions.reopen(case=case.id, reason="wrong_matter", by=nurse, at=CLOSED + timedelta(minutes=59))
    assert clocks(case) == before
    view = queries.read_case(case.id, viewer=nurse, language="fi", at=CLOSED + timedelta(hours=1))
    assert (view.state, view.close_reason, view.closed_at) == ("assessed", "", None)


def test_both_the_close_and_its_undoing_stay_in_the_history() -> None:
    nurse = worker()
    case = assessed(contact(), nurse)
    actions.close(case=case.id, reason="withdrawn", by=nurse, at=CLOSED)
    actions.reopen(case=case.id, reason="not_finished", by=nurse, at=CLOSED + timedelta(minutes=5))
    told = {event.kind: event for event in story_of([case.id])[case.id]}
    assert told["case.reopened"].corrects == told["case.closed"].uid
    assert told["case.reopened"].body == {"reason": "not_finished"}
    assert "clock.withdrawn" in told


def test_the_unit_keeps_the_matter_on_its_list_after_that() -> None:
    nurse = worker()
    case = assessed(contact(), nurse)
    actions.close(case=case.id, reason="withdrawn", by=nurse, at=CLOSED)
    actions.reopen(case=case.id, reason="wrong_matter", by=worker(name="Toinen Hoitaja"), at=CLOSED)
    assert Relationship.objects.get(subject=case.id, ground="team").ends_at is None


def test_after_an_hour_it_is_too_late() -> None:
    nurse = worker()
    case = assessed(contact(), nurse)
    actions.close(case=case.id, reason="withdrawn", by=nurse, at=CLOSED)
    with pytest.raises(rules.NotPossible):
        actions.reopen(case=case.id, reason="wrong_matter", by=nurse, at=CLOSED + timedelta(minutes=61))


def test_undoing_twice_changes_nothing_and_an_open_matter_is_not_undone() -> None:
    nurse = worker()
    case = assessed(contact(), nurse)
    with pytest.raises(rules.NotPossible):
        actions.reopen(case=case.id, reason="wrong_matter", by=nurse, at=CLOSED)
    actions.close(case=case.id, reason="withdrawn", by=nurse, at=CLOSED)
    for _ in range(2):
        actions.reopen(case=case.id, reason="wrong_matter", by=nurse, at=CLOSED)
    assert [event.kind for event in story_of([case.id])[case.id]].count("case.reopened") == 1


def test_a_worker_of_another_unit_undoes_nothing() -> None:
    nurse, stranger = worker(), worker(unit="kuhmo")
    case = assessed(contact(), nurse)
    actions.close(case=case.id, reason="withdrawn", by=nurse, at=CLOSED)
    with pytest.raises(NotAllowed):
        actions.reopen(case=case.id, reason="wrong_matter", by=stranger, at=CLOSED)


def test_a_matter_that_advice_had_closed_is_judged_anew() -> None:
    nurse = worker()
    case = assessed(contact(), nurse, outcome="advice", at=CLOSED)
    actions.reopen(case=case.id, reason="new_information", by=nurse, at=CLOSED + timedelta(minutes=1))
    view = queries.read_case(case.id, viewer=nurse, language="fi", at=CLOSED + timedelta(minutes=2))
    assert view.state == "under_way"
    assert view.steps[0] == "assess"
    assessed(case, nurse, at=CLOSED + timedelta(minutes=3))
    assert actions.state_of(Case.objects.get(id=case.id)) == "assessed"
