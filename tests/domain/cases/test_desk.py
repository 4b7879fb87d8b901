"""The worker's desk: who is on a case, drafts, kept views, and what was written since one looked."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from luotsi.base.who import Who
from luotsi.domain.cases import actions, queries, rules
from luotsi.domain.cases.actions.desk import TooMuch
from luotsi.domain.cases.models import Draft, SavedView
from luotsi.domain.organisation.rules import NotAllowed
from tests.factories import MORNING, assessed, contact, worker

pytestmark = pytest.mark.django_db
NOON = MORNING + timedelta(hours=3)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        yield


@pytest.fixture
def nurse() -> Who:
    return worker(name="Hilla Hoitaja")


def test_others_see_who_is_on_a_case_for_a_minute(nurse: Who) -> None:
    case, other = contact(), worker(name="Toinen Hoitaja")
    actions.stay_on_case(case=case.id, by=nurse, at=NOON)
    assert queries.others_on(case.id, viewer=other, at=NOON + timedelta(seconds=50)) == ("Hilla Hoitaja",)
    assert queries.others_on(case.id, viewer=nurse, at=NOON) == ()
    assert queries.others_on(case.id, viewer=other, at=NOON + timedelta(seconds=61)) == ()
    actions.stay_on_case(case=case.id, by=nurse, at=NOON + timedelta(minutes=2))
    actions.leave_case(case=case.id, by=nurse)
    assert queries.others_on(case.id, viewer=other, at=NOON + timedelta(minutes=2)) == ()


def test_nobody_stands_at_a_case_of_another_unit(nurse: Who) -> None:
    case = contact(unit="kuhmo")
    with pytest.raises(NotAllowed):
        actions.stay_on_case(case=case.id, by=nurse, at=NOON)
    with pytest.raises(NotAllowed):
        queries.others_on(case.id, viewer=nurse, at=NOON)
    with pytest.raises(NotAllowed):
        actions.keep_draft(case=case.id, form="assess", fields={"note": ["x"]}, by=nurse, at=NOON)


def test_a_draft_is_the_writers_own_and_an_empty_one_is_none(nurse: Who) -> None:
    case, other = contact(), worker(name="Toinen")
    actions.keep_draft(case=case.id, form="assess", fields={"note": ["Kes"]}, by=nurse, at=NOON)
    actions.keep_draft(case=case.id, form="assess", fields={"note": ["Kesken"]}, by=nurse, at=NOON)
    assert queries.drafts_of(case.id, viewer=nurse)["assess"].fields == {"note": ["Kesken"]}
    assert queries.drafts_of(case.id, viewer=other) == {}
    actions.forget_draft(case=case.id, form="assess", by=other)
    assert Draft.objects.count() == 1
    actions.keep_draft(case=case.id, form="assess", fields={"note": ["  "]}, by=nurse, at=NOON)
    assert Draft.objects.count() == 0
    with pytest.raises(TooMuch):
        actions.keep_draft(case=case.id, form="assess", fields={"note": ["x" * 50_001]}, by=nurse, at=NOON)


def test_what_another_wrote_meanwhile_is_read_first(nurse: Who) -> None:
    case, other = contact(), worker(name="Toinen")
    seen = queries.length_of_story(case.id, viewer=nurse)
    actions.check_seen(case=case.id, seen=seen, by=nurse)
    assessed(case, other)
    with pytest.raises(rules.NotPossible):
        actions.check_seen(case=case.id, seen=seen, by=nurse)
    actions.check_seen(case=case.id, seen=seen, by=other)  # one's own writing is no surprise
    actions.check_seen(case=case.id, seen=queries.length_of_story(case.id, viewer=nurse), by=nurse)


def test_a_view_is_kept_under_a_name_put_in_order_and_taken_away(nurse: Who) -> None:
    first = actions.keep_view(name="Aamu", query="view=new", by=nurse)
    second = actions.keep_view(name="Ilta", query="view=booked", by=nurse)
    actions.keep_view(name="Aamu", query="view=all", by=nurse)
    assert [(view.name, view.query) for view in queries.views_of(nurse)] == [
        ("Aamu", "view=all"),
        ("Ilta", "view=booked"),
    ]
    actions.raise_view(view=second.id, by=nurse)
    assert [view.name for view in queries.views_of(nurse)] == ["Ilta", "Aamu"]
    other = worker(name="Toinen")
    actions.forget_view(view=first.id, by=other)
    assert queries.views_of(other) == []
    actions.forget_view(view=first.id, by=nurse)
    actions.forget_view(view=uuid4(), by=nurse)
    assert SavedView.objects.count() == 1


def test_thirty_views_are_enough(nurse: Who) -> None:
    for number in range(30):
        actions.keep_view(name=f"Näkymä {number}", query="", by=nurse)
    with pytest.raises(TooMuch):
        actions.keep_view(name="Vielä yksi", query="", by=nurse)
