"""Asking about a row of the log, and for a correction: the request is a matter, its answer stands in it."""

import re
from uuid import uuid4

import pytest

from luotsi.base.now import now
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases.models import Case
from luotsi.domain.events.models import Use
from tests.factories import as_who, contact, resident, worker
from tests.factories.clients import signed_in
from tests.rooms.resident.people import acting, family, let_act, looked, text_of

pytestmark = pytest.mark.django_db
LOG = "/fi/own/log/"


def test_a_row_is_questioned_and_becomes_a_matter_of_the_privacy_officers_unit() -> None:
    person, nurse = resident(), worker(name="Nelli Mallimäki")
    looked(contact(person), nurse)
    row = Use.objects.get(resident=person.id, what="case", actor_id=nurse.id)
    browser = signed_in(as_who(person))
    where = f"{LOG}question/?row={row.id}"
    page = text_of(browser.get(where))
    assert "Nelli Mallimäki" in page
    assert "Saat vastauksen viimeistään" in page
    answer = browser.post(where, {"key": str(uuid4()), "question": "En tunne häntä. Miksi?"})
    case = Case.objects.get(kind="log_question")
    assert answer["Location"] == f"/fi/matters/{case.id}/"
    assert (case.unit_id, case.register) == ("tietosuoja", "none")
    told = case.contact.response.answers
    assert (told["row"], told["question"]) == (str(row.id), "En tunne häntä. Miksi?")
    assert "Nelli Mallimäki" in told["about"]


@pytest.mark.parametrize("row", ["", "x", "0", "-1", "9" * 30, "²", "1 or 1=1"])
def test_a_row_that_is_none_is_not_found(row: str) -> None:
    assert signed_in(as_who(resident())).get(f"{LOG}question/", {"row": row}).status_code == 404


def test_another_residents_row_is_not_found() -> None:
    person, nurse = resident(), worker()
    looked(contact(person), nurse)
    row = Use.objects.get(resident=person.id, what="case", actor_id=nurse.id)
    browser = signed_in(as_who(resident()))
    assert browser.get(f"{LOG}question/?row={row.id}").status_code == 404
    assert browser.post(f"{LOG}question/?row={row.id}", {"key": str(uuid4()), "question": "?"}).status_code == 404
    agent = resident()
    let_act(agent, person)
    assert acting(agent, person).get(f"{LOG}question/?row={row.id}").status_code == 404


def test_a_question_of_ones_own_is_not_seen_by_whoever_acts() -> None:
    mother, child = family()
    nurse = worker()
    looked(contact(child), nurse)
    row = Use.objects.get(resident=child.id, what="case", actor_id=nurse.id)
    signed_in(as_who(child)).post(f"{LOG}question/?row={row.id}", {"key": str(uuid4()), "question": "Miksi?"})
    case = Case.objects.get(kind="log_question")
    assert acting(mother, child).get(f"/fi/matters/{case.id}/").status_code == 404
    acting(mother, child).post(f"{LOG}question/?row={row.id}", {"key": str(uuid4()), "question": "Miksi?"})
    hers = Case.objects.exclude(id=case.id).get(kind="log_question")
    assert acting(mother, child).get(f"/fi/matters/{hers.id}/").status_code == 200


def test_the_answer_is_read_in_the_matter_with_its_note() -> None:
    person, officer = resident(), worker("privacy-officer")
    browser = signed_in(as_who(person))
    browser.post("/fi/own/correction/", {"key": str(uuid4()), "wrong": "Sukunimi", "right": "Toinen nimi"})
    case = Case.objects.get()
    matter = f"/fi/matters/{case.id}/"
    assert "Selvitämme asian" in text_of(browser.get(matter))
    with pytest.raises(ValueError, match="answer"):
        cases.assess(case=case.id, outcome="refused", note=" ", key=uuid4(), by=officer, at=now())
    told = "Nimi tulee väestötiedoista. Korjaa se siellä."
    cases.assess(case=case.id, outcome="refused", note=told, key=uuid4(), by=officer, at=now())
    page = text_of(browser.get(matter))
    assert "Tietoa ei korjata" in page
    assert told in page
    assert "tietosuoja.fi" in page


def test_a_note_of_care_is_not_shown_to_the_resident() -> None:
    person, nurse = resident(), worker()
    case = contact(person)
    cases.assess(case=case.id, outcome="care_needed", note="Vain meille.", key=uuid4(), by=nurse, at=now())
    assert "Vain meille" not in text_of(signed_in(as_who(person)).get(f"/fi/matters/{case.id}/"))


@pytest.mark.parametrize("matter", ["x", "00000000-0000-0000-0000-000000000000", "' or 1=1"])
def test_a_correction_of_no_matter_of_mine_is_not_found(matter: str) -> None:
    assert signed_in(as_who(resident())).get("/fi/own/correction/", {"matter": matter}).status_code == 404


def test_a_correction_names_the_matter_it_is_about() -> None:
    person = resident()
    case = contact(person)
    browser = signed_in(as_who(person))
    assert f"?matter={case.id}" in text_of(browser.get(f"/fi/matters/{case.id}/"))
    where = f"/fi/own/correction/?matter={case.id}"
    browser.post(where, {"key": str(uuid4()), "wrong": "Päivä", "right": "Toinen päivä"})
    request = Case.objects.get(kind="correction_request")
    assert "2.3.2026" in request.contact.response.answers["about"]


def test_a_request_lacking_words_keeps_what_was_typed() -> None:
    answer = signed_in(as_who(resident())).post("/fi/own/correction/", {"key": str(uuid4()), "wrong": "Sukunimeni"})
    assert answer.status_code == 400
    assert "Sukunimeni" in text_of(answer)
    assert not Case.objects.exists()


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_pages_open_in_each_language(language: str) -> None:
    person, nurse = resident(), worker()
    looked(contact(person), nurse)
    row = Use.objects.get(resident=person.id, what="case", actor_id=nurse.id)
    browser = signed_in(as_who(person))
    for address in (f"own/log/question/?row={row.id}", "own/correction/"):
        answer = browser.get(f"/{language}/{address}")
        assert answer.status_code == 200
        assert not re.search(r"%\(|\{[{%]", text_of(answer))
