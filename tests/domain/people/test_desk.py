"""Registering at the desk: one person once, a code that is nobody else's, and no way to somebody who is known."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
import time_machine

from luotsi.base.who import Who
from luotsi.domain.events import actions as events
from luotsi.domain.organisation.rules import NotAllowed
from luotsi.domain.people import access, actions
from luotsi.domain.people.actions import registering
from luotsi.domain.people.actions.desk import AlreadyKnown, register_at_desk
from luotsi.domain.people.definitions import grounds
from luotsi.domain.people.models import Resident
from tests.factories import MORNING, identity_code, worker

pytestmark = pytest.mark.django_db
NEW = {"first_name": "Uusi", "last_name": "Asukas", "municipality": "765", "language": "fi"}
BORN = date(1970, 5, 5)


@pytest.fixture
def nurse() -> Who:
    return worker()


def test_two_who_were_born_on_a_day_get_different_codes(nurse: Who) -> None:
    codes = {
        register_at_desk(key=uuid4(), birth_date=BORN, by=nurse, at=MORNING, **NEW).temporary_code for _ in range(3)
    }
    assert codes == {"050570-900B", "050570-901C", "050570-902D"}


def test_a_code_taken_at_the_same_moment_goes_to_the_other_one(nurse: Who, monkeypatch: pytest.MonkeyPatch) -> None:
    first = register_at_desk(key=uuid4(), birth_date=BORN, by=nurse, at=MORNING, **NEW)
    known = registering._codes_of_day
    stale = iter([set()])
    monkeypatch.setattr(registering, "_codes_of_day", lambda born: next(stale, None) or known(born))
    second = register_at_desk(key=uuid4(), birth_date=BORN, by=nurse, at=MORNING, **NEW)
    assert first.resident != second.resident
    assert second.temporary_code == "050570-901C"


def test_the_one_who_registered_sees_them_behind_the_second_wall_and_a_colleague_does_not(nurse: Who) -> None:
    colleague = worker(name="Kolle Kollega")
    with time_machine.travel(MORNING, tick=False):
        with events.looking(nurse, action="person.register"):
            done = register_at_desk(key=uuid4(), identity_code=identity_code(), by=nurse, at=MORNING, **NEW)
        seen = {who.name: seen_by(who) for who in (nurse, colleague)}
    assert seen == {nurse.name: [done.resident], colleague.name: []}


def seen_by(who: Who) -> list[UUID]:
    with events.looking(who, action="person.read"):
        return list(Resident.objects.values_list("id", flat=True))


def test_somebody_known_is_not_opened(nurse: Who) -> None:
    code = identity_code()
    person = actions.register(identity_code=code, by=nurse, at=MORNING, **NEW)
    with pytest.raises(AlreadyKnown):
        register_at_desk(key=uuid4(), identity_code=code, by=nurse, at=MORNING, **NEW)
    with pytest.raises(AlreadyKnown):
        register_at_desk(key=person.id, birth_date=BORN, by=nurse, at=MORNING, **NEW)
    assert access.relationship_of(nurse, person.id, at=MORNING) is None
    assert Resident.objects.count() == 1


def test_the_relationship_is_in_no_register(nurse: Who) -> None:
    done = register_at_desk(key=uuid4(), birth_date=BORN, by=nurse, at=MORNING, **NEW)
    until = MORNING + timedelta(days=grounds()["assignment"].stays_days)
    reason = access.Reason("assignment", "", MORNING, until)
    assert access.relationship_of(nurse, done.resident, at=MORNING) == reason
    for register in ("health", "social", "child_welfare", "none"):
        assert access.relationship_of(nurse, done.resident, register=register, at=MORNING) is None


def test_whoever_registers_nobody_does_not(nurse: Who) -> None:
    with pytest.raises(NotAllowed):
        register_at_desk(key=uuid4(), birth_date=BORN, by=worker(role="privacy-officer"), at=MORNING, **NEW)
