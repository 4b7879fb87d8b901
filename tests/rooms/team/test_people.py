"""Finding a person: by the whole code in a POST, telling no more than the searcher may know."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from luotsi.base.who import Who
from luotsi.config.ceilings import BY_ACTION
from luotsi.domain.people.models import Relationship, Resident
from tests.factories import as_who, contact, identity_code, resident, worker
from tests.factories.clients import signed_in
from tests.rooms.team.conftest import NOON
from tests.rooms.team.people import SEARCH, known, page_of, told_in_log
from tests.rooms.team.test_worklist import text

pytestmark = pytest.mark.django_db


def search(client: Client, code: str) -> Any:
    return client.post(SEARCH, {"code": code}, follow=True)


def test_somebody_on_the_teams_list_is_found_with_a_way_to_their_page(nurse: Who) -> None:
    person, code = known(last_name="Listalla")
    contact(person)
    found = search(signed_in(nurse), code)
    assert found.redirect_chain[0][0].startswith("/fi/team/people/found/")
    assert "Toivo Listalla" in text(found)
    assert page_of(person) in text(found)
    assert ("shown", "search", "team") in told_in_log(person.id)


def test_a_neighbour_is_not_shown_and_the_search_stays_in_their_log(nurse: Who) -> None:
    person, code = known()
    found = search(signed_in(nurse), code)
    body = text(found)
    assert "Sinulla ei ole hoito- tai asiakassuhdetta tähän henkilöön" in body
    for secret in ("Naapurinen", "Toivo", str(person.id), code[:6], "Sotkamo"):
        assert secret not in body
    assert told_in_log(person.id) == [("shown", "search", "")]


@pytest.mark.parametrize(("before", "after"), [("-", "-"), ("-", " - "), ("-", "\u2013"), ("0", "0 "), ("0", "\uff10")])
def test_a_code_is_understood_however_it_is_spaced_and_written(nurse: Who, before: str, after: str) -> None:
    code = known()[1].replace(before, after)
    body = text(search(signed_in(nurse), f"  {code.lower()} "))
    assert "Sinulla ei ole hoito- tai asiakassuhdetta" in body


@pytest.mark.parametrize(
    "code",
    ["", "   ", "x", "010190-999X", "310252-308Y", "010190G999W", "131052-308", "0" * 5_000, "nolla\x00tavu",
     "\U0001f600" * 11, "<script>", "' OR 1=1 --"],
)  # fmt: skip
def test_a_bad_code_is_said_by_the_field_and_nothing_is_lost(nurse: Who, code: str) -> None:
    response = signed_in(nurse).post(SEARCH, {"code": code})
    assert response.status_code == 422
    said = "Kirjoita henkilötunnus." if not code.strip() else "Tämä ei ole suomalainen henkilötunnus."
    assert said in text(response) or "(null)" in text(response)
    assert 'aria-invalid="true"' in text(response)
    assert told_in_log() == []


def test_what_was_found_stands_on_reload_and_on_going_back_without_searching_again(nurse: Who) -> None:
    person, code = known()
    client = signed_in(nurse)
    found = search(client, code)
    address = found.redirect_chain[0][0]
    assert code not in address
    assert [client.get(address).status_code for _ in range(2)] == [200, 200]
    assert len(told_in_log(person.id)) == 1


def test_a_handle_is_only_its_own_workers_and_lasts_an_hour(nurse: Who) -> None:
    _, code = known()
    client = signed_in(nurse)
    address = search(client, code).redirect_chain[0][0]
    colleague = signed_in(worker(name="Kolle Kollega"))
    assert colleague.get(address).url == SEARCH
    with time_machine.travel(NOON + timedelta(minutes=61), tick=False):
        assert signed_in(nurse).get(address).status_code == 302


def test_an_old_handle_says_to_search_again(nurse: Who) -> None:
    again = signed_in(nurse).get("/fi/team/people/found/2c1a4a7e-0000-4000-8000-000000000000/", follow=True)
    assert "Hae uudelleen: aiempi hakutulos ei ole enää tallessa." in text(again)


def test_no_code_stands_readable_in_the_session(nurse: Who) -> None:
    code = identity_code(date(1971, 2, 3))
    client = signed_in(nurse)
    search(client, code)
    kept = str(dict(client.session.items()))
    assert "findings" in kept
    assert code not in kept
    assert code[6:] not in kept


def test_somebody_unknown_can_be_registered(nurse: Who) -> None:
    body = text(search(signed_in(nurse), identity_code(date(1971, 2, 3))))
    assert "Tällä henkilötunnuksella ei ole ketään" in body
    assert "Rekisteröi uusi henkilö" in body


def test_many_searches_in_an_hour_meet_a_calm_page(nurse: Who, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    monkeypatch.setitem(BY_ACTION, "person.find", replace(BY_ACTION["person.find"], limit=2))
    client, (_, code) = signed_in(nurse), known()
    assert [client.post(SEARCH, {"code": code}).status_code for _ in range(3)] == [302, 302, 429]
    assert client.get(SEARCH).status_code == 200
    assert signed_in(worker(name="Kolle Kollega")).post(SEARCH, {"code": code}).status_code == 302


@pytest.mark.parametrize("role", ["unit-manager", "programme-coordinator", "county-administrator", "privacy-officer"])
def test_a_role_that_does_not_meet_residents_does_not_search(role: str) -> None:
    client = signed_in(worker(role=role))
    assert client.get(SEARCH).status_code == 403
    assert client.post(SEARCH, {"code": known()[1]}).status_code == 403


def test_a_resident_and_a_visitor_do_not_search() -> None:
    assert signed_in(as_who(resident())).post(SEARCH, {"code": known()[1]}).status_code == 403
    assert Client().post(SEARCH, {"code": known()[1]}).status_code == 403
    assert Client().get(SEARCH).status_code == 302


# Registering somebody new.


def new(**more: Any) -> dict[str, Any]:
    told = {"first_name": "Uusi", "last_name": "Asukas", "municipality": "765", "language": "fi"}
    return told | {"key": "7f1c0a56-37a1-4b3f-9a53-3c9d1a9f0001"} | more


def unknown(client: Client, born: date = date(1971, 2, 3)) -> tuple[str, str]:
    """The registration's address after searching for a code that nobody has, and the code."""
    code = identity_code(born)
    return search(client, code).redirect_chain[0][0] + "registration/", code


def test_a_new_person_is_registered_under_the_code_that_was_searched(nurse: Who) -> None:
    client = signed_in(nurse)
    address, code = unknown(client)
    body = text(client.get(address))
    assert f"{code[:7]}****" in body
    assert code not in body
    done = client.post(address, new(phone="040 123 4567"), follow=True)
    person = Resident.objects.get(id=new()["key"])
    assert done.redirect_chain == [(page_of(person), 302)]
    assert (person.birth_date, person.phone, person.has_temporary_code) == (date(1971, 2, 3), "040 123 4567", False)
    assert "Uusi Asukas" in text(done)
    assert "Uusi Asukas" in text(search(client, code))


def test_registering_opens_who_the_person_is_and_no_record(nurse: Who) -> None:
    client = signed_in(nurse)
    address, _ = unknown(client)
    client.post(address, new())
    person = Resident.objects.get(id=new()["key"])
    case = contact(person, unit="kuhmo")
    assert "Et näe yhtään asiaa." in text(client.get(page_of(person)))
    assert client.get(f"/fi/team/cases/{case.id}/").status_code == 404
    row = Relationship.objects.get(resident=person, staff_id=nurse.id)
    assert (row.register, row.ground) == ("", "assignment")
    assert row.ends_at is not None
    assert row.ends_at - row.begins_at == timedelta(days=14)


def test_a_form_sent_twice_registers_one_person(nurse: Who) -> None:
    client = signed_in(nurse)
    address, _ = unknown(client)
    assert [client.post(address, new()).status_code for _ in range(2)] == [302, 302]
    assert Resident.objects.count() == 1


def test_a_code_that_somebody_got_meanwhile_registers_nobody_and_opens_nobody(nurse: Who) -> None:
    client = signed_in(nurse)
    address, code = unknown(client)
    person, _ = known(code)
    response = client.post(address, new())
    assert response.status_code == 409
    assert "Henkilö on meillä jo" in text(response)
    assert 'value="Asukas"' in text(response)  # what was typed is still there
    assert "Naapurinen" not in text(response)
    assert client.get(page_of(person)).status_code == 404


def test_the_id_of_somebody_else_as_the_forms_key_opens_nobody(nurse: Who) -> None:
    person, _ = known()
    client = signed_in(nurse)
    address, _ = unknown(client)
    assert client.post(address, new(key=str(person.id))).status_code == 409
    assert client.get(page_of(person)).status_code == 404


def test_somebody_without_a_code_gets_one_that_is_shown_whole_once(nurse: Who) -> None:
    client = signed_in(nurse)
    sent = new(birth_date="1970-05-05")
    done = client.post(f"{SEARCH}registration/", sent)
    code = "050570-900B"
    assert done.status_code == 200
    assert text(done).count(code) == 1
    person = Resident.objects.get(id=sent["key"])
    assert person.has_temporary_code
    assert ("shown", "identity_code", "assignment") in told_in_log(person.id)
    again = client.post(f"{SEARCH}registration/", sent)
    assert code not in text(again)
    assert "Tämä lomake on jo lähetetty" in text(again)
    shown = text(client.get(page_of(person)))
    assert code not in shown
    assert "Väliaikainen tunnus" in shown
    assert "Uusi Asukas" in text(search(client, code))
    other = client.post(
        f"{SEARCH}registration/", new(birth_date="1970-05-05", another="1", key="7f1c0a56-37a1-4b3f-9a53-3c9d1a9f0002")
    )
    assert "050570-901C" in text(other)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"first_name": ""}, "Kirjoita etunimet."),
        ({"last_name": "x" * 200}, "100"),
        ({"last_name": "nolla\x00tavu"}, "(null)"),
        ({"birth_date": ""}, "Valitse syntymäaika tai merkitse, ettei sitä tiedetä."),
        ({"birth_date": "2027-01-01"}, "Syntymäaika ei ole tulevaisuudessa"),
        ({"birth_date": "1700-01-01"}, "eikä ennen vuotta 1850"),
        ({"birth_date": "31.2.1990"}, "Kirjoita päivä näin: 31.3.2027."),
        ({"municipality": "999"}, "Valitse kunta luettelosta."),
        ({"language": "de"}, "Valitse kieli."),
        ({"phone": "soita"}, "Anna puhelinnumero"),
        ({"mail": "ei-osoite"}, "Kirjoita sähköpostiosoite"),
        ({"key": "x"}, "Lomake ei ollut ehjä."),
    ],
)
def test_bad_input_is_said_by_its_field_and_nothing_is_lost(nurse: Who, wrong: dict[str, str], said: str) -> None:
    response = signed_in(nurse).post(f"{SEARCH}registration/", new(birth_date="1970-05-05", phone="040 1") | wrong)
    assert response.status_code == 422
    assert said in text(response)
    assert 'value="Uusi"' in text(response) or "first_name" in wrong
    assert Resident.objects.count() == 0


def test_a_registration_needs_a_search(nurse: Who) -> None:
    client = signed_in(nurse)
    _, code = known()
    assert client.get("/fi/team/people/found/2c1a4a7e-0000-4000-8000-000000000000/registration/").url == SEARCH
    of_known = search(client, code).redirect_chain[0][0]
    assert client.post(f"{of_known}registration/", new()).url == SEARCH


@pytest.mark.parametrize("role", ["provider-worker", "privacy-officer", "unit-manager"])
def test_a_role_that_does_not_register_does_not_get_in(role: str) -> None:
    assert signed_in(worker(role=role)).post(f"{SEARCH}registration/", new()).status_code == 403


@pytest.mark.parametrize(("language", "words"), [("sv", "Sök en person"), ("en", "Find a person")])
def test_the_page_speaks_the_language_of_its_address(nurse: Who, language: str, words: str) -> None:
    assert words in text(signed_in(nurse).get(f"/{language}/team/people/"))


def test_searching_does_not_depend_on_production_allowing_temporary_codes(
    nurse: Who, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, code = known()
    monkeypatch.setattr(settings, "ALLOW_TEMPORARY_CODES", False)
    assert "Sinulla ei ole" in text(search(signed_in(nurse), code))


def test_the_field_waits_for_the_code_and_the_way_without_one_stands_by_it(nurse: Who) -> None:
    client = signed_in(nurse)
    body = text(client.get(SEARCH))
    assert re.search(r'name="code"[^>]*autofocus', body)
    assert f'href="{SEARCH}registration/"' in body
    assert len(re.findall("autofocus", text(client.post(SEARCH, {"code": "x"})))) == 1, "the list of mistakes"
    assert f'href="{SEARCH}registration/"' not in text(signed_in(worker(role="provider-worker")).get(SEARCH))
