"""Consents and refusals: what I have said, changing it, undoing it, and that it is heeded."""

from typing import Any

import pytest

from luotsi.domain.events.models import Event, Use
from luotsi.domain.people import actions as people
from luotsi.domain.people.definitions import consent_purposes
from luotsi.domain.people.models import Consent
from tests.factories import MORNING, as_who, resident, worker
from tests.factories.clients import signed_in
from tests.rooms.resident.people import acting, family, let_act, text_of

pytestmark = pytest.mark.django_db
PAGE, MAIL = "/fi/own/consents/", "/fi/own/consents/notices-by-mail/"


def words(person: Any) -> list[tuple[bool, bool]]:
    """Every word on record: (is a refusal, is still in force), the oldest first."""
    return [
        (row.is_refusal, row.withdrawn_at is None)
        for row in Consent.objects.filter(resident=person).order_by("given_at")
    ]


def test_every_purpose_stands_there_with_its_explanation_and_nothing_said() -> None:
    page = text_of(signed_in(as_who(resident())).get(PAGE))
    for purpose in consent_purposes().values():
        assert str(purpose.name) in page
        assert str(purpose.explains) in page
    assert page.count(">Et ole vastannut<") == len(consent_purposes())


def test_a_word_is_given_changed_undone_and_taken_back() -> None:
    person = resident()
    browser = signed_in(as_who(person))
    answer = browser.post(MAIL, {"answer": "yes"}, follow=True)
    assert "Sallittu" in text_of(answer)
    assert "Kumoa" in text_of(answer)
    browser.post(MAIL, {"answer": "no"})
    assert words(person) == [(False, False), (True, True)]
    browser.post(MAIL, {"answer": "yes", "undo": "1"})
    assert words(person) == [(False, False), (True, False), (False, True)]
    browser.post(MAIL, {"answer": ""})
    assert [in_force for _, in_force in words(person)] == [False, False, False]
    assert "Aiemmat vastaukset" in text_of(browser.get(PAGE))


def test_undoing_the_first_word_leaves_nothing_said() -> None:
    person = resident()
    browser = signed_in(as_who(person))
    offered = browser.post(MAIL, {"answer": "no"}, follow=True)
    assert 'name="answer" value=""' in text_of(offered)
    page = text_of(browser.post(MAIL, {"answer": "", "undo": "1"}, follow=True))
    assert "Palautimme aiemman valintasi" in page
    assert "Kiellän" in page


@pytest.mark.parametrize(
    "query", ["?changed=notices-by-mail&before=no", "?changed=no-such&before=yes", "?changed=x&before=<b>"]
)
def test_an_address_cannot_pretend_that_something_changed(query: str) -> None:
    person = resident()
    people.give_consent(resident=person.id, purpose="notices-by-mail", by=as_who(person), at=MORNING, is_refusal=True)
    assert "Kumoa" not in text_of(signed_in(as_who(person)).get(PAGE + query))


@pytest.mark.parametrize("answer", ["maybe", "YES", None])
def test_a_word_that_is_neither_is_refused(answer: str | None) -> None:
    person = resident()
    sent = {} if answer is None else {"answer": answer}
    assert signed_in(as_who(person)).post(MAIL, sent).status_code == 400
    assert words(person) == []


def test_an_unknown_purpose_is_not_found() -> None:
    assert signed_in(as_who(resident())).post("/fi/own/consents/no-such/", {"answer": "yes"}).status_code == 404


def test_looking_changes_nothing() -> None:
    person = resident()
    assert signed_in(as_who(person)).get(MAIL)["Location"] == PAGE
    assert words(person) == []


def test_how_a_word_was_given_stands_beside_it() -> None:
    person = resident()
    clerk = worker("service-adviser")
    people.give_consent(resident=person.id, purpose="notices-by-mail", by=clerk, at=MORNING, how="phone")
    assert "puhelimessa" in text_of(signed_in(as_who(person)).get(PAGE))


def test_nobody_speaks_for_another_here() -> None:
    mother, child = family()
    agent, principal = resident(), resident()
    let_act(agent, principal)
    for browser in (acting(mother, child), acting(agent, principal), signed_in(worker())):
        assert browser.get(PAGE).status_code == 403
        assert browser.post(MAIL, {"answer": "yes"}).status_code == 403
    assert not Consent.objects.exists()


def test_every_word_is_an_event_and_reading_them_is_logged() -> None:
    person = resident()
    signed_in(as_who(person)).post(MAIL, {"answer": "no"}, follow=True)
    assert Event.objects.filter(kind="consent.given", resident=person.id).count() == 1
    assert Use.objects.filter(what="consent", resident=person.id, ground="own").exists()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_page_opens_in_each_language(language: str) -> None:
    assert signed_in(as_who(resident())).get(f"/{language}/own/consents/").status_code == 200


def test_the_page_costs_a_fixed_number_of_queries(django_assert_max_num_queries: Any) -> None:
    person = resident()
    for purpose in consent_purposes():
        people.give_consent(resident=person.id, purpose=purpose, by=as_who(person), at=MORNING)
    browser = signed_in(as_who(person))
    with django_assert_max_num_queries(20):
        browser.get(PAGE)
