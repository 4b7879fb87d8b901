"""Who may act for a person: recorded by a worker, working at once, ended at once."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from luotsi.base.who import Who
from luotsi.domain.people import actions as people
from luotsi.domain.people.models import Mandate, Resident
from luotsi.domain.people.queries import resident_as_who
from luotsi.domain.people.rules import TooYoung
from tests.factories import MORNING, contact, identity_code
from tests.factories.clients import signed_in
from tests.rooms.team.people import known, of_mine, page_of, told_in_log
from tests.rooms.team.test_worklist import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def mother() -> tuple[Resident, str]:
    return known(first_name="Veera", last_name="Äiti")


def child(**details: Any) -> Resident:
    person, _ = known(identity_code(date(2012, 9, 5)), first_name="Onni", last_name="Lapsi", **details)
    contact(person)
    return person


def right(code: str, **more: Any) -> dict[str, Any]:
    return {"kind": "guardian", "agent": code, "registers": ["health"], "source": "document",
            "valid_from": "2026-03-02", "valid_to": ""} | more  # fmt: skip


def recorded(client: Client, address: str, sent: dict[str, Any]) -> Any:
    """The form, then the page with both names, and the press on it."""
    asked = client.post(address, sent)
    assert asked.status_code == 200, text(asked)
    return client.post(address, carried(text(asked)) | {"confirmed": "1"}, follow=True)


def carried(body: str) -> dict[str, Any]:
    """What the page with both names holds of the form."""
    fields: dict[str, list[str]] = {}
    for tag in re.findall(r'<input type="hidden"[^>]*>', body):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and value and name[1] != "csrfmiddlewaretoken":
            fields.setdefault(name[1], []).append(value[1])
    return {name: values if name == "registers" else values[0] for name, values in fields.items()}


def test_a_guardian_is_recorded_and_can_act_at_once(nurse: Who, mother: tuple[Resident, str]) -> None:
    person, (agent, code) = child(), mother
    client = signed_in(nurse)
    done = recorded(client, page_of(person, "mandates/"), right(code))
    assert done.redirect_chain == [(page_of(person), 302)]
    body = text(done)
    for words in ("Veera Äiti", "Huoltaja", "Voimassa", "ke 4.9.2030 asti", "Näytetty asiakirja"):
        assert words in body
    acting = resident_as_who(agent.id, acting_for=person.id)
    assert acting is not None
    assert acting.acting_for == person.id
    assert ("shown", "search", "") in told_in_log(agent.id)


def test_a_mandate_ends_at_once_after_saying_what_it_means(nurse: Who, mother: tuple[Resident, str]) -> None:
    person, (agent, code) = of_mine(), mother
    client = signed_in(nurse)
    sent = right(code, kind="mandate", source="visit", registers=["health", "social"], until_revoked="on")
    recorded(client, page_of(person, "mandates/"), sent)
    mandate = Mandate.objects.get()
    address = page_of(person, f"mandates/{mandate.id}/ending/")
    assert "Veera Äiti ei voi enää asioida henkilön Toivo Naapurinen puolesta." in text(client.get(address))
    assert Mandate.objects.get().revoked_at is None
    for _ in range(2):
        assert client.post(address).url == page_of(person)
    acting = resident_as_who(agent.id, acting_for=person.id)
    assert acting is not None
    assert acting.acting_for is None
    assert "Päättynyt" in text(client.get(page_of(person)))


def test_the_mandate_of_somebody_else_is_not_ended_through_this_page(nurse: Who, mother: tuple[Resident, str]) -> None:
    mine, stranger = of_mine(), known(last_name="Vieras")[0]
    mandate = people.give_mandate(
        principal=stranger.id, agent=mother[0].id, kind="mandate", registers=["health"], source="visit", by=nurse,
        at=MORNING,
    )  # fmt: skip
    assert signed_in(nurse).post(page_of(mine, f"mandates/{mandate.id}/ending/")).status_code == 404
    mandate.refresh_from_db()
    assert mandate.revoked_at is None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"kind": ""}, "Valitse, millä oikeudella."),
        ({"kind": "king"}, "Valitse luettelosta."),
        ({"agent": "010190-999X"}, "Tämä ei ole suomalainen henkilötunnus."),
        ({"agent": "131052-908T"}, "Tämä ei ole suomalainen henkilötunnus."),
        ({"registers": []}, "Valitse, mitä se koskee."),
        ({"registers": ["child_welfare"]}, "Valitse luettelosta."),
        (
            {"source": "phone"},
            "Tällainen oikeus tiedetään jostakin näistä: väestötietojärjestelmä, näytetty asiakirja.",
        ),
        ({"valid_from": ""}, "Valitse ensimmäinen päivä."),
        ({"valid_from": "2026-05-01", "valid_to": "2026-04-01"}, "Viimeinen päivä on ennen ensimmäistä."),
        ({"valid_from": "2031-01-01"}, "Tämä henkilö on silloin jo täysi-ikäinen."),
        (
            {"kind": "mandate", "source": "visit", "valid_to": "2026-12-31"},
            "Tällä oikeudella asioidaan vähintään 18-vuotiaan puolesta. Lapsen puolesta asioi huoltaja.",
        ),
        ({"kind": "trustee", "valid_to": "2026-12-31"}, "Lapsen puolesta asioi huoltaja."),
    ],
)
def test_what_cannot_be_recorded_is_said_by_its_field(
    nurse: Who, mother: tuple[Resident, str], wrong: dict[str, Any], said: str
) -> None:
    response = signed_in(nurse).post(page_of(child(), "mandates/"), right(mother[1]) | wrong)
    assert response.status_code == 422
    assert said in text(response)
    assert Mandate.objects.count() == 0


def test_somebody_unknown_and_the_person_themselves_cannot_act(nurse: Who) -> None:
    person, code = known()
    contact(person)
    client = signed_in(nurse)
    mandate = {"kind": "mandate", "source": "visit", "until_revoked": "on"}
    unknown = client.post(page_of(person, "mandates/"), right(identity_code(), **mandate))
    assert "Tällä tunnuksella ei ole ketään. Hae ja rekisteröi hänet ensin." in text(unknown)
    assert "Tämä on henkilön oma tunnus." in text(client.post(page_of(person, "mandates/"), right(code, **mandate)))
    assert Mandate.objects.count() == 0


def test_an_adult_has_no_guardian_of_a_child(nurse: Who, mother: tuple[Resident, str]) -> None:
    response = signed_in(nurse).post(page_of(of_mine(), "mandates/"), right(mother[1]))
    assert "Huoltaja asioi lapsen puolesta." in text(response)


def test_nothing_is_recorded_before_both_names_are_read(nurse: Who, mother: tuple[Resident, str]) -> None:
    person, (agent, code) = child(), mother
    client = signed_in(nurse)
    body = text(client.post(page_of(person, "mandates/"), right(code)))
    assert "Veera Äiti asioi henkilön Onni Lapsi puolesta." in body
    assert "ke 4.9.2030" in body, "the day on which it ends by itself"
    assert code not in body
    assert Mandate.objects.count() == 0
    assert ("shown", "mandate", "mandate") in told_in_log(agent.id)


def test_going_back_loses_nothing(nurse: Who, mother: tuple[Resident, str]) -> None:
    person, client = of_mine(), signed_in(nurse)
    sent = right(mother[1], kind="mandate", source="phone", registers=["social"], valid_to="2026-12-31")
    asked = text(client.post(page_of(person, "mandates/"), sent))
    back = client.post(page_of(person, "mandates/"), carried(asked) | {"back": "1"})
    assert back.status_code == 200
    body = text(back)
    for kept in (f'value="{mother[1]}"', 'value="2026-12-31"', 'value="2026-03-02"'):
        assert kept in body
    for chosen in ("mandate", "phone", "social"):
        assert re.search(rf'value="{chosen}"[^>]*checked', body), chosen
    assert not re.search(r'value="health"[^>]*checked', body)
    assert Mandate.objects.count() == 0


def test_no_register_is_chosen_for_the_worker(nurse: Who) -> None:
    body = text(signed_in(nurse).get(page_of(of_mine(), "mandates/")))
    assert 'name="registers"' in body
    assert "checked" not in body


@pytest.mark.parametrize("end", [{}, {"valid_to": "2026-12-31", "until_revoked": "on"}])
def test_a_mandate_says_its_last_day_or_that_it_has_none(
    nurse: Who, mother: tuple[Resident, str], end: dict[str, str]
) -> None:
    sent = right(mother[1], kind="mandate", source="visit") | end
    response = signed_in(nurse).post(page_of(of_mine(), "mandates/"), sent)
    assert response.status_code == 422
    assert "Valitse viimeinen päivä tai rastita, ettei sitä ole." in text(response)


def test_a_child_acts_for_nobody(nurse: Who) -> None:
    _, code = known(identity_code(date(2012, 1, 1)), first_name="Lauri")
    sent = right(code, kind="mandate", source="visit", until_revoked="on")
    response = signed_in(nurse).post(page_of(of_mine(), "mandates/"), sent)
    assert response.status_code == 422
    assert "Tällä oikeudella voi asioida vain vähintään 18-vuotias." in text(response)
    assert "Lauri" not in text(response)


@pytest.mark.parametrize(
    ("kind", "giver", "holder"),
    [
        ("mandate", date(2011, 9, 5), date(1990, 1, 1)),
        ("mandate", date(1990, 1, 1), date(2009, 1, 1)),
        ("trustee", date(2008, 3, 3), date(1990, 1, 1)),
        ("guardian", date(2020, 1, 1), date(2011, 3, 3)),
    ],
)
def test_who_is_too_young_is_refused_by_the_action_too(nurse: Who, kind: str, giver: date, holder: date) -> None:
    one, other = known(identity_code(giver))[0], known(identity_code(holder))[0]
    with pytest.raises(TooYoung):
        people.give_mandate(
            principal=one.id, agent=other.id, kind=kind, registers=["health"], source="document", by=nurse, at=MORNING
        )


def test_a_parent_of_sixteen_is_a_guardian(nurse: Who) -> None:
    one, other = known(identity_code(date(2026, 1, 1)))[0], known(identity_code(date(2010, 1, 1)))[0]
    given = {"principal": one.id, "agent": other.id, "kind": "guardian", "registers": ["health"], "source": "document"}
    first = people.give_mandate(by=nurse, at=MORNING, **given)
    assert people.give_mandate(by=nurse, at=MORNING, **given) == first, "recording it again changes nothing"
