"""Two administrators always remain, also when two people take roles back at the same moment."""

import threading
from collections.abc import Callable
from time import monotonic, sleep

import pytest
from django.db import connection, transaction

from luotsi.base.who import Who
from luotsi.domain.organisation import actions
from luotsi.domain.organisation.models import Assignment
from luotsi.domain.organisation.rules import ADMINISTRATOR, NotPossible, check_enough_remain
from tests.factories import MORNING, worker

End = Callable[[Who, Who], object]


def end(whose: Who, by: Who) -> object:
    row = Assignment.objects.get(staff_id=whose.id, role=ADMINISTRATOR)
    return actions.end_assignment(assignment=row.id, by=by, at=MORNING)


def leave(whose: Who, by: Who) -> object:
    return actions.leave(staff=whose.id, by=by, at=MORNING)  # type: ignore[arg-type, func-returns-value]


def administrators(number: int) -> list[Who]:
    return [worker("county-administrator", name=f"Antti Antaja {one}") for one in range(number)]


def still_there() -> int:
    rows = Assignment.objects.in_force(MORNING.date()).filter(role=ADMINISTRATOR)
    return rows.values("staff").distinct().count()


@pytest.mark.parametrize(("left", "is_enough"), [(0, False), (1, False), (2, True), (3, True)])
def test_two_people_must_be_left_to_give_roles(left: int, is_enough: bool) -> None:
    if is_enough:
        check_enough_remain(left)
        return
    with pytest.raises(NotPossible, match="two administrators must remain"):
        check_enough_remain(left)


@pytest.mark.django_db
@pytest.mark.parametrize("step", [end, leave])
def test_of_two_administrators_neither_can_be_taken_away(step: End) -> None:
    one, other, third = administrators(3)
    step(third, one)
    for whose, by in ((one, one), (other, one), (one, other)):
        with pytest.raises(NotPossible) as refusal:
            step(whose, by)
        assert refusal.value.why == "last_administrator"
    assert still_there() == 2


@pytest.mark.django_db
def test_one_of_somebodys_two_units_may_end_while_two_people_remain() -> None:
    one, other = administrators(2)
    row = Assignment.objects.get(staff_id=one.id)
    Assignment.objects.create(
        staff_id=one.id, unit_id="sotkamo", role=ADMINISTRATOR, valid_from=row.valid_from, confirmed_at=MORNING
    )
    actions.end_assignment(assignment=row.id, by=other, at=MORNING)

    assert still_there() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", [end, leave])
@pytest.mark.parametrize("second", [end, leave])
def test_two_at_the_same_moment_cannot_end_each_other(first: End, second: End) -> None:
    """The first has ended the second's role and not yet committed; the second, who cannot see it, ends the first's."""
    one, other, _third = administrators(3)
    refused: list[str] = []

    def meanwhile() -> None:
        try:
            second(one, other)
        except NotPossible as refusal:
            refused.append(refusal.why)
        finally:
            connection.close()

    rival = threading.Thread(target=meanwhile)
    with transaction.atomic():
        first(other, one)
        rival.start()
        _until_it_waits(rival)
    rival.join(20)

    assert refused == ["last_administrator"]
    assert still_there() == 2


def _until_it_waits(rival: threading.Thread) -> None:
    """Until the rival waits for this transaction, or is through without having waited."""
    until = monotonic() + 10
    while rival.is_alive() and monotonic() < until:
        with connection.cursor() as sql:
            sql.execute(
                "SELECT count(*) FROM pg_stat_activity "
                "WHERE datname = current_database() AND wait_event_type = 'Lock' AND pid <> pg_backend_pid()"
            )
            if sql.fetchone()[0]:
                return
        sleep(0.02)
