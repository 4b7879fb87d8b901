"""What stands first on the list and in the morning review, and which step it names: help at once goes before all."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine

from luotsi.base.who import Who
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases import queries
from luotsi.domain.cases.models import Case
from tests.factories import MORNING, contact, resident, worker
from tests.factories.clients import signed_in
from tests.factories.notifying import EASTER, child, guard, notification
from tests.rooms.team.conftest import NOON
from tests.rooms.team.test_worklist import text

pytestmark = pytest.mark.django_db
LIST = "/fi/team/"
HUDDLE = "/fi/team/huddle/"


def judged(case: Case, by: Who, outcome: str, **more: Any) -> Case:
    return cases.assess(case=case.id, outcome=outcome, note="", key=uuid4(), by=by, **more)


def names(response: Any) -> list[str]:
    return [line.name.split()[0] for line in response.context["lines"]]


def next_step(client: Any) -> str:
    (line,) = client.get(LIST).context["lines"]
    return line.next_words


def test_a_further_notification_makes_the_judgement_of_urgency_the_next_step() -> None:
    lotta, maija = guard(), child()
    with time_machine.travel(EASTER + timedelta(hours=4), tick=False):
        client = signed_in(lotta)
        case = notification(maija, lotta)
        judged(case, lotta, "not_urgent", at=EASTER + timedelta(hours=1))
        assert next_step(client) == "Päätä arvioinnin aloittamisesta"
        judged(case, lotta, "started", at=EASTER + timedelta(hours=2))
        assert next_step(client) == "Kirjaa valmis arviointi"
        joined = notification(maija, lotta, at=EASTER + timedelta(hours=3))
        assert joined == case
        assert next_step(client) == "Arvioi kiireellisyys", "the later stages wait until the new contact is judged"
        found = queries.read_case(case.id, viewer=lotta, language="fi", at=EASTER + timedelta(hours=4))
        assert found.stage.key == "urgency", "the matter's own page says the same"
        judged(case, lotta, "not_urgent", at=EASTER + timedelta(hours=3, minutes=10))
        assert next_step(client) == "Päätä arvioinnin aloittamisesta"
        judged(case, lotta, "joined", at=EASTER + timedelta(hours=3, minutes=20))
        assert next_step(client) == "Kirjaa valmis arviointi"


def test_a_contact_that_joins_a_matter_of_another_kind_asks_for_no_judgement_again(nurse: Who) -> None:
    person = resident()
    first, second = contact(person), contact(person, at=MORNING + timedelta(hours=1))
    judged(first, nurse, "care_needed", at=MORNING + timedelta(minutes=30))
    cases.join_matter(case=second.id, into=first.id, by=nurse, at=NOON)
    (line,) = signed_in(nurse).get(LIST).context["lines"]
    assert line.next_words == "Tarjoa aika"
    assert line.news == "", "the worker who joined it has read it"


def test_an_emergency_stands_first_and_says_so_in_words(nurse: Who) -> None:
    late = contact(resident(last_name="Vanhin"), at=MORNING - timedelta(days=30))
    judged(late, nurse, "care_needed", at=MORNING - timedelta(days=30))
    contact(resident(last_name="Tavallinen"))
    judged(contact(resident(last_name="Hätä")), nurse, "urgent", urgency="at_once", at=NOON)
    client = signed_in(nurse)
    assert names(client.get(LIST))[0] == "Hätä", "although others are due earlier"
    assert client.get(LIST).content.decode().count("Apua heti") == 1
    assert names(client.get(f"{LIST}?sort=-due"))[-1] == "Hätä"
    assert names(client.get(f"{LIST}?sort=name")) == ["Hätä", "Tavallinen", "Vanhin"], "by name means by name"


def test_an_emergency_that_was_helped_is_none_any_more(nurse: Who) -> None:
    case = judged(contact(resident()), nurse, "urgent", urgency="at_once", at=NOON)
    client = signed_in(nurse)
    assert client.get(LIST).context["lines"][0].is_emergency
    cases.record_visit(case=case.id, note="Hoidettu heti", key=uuid4(), by=nurse, at=NOON)
    assert not client.get(LIST).context["lines"][0].is_emergency
    assert "Hätätilanne" not in text(client.get(f"{LIST}cases/{case.id}/"))


def test_a_later_judgement_takes_the_emergency_back(nurse: Who) -> None:
    case = judged(contact(resident()), nurse, "care_needed", urgency="at_once", at=NOON - timedelta(minutes=5))
    client = signed_in(nurse)
    assert client.get(LIST).context["lines"][0].is_emergency
    judged(case, nurse, "care_needed", urgency="days", at=NOON)
    assert not client.get(LIST).context["lines"][0].is_emergency


def test_the_morning_review_begins_with_emergencies() -> None:
    lotta = guard()
    manager = worker("unit-manager", unit="lastensuojelu", name="Pirjo Päällikkö")
    with time_machine.travel(EASTER + timedelta(hours=2), tick=False):
        assert "Apua heti" not in text(signed_in(manager).get(HUDDLE))
        judged(notification(child(), lotta), lotta, "at_once", at=EASTER + timedelta(hours=1))
        notification(child(), lotta)
        answer = signed_in(manager).get(HUDDLE)
        body = text(answer)
    assert answer.context["huddle"].emergencies.count == 1
    assert "Apua heti: 1" in body
    assert body.index("Apua heti: 1") < body.index("Tänään")
    assert [line.is_emergency for line in answer.context["parts"]["emergencies"]] == [True]
