"""The front door: what a resident sees, may do, and is told when something is missing."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from luotsi.base.now import now
from luotsi.base.who import SYSTEM
from luotsi.domain.cases.models import Case
from luotsi.domain.catalogue import actions as catalogue
from luotsi.domain.catalogue.queries import service_names
from tests.factories import MORNING, as_who, assessed, contact, offered, resident, state_of_booking, worker
from tests.factories.clients import signed_in

pytestmark = pytest.mark.django_db
CONTACT = "/fi/services/nurse-reception/contact/"


@pytest.fixture(autouse=True, scope="module")
def services(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The catalogue is loaded once for all tests here: it takes a second and a half."""
    with django_db_blocker.unblock():
        catalogue.load_shelf(by=SYSTEM, at=MORNING)
        yield
        call_command("flush", interactive=False, verbosity=0)


def text_of(answer: Any) -> str:
    return answer.content.decode()


def form(**answers: Any) -> dict[str, Any]:
    sent = {"key": str(uuid4()), "what": "Polvi on kipeä", "since": "week", "phone": "040 123 4567", "go": "send"}
    return sent | answers


@pytest.mark.parametrize(
    ("language", "words", "found"),
    [
        ("fi", "hammas lohkesi", "Kiireellinen hammashoito"),
        ("sv", "tand gick av", "Brådskande tandvård"),
        ("en", "toothache", "dental"),
    ],
)
def test_everyday_words_find_the_service(client: Client, language: str, words: str, found: str) -> None:
    answer = client.get(f"/{language}/", {"q": words})
    assert found in text_of(answer)


def test_a_word_of_danger_meets_help_before_any_service(client: Client) -> None:
    page = text_of(client.get("/fi/", {"q": "rintakipu"}))
    assert page.index("112") < page.index('class="card')


@pytest.mark.parametrize("words", ["qwzxv", "'; drop table x", "%", "\\", "a" * 5000, "<script>", "\x00"])
def test_no_words_are_a_dead_end_or_an_error(client: Client, words: str) -> None:
    answer = client.get("/fi/", {"q": words})
    assert answer.status_code == 200
    assert "<script>" not in text_of(answer).replace("<script src", "")


def test_an_unknown_municipality_is_ignored(client: Client) -> None:
    assert client.get("/fi/", {"q": "hammas", "municipality": "999; --"}).status_code == 200


def test_every_service_page_opens_in_three_languages(client: Client) -> None:
    keys = list(service_names("fi"))
    assert len(keys) >= 25
    for key in keys:
        for language in ("fi", "sv", "en"):
            assert client.get(f"/{language}/services/{key}/").status_code == 200


def test_an_unknown_service_is_not_found(client: Client) -> None:
    assert client.get("/fi/services/no-such/").status_code == 404


def test_the_contact_form_asks_to_sign_in_and_comes_back(client: Client) -> None:
    answer = client.get(CONTACT)
    assert answer.status_code == 302
    assert answer["Location"] == "/fi/session/?next=%2Ffi%2Fservices%2Fnurse-reception%2Fcontact%2F"


def test_a_stranger_cannot_be_sent_elsewhere_after_signing_in(client: Client) -> None:
    page = text_of(client.get("/fi/session/", {"next": "https://evil.example/"}))
    links = re.findall(r'(?:href|action)="([^"]+)"', page)
    assert [link for link in links if "evil" in link and not link.startswith(("/sv/session/", "/en/session/"))] == []


def test_a_contact_becomes_a_case_on_the_list_of_the_home_units_team() -> None:
    person = resident(municipality="765")
    answer = signed_in(as_who(person)).post(CONTACT, form())
    case = Case.objects.get()
    assert answer["Location"] == reverse("matter", kwargs={"case_id": case.id})
    assert (case.unit_id, case.kind, case.contact.channel) == ("sotkamo", "health_need", "form")
    assert case.contact.response.answers["what"] == "Polvi on kipeä"


def test_what_was_typed_stays_when_an_answer_is_missing() -> None:
    answer = signed_in(as_who(resident())).post(CONTACT, form(what="Selkä vaivaa edelleen", phone=""))
    assert answer.status_code == 400
    page = text_of(answer)
    assert "Selkä vaivaa edelleen" in page
    assert "Kirjoita puhelinnumero." in page
    assert Case.objects.count() == 0


@pytest.mark.parametrize("wrong", [{"phone": "soita"}, {"since": "ikuisuus"}, {"what": "x" * 10_000}, {"key": "x"}])
def test_bad_answers_are_told_by_the_field(wrong: dict[str, str]) -> None:
    answer = signed_in(as_who(resident())).post(CONTACT, form(**wrong))
    assert answer.status_code == 400
    assert Case.objects.count() == 0


def test_a_message_is_looked_through_before_it_is_sent_with_help_first_when_somebody_is_in_danger() -> None:
    browser = signed_in(as_who(resident()))
    written = {name: value for name, value in form(now=["self_harm", "breath"]).items() if name != "go"}
    page = browser.post(CONTACT, written)
    assert page.status_code == 200
    shown = text_of(page)
    assert "Tarkista viesti" in shown
    assert "Polvi on kipeä" in shown
    assert shown.index("Et ole yksin") < shown.index("<h1"), "help comes before everything else"
    assert Case.objects.count() == 0, "nothing is sent yet"
    carried = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', shown)
    again = {name: [value for one, value in carried if one == name] for name, _ in carried}
    changing = text_of(browser.post(CONTACT, again | {"go": "change"}))
    assert "Polvi on kipeä" in changing
    assert "error-summary" not in changing, "what can stand is no error"
    assert Case.objects.count() == 0
    assert browser.post(CONTACT, again | {"go": "send"}).status_code == 302
    sent = Case.objects.get().contact
    assert sent.response.answers["now"] == ["self_harm", "breath"]
    assert str(sent.key) == written["key"]


def test_the_same_form_sent_twice_is_one_case() -> None:
    browser, sent = signed_in(as_who(resident())), form()
    assert {browser.post(CONTACT, sent)["Location"] for _ in range(2)} == {
        reverse("matter", kwargs={"case_id": Case.objects.get().id})
    }


def test_an_answer_of_danger_shows_help_first() -> None:
    answer = signed_in(as_who(resident())).post(CONTACT, form(now=["self_harm"]), follow=True)
    page = text_of(answer)
    assert "Et ole yksin" in page
    assert page.index("Et ole yksin") < page.index("Näin asiasi etenee")


def test_a_service_without_a_form_has_no_contact_page() -> None:
    assert signed_in(as_who(resident())).get("/fi/services/medical-helpline/contact/").status_code == 404


def test_a_complaint_has_its_own_questions_and_its_answer_is_read_in_the_matter() -> None:
    person, registrar = resident(), worker("registrar", "kirjaamo")
    browser, page = signed_in(as_who(person)), "/fi/services/complaint/contact/"
    body = text_of(browser.get(page))
    assert "Missä se tapahtui?" in body
    assert "<h1>Muistutus</h1>" in browser.get(page).content.decode()
    assert "lähetä viesti" not in body, "a complaint is not a message"
    assert "Kuinka kauan asia on vaivannut" not in body
    assert "saat vastauksen viimeistään" in body
    told = {"key": str(uuid4()), "happened": "Minua ei kuunneltu.", "where": "Sotkamon terveysasema", "go": "send"}
    assert browser.post(page, told).status_code == 302
    case = Case.objects.get(kind="complaint", resident=person.id)
    assert case.unit_id == "kirjaamo"
    desk = signed_in(registrar)
    assert "Minua ei kuunneltu." in text_of(desk.get(f"/fi/team/cases/{case.id}/"))
    sheet = {"key": str(uuid4()), "after": "0", "outcome": "upheld", "note": "Pyydämme anteeksi."}
    assert desk.post(f"/fi/team/cases/{case.id}/assessments/", sheet).status_code == 302
    read = text_of(browser.get(f"/fi/matters/{case.id}/"))
    assert "Pyydämme anteeksi." in read
    assert "lvv.fi" in read


def test_a_nurse_does_not_read_a_complaint_about_the_own_unit() -> None:
    browser = signed_in(as_who(resident()))
    told = {"key": str(uuid4()), "happened": "Minua ei kuunneltu.", "where": "Sotkamon terveysasema", "go": "send"}
    browser.post("/fi/services/complaint/contact/", told)
    case = Case.objects.get(kind="complaint")
    assert signed_in(worker()).get(f"/fi/team/cases/{case.id}/").status_code == 404


def test_somebody_elses_matter_does_not_exist() -> None:
    case = contact(resident())
    assert signed_in(as_who(resident())).get(f"/fi/matters/{case.id}/").status_code == 404
    assert signed_in(as_who(resident())).get(f"/fi/matters/{uuid4()}/").status_code == 404


def test_an_offered_time_is_taken_on_the_matters_page() -> None:
    person, nurse = resident(), worker()
    case = contact(person, at=now() - timedelta(hours=3))
    assessed(case, nurse)
    booking = offered(case, nurse, starts_at=now() + timedelta(days=2))
    browser = signed_in(as_who(person))
    assert "Tarjoamme sinulle aikaa" in text_of(browser.get(f"/fi/matters/{case.id}/"))
    where = reverse("answer", kwargs={"case_id": case.id, "booking_id": booking})
    answer = browser.post(where, {"answer": "accept"}, follow=True)
    assert "Aika on varattu sinulle" in text_of(answer)
    assert state_of_booking(booking) == "made"
    again = browser.post(where, {"answer": "decline"}, follow=True)
    assert "Tarjous oli ehtinyt muuttua" in text_of(again)
    assert state_of_booking(booking) == "made"


@pytest.mark.parametrize("answer", ["", "maybe"])
def test_an_answer_that_is_neither_is_refused(answer: str) -> None:
    person, nurse = resident(), worker()
    case = contact(person, at=now() - timedelta(hours=3))
    assessed(case, nurse)
    booking = offered(case, nurse, starts_at=now() + timedelta(days=2))
    where = reverse("answer", kwargs={"case_id": case.id, "booking_id": booking})
    assert signed_in(as_who(person)).post(where, {"answer": answer}).status_code == 400
    assert state_of_booking(booking) == "offered"


def test_another_residents_time_is_not_answered() -> None:
    nurse = worker()
    case = contact(resident(), at=now() - timedelta(hours=3))
    assessed(case, nurse)
    booking = offered(case, nurse, starts_at=now() + timedelta(days=2))
    where = reverse("answer", kwargs={"case_id": case.id, "booking_id": booking})
    assert signed_in(as_who(resident())).post(where, {"answer": "accept"}).status_code == 404
    assert state_of_booking(booking) == "offered"


def test_my_matters_are_mine_alone_with_a_fixed_number_of_queries(django_assert_max_num_queries: Any) -> None:
    person = resident()
    own = {str(contact(person).id) for _ in range(4)}
    contact(resident(last_name="Naapuri"))
    browser = signed_in(as_who(person))
    with django_assert_max_num_queries(22):
        page = text_of(browser.get("/fi/matters/"))
    assert set(re.findall(r'href="/fi/matters/([0-9a-f-]{36})/"', page)) == own


def test_a_worker_has_no_matters_page_and_a_resident_no_worklist() -> None:
    assert signed_in(worker()).get("/fi/matters/").status_code == 403
    assert signed_in(as_who(resident())).get("/fi/team/").status_code == 403


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_texts_of_the_house_open_in_each_language(client: Client, language: str) -> None:
    for address in ("accessibility/", "session/", "clocks/PHC-14D-U23/", "clocks/DISAB-675/"):
        assert client.get(f"/{language}/{address}").status_code == 200
    assert client.get(f"/{language}/clocks/NO-SUCH/").status_code == 404


def test_signing_out_ends_the_session() -> None:
    browser = signed_in(as_who(resident()))
    assert browser.get("/fi/matters/").status_code == 200
    assert browser.get("/fi/session/closure/")["Location"] == "/fi/session/"
    browser.post("/fi/session/closure/")
    assert browser.get("/fi/matters/").status_code == 302


def test_a_service_offers_its_own_form_to_fill_in_before_it() -> None:
    visitor = text_of(Client().get("/fi/services/older-oral-check/"))
    assert "/fi/questionnaires/oral_65/" in visitor
    assert "Kirjaudu ensin" in visitor
    theirs = text_of(signed_in(as_who(resident())).get("/fi/services/contraception/"))
    assert "/fi/questionnaires/contraception/" in theirs
    assert "/fi/questionnaires/" not in text_of(Client().get("/fi/services/medical-helpline/"))
