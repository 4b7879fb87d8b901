"""Who is qualified for what: recorded by whoever plans the unit, and asked of each plan for the whole of its days."""

from datetime import date, time, timedelta
from uuid import uuid4

import pytest

from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.bookings.actions.planning import Asked, make_plan
from luotsi.domain.bookings.rules.plans import Draft, PlanRefused
from luotsi.domain.organisation import actions, queries
from luotsi.domain.organisation.models import Qualification
from luotsi.domain.organisation.rules import NotAllowed, NotPossible
from tests.factories import MORNING, worker

pytestmark = pytest.mark.django_db
TODAY = local_day(MORNING)


def recorded(nurse: Who, by: Who, *, key: object = None, until: date | None = None) -> Qualification:
    return actions.record_qualification(
        key=key or uuid4(), staff=nurse.id, qualification="memory", valid_from=TODAY, valid_to=until, by=by, at=MORNING
    )  # fmt: skip


def plan(nurse: Who, by: Who) -> None:
    draft = Draft("FREQ=WEEKLY;BYDAY=MO", time(8), time(12), TODAY, TODAY + timedelta(days=60), 60)
    asked = Asked(unit="sotkamo", staff=nurse.id, profession="nurse", offerings=("memory-nurse",))
    make_plan(key=uuid4(), asked=asked, draft=draft, by=by, at=MORNING)


def test_a_plan_asks_for_the_qualification_for_the_whole_of_its_days() -> None:
    nurse, manager = worker(), worker("unit-manager")
    with pytest.raises(PlanRefused) as refusal:
        plan(nurse, manager)
    assert refusal.value.why == "qualification"

    short = recorded(nurse, manager, until=TODAY + timedelta(days=30))
    with pytest.raises(PlanRefused):
        plan(nurse, manager)

    actions.end_qualification(qualification=short.id, by=manager, at=MORNING)
    recorded(nurse, manager)
    plan(nurse, manager)


def test_the_same_form_twice_is_one_and_two_of_a_kind_are_refused() -> None:
    nurse, manager, key = worker(), worker("unit-manager"), uuid4()
    assert recorded(nurse, manager, key=key).id == recorded(nurse, manager, key=key).id
    with pytest.raises(NotPossible, match="already"):
        recorded(nurse, manager)
    with pytest.raises(NotPossible, match="before"):
        recorded(worker(), manager, until=TODAY - timedelta(days=1))

    assert [one.key for one in queries.qualifications_held([nurse.id])] == ["memory"]


def test_others_record_nothing_here() -> None:
    nurse, manager = worker(), worker("unit-manager")
    row = recorded(nurse, manager)
    for stranger in (nurse, worker("unit-manager", unit="kuhmo")):
        with pytest.raises(NotAllowed):
            recorded(nurse, stranger)
        with pytest.raises(NotAllowed):
            actions.end_qualification(qualification=row.id, by=stranger, at=MORNING)
    assert queries.qualifications_of([nurse.id], first=TODAY) == {nurse.id: {"memory"}}
