"""The round of the clocks: states move with time, each once, however many workers go round."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection

from luotsi.domain.clocks import actions
from luotsi.domain.clocks.models import Clock
from luotsi.domain.events.models import Event
from luotsi.domain.events.queries import story_of

from .case import USES, Case, born_of
from .moments import MORNING, at


def young() -> Case:
    """A child's matter: the limit is 16.3.2026."""
    case = Case(born=date(2015, 5, 5))
    case.happens("need.assessed", at=MORNING, outcome="care_needed")
    return case


def state(case: Case) -> str:
    return Clock.objects.get(subject=case.id).state


@pytest.mark.django_db
def test_nothing_moves_before_its_time():
    case = young()
    assert actions.tick(at=at("2026-03-12T23:59")) == 0
    assert state(case) == "running"


@pytest.mark.django_db
def test_a_clock_becomes_due_soon_then_overdue_and_then_sleeps():
    case = young()
    assert actions.tick(at=at("2026-03-13T00:00")) == 1
    assert state(case) == "due_soon"
    assert actions.tick(at=at("2026-03-13T00:00")) == 0
    assert actions.tick(at=at("2026-03-17T00:00")) == 1
    assert state(case) == "overdue"
    assert Clock.objects.get(subject=case.id).wake_at is None


def misses(case: Case) -> list[Event]:
    return story_of([case.id], kinds=("clock.missed",))[case.id]


@pytest.mark.django_db
def test_a_missed_limit_is_told_once_with_the_day_and_the_unit_of_its_case():
    case = young()
    for days in (16, 17, 90):
        actions.tick(at=MORNING + timedelta(days=days))
    (told,) = misses(case)
    assert (told.occurred_at, told.unit, told.resident) == (at("2026-03-17T00:00"), "sotkamo", case.resident)
    assert told.body["due"] == "2026-03-16"
    assert (told.body["line"], told.body["rule"]) == ("primary_care", "PHC-14D-U23")


@pytest.mark.django_db
def test_a_miss_that_no_round_saw_is_told_by_the_next_event_and_not_again():
    case = young()
    case.happens("visit.held", at=at("2026-03-20"))
    actions.tick(at=at("2026-03-21"))
    case.follow(at=at("2026-03-22"))
    assert [told.occurred_at for told in misses(case)] == [at("2026-03-17T00:00")]


@pytest.mark.django_db
def test_a_miss_that_a_late_record_disproves_is_withdrawn():
    case = young()
    actions.tick(at=at("2026-03-18"))
    case.record("visit.held", at=at("2026-03-10"))
    case.follow(at=at("2026-03-19"))
    (told,) = misses(case)
    withdrawn = story_of([case.id], kinds=("clock.withdrawn",))[case.id]
    assert [(one.corrects, one.body["what"]) for one in withdrawn] == [(told.uid, "clock.missed")]


@pytest.mark.django_db
def test_a_clock_whose_row_was_lost_is_told_when_the_rows_are_made_anew():
    case = young()
    Clock.objects.filter(subject=case.id).delete()
    for days in (20, 21):
        actions.rebuild(uses_of={"health_need": USES}, born_of=born_of, at=MORNING + timedelta(days=days))
        actions.tick(at=MORNING + timedelta(days=days))
    assert len(misses(case)) == 1


@pytest.mark.django_db
def test_a_worker_that_slept_for_a_month_still_tells_the_truth():
    case = young()
    assert actions.tick(at=at("2026-04-20")) == 1
    assert state(case) == "overdue"


@pytest.mark.django_db
def test_a_missed_promise_stops_calming_the_clock():
    case = young()
    case.happens("booking.made", at=at("2026-03-03"), booking="b1", starts_at="2026-03-14T10:00:00+02:00")
    assert state(case) == "running"
    actions.tick(at=at("2026-03-14T12:00"))
    assert state(case) == "running"
    actions.tick(at=at("2026-03-15T00:00"))
    assert state(case) == "due_soon"


@pytest.mark.django_db
def test_a_missed_clock_stays_overdue_until_the_care_is_given():
    case = young()
    for days in (16, 30, 90):
        actions.tick(at=MORNING + timedelta(days=days))
        assert state(case) == "overdue"
    case.happens("visit.held", at=MORNING + timedelta(days=91))
    assert state(case) == "late"
    assert actions.tick(at=MORNING + timedelta(days=400)) == 0


@pytest.mark.django_db(transaction=True)
def test_of_several_workers_exactly_one_moves_each_clock():
    cases = [young() for _ in range(30)]
    gate, moved = threading.Barrier(4), []

    def work() -> None:
        try:
            gate.wait()
            moved.append(actions.tick(at=at("2026-03-17")))
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(moved) == 4
    assert sum(moved) == len(cases)
    assert all(state(case) == "overdue" for case in cases)


@pytest.mark.django_db(transaction=True)
def test_two_writers_on_one_case_leave_one_clock_and_one_telling():
    case = Case(born=date(2015, 5, 5))
    case.record("need.assessed", at=MORNING, outcome="care_needed")
    gate = threading.Barrier(4)

    def work() -> None:
        try:
            gate.wait()
            case.follow(at=MORNING)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert Clock.objects.filter(subject=case.id).count() == 1
    kinds = [event.kind for event in story_of([case.id])[case.id]]
    assert sorted(kinds) == ["clock.started", "need.assessed"]
