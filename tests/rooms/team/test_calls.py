"""The call list: who waits, until when, and one press for what came of a call."""

from typing import Any
from uuid import uuid4

import pytest

from luotsi.base.who import Who
from luotsi.domain.cases.models import CallAttempt, Case
from luotsi.domain.people import actions as people
from tests.factories import MORNING, contact, resident, worker
from tests.factories.clients import signed_in
from tests.rooms.team.people import told_in_log
from tests.rooms.team.test_case import page_of
from tests.rooms.team.test_worklist import text

pytestmark = pytest.mark.django_db
LIST = "/fi/team/calls/"


def pressed(case: Case, outcome: str, **more: Any) -> dict[str, str]:
    return {"contact": str(case.contact_id), "key": str(uuid4()), "outcome": outcome, "then": "calls"} | more


def test_the_list_shows_who_waits_their_number_and_the_last_day(nurse: Who) -> None:
    case = contact(resident(last_name="Aalto"))
    page = signed_in(nurse).get(LIST)
    body = text(page)
    assert "Aalto" in body
    assert 'href="tel:0401234567"' in page.content.decode()
    assert "ma 2.3.2026" in body
    assert ("shown", "list", "team") in told_in_log(case.resident_id)


def test_nobody_waits_is_said(nurse: Who) -> None:
    assert "Kukaan ei odota soittoa" in text(signed_in(nurse).get(LIST))


def test_one_press_keeps_the_call_and_who_was_not_reached_stays(nurse: Who) -> None:
    case, client = contact(resident(last_name="Aalto")), signed_in(nurse)
    answer = client.post(f"{page_of(case)}calls/", pressed(case, "no_answer"), follow=True)
    assert answer.redirect_chain == [(LIST, 302)]
    body = text(answer)
    assert "Soitto on kirjattu: ei vastaa." in body
    assert "Aalto" in body
    body = text(client.post(f"{page_of(case)}calls/", pressed(case, "reached"), follow=True))
    assert "Kukaan ei odota soittoa" in body
    story = text(client.get(page_of(case)))
    assert "Soitettu takaisin: tavoitettu" in story


def test_after_three_calls_in_vain_the_page_says_what_else_helps(nurse: Who) -> None:
    case, client = contact(), signed_in(nurse)
    for _ in range(3):
        client.post(f"{page_of(case)}calls/", pressed(case, "busy"))
    assert "Kirjoita mieluummin" in text(client.get(LIST))
    assert "Kukaan ei vastaa" in text(client.get(page_of(case)))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"outcome": ""}, "Valitse, mitä soitosta tuli."),
        ({"outcome": "shouted"}, "Valitse painikkeista"),
        ({"outcome": "agreed_later"}, "Kirjoita, milloin sovitte soitosta."),
        ({"key": "broken"}, "Lomake ei ollut ehjä."),
    ],
)
def test_a_call_that_cannot_be_kept_is_said_clearly_with_the_note(nurse: Who, wrong: dict[str, str], said: str) -> None:
    case = contact()
    note = "" if wrong.get("outcome") == "agreed_later" else "Soitti heti takaisin"
    answer = signed_in(nurse).post(f"{page_of(case)}calls/", pressed(case, "busy") | {"note": note} | wrong)
    assert answer.status_code == 422
    assert said in text(answer)
    assert note in answer.content.decode()
    assert CallAttempt.objects.count() == 0


def test_the_same_press_twice_is_one_call(nurse: Who) -> None:
    case, client = contact(), signed_in(nurse)
    sent = pressed(case, "busy")
    for _ in range(2):
        assert client.post(f"{page_of(case)}calls/", sent).status_code == 302
    assert CallAttempt.objects.count() == 1


def test_an_open_page_hears_in_one_line_that_the_list_changed(nurse: Who) -> None:
    client = signed_in(nurse)
    seen = client.get(LIST).context["seen"]
    asks = {"HTTP_HX_REQUEST": "true", "HTTP_X_SEEN": seen}
    assert client.get(LIST, **asks).status_code == 204
    contact(resident(last_name="Aalto"))
    changed = client.get(LIST, **asks)
    assert "Soittolista on muuttunut." in text(changed)
    assert "Aalto" not in text(changed)


def test_a_protection_order_hides_the_number_on_the_list(nurse: Who) -> None:
    person = resident()
    contact(person)
    people.set_protection(resident=person.id, is_on=True, by=nurse, at=MORNING)
    page = signed_in(nurse).get(LIST).content.decode()
    assert "040 123 4567" not in page
    assert "tel:" not in page


def test_a_nurse_of_another_unit_sees_nobody_and_keeps_nothing() -> None:
    case = contact(resident(last_name="Aalto"))
    client = signed_in(worker(unit="kuhmo"))
    assert "Aalto" not in text(client.get(LIST))
    assert client.post(f"{page_of(case)}calls/", pressed(case, "busy")).status_code == 404


def test_the_list_costs_as_many_queries_for_five_as_for_one(nurse: Who, django_assert_max_num_queries: Any) -> None:
    client = signed_in(nurse)
    for _ in range(5):
        contact()
    client.get(LIST)
    with django_assert_max_num_queries(32):
        client.get(LIST)
