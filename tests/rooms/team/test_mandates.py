"""Who may act for a person: recorded by a worker, working at once, ended at once."""

from datetime import date
from typing import Any

import pytest

from luotsi.base.who import Who
from luotsi.domain.people import actions as people
from luotsi.domain.people.models import Mandate, Resident
from luotsi.domain.people.queries import resident_as_who
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


def test_a_guardian_is_recorded_and_can_act_at_once(nurse: Who, mother: tuple[Resident, str]) -> None:
    person, (agent, code) = child(), mother
    client = signed_in(nurse)
    done = client.post(page_of(person, "mandates/"), right(code), follow=True)
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
    client.post(
        page_of(person, "mandates/"), right(code, kind="mandate", source="visit", registers=["health", "social"])
    )
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
    mandate = {"kind": "mandate", "source": "visit"}
    unknown = client.post(page_of(person, "mandates/"), right(identity_code(), **mandate))
    assert "Tällä tunnuksella ei ole ketään. Hae ja rekisteröi hänet ensin." in text(unknown)
    assert "Tämä on henkilön oma tunnus." in text(client.post(page_of(person, "mandates/"), right(code, **mandate)))
    assert Mandate.objects.count() == 0


def test_an_adult_has_no_guardian_of_a_child(nurse: Who, mother: tuple[Resident, str]) -> None:
    response = signed_in(nurse).post(page_of(of_mine(), "mandates/"), right(mother[1]))
    assert "Huoltaja asioi lapsen puolesta." in text(response)
