"""A case goes from hand to hand: who may, what stays behind, and that nothing is taken unseen."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from luotsi.base.who import Who
from luotsi.domain.cases import actions, queries
from luotsi.domain.cases.models import Case, Handover
from luotsi.domain.cases.rules.handover import NotHandedOver
from luotsi.domain.events.models import Event
from luotsi.domain.organisation.rules import NotAllowed
from luotsi.domain.people.models import Relationship
from tests.factories import MORNING, assessed, contact, resident, worker

pytestmark = pytest.mark.django_db
NOON = MORNING + timedelta(hours=3)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        yield


@pytest.fixture
def nurse() -> Who:
    return worker(name="Hilla Hoitaja")


def listed_ids(viewer: Who, unit: str = "sotkamo") -> set[object]:
    return {row.id for row in queries.listed(viewer=viewer, units=[unit])}


def test_taking_a_case_makes_it_ones_own_and_is_told(nurse: Who) -> None:
    case = contact()
    for _ in range(2):
        actions.hand_over(case=case.id, to=nurse.id, seen=None, by=nurse, at=NOON)
    row = queries.worklist(viewer=nurse, units=["sotkamo"], at=NOON)[0]
    assert (row.responsible, row.responsible_name) == (nurse.id, "Hilla Hoitaja")
    assert Handover.objects.count() == 1
    assert Event.objects.get(kind="case.handed_over").body == {"to": str(nurse.id), "unit": "sotkamo"}


def test_a_case_that_somebody_took_meanwhile_is_not_taken_unseen(nurse: Who) -> None:
    case, other = contact(), worker(name="Toinen")
    actions.hand_over(case=case.id, to=other.id, seen=None, by=other, at=NOON)
    with pytest.raises(NotHandedOver) as refusal:
        actions.hand_over(case=case.id, to=nurse.id, seen=None, by=nurse, at=NOON)
    assert refusal.value.why == "moved"
    actions.hand_over(case=case.id, to=nurse.id, seen=other.id, by=nurse, at=NOON)
    assert Case.objects.get().responsible_id == nurse.id


def test_another_unit_gets_the_case_whole_and_the_first_one_keeps_reading_for_a_month(nurse: Who) -> None:
    case, kuhmo = contact(), worker(unit="kuhmo", name="Kuhmon Hoitaja")
    actions.hand_over(case=case.id, to=kuhmo.id, seen=None, unit="kuhmo", note="Muutti", by=nurse, at=NOON)
    assert listed_ids(nurse) == set()
    assert listed_ids(kuhmo, "kuhmo") == {case.id}
    held = {row.unit: row.ends_at for row in Relationship.objects.filter(subject=case.id)}
    assert held == {"sotkamo": NOON + timedelta(days=30), "kuhmo": None}
    assert queries.read_case(case.id, viewer=nurse, language="fi", at=NOON).unit == "kuhmo"
    with pytest.raises(NotAllowed):
        assessed(case, nurse)
    actions.hand_over(case=case.id, to=None, seen=kuhmo.id, unit="sotkamo", by=kuhmo, at=NOON + timedelta(hours=1))
    assert listed_ids(nurse) == {case.id}
    assessed(case, nurse, at=NOON + timedelta(hours=2))


@pytest.mark.parametrize(
    ("unit", "who", "why"),
    [("asiakasohjaus", None, "other_register"), ("no-such", None, "other_register"), ("kuhmo", "nurse", "not_member")],
)
def test_a_case_goes_only_where_its_register_is_and_to_whoever_works_there(
    nurse: Who, unit: str, who: str | None, why: str
) -> None:
    case = contact()
    with pytest.raises(NotHandedOver) as refusal:
        actions.hand_over(case=case.id, to=nurse.id if who else None, seen=None, unit=unit, by=nurse, at=NOON)
    assert refusal.value.why == why


def test_a_manager_gives_a_case_to_a_worker_and_not_to_themselves(nurse: Who) -> None:
    case, manager = contact(), worker(role="unit-manager")
    with pytest.raises(NotHandedOver, match="does not work there"):
        actions.hand_over(case=case.id, to=manager.id, seen=None, by=manager, at=NOON)
    actions.hand_over(case=case.id, to=nurse.id, seen=None, by=manager, at=NOON)
    assert Case.objects.get().responsible_id == nurse.id


def test_nobody_hands_over_the_case_of_another_unit(nurse: Who) -> None:
    case = contact(unit="kuhmo")
    for stranger in (nurse, worker(role="unit-manager"), worker(role="service-adviser")):
        with pytest.raises(NotAllowed):
            actions.hand_over(case=case.id, to=None, seen=None, by=stranger, at=NOON)


def test_of_many_those_that_cannot_go_stay_with_their_reason(nurse: Who) -> None:
    other = worker(name="Toinen")
    free, taken, closed = contact(), contact(), assessed(contact(), nurse, outcome="advice")
    foreign, gone = contact(unit="kuhmo"), uuid4()
    actions.hand_over(case=taken.id, to=other.id, seen=None, by=other, at=NOON)
    chosen = {case: None for case in (free.id, taken.id, closed.id, foreign.id, gone)}
    result = actions.hand_over_many(cases=chosen, to=nurse.id, by=nurse, at=NOON)
    assert result.done == (free.id,)
    assert dict(result.stayed) == {taken.id: "moved", closed.id: "closed", foreign.id: "gone", gone: "gone"}


def test_an_undone_close_is_open_again_only_to_the_unit_that_had_it_last(nurse: Who) -> None:
    case, kuhmo = contact(resident()), worker(unit="kuhmo")
    actions.hand_over(case=case.id, to=None, seen=None, unit="kuhmo", by=nurse, at=NOON)
    assessed(case, kuhmo, outcome="advice", at=NOON + timedelta(minutes=5))
    actions.reopen(case=case.id, reason="wrong_reason", by=kuhmo, at=NOON + timedelta(minutes=10))
    held = {row.unit: row.ends_at for row in Relationship.objects.filter(subject=case.id)}
    assert held["kuhmo"] is None
    assert held["sotkamo"] is not None
