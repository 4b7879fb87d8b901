"""Writing down a contact: few presses, the true time, joining and opening, and nothing lost by a mistake."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from luotsi.base.now import HELSINKI
from luotsi.base.who import Who
from luotsi.domain.cases.models import Case, CaseContact, Contact
from luotsi.domain.events.models import Event
from tests.factories import MORNING, contact, resident
from tests.factories.clients import signed_in
from tests.factories.shelf import services_stand
from tests.rooms.team.people import SEARCH, known, of_mine, page_of, told_in_log
from tests.rooms.team.test_case import page_of as case_page
from tests.rooms.team.test_worklist import text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def services(db: None) -> None:
    services_stand()


def written(**more: Any) -> dict[str, Any]:
    told = {"key": str(uuid4()), "channel": "phone", "told": "Polvi kipeä", "service": "nurse-reception"}
    return told | {"sender": "resident"} | more


def test_a_call_of_somebody_known_is_on_the_list_in_three_fields(nurse: Who) -> None:
    person, client = of_mine(), signed_in(nurse)
    form = client.get(page_of(person, "contacts/"))
    assert form.context["form"]["channel"].value() == "phone"
    sent = written(joins="new", has_danger="on", call_number="040 123 4567")
    answer = client.post(page_of(person, "contacts/"), sent, follow=True)
    case = Case.objects.exclude(contact__channel="form").get(resident=person)
    assert answer.redirect_chain == [(f"{case_page(case)}#contact", 302)]
    body = text(answer)
    assert "Yhteydenotto on kirjattu." in body
    assert "Polvi kipeä" in body
    assert "Kirjasi Hilla Hoitaja." in body
    assert "040 123 4567" in body
    assert Contact.objects.get(id=case.contact_id).has_danger


def test_the_next_contact_begins_with_what_was_used_last(nurse: Who) -> None:
    client = signed_in(nurse)
    client.post(page_of(of_mine(), "contacts/"), written(joins="new", channel="letter", service="doctor-reception"))
    form = client.get(page_of(of_mine(), "contacts/")).context["form"]
    assert form["channel"].value() == "letter"
    assert form["service"].value() == "Lääkärin vastaanotto terveysasemalla"


def test_words_that_are_no_services_name_find_it_and_one_press_chooses(nurse: Who) -> None:
    person, client = of_mine(), signed_in(nurse)
    answer = client.post(page_of(person, "contacts/"), written(joins="new", service="fysio"))
    assert answer.status_code == 422
    body = text(answer)
    assert "Mikään palvelu ei ole juuri tämän niminen." in body
    assert "Polvi kipeä" in body
    picks = [key for key, _ in answer.context["form"].offered]
    assert "physiotherapy" in picks
    client.post(page_of(person, "contacts/"), written(joins="new", service="fysio", pick="physiotherapy"))
    assert Case.objects.filter(service="physiotherapy", unit="fysioterapia").count() == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"told": ""}, "Kirjoita lyhyesti, mitä sanottiin."),
        ({"service": ""}, "Valitse palvelu."),
        ({"service": "xqzt"}, "Näillä sanoilla ei löytynyt palvelua."),
        ({"channel": ""}, "Valitse, miten yhteyttä otettiin."),
        ({"channel": "pigeon"}, "Valitse jokin tavoista."),
        ({"joins": ""}, "Henkilöllä on avoin asia."),
        ({"joins": str(uuid4())}, "Valitse jokin alla olevista asioista."),
        ({"received_day": "2026-03-03"}, "Aika on tulevaisuudessa."),
        ({"received_day": "2024-03-01"}, "Aika on yli vuosi sitten."),
        ({"received_time": "25.70"}, "Kirjoita kellonaika näin: 9.15."),
        ({"sender": "relative"}, "Kirjoita, kuka otti yhteyttä."),
        ({"unit": "aikuissosiaalityo"}, "Valitse"),
        ({"call_number": "soita!"}, "Anna puhelinnumero"),
        ({"key": "broken"}, "Lomake ei ollut ehjä."),
        ({"told": "x" * 6000}, "enintään 5000"),
    ],
)
def test_what_cannot_be_saved_is_said_clearly_and_nothing_is_lost(nurse: Who, wrong: dict[str, str], said: str) -> None:
    person = of_mine()
    sent = written(joins="new") | wrong
    answer = signed_in(nurse).post(page_of(person, "contacts/"), sent)
    assert answer.status_code == 422
    assert said in text(answer)
    if "told" not in wrong:
        assert "Polvi kipeä" in text(answer)
    assert Contact.objects.exclude(channel="form").count() == 0


def test_a_form_sent_twice_is_one_contact(nurse: Who) -> None:
    person, sent, client = of_mine(), written(joins="new"), signed_in(nurse)
    for _ in range(2):
        assert client.post(page_of(person, "contacts/"), sent).status_code == 302
    assert Contact.objects.exclude(channel="form").count() == 1


def test_a_contact_of_the_evening_shows_both_times(nurse: Who) -> None:
    person = of_mine()
    sent = written(joins="new", received_day="2026-02-27", received_time="18.30")
    body = text(signed_in(nurse).post(page_of(person, "contacts/"), sent, follow=True))
    case = Case.objects.exclude(contact__channel="form").get()
    assert case.contact.received_at == datetime(2026, 2, 27, 18, 30, tzinfo=HELSINKI)
    assert "pe 27.2.2026 klo 18.30" in body
    assert "lasketaan alkavaksi ma 2.3.2026 klo 8.00" in body


def test_a_further_call_joins_the_open_matter(nurse: Who) -> None:
    person = resident()
    case = contact(person)
    answer = signed_in(nurse).post(
        page_of(person, "contacts/"), written(joins=str(case.id), service="", told="Kuume nousi"), follow=True
    )
    assert "Kuume nousi" in text(answer)
    assert CaseContact.objects.filter(case=case).count() == 1
    assert Case.objects.count() == 1


def test_somebody_with_whom_we_had_nothing_to_do_gets_a_matter_and_nothing_is_shown_before(nurse: Who) -> None:
    person, code = known()
    client = signed_in(nurse)
    found = client.post(SEARCH, {"code": code}, follow=True)
    address = f"{found.redirect_chain[-1][0]}contacts/"
    assert address in found.content.decode()
    form = client.get(address)
    assert "Naapurinen" not in text(form)
    answer = client.post(address, written(), follow=True)
    assert "Toivo Naapurinen" in text(answer)
    assert Case.objects.get(resident=person).unit_id == "sotkamo"
    assert ("shown", "case", "team") in told_in_log(person.id)


def test_a_found_person_is_kept_for_an_hour_and_for_one_worker(nurse: Who) -> None:
    answer = signed_in(nurse).get(f"/fi/team/people/found/{uuid4()}/contacts/")
    assert answer.status_code == 302


def test_another_matter_of_the_same_contact_is_on_another_list(nurse: Who) -> None:
    case, client = contact(), signed_in(nurse)
    answer = client.post(f"{case_page(case)}other-matters/", {"service": "dental-care"}, follow=True)
    assert "Yhteydenotto on nyt yksikön Sotkamon hammashoitola listalla." in text(answer)
    other = Case.objects.exclude(id=case.id).get()
    assert (other.unit_id, other.kind, other.contact_id) == ("suun-sotkamo", "oral_need", case.contact_id)


def test_two_messages_about_one_thing_are_joined_by_the_worker(nurse: Who) -> None:
    person = resident()
    first, second = contact(person), contact(person, at=MORNING + timedelta(minutes=5))
    client = signed_in(nurse)
    assert f'value="{first.id}"' in client.get(case_page(second)).content.decode()
    answer = client.post(f"{case_page(second)}joining/", {"into": str(first.id)}, follow=True)
    assert "Yhteydenotto liitettiin tähän asiaan." in text(answer)
    closed = client.get(case_page(second))
    assert "Liitetty aiempaan asiaan" in text(closed)


def test_joining_once_more_is_said_calmly(nurse: Who) -> None:
    person = resident()
    first, second = contact(person), contact(person, at=MORNING + timedelta(minutes=5))
    client = signed_in(nurse)
    answers = [client.post(f"{case_page(second)}joining/", {"into": str(first.id)}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert CaseContact.objects.count() == 1


def test_one_tap_says_why_and_another_takes_it_back(nurse: Who) -> None:
    case, client = contact(what="Missä lähetteeni viipyy?"), signed_in(nurse)
    page = client.get(case_page(case))
    assert "Ehdotus näistä sanoista: missä, lähetteeni, viipyy" in text(page)
    sent = {"contact": str(case.contact_id), "suggested": "F1"}
    body = text(client.post(f"{case_page(case)}demand/", sent | {"demand": "F1"}, follow=True))
    assert "Merkitty: Kyselee perään" in body
    body = text(client.post(f"{case_page(case)}demand/", {"contact": str(case.contact_id), "demand": ""}, follow=True))
    assert "Peruttu." in body
    facts = Event.objects.filter(kind="demand.classed").order_by("id")
    assert [(fact.body["demand"], fact.body["suggested"]) for fact in facts] == [("F1", "F1"), ("", "")]


def test_a_reason_that_does_not_exist_is_refused(nurse: Who) -> None:
    case = contact()
    sent = {"contact": str(case.contact_id), "demand": "X1"}
    assert signed_in(nurse).post(f"{case_page(case)}demand/", sent).status_code == 400
