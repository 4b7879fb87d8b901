"""The light list and the whole one tell the same; a visit counts with a booked time or without one."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from luotsi.base.text import sort_key
from luotsi.base.who import Who
from luotsi.domain.cases import actions, queries, rules
from luotsi.domain.cases.rules import CaseFacts, case_state
from tests.factories import MORNING, as_who, assessed, contact, offered, resident, slot, worker

pytestmark = pytest.mark.django_db
NOON = MORNING + timedelta(hours=3)
VISIT = MORNING + timedelta(days=3)


@pytest.fixture
def nurse() -> Who:
    """A nurse whose list has a case in every state."""
    by = worker()
    contact(resident(last_name="Öhman"))
    assessed(contact(resident(last_name="Aalto", born=date(2006, 5, 1))), by)
    assessed(contact(resident(last_name="Åkerman")), by, outcome="urgent")
    assessed(contact(), by, outcome="advice")
    offered(assessed(contact(resident(last_name="Virtanen")), by), by, starts_at=VISIT)
    person = resident(last_name="Wirtanen")
    booked = assessed(contact(person), by)
    booking = offered(booked, by, starts_at=VISIT + timedelta(hours=1))
    actions.answer_offer(case=booked.id, booking=booking, accepts=True, by=as_who(person), at=NOON)
    walked_in = assessed(contact(resident(last_name="Äijälä")), by, outcome="urgent")
    actions.record_visit(case=walked_in.id, note="", by=by, at=NOON)
    return by


@pytest.mark.parametrize("sort", ["due", "-due", "opened", "name", "-name", "state", "-state", "nonsense"])
def test_the_light_list_agrees_with_the_whole_one(nurse: Who, sort: str) -> None:
    light = queries.listed(viewer=nurse, units=["sotkamo"], sort=sort)
    whole = queries.worklist(viewer=nurse, units=["sotkamo"], at=NOON, sort=sort)
    assert [(row.id, row.state, row.due) for row in light] == [(row.id, row.state, row.due) for row in whole]
    assert {row.state for row in light} == {"new", "assessed", "urgent", "offered", "booked", "visited"}


def test_only_the_asked_cases_are_read_whole(nurse: Who) -> None:
    asked = [row.id for row in queries.listed(viewer=nurse, units=["sotkamo"], sort="name")][1:3]
    rows = queries.worklist(viewer=nurse, units=["sotkamo"], at=NOON, sort="name", only=asked)
    assert [row.id for row in rows] == asked


def test_names_stand_in_finnish_order_and_are_found_by_their_parts(nurse: Who) -> None:
    names = [row.resident_name.split()[0] for row in queries.listed(viewer=nurse, units=["sotkamo"], sort="name")]
    assert names == ["Aalto", "Virtanen", "Wirtanen", "Åkerman", "Äijälä", "Öhman"]
    found = queries.listed(viewer=nurse, units=["sotkamo"], words="testi IRTA", sort="name")
    assert [row.resident_name for row in found] == ["Virtanen Testi", "Wirtanen Testi"]


def test_a_list_in_the_database_puts_names_in_the_order_of_the_sort_key(nurse: Who) -> None:
    for name in ("Öörni", "Ähtäri", "Åberg", "Zorro", "Šakki", "Sakki", "Éva", "Eva", "von Ä", "Õun", "Ylä", "Ülo"):
        contact(resident(last_name=name))
    for turned in (False, True):
        rows = queries.listed(viewer=nurse, units=["sotkamo"], sort="-name" if turned else "name")
        names = [sort_key(row.resident_name) for row in rows]
        assert names == sorted(names, reverse=turned)


def test_nobody_lists_the_cases_of_another_unit(nurse: Who) -> None:
    assert queries.listed(viewer=worker(unit="kuhmo"), units=["sotkamo"]) == []


def test_the_light_list_takes_two_queries_and_the_way_past_the_wall(nurse: Who, django_assert_num_queries: Any) -> None:
    """Here something was written before, so nothing is remembered: three more ask whether it may be."""
    with django_assert_num_queries(7):
        queries.listed(viewer=nurse, units=["sotkamo"])


@pytest.mark.parametrize(
    ("effects", "bookings", "state"),
    [
        (["urgent"], [], "visited"),
        (["care_needed"], ["declined"], "visited"),
        (["care_needed"], ["offered"], "offered"),
    ],
)
def test_a_visit_without_a_booked_time_moves_the_case_on(effects: list[str], bookings: list[Any], state: str) -> None:
    assert case_state(CaseFacts(False, effects, bookings, is_visited=True)) == state


def test_the_same_visit_sent_twice_is_one() -> None:
    by, key = worker(), uuid4()
    case = assessed(contact(), by, outcome="urgent")
    for _ in range(2):
        actions.record_visit(case=case.id, note="Hoidettu", by=by, at=NOON, key=key)
    assert case.visit_notes.count() == 1


def test_a_withdrawn_time_is_free_for_another_and_the_clock_runs_on() -> None:
    by = worker()
    case, other = assessed(contact(), by), assessed(contact(), by)
    place = slot(by, starts_at=VISIT)
    actions.offer_time(case=case.id, slot=place, key=uuid4(), by=by, at=NOON)
    booking = case.times.get().booking_id
    for _ in range(2):
        actions.withdraw_time(case=case.id, booking=booking, by=by, at=NOON)
    actions.offer_time(case=other.id, slot=place, key=uuid4(), by=by, at=NOON)
    found = queries.read_case(case.id, viewer=by, language="fi", at=NOON)
    assert found.state == "assessed"
    assert found.care_due is not None
    assert found.care_due.is_running


def test_a_time_of_another_case_is_not_withdrawn_through_this_one() -> None:
    by = worker()
    case, other = assessed(contact(), by), assessed(contact(), by)
    booking = offered(other, by, starts_at=VISIT)
    with pytest.raises(rules.NotPossible):
        actions.withdraw_time(case=case.id, booking=booking, by=by, at=NOON)
