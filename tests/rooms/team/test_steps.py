"""Judging, recording a visit, closing: once each, with a clear word of what happened and what comes next."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from luotsi.base.who import Who
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases.models import Assessment, VisitNote
from luotsi.domain.events.queries import story_of
from tests.factories import MORNING, as_who, assessed, contact, offered, resident, worker
from tests.factories.clients import signed_in
from tests.rooms.team.test_case import page_of
from tests.rooms.team.test_worklist import text

pytestmark = pytest.mark.django_db
VISIT = MORNING + timedelta(days=3)


def judgement(outcome: str = "care_needed", **more: Any) -> dict[str, Any]:
    return {"outcome": outcome, "note": "Tulehdus, tarvitsee ajan", "key": str(uuid4())} | more


def kinds(case: Any) -> list[str]:
    return [event.kind for event in story_of([case.id])[case.id]]


def test_a_judgement_shows_the_legal_date_at_once(nurse: Who) -> None:
    case = contact()
    response = signed_in(nurse).post(f"{page_of(case)}assessments/", judgement(), follow=True)
    assert response.redirect_chain == [(page_of(case), 302)]
    body = text(response)
    assert "Arvio on tallennettu. Hoitoon viimeistään ti 2.6.2026. Seuraavaksi: tarjoa aika." in body
    assert "Tulehdus, tarvitsee ajan" in body
    assert "Odottaa aikaa" in body


def test_an_urgent_judgement_asks_for_care_today(nurse: Who) -> None:
    case = contact()
    body = text(signed_in(nurse).post(f"{page_of(case)}assessments/", judgement("urgent"), follow=True))
    assert "Kiireellinen" in body
    assert "Tallenna käynti" in body


def test_advice_closes_the_matter(nurse: Who) -> None:
    case = contact()
    body = text(signed_in(nurse).post(f"{page_of(case)}assessments/", judgement("advice"), follow=True))
    assert "asia on päätetty" in body


def test_the_same_judgement_sent_twice_is_one(nurse: Who) -> None:
    case, client, sent = contact(), signed_in(nurse), judgement()
    for _ in range(2):
        assert client.post(f"{page_of(case)}assessments/", sent).status_code == 302
    assert Assessment.objects.filter(case=case).count() == 1
    assert kinds(case).count("need.assessed") == 1


def test_saving_can_lead_straight_to_the_next_on_the_list(nurse: Who) -> None:
    first, second = contact(resident(last_name="Aalto")), contact(resident(last_name="Berg"))
    client = signed_in(nurse)
    client.get("/fi/team/?view=new&sort=name")
    sent = judgement() | {"then": "following"}
    response = client.post(f"{page_of(first)}assessments/", sent, follow=True)
    assert response.redirect_chain[-1] == (page_of(second), 302)
    assert "Hoitoon viimeistään ti 2.6.2026" in text(response)


@pytest.mark.parametrize(
    "wrong, said",
    [
        ({"outcome": "operation"}, "Valitse jokin alla olevista arvioista."),
        ({"outcome": ""}, "Valitse, miten arvioit tarpeen."),
        ({"note": "x" * 10_000}, "siinä on 10000 merkkiä, ja enintään 5000 mahtuu"),
        ({"key": "not-a-uuid"}, "Lomake ei ollut ehjä."),
        ({"key": ""}, "Lomake ei ollut ehjä."),
        ({"note": "nolla\x00tavu"}, "(null)"),
    ],
)
def test_what_cannot_be_saved_is_said_clearly_and_nothing_is_lost(nurse: Who, wrong: dict[str, str], said: str) -> None:
    case = contact()
    response = signed_in(nurse).post(f"{page_of(case)}assessments/", judgement() | wrong)
    assert response.status_code == 422
    assert said in text(response)
    if "note" not in wrong:
        assert "Tulehdus, tarvitsee ajan" in text(response)
    assert Assessment.objects.count() == 0


def test_a_broken_form_can_be_sent_again_as_it_is_shown(nurse: Who) -> None:
    """The page gives a fresh key in place of the broken one."""
    case, client = contact(), signed_in(nurse)
    response = client.post(f"{page_of(case)}assessments/", judgement(key="broken"))
    fresh = response.context["assess_form"]["key"].value()
    assert client.post(f"{page_of(case)}assessments/", judgement(key=fresh)).status_code == 302


def test_when_somebody_else_closed_it_the_page_is_calm_and_keeps_the_text(nurse: Who) -> None:
    case, client = contact(), signed_in(nurse)
    assessed(case, worker(name="Kolle Kollega"), outcome="advice")
    response = client.post(f"{page_of(case)}assessments/", judgement())
    assert response.status_code == 409
    body = text(response)
    assert "Joku muu ehti ensin" in body
    assert "Tulehdus, tarvitsee ajan" in body
    assert "Asia on päätetty" in body
    assert Assessment.objects.filter(case=case).count() == 1


def test_a_booked_visit_is_recorded_once(nurse: Who) -> None:
    person = resident()
    case = contact(person)
    assessed(case, nurse)
    booking = offered(case, nurse, starts_at=VISIT)
    cases.answer_offer(case=case.id, booking=booking, accepts=True, by=as_who(person), at=MORNING + timedelta(hours=2))
    client = signed_in(nurse)
    shown = client.get(page_of(case)).context["visit_form"]
    sent = {"note": "Hoidettu", "key": str(shown["key"].value()), "booking": str(shown["booking"].value())}
    assert sent["booking"] == str(booking)
    responses = [client.post(f"{page_of(case)}visits/", sent, follow=True) for _ in range(2)]
    assert "Käynti on kirjattu." in text(responses[0])
    assert [response.status_code for response in responses] == [200, 200]
    assert VisitNote.objects.filter(case=case).count() == 1
    assert kinds(case).count("visit.held") == 1


def test_an_urgent_visit_needs_no_booked_time_and_moves_the_matter_on(nurse: Who) -> None:
    case = contact()
    assessed(case, nurse, outcome="urgent")
    client = signed_in(nurse)
    body = text(client.post(f"{page_of(case)}visits/", {"note": "", "key": str(uuid4())}, follow=True))
    assert "Käynti pidetty" in body
    assert "Päätä asia" in body
    assert client.get("/fi/team/?view=visited").context["page"].object_list[0].id == case.id


@pytest.mark.parametrize(
    "wrong", [{"booking": "zzz"}, {"booking": str(uuid4())}, {"key": "zzz"}, {"note": "x" * 10_000}]
)
def test_a_visit_that_cannot_be_saved_is_refused_calmly(nurse: Who, wrong: dict[str, str]) -> None:
    case = contact()
    assessed(case, nurse, outcome="urgent")
    response = signed_in(nurse).post(f"{page_of(case)}visits/", {"note": "Hoidettu", "key": str(uuid4())} | wrong)
    assert response.status_code in {409, 422}
    assert VisitNote.objects.count() == 0


def test_a_visit_to_a_new_case_is_too_early(nurse: Who) -> None:
    case = contact()
    response = signed_in(nurse).post(f"{page_of(case)}visits/", {"note": "Hoidin jo", "key": str(uuid4())})
    assert response.status_code == 409
    assert "Hoidin jo" in text(response)


def test_closing_says_so_and_twice_is_once(nurse: Who) -> None:
    case = contact()
    assessed(case, nurse)
    client = signed_in(nurse)
    for _ in range(2):
        response = client.post(f"{page_of(case)}closure/", {"reason": "withdrawn"}, follow=True)
        assert response.status_code == 200
        assert "Asia on päätetty" in text(response)
    assert kinds(case).count("case.closed") == 1
    assert client.post(f"{page_of(case)}closure/", {"reason": "moved"}).status_code == 409


@pytest.mark.parametrize("reason", ["", "because", "x" * 10_000])
def test_a_reason_that_the_kind_does_not_know_closes_nothing(nurse: Who, reason: str) -> None:
    case = contact()
    assessed(case, nurse)
    response = signed_in(nurse).post(f"{page_of(case)}closure/", {"reason": reason})
    assert response.status_code == 422
    assert "case.closed" not in kinds(case)


@pytest.mark.parametrize("name", ["assessments/", "visits/", "closure/"])
def test_the_address_of_a_form_leads_to_the_case(nurse: Who, name: str) -> None:
    """After a refused form one may reload, change the language or sign in again."""
    case = contact()
    assert signed_in(nurse).get(page_of(case) + name).url == page_of(case)


@pytest.mark.parametrize("name", ["assessments/", "visits/", "closure/", "offers/"])
def test_a_role_that_only_reads_may_not_act(nurse: Who, name: str) -> None:
    case = contact()
    provider = signed_in(worker(role="provider-worker"))
    assert provider.post(page_of(case) + name, judgement()).status_code == 403


def test_a_judgement_that_came_meanwhile_is_not_passed_over_unseen(nurse: Who) -> None:
    """Both saw a new case; the second to save is shown what the first decided, and may then judge again."""
    case, client = contact(), signed_in(nurse)
    sent = judgement("advice", after=client.get(page_of(case)).context["assess_form"]["after"].value())
    assessed(case, worker(name="Kolle Kollega"))
    response = client.post(f"{page_of(case)}assessments/", sent)
    assert response.status_code == 409
    assert "Kolle Kollega" in text(response)
    again = response.context["assess_form"]
    assert again["note"].value() == sent["note"]
    assert client.post(f"{page_of(case)}assessments/", sent | {"after": again["after"].value()}).status_code == 302
    for _ in range(2):  # sent once more by a double press, it is still saved once
        client.post(f"{page_of(case)}assessments/", sent)
    assert Assessment.objects.filter(case=case).count() == 2
