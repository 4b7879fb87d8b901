"""Pages about somebody whose birth date nobody knows: said in words wherever an age would stand."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings

from luotsi.base.now import now
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.cases.actions import ages
from luotsi.domain.people import actions as people
from luotsi.domain.people import queries, rules
from luotsi.domain.people.models import Resident
from luotsi.domain.people.queries import resident_as_who
from tests.factories import MORNING, assessed, contact, identity_code, worker
from tests.factories.clients import signed_in
from tests.rooms.team.people import SEARCH, known, page_of
from tests.rooms.team.test_mandates import right
from tests.rooms.team.test_people import new
from tests.rooms.team.test_worklist import text

pytestmark = pytest.mark.django_db
REGISTRATION = f"{SEARCH}registration/"
LANGUAGES = pytest.mark.parametrize("language", ["fi", "sv", "en"])
AGE = {"fi": "Ikä ei tiedossa", "sv": "Åldern inte känd", "en": "Age not known"}
NOT_KNOWN = {
    "fi": "Syntymäaikaa ei tiedetä",
    "sv": "Födelsedatumet är inte känt",
    "en": "The birth date is not known",
}


def undated(**more: Any) -> Resident:
    told = {"first_name": "Tuntematon", "last_name": "Löydetty", "municipality": "765", "language": "fi"} | more
    person = people.register_temporary(birth_date=None, by=SYSTEM, at=MORNING, **told)
    contact(person)
    return person


def code_of(row: Resident) -> str:
    return rules.decrypt_identity(bytes(row.identity_code), settings.IDENTITY_KEY)


def test_somebody_without_papers_is_registered_when_it_is_ticked_that_the_date_is_not_known(nurse: Who) -> None:
    client = signed_in(nurse)
    form = text(client.get(REGISTRATION))
    assert "noudatetaan siihen asti tiukempia määräaikoja, eikä kenellekään voi antaa oikeutta toimia" in form
    for sent in ({}, {"birth_date": "1990-01-01", "no_birth_date": "on"}):
        refused = client.post(REGISTRATION, new(**sent))
        assert refused.status_code == 422
        assert "Valitse syntymäaika tai merkitse, ettei sitä tiedetä." in text(refused)
    done = client.post(REGISTRATION, new(no_birth_date="on"))
    person = Resident.objects.get(id=new()["key"])
    assert (person.birth_date, person.has_temporary_code) == (None, True)
    assert code_of(person) in text(done)
    assert "Tällä henkilötunnuksella" not in text(client.post(SEARCH, {"code": code_of(person)}, follow=True))


@LANGUAGES
def test_the_person_and_the_matter_say_that_the_age_is_not_known(nurse: Who, language: str) -> None:
    person = undated()
    case, client = assessed(person.cases.get(), nurse), signed_in(nurse)
    body = text(client.get(page_of(person, language=language)))
    for words in (AGE[language], NOT_KNOWN[language], "***********", page_of(person, "birth-date/", language)):
        assert words in body
    flag = {"fi": "Ikä ei tiedossa: tiukempi sääntö", "sv": "Åldern inte känd: den strängare regeln",
            "en": "Age not known: the stricter rule"}[language]  # fmt: skip
    assert flag in text(client.get(f"/{language}/team/cases/{case.id}/"))
    assert AGE[language] in text(client.get(f"/{language}/team/"))


@LANGUAGES
def test_why_this_date_says_so_until_the_date_is_recorded(nurse: Who, language: str) -> None:
    person = undated()
    case, client = assessed(person.cases.get(), nurse), signed_in(nurse)
    address = f"/{language}/team/cases/{case.id}/dates/"
    because = {"fi": "Sääntö riippuu iästä, mutta syntymäaikaa ei tiedetä.", "sv": "Regeln beror på åldern, men",
               "en": "The rule depends on age, but the birth date is not known."}[language]  # fmt: skip
    body = text(client.get(address))
    assert NOT_KNOWN[language] in body
    assert because in body
    assert "PHC-14D-U23" in body
    people.record_birth_date(resident=person.id, birth_date=date(1980, 5, 5), by=nurse, at=now())
    ages.count_anew(residents=[person.id], at=now())
    body = text(client.get(address))
    assert NOT_KNOWN[language] not in body
    assert because not in body
    assert "PHC-3M-2025" in body


def test_the_date_is_recorded_on_a_page_of_its_own(nurse: Who) -> None:
    person, client = undated(), signed_in(nurse)
    address = page_of(person, "birth-date/")
    assert "Kirjaa syntymäaika" in text(client.get(address))
    for bad in ("", "1849-12-31", "2026-03-03", "eilen"):
        assert client.post(address, {"birth_date": bad}).status_code == 422
    done = client.post(address, {"birth_date": "5.5.1980"}, follow=True)
    assert done.redirect_chain == [(page_of(person), 302)]
    assert "45 vuotta" in text(done)
    assert "Korjaa syntymäaika" in text(done)
    assert "Mikään ei ollut muuttunut." in text(client.post(address, {"birth_date": "1980-05-05"}, follow=True))
    assert queries.births([person.id]) == {person.id: date(1980, 5, 5)}


def test_nobody_records_the_date_of_somebody_whose_code_carries_it_or_who_is_none_of_theirs(nurse: Who) -> None:
    person, _ = known()
    contact(person)
    client = signed_in(nurse)
    assert client.get(page_of(person, "birth-date/")).status_code == 404
    assert "birth-date" not in text(client.get(page_of(person)))
    stranger = people.register_temporary(
        birth_date=None, by=SYSTEM, at=MORNING, first_name="Vieras", last_name="Henkilö", municipality=""
    )
    assert client.post(page_of(stranger, "birth-date/"), {"birth_date": "1980-05-05"}).status_code == 404
    assert client.get(page_of(uuid4(), "birth-date/")).status_code == 404


def test_a_right_to_act_waits_for_the_date(nurse: Who) -> None:
    person, (agent, code) = undated(), known(first_name="Veera", last_name="Äiti")
    client = signed_in(nurse)
    refused = client.post(page_of(person, "mandates/"), right(code))
    assert refused.status_code == 422
    assert "Henkilön syntymäaikaa ei tiedetä, ja tämä oikeus riippuu siitä." in text(refused)
    child, _ = known(identity_code(date(2015, 1, 1)), last_name="Lapsi")
    contact(child)
    refused = client.post(page_of(child, "mandates/"), right(code_of(person)))
    assert "Toisen puolesta toimivan syntymäaikaa ei tiedetä" in text(refused)
    who = resident_as_who(agent.id, acting_for=person.id)
    assert who is not None
    assert who.acting_for is None


def test_a_death_is_recorded_without_the_date_of_birth(nurse: Who) -> None:
    person, client = undated(), signed_in(nurse)
    assert client.post(page_of(person, "death/"), {"died_on": "2026-03-01"}).status_code == 302
    assert AGE["fi"] in text(client.get(page_of(person)))


def test_the_pair_says_that_the_date_is_taken_and_no_difference(nurse: Who) -> None:
    person, (_, code) = undated(), known()
    client = signed_in(worker(role="privacy-officer"))
    answer = client.post("/fi/team/pairs/", {"temporary": code_of(person), "real": code}, follow=True)
    body = text(answer)
    assert [agrees for *_, agrees in answer.context["rows"]] == [False, None, True, True]
    assert "Ei tiedossa" in body
    assert "Ne saavat henkilön oman syntymäajan" in body
    assert "Syntymäajat eroavat" not in body


def test_a_namesake_without_a_date_is_asked_about(nurse: Who) -> None:
    undated(first_name="Uusi", last_name="Asukas")
    client = signed_in(nurse)
    for sent in (new(no_birth_date="on"), new(birth_date="1990-01-01")):
        asked = client.post(REGISTRATION, sent)
        assert asked.status_code == 409
        assert "Samanniminen henkilö, jonka syntymäaikaa ei tiedetä, on jo rekisteröity" in text(asked)
    assert client.post(REGISTRATION, new(no_birth_date="on", another="1")).status_code == 200
    assert Resident.objects.filter(id=UUID(new()["key"]), birth_date=None).exists()


def test_a_matter_may_be_kept_from_guardians_and_says_why(nurse: Who) -> None:
    case = undated().cases.get()
    assert "Henkilön ikää ei tiedetä: hän voi olla alaikäinen." in text(
        signed_in(nurse).get(f"/fi/team/cases/{case.id}/")
    )
