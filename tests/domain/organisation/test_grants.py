"""Two people give a role, one takes it back; the database says so too."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from luotsi.base.who import SYSTEM, Who
from luotsi.domain.events.models import Event
from luotsi.domain.organisation import actions, queries
from luotsi.domain.organisation.models import Assignment
from luotsi.domain.organisation.rules import NotAllowed, NotPossible
from tests.factories import MORNING, worker

pytestmark = pytest.mark.django_db
TODAY = MORNING.date()
LAST = TODAY + timedelta(days=90)


@pytest.fixture
def ada() -> Who:
    return worker("county-administrator", name="Ada Ensimmäinen")


@pytest.fixture
def eino() -> Who:
    return worker("county-administrator", name="Eino Toinen")


@pytest.fixture
def nurse() -> Who:
    return worker(name="Hilla Hoitaja")


def propose(by: Who, to: Who, **changes: Any) -> Assignment:
    wish = {"role": "nurse", "unit": "kuhmo", "valid_from": TODAY, "valid_to": LAST, "reason": "Sijaisuus"}
    return actions.propose_assignment(staff=to.id, **(wish | changes), by=by, at=MORNING)  # type: ignore[arg-type]


def units_of(who: Who, on: date = TODAY) -> frozenset[str]:
    assert who.id
    found = queries.staff_as_who(who.id, on=on)
    return found.units if found else frozenset()


def kinds() -> Iterator[str]:
    return Event.objects.filter(kind__startswith="assignment.").order_by("id").values_list("kind", flat=True)


def test_a_proposal_opens_nothing_until_a_second_person_confirms_it(ada: Who, eino: Who, nurse: Who) -> None:
    row = propose(ada, nurse)
    assert units_of(nurse) == {"sotkamo"}

    actions.confirm_assignment(assignment=row.id, by=eino, at=MORNING)

    assert units_of(nurse) == {"sotkamo", "kuhmo"}
    assert units_of(nurse, LAST) == {"sotkamo", "kuhmo"}
    assert units_of(nurse, LAST + timedelta(days=1)) == {"sotkamo"}
    assert units_of(nurse, TODAY - timedelta(days=1)) == {"sotkamo"}
    assert list(kinds())[-2:] == ["assignment.proposed", "assignment.confirmed"]
    said = Event.objects.get(kind="assignment.confirmed")
    assert (said.subject, said.unit, said.actor_id) == (row.id, "kuhmo", eino.id)
    assert said.body == {"staff": str(nurse.id), "role": "nurse", "proposed_by": str(ada.id)}


def test_neither_the_proposer_nor_the_receiver_confirms(ada: Who, eino: Who) -> None:
    for proposal, by, why in [
        (propose(ada, eino, role="privacy-officer", unit="tietosuoja"), ada, "own_proposal"),
        (propose(ada, eino, role="service-manager", unit="tietosuoja"), eino, "for_oneself"),
    ]:
        for answer in (actions.confirm_assignment, actions.decline_assignment):
            with pytest.raises(NotPossible) as refusal:
                answer(assignment=proposal.id, by=by, at=MORNING)
            assert refusal.value.why == why
    assert not Assignment.objects.filter(source="person", confirmed_at__isnull=False).exists()


@pytest.mark.parametrize("changes", [
    {"confirmed_by": "proposer"}, {"confirmed_by": "holder"}, {"confirmed_by": None}, {"reason": ""},
    {"valid_to": None}, {"proposed_by": None}, {"source": "nobody"}, {"valid_to": date(2020, 1, 1)},
])  # fmt: skip
def test_the_database_itself_refuses_a_grant_that_is_not_whole(
    ada: Who, eino: Who, nurse: Who, changes: dict[str, Any]
) -> None:
    row = propose(ada, nurse)
    actions.confirm_assignment(assignment=row.id, by=eino, at=MORNING)
    people = {"proposer": ada.id, "holder": nurse.id}
    change = {
        (f"{name}_id" if name.endswith("_by") else name): people.get(value, value) for name, value in changes.items()
    }

    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.filter(id=row.id).update(**change)


def test_what_the_system_gives_never_waits(nurse: Who) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.filter(staff_id=nurse.id).update(confirmed_at=None)


@pytest.mark.parametrize("role", ["nurse", "unit-manager", "privacy-officer", "service-manager"])
def test_only_an_administrator_gives_and_takes_back(ada: Who, nurse: Who, role: str) -> None:
    other = worker(role)
    row = propose(ada, nurse)
    with pytest.raises(NotAllowed):
        propose(other, nurse, unit="paltamo")
    for step in (actions.confirm_assignment, actions.decline_assignment, actions.end_assignment):
        with pytest.raises(NotAllowed):
            step(assignment=row.id, by=other, at=MORNING)
    with pytest.raises(NotAllowed):
        propose(SYSTEM, nurse, unit="paltamo")


def test_the_same_proposal_twice_is_one_and_another_for_the_same_days_is_refused(
    ada: Who, eino: Who, nurse: Who
) -> None:
    first = propose(ada, nurse)
    assert propose(ada, nurse).id == first.id
    for by, changes in [(eino, {}), (ada, {"valid_to": LAST + timedelta(days=5)}), (ada, {"reason": "Muu"})]:
        with pytest.raises(NotPossible) as refusal:
            propose(by, nurse, **changes)
        assert refusal.value.why == "overlaps"
    with pytest.raises(NotPossible):  # the system gave the same role in Sotkamo until further notice
        propose(ada, nurse, unit="sotkamo")


def test_saying_yes_or_no_twice_is_saying_it_once(ada: Who, eino: Who, nurse: Who) -> None:
    yes, no = propose(ada, nurse), propose(ada, nurse, unit="paltamo")
    for _ in range(2):
        actions.confirm_assignment(assignment=yes.id, by=eino, at=MORNING)
        actions.decline_assignment(assignment=no.id, by=eino, at=MORNING, reason="Ei tarvita")
    assert list(kinds()).count("assignment.confirmed") == list(kinds()).count("assignment.declined") == 1
    third = worker("county-administrator")
    with pytest.raises(NotPossible) as refusal:
        actions.confirm_assignment(assignment=no.id, by=third, at=MORNING)
    assert refusal.value.why == "answered"


def test_a_role_taken_back_is_gone_at_once_and_may_be_proposed_again(ada: Who, eino: Who, nurse: Who) -> None:
    row = propose(ada, nurse)
    actions.confirm_assignment(assignment=row.id, by=eino, at=MORNING)
    for _ in range(2):
        actions.end_assignment(assignment=row.id, by=ada, at=MORNING, reason="Väärä yksikkö")
    assert units_of(nurse) == {"sotkamo"}
    with pytest.raises(NotPossible):
        actions.end_assignment(assignment=row.id, by=eino, at=MORNING)

    again = propose(ada, nurse)

    assert again.id != row.id
    actions.confirm_assignment(assignment=again.id, by=eino, at=MORNING)
    assert units_of(nurse) == {"sotkamo", "kuhmo"}
    ended = Event.objects.get(kind="assignment.ended")
    assert ended.body["was_in_force"] is True


def test_the_proposer_withdraws_and_the_proposal_can_no_longer_be_confirmed(ada: Who, eino: Who, nurse: Who) -> None:
    row = propose(ada, nurse)
    actions.end_assignment(assignment=row.id, by=ada, at=MORNING)
    with pytest.raises(NotPossible) as refusal:
        actions.confirm_assignment(assignment=row.id, by=eino, at=MORNING)
    assert refusal.value.why == "answered"


def test_who_has_left_holds_nothing_and_comes_back_with_nothing(ada: Who, eino: Who, nurse: Who) -> None:
    assert nurse.id
    waiting = propose(ada, nurse)
    actions.leave(staff=nurse.id, by=ada, at=MORNING)
    assert units_of(nurse) == frozenset()
    for attempt in (
        lambda: propose(ada, nurse, unit="paltamo"),
        lambda: actions.confirm_assignment(assignment=waiting.id, by=eino, at=MORNING),
    ):
        with pytest.raises(NotPossible):
            attempt()

    actions.return_to_work(staff=nurse.id, by=eino, at=MORNING)

    assert units_of(nurse) == frozenset()
    assert propose(ada, nurse, unit="paltamo")
    assert set(kinds()) >= {"assignment.ended"}


def test_an_unknown_worker_or_assignment_is_not_there(ada: Who) -> None:
    with pytest.raises(NotAllowed):
        propose(ada, Who(kind="staff", role="nurse", id=uuid4()))
    for step in (actions.confirm_assignment, actions.decline_assignment, actions.end_assignment):
        with pytest.raises(NotAllowed):
            step(assignment=uuid4(), by=ada, at=MORNING)
    with pytest.raises(NotAllowed):
        actions.leave(staff=uuid4(), by=ada, at=MORNING)


def test_the_system_too_gives_a_role_only_where_it_fits() -> None:
    with pytest.raises(NotPossible):
        worker("nurse", unit="aikuissosiaalityo")


def test_somebody_with_two_roles_acts_in_one_at_a_time(nurse: Who) -> None:
    assert nurse.id
    actions.employ(
        id=nurse.id, name=nurse.name, unit="kuhmo", role="unit-manager", since=date(2024, 1, 1), by=SYSTEM, at=MORNING
    )
    held = queries.roles_of(nurse.id, on=TODAY)
    assert [(one.role, one.units) for one in held] == [
        ("nurse", frozenset({"sotkamo"})),
        ("unit-manager", frozenset({"kuhmo"})),
    ]
    assert queries.staff_as_who(nurse.id, on=TODAY) == nurse
    manager = queries.staff_as_who(nurse.id, on=TODAY, role="unit-manager")
    assert manager
    assert (manager.role, manager.units) == ("unit-manager", {"kuhmo"})
    assert queries.staff_as_who(nurse.id, on=TODAY, role="doctor") is None


@pytest.mark.parametrize("day", [-1, 0, 1, 90, 91])
@pytest.mark.parametrize("end", ["never", "early", "left"])
def test_what_every_request_asks_is_what_the_table_says(ada: Who, eino: Who, nurse: Who, end: str, day: int) -> None:
    """The question is written twice: in SQL for every request, and as the scope of the table."""
    row = propose(ada, nurse)
    propose(ada, nurse, unit="paltamo")  # waits
    actions.confirm_assignment(assignment=row.id, by=eino, at=MORNING)
    on = TODAY + timedelta(days=day)
    if end == "early":
        actions.end_assignment(assignment=row.id, by=ada, at=MORNING + timedelta(days=1, hours=14))
    if end == "left":
        actions.leave(staff=nurse.id, by=ada, at=MORNING + timedelta(days=90))  # type: ignore[arg-type]

    assert units_of(nurse, on) == {one.unit_id for one in Assignment.objects.in_force(on).filter(staff_id=nurse.id)}
