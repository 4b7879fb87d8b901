"""Somebody is away: who marks it, which days make sense, and who looks after the work."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from luotsi.base.who import Who
from luotsi.domain.organisation import actions, queries
from luotsi.domain.organisation.models import Absence
from luotsi.domain.organisation.rules import Days, NotAllowed, NotPossible, check_absence
from tests.factories import MORNING, worker

pytestmark = pytest.mark.django_db
TODAY = MORNING.date()


def mark(nurse: Who, manager: Who, *, first: int = 0, last: int = 4, substitute: Who | None = None) -> Absence:
    return actions.mark_absence(
        key=uuid4(), staff=nurse.id, begins_on=TODAY + timedelta(first), ends_on=TODAY + timedelta(last),
        substitute=substitute.id if substitute else None, by=manager, at=MORNING,
    )  # fmt: skip


def test_a_manager_marks_who_is_away_and_who_substitutes() -> None:
    nurse, other, manager = worker(), worker(name="Sijainen"), worker(role="unit-manager")
    mark(nurse, manager, substitute=other)
    assert queries.away_on([nurse.id, other.id], on=TODAY + timedelta(4))[nurse.id].substitute_name == "Sijainen"
    assert queries.away_on([nurse.id], on=TODAY + timedelta(5)) == {}


def test_nobody_marks_the_absence_of_another_units_worker() -> None:
    manager = worker(role="unit-manager")
    with pytest.raises(NotAllowed):
        mark(worker(unit="kuhmo"), manager)
    with pytest.raises(NotAllowed):
        mark(worker(), manager, substitute=worker(unit="kuhmo"))
    with pytest.raises(NotAllowed):
        mark(worker(), worker())


def test_the_same_key_marks_once_and_an_ended_absence_makes_room() -> None:
    nurse, manager, key = worker(), worker(role="unit-manager"), uuid4()
    told = {"staff": nurse.id, "begins_on": TODAY, "ends_on": TODAY, "substitute": None, "by": manager, "at": MORNING}
    for _ in range(2):
        row = actions.mark_absence(key=key, **told)
    assert Absence.objects.count() == 1
    with pytest.raises(NotPossible, match="away already"):
        mark(nurse, manager)
    for _ in range(2):
        actions.end_absence(absence=row.id, by=manager, at=MORNING)
    assert queries.away_on([nurse.id], on=TODAY) == {}
    mark(nurse, manager)


def test_members_of_a_register_are_those_whose_role_works_in_it() -> None:
    nurse, manager = worker(name="Aino"), worker(role="unit-manager", name="Berit")
    worker(role="service-adviser", unit="asiakasohjaus")
    assert [one.id for one in queries.members_of(["sotkamo", "asiakasohjaus"], on=TODAY, register="health")] == [
        nurse.id,
        manager.id,
    ]
    assert queries.members_of(["kuhmo"], on=TODAY) == []


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [(3, 2, "backwards"), (-10, -1, "past"), (-61, 5, "past"), (401, 402, "too_far"), (0, 401, "too_long")],
)  # fmt: skip
def test_days_that_make_no_sense_are_refused(first: int, last: int, why: str) -> None:
    days = Days(TODAY + timedelta(first), TODAY + timedelta(last))
    with pytest.raises(NotPossible) as refusal:
        check_absence(days, on=TODAY, staff=uuid4(), substitute=None, known=(), of_substitute=())
    assert refusal.value.why == why


def test_days_touch_when_they_share_one() -> None:
    days = Days(date(2026, 3, 2), date(2026, 3, 6))
    assert days.touches(Days(date(2026, 3, 6), date(2026, 3, 9)))
    assert not days.touches(Days(date(2026, 3, 7), date(2026, 3, 9)))
