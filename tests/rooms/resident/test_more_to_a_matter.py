"""A resident who writes again is asked whether it belongs to the matter that is open, and what they add is read."""

from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.management import call_command

from luotsi.base.who import SYSTEM, Who
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases import queries
from luotsi.domain.cases.models import Case, CaseContact
from luotsi.domain.cases.rules.contact import BadContact
from luotsi.domain.catalogue import actions as catalogue
from luotsi.domain.clocks.models import Clock
from luotsi.domain.events.models import Use
from luotsi.domain.people import actions as people
from luotsi.domain.people.models import Resident
from luotsi.domain.people.queries import resident_as_who
from tests.factories import ANSWERS, MORNING, as_who, assessed, contact, resident, worker
from tests.factories.clients import signed_in

pytestmark = pytest.mark.django_db
CONTACT = "/fi/services/nurse-reception/contact/"
ASKED = "Kuuluuko viestisi siihen?"
TEAM = "/fi/team/"


@pytest.fixture(autouse=True, scope="module")
def services(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        catalogue.load_shelf(by=SYSTEM, at=MORNING)
        yield
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(autouse=True)
def afternoon() -> Iterator[None]:
    with time_machine.travel(MORNING + timedelta(hours=4), tick=False):
        yield


def text(answer: Any) -> str:
    return unescape(answer.content.decode())


def form(**answers: Any) -> dict[str, Any]:
    return {"key": str(uuid4()), **ANSWERS, "go": "send", **answers}


def adding(case: Case, **answers: Any) -> dict[str, Any]:
    return form(what="Polvi turposi yöllä", which_matter=str(case.id), **answers)


def test_nobody_without_an_open_matter_of_the_service_is_asked() -> None:
    person, other = resident(), resident()
    contact(other)
    contact(person, service="psychiatric-nurse")
    closed = assessed(contact(person), worker(), outcome="advice")
    assert closed.closed_at
    assert "which_matter" not in text(signed_in(as_who(person)).get(CONTACT))


def test_the_question_must_be_answered_and_what_was_typed_stays() -> None:
    person = resident()
    contact(person)
    client = signed_in(as_who(person))
    page = text(client.get(CONTACT))
    assert ASKED in page
    assert "Lisää avoimeen asiaani, lähetetty ma 2.3.2026 klo 9.10" in page
    answer = client.post(CONTACT, form(what="Polvi turposi yöllä"))
    assert answer.status_code == 400
    assert "Valitse, kuuluuko viesti avoimeen asiaan vai onko se uusi asia." in text(answer)
    assert "Polvi turposi yöllä" in text(answer)
    assert Case.objects.count() == 1
    looked = text(client.post(CONTACT, {**adding(Case.objects.get()), "go": ""}))
    assert "Lisää avoimeen asiaani, lähetetty ma 2.3.2026 klo 9.10" in looked, "where it goes is seen before sending"


def test_what_is_added_lands_in_the_open_matter_and_both_ends_read_it() -> None:
    person, nurse = resident(), worker()
    case = assessed(contact(person), nurse)
    limits = list(Clock.objects.order_by("id").values_list("rule", "due_on"))
    client, team = signed_in(as_who(person)), signed_in(nurse)
    assert team.get(TEAM).context["lines"][0].news == ""
    answer = client.post(CONTACT, adding(case), follow=True)
    assert answer.redirect_chain[-1][0] == f"/fi/matters/{case.id}/"
    assert "Lisäsimme viestisi avoimeen asiaan." in text(answer)
    assert "Lisäsit ma 2.3.2026 klo 13.10" in text(answer)
    assert Case.objects.count() == 1
    assert list(Clock.objects.order_by("id").values_list("rule", "due_on")) == limits, "no limit begins anew"
    assert "Uusi viesti" in text(team.get(TEAM))
    page = text(team.get(f"{TEAM}cases/{case.id}/"))
    assert "Polvi turposi yöllä" in page
    assert "Polvi on kipeä" in page
    assert "Asiaan liitettiin uusi yhteydenotto" in page


def test_the_same_form_sent_twice_is_added_once() -> None:
    person = resident()
    case, client = contact(person), signed_in(as_who(person))
    sent = adding(case)
    for _ in range(2):
        assert client.post(CONTACT, sent).url == f"/fi/matters/{case.id}/"
    assert CaseContact.objects.count() == 1
    first = form(which_matter="new")
    opened = {client.post(CONTACT, first).url for _ in range(2)}
    assert len(opened) == 1
    assert Case.objects.count() == 2


def test_the_mark_goes_when_somebody_has_said_why_called_or_judged() -> None:
    person, nurse = resident(), worker()
    client, team = signed_in(as_who(person)), signed_in(nurse)
    case = assessed(contact(person), nurse)
    joined = [str(uuid4()) for _ in range(2)]

    def news() -> str:
        return team.get(TEAM).context["lines"][0].news

    client.post(CONTACT, adding(case) | {"key": joined[0]})
    assert news() == "Uusi viesti"
    further = CaseContact.objects.get(contact__key=joined[0]).contact
    cases.class_demand(case=case.id, contact=further.id, demand="F1", by=nurse, at=MORNING + timedelta(hours=4))
    assert news() == ""
    client.post(CONTACT, adding(case) | {"key": joined[1]})
    assert news() == "Uusi viesti"
    assessed(case, nurse, at=MORNING + timedelta(hours=4, minutes=1))
    assert news() == ""


def test_a_danger_in_what_is_added_goes_first_on_the_list_and_says_where_help_is() -> None:
    person, nurse = resident(last_name="Vaara"), worker()
    contact(resident(last_name="Vanhempi"), at=MORNING - timedelta(days=3))
    case = assessed(contact(person), nurse)
    answer = signed_in(as_who(person)).post(CONTACT, adding(case, now=["chest_pain"]), follow=True)
    assert "Soita heti 112" in text(answer)
    assert "Lisäsimme viestisi" not in text(answer), "help first"
    page = text(signed_in(nurse).get(f"{TEAM}cases/{case.id}/"))
    assert page.index("Ihminen kertoi vaaran merkistä") < page.index("Mitä ihminen kertoi"), "on top of the matter"
    line = signed_in(nurse).get(TEAM).context["lines"][0]
    assert (line.name.split()[0], line.news, line.tone) == ("Vaara", "Uusi viesti: vaaran merkki", "danger")


def test_a_matter_that_was_closed_meanwhile_is_not_added_to_and_the_message_is_not_lost() -> None:
    person, nurse = resident(), worker()
    case, client = contact(person), signed_in(as_who(person))
    client.get(CONTACT)
    assessed(case, nurse, outcome="advice")
    answer = client.post(CONTACT, adding(case), follow=True)
    assert "Aiempi asia on jo päättynyt. Viestistäsi tuli uusi asia." in text(answer)
    assert Case.objects.count() == 2


def test_nobody_adds_to_a_matter_that_is_not_theirs_or_of_another_service() -> None:
    person, other = resident(), resident()
    own, foreign = contact(person), contact(other)
    elsewhere = contact(person, service="psychiatric-nurse")
    client = signed_in(as_who(person))
    for case in (foreign, elsewhere):
        assert client.post(CONTACT, adding(case)).status_code == 400
        with pytest.raises(BadContact):
            send(person, as_who(person), joins=case)
    assert not CaseContact.objects.exists()
    assert send(person, as_who(person), joins=own) == own


def send(person: Resident, by: Who, *, joins: Case) -> Case:
    return cases.receive(
        resident=person.id, kind="health_need", service="nurse-reception", unit="sotkamo", channel="form",
        language="fi", key=uuid4(), by=by, at=MORNING + timedelta(hours=4), questionnaire="contact", answers=ANSWERS,
        joins=joins.id,
    )  # fmt: skip


def test_whoever_acts_adds_only_to_what_they_see_and_stands_there_as_the_sender() -> None:
    mother, nurse = resident(first_name="Veera", last_name="Äiti"), worker()
    child = resident(born=MORNING.date().replace(year=2013), first_name="Onni")
    people.give_mandate(
        principal=child.id, agent=mother.id, kind="guardian", registers=["health"], source="document", by=nurse,
        at=MORNING,
    )  # fmt: skip
    seen, secret = contact(child), contact(child)
    cases.keep_private(case=secret.id, why="Ikä ja kehitys riittävät", by=nurse, at=MORNING + timedelta(hours=1))
    acting = resident_as_who(mother.id, acting_for=child.id)
    assert acting is not None
    with pytest.raises(BadContact):
        send(child, acting, joins=secret)
    assert send(child, acting, joins=seen) == seen
    page = text(signed_in(nurse).get(f"{TEAM}cases/{seen.id}/"))
    assert "Veera Äiti" in page


def test_the_matter_s_page_leads_to_the_form_with_the_matter_chosen() -> None:
    person = resident()
    case, client = contact(person), signed_in(as_who(person))
    address = f"{CONTACT}?matter={case.id}"
    assert address in text(client.get(f"/fi/matters/{case.id}/"))
    rows = Use.objects.count()
    assert client.get(address).context["form"]["which_matter"].value() == str(case.id)
    assert Use.objects.count() > rows, "that the matter was named stands in the log"
    assert queries.read_case(case.id, viewer=as_who(person), language="fi", at=MORNING).closed_at is None


@pytest.mark.parametrize("language, asked", [("sv", "Hör ditt meddelande till det?"), ("en", "belong to it?")])
def test_the_question_is_asked_in_each_language(language: str, asked: str) -> None:
    person = resident()
    contact(person)
    assert asked in text(signed_in(as_who(person)).get(CONTACT.replace("/fi/", f"/{language}/")))
