"""The administrator's pages: two people give a role, one takes it back, and what is not theirs is not there."""

from datetime import date
from uuid import uuid4

import pytest

from luotsi.base.who import SYSTEM, Who
from luotsi.domain.organisation import actions
from luotsi.domain.organisation.models import Assignment, Staff
from tests.factories import MORNING, worker
from tests.factories.clients import signed_in
from tests.rooms.oversight.giving import (
    LAST,
    LIST,
    confirmed,
    given,
    page_of,
    proposed,
    text,
    units_of,
    wish,
)

pytestmark = pytest.mark.django_db


def test_two_people_give_a_role_on_the_pages(ada: Who, eino: Who, nurse: Who) -> None:
    sent = confirmed(ada).post(f"{page_of(nurse)}proposals/", wish(), follow=True)
    assert "kun toinen henkilö on vahvistanut sen" in text(sent)
    assert "Sijaisuus" in text(sent)
    row = Assignment.objects.get(source="person")
    own = text(signed_in(ada).get(f"{LIST}{row.id}/"))
    assert "Sinä ehdotit tätä" in own
    assert "Vahvista rooli" not in own
    asked = text(signed_in(eino).get(f"{LIST}{row.id}/"))
    assert "Vahvista rooli" in asked
    assert "potilasrekisteri" in asked
    assert units_of(nurse) == {"sotkamo"}

    done = confirmed(eino).post(f"{LIST}{row.id}/confirmation/", follow=True)

    assert done.status_code == 200
    assert "Ada Ensimmäinen" in text(done)
    assert "Eino Toinen" in text(done)
    assert units_of(nurse) == {"sotkamo", "kuhmo"}


@pytest.mark.parametrize("address", ["staff/{staff}/proposals/", "{waiting}/confirmation/"])
def test_giving_asks_who_one_is_again(ada: Who, eino: Who, nurse: Who, address: str) -> None:
    waiting = proposed(ada, nurse)
    where = LIST + address.format(staff=nurse.id, waiting=waiting.id)
    answer = signed_in(eino).post(where, wish(unit="paltamo"))
    assert answer.status_code == 302
    assert "confirmation" in answer.url
    assert list(Assignment.objects.filter(source="person", confirmed_at=None)) == [waiting]


def test_the_proposer_cannot_confirm_even_by_asking_directly(ada: Who, eino: Who, nurse: Who) -> None:
    row = proposed(ada, nurse)
    answer = confirmed(ada).post(f"{LIST}{row.id}/confirmation/")
    assert answer.status_code == 409
    assert "Sinä ehdotit tätä" in text(answer)
    assert units_of(nurse) == {"sotkamo"}


def test_nobody_confirms_their_own_role(ada: Who, eino: Who) -> None:
    row = proposed(ada, eino, role="privacy-officer", unit="tietosuoja")
    assert "Rooli tulisi sinulle" in text(signed_in(eino).get(f"{LIST}{row.id}/"))
    assert confirmed(eino).post(f"{LIST}{row.id}/confirmation/").status_code == 409


def test_a_second_person_may_say_no(ada: Who, eino: Who, nurse: Who) -> None:
    row = proposed(ada, nurse)
    done = signed_in(eino).post(f"{LIST}{row.id}/refusal/", {"reason": "Väärä yksikkö"}, follow=True)
    assert "Hylätty" in text(done)
    assert "Väärä yksikkö" in text(done)
    assert signed_in(ada).post(f"{LIST}{row.id}/refusal/", {}).status_code == 409


def test_ending_needs_nobody_else_and_holds_at_once(ada: Who, eino: Who, nurse: Who) -> None:
    row = given(ada, eino, nurse)
    client = signed_in(ada)
    assert "Päätetäänkö rooli nyt?" in text(client.get(f"{LIST}{row.id}/ending/"))
    done = client.post(f"{LIST}{row.id}/ending/", {"reason": "Vahinko"}, follow=True)
    assert units_of(nurse) == {"sotkamo"}
    assert "ehdota uudelleen" in text(done)
    again = f"{page_of(nurse)}proposals/?again={row.id}"
    assert again in text(done)
    initial = confirmed(ada).get(again).context["form"].initial
    assert (initial["role"], initial["unit"], initial["valid_to"]) == ("nurse", "kuhmo", LAST)
    assert client.get(f"{LIST}{row.id}/ending/").status_code == 302


def test_what_the_directory_gives_is_said_to_come_back(ada: Who) -> None:
    person = actions.recognise(
        provider="staff", subject="s", name="Nelli", mail="", groups=["luotsi-sotkamo-nurse"], at=MORNING
    )
    assert person
    row = Assignment.objects.get(staff=person)
    assert "palaa seuraavassa kirjautumisessa" in text(signed_in(ada).get(f"{LIST}{row.id}/ending/"))


def test_who_has_left_opens_nothing_until_they_are_back(ada: Who, eino: Who, nurse: Who) -> None:
    client = signed_in(ada)
    assert "Onko Hilla Hoitaja lähtenyt?" in text(client.get(f"{page_of(nurse)}departure/"))
    gone = client.post(f"{page_of(nurse)}departure/", follow=True)
    assert "Ei ole enää täällä töissä" in text(gone)
    assert signed_in(nurse).get("/fi/team/").status_code == 302
    back = client.post(f"{page_of(nurse)}return/", follow=True)
    assert "on taas täällä töissä" in text(back)
    assert units_of(nurse) == frozenset()
    for one in (ada, eino):
        refused = signed_in(eino).post(f"{page_of(one)}departure/")
        assert refused.status_code == 409
        assert "Pääkäyttäjiä täytyy jäädä kaksi" in text(refused)


@pytest.mark.parametrize(("changes", "field", "said"), [
    ({"unit": "aikuissosiaalityo"}, "unit", "eri rekisteriä"), ({"unit": "moon"}, "unit", "Valitse yksikkö"),
    ({"role": "resident"}, "role", "Valitse rooli"), ({"reason": " "}, "reason", "Kirjoita, mihin"),
    ({"valid_from": "1.3.2026"}, "valid_from", "on jo mennyt"),
    ({"valid_from": "soon"}, "valid_from", "Kirjoita päivä"),
    ({"valid_from": "9999-12-31", "valid_to": "9999-12-31"}, "valid_from", "liian kaukana"),
    ({"valid_to": "2028-03-02"}, "valid_to", "enintään 2 vuotta"), ({"valid_to": "9999-12-31"}, "valid_to", "enintään"),
    ({"valid_to": "2026-03-01", "valid_from": "2026-03-02"}, "valid_to", "ennen ensimmäistä"),
    ({"valid_to": "2026-02-30"}, "valid_to", "Kirjoita päivä"), ({"reason": "x" * 2000}, "reason", "liian pitkä"),
    ({"unit": "sotkamo"}, "__all__", "on jo tämä rooli"), ({"role": "\x00"}, "role", "Valitse rooli"),
])  # fmt: skip
def test_a_proposal_that_cannot_be_is_told_by_its_field_and_nothing_is_lost(
    ada: Who, nurse: Who, changes: dict[str, str], field: str, said: str
) -> None:
    answer = confirmed(ada).post(f"{page_of(nurse)}proposals/", wish(**changes))
    assert answer.status_code == 422
    assert said in " ".join(answer.context["form"].errors[field])
    assert "Sijaisuus" in text(answer) or "reason" in changes
    assert not Assignment.objects.filter(source="person").exists()


@pytest.mark.parametrize("role", ["nurse", "unit-manager", "privacy-officer", "service-manager", "provider-worker"])
def test_only_an_administrator_gets_in(ada: Who, nurse: Who, role: str) -> None:
    row = proposed(ada, nurse)
    client = confirmed(worker(role))
    for address in (LIST, page_of(nurse), f"{page_of(nurse)}proposals/", f"{LIST}{row.id}/ending/"):
        assert client.get(address).status_code == 403
        assert client.post(address, wish()).status_code in {403, 405}


@pytest.mark.parametrize("address", ["{}/", "{}/ending/", "{}/confirmation/", "staff/{}/", "staff/{}/proposals/"])
def test_what_is_not_there_is_not_found(ada: Who, address: str) -> None:
    assert confirmed(ada).get(LIST + address.format(uuid4())).status_code == 404


@pytest.mark.parametrize(("language", "said"), [("sv", "Användarrättigheter"), ("en", "Access rights")])
def test_the_pages_speak_the_readers_language(ada: Who, language: str, said: str) -> None:
    assert f"<h1>{said}</h1>" in text(signed_in(ada).get(LIST.replace("/fi/", f"/{language}/")))


def test_a_name_with_markup_is_shown_as_it_is_written(ada: Who) -> None:
    person = uuid4()
    actions.employ(
        id=person, name="<b>Bobby</b>", unit="sotkamo", role="nurse", since=date(2020, 1, 1), by=SYSTEM, at=MORNING
    )
    for address in (LIST, f"{LIST}staff/{person}/", f"{LIST}staff/{person}/departure/"):
        body = text(signed_in(ada).get(address))
        assert "&lt;b&gt;Bobby" in body
        assert "<b>Bobby" not in body
    assert Staff.objects.filter(name="<b>Bobby</b>").exists()
