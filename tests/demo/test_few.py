"""The demonstration stands with few residents too: nobody is missing, and nobody meets a matter of their own."""

from uuid import UUID

import pytest
from django.db import connection

from luotsi.base.now import local_day
from luotsi.demo import ids, morning
from luotsi.demo.open_matters import Neighbours
from tests.demo.conftest import AT, tell

WANTED = 13  # neighbours who write or were judged, before the two children of the morning


@pytest.mark.parametrize("seed", range(1, 9))
@pytest.mark.parametrize("count", [150, 160, 600])
def test_there_are_neighbours_and_children_enough(count: int, seed: int) -> None:
    residents = tell(count, seed).residents
    neighbours = Neighbours(residents, AT)
    found = [neighbours.next(is_young=number % 3 == 0) for number in range(WANTED)]
    children = [neighbours.child(lambda one: True) for _ in range(2)]
    assert len({*found, *children}) == WANTED + 2
    born = {ids.one(residents.ids, row): day for row, day in enumerate(residents.born)}
    assert all((local_day(AT) - born[child]).days < 17 * 366 for child in children)


def test_a_child_of_whom_a_matter_is_under_way_is_passed_by() -> None:
    residents = tell(160).residents
    first = Neighbours(residents, AT).child(lambda one: True)
    assert Neighbours(residents, AT).child(lambda one: one != first) != first


@pytest.mark.usefixtures("county")
def test_who_has_a_matter_of_child_welfare_is_not_free() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT resident_id FROM cases_case WHERE kind = 'child_welfare' AND closed_at IS NULL LIMIT 1")
        (child,) = cursor.fetchone()
        cursor.execute("SELECT resident_id FROM cases_case WHERE kind = 'health_need' LIMIT 1")
        (other,) = cursor.fetchone()
    assert not morning._has_no_matter(UUID(str(child)))
    assert morning._has_no_matter(UUID(str(other)))
