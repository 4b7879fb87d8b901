"""All open registers at once are the same as each asked alone."""

from uuid import uuid4

import pytest
import time_machine

from luotsi.base.who import Who
from luotsi.domain.people import access, actions
from tests.factories import MORNING, as_who, resident, worker

pytestmark = pytest.mark.django_db
REGISTERS = ("health", "social", "child_welfare", "none")
# (register, ground) of each relationship, and the consents given; the strongest reason of each register.
CASES = [
    ([], [], {}),
    ([("health", "team")], [], {"health": "team"}),
    ([("health", "emergency"), ("health", "team")], [], {"health": "team"}),
    ([("health", "booking"), ("social", "plan")], [], {"health": "booking", "social": "plan"}),
    ([("health", "team")], ["share-social-with-health"], {"health": "team", "social": "consent"}),
    ([("social", "team")], ["share-social-with-health"], {"social": "team"}),
    ([], ["share-social-with-health", "share-health-with-social"], {}),
    ([("", "assignment")], ["share-social-with-health"], {}),
    ([("health", "emergency")], ["share-social-with-health"], {"health": "emergency"}),
]


@pytest.fixture
def nurse() -> Who:
    return worker()


@pytest.mark.parametrize(("relationships", "consents", "opened"), CASES)
def test_the_strongest_reason_of_each_register(
    nurse: Who, relationships: list[tuple[str, str]], consents: list[str], opened: dict[str, str]
) -> None:
    person = resident()
    with time_machine.travel(MORNING, tick=False):
        for register, ground in relationships:
            if ground == "emergency":
                actions.open_emergency(
                    resident=person.id, register=register, reason_key="danger", reason="kaksi sanaa", by=nurse,
                    at=MORNING,
                )  # fmt: skip
            else:
                whose = {"unit": "sotkamo"} if ground == "team" else {"staff": nurse.id}
                actions.relate(
                    resident=person.id, register=register, ground=ground, subject=uuid4(), at=MORNING, **whose
                )
        for purpose in consents:
            actions.give_consent(resident=person.id, purpose=purpose, by=as_who(person), at=MORNING)
        found = access.registers_open(nurse, person.id)
        alone = {one: access.relationship_of(nurse, person.id, register=one) for one in REGISTERS}
    assert {register: reason.ground for register, reason in found.items()} == opened
    assert found == {register: reason for register, reason in alone.items() if reason}
