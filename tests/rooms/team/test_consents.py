"""What a person says on the phone or at a visit, written down as they said it."""

from datetime import date
from typing import Any

import pytest

from luotsi.base.who import Who
from luotsi.domain.people import actions as people
from luotsi.domain.people.models import Consent
from tests.factories import MORNING, as_who
from tests.factories.clients import signed_in
from tests.rooms.team.people import confirmed, of_mine, page_of, told_in_log
from tests.rooms.team.test_worklist import text

pytestmark = pytest.mark.django_db
PURPOSE = "consents/share-health-with-social/"


def test_a_yes_is_written_down_with_how_it_was_said(nurse: Who) -> None:
    person = of_mine()
    client = confirmed(nurse)
    said = {"answer": "yes", "how": "phone", "valid_to": "31.12.2026"}
    done = client.post(page_of(person, PURPOSE), said, follow=True)
    assert done.redirect_chain == [(page_of(person, "consents/") + "#share-health-with-social", 302)]
    body = text(done)
    assert 'id="share-health-with-social" tabindex="-1"' in body, "what changed takes the focus"
    assert "Kyllä" in body
    assert "ma 2.3.2026, Puhelimessa" in body
    consent = Consent.objects.get()
    assert (consent.given_how, consent.recorded_by_id, consent.valid_to) == ("phone", nurse.id, date(2026, 12, 31))
    assert ("shown", "consent", "team") in told_in_log(person.id)


def test_a_no_and_a_word_taken_back_are_written_down(nurse: Who) -> None:
    person = of_mine()
    client = confirmed(nurse)
    client.post(page_of(person, PURPOSE), {"answer": "no", "how": "visit"})
    assert Consent.objects.get().is_refusal
    client.post(page_of(person, PURPOSE), {"answer": "back", "how": "visit"})
    assert Consent.objects.get().withdrawn_at is not None
    assert "Ei kantaa" in text(client.get(page_of(person, "consents/")))


def test_what_the_person_said_themselves_stands_on_the_page(nurse: Who) -> None:
    person = of_mine()
    people.give_consent(resident=person.id, purpose="share-health-with-social", by=as_who(person), at=MORNING)
    assert "Verkkopalvelussa" in text(signed_in(nurse).get(page_of(person, "consents/")))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"answer": ""}, "Valitse vastaus."),
        ({"answer": "maybe"}, "Valitse jokin alla olevista vastauksista."),
        ({"how": ""}, "Valitse, miten se sanottiin."),
        ({"how": "self"}, "Valitse luettelosta."),
        ({"valid_to": "2026-03-01"}, "Viimeinen päivä on tänään tai myöhemmin."),
        ({"valid_to": "x"}, "Kirjoita päivä näin"),
    ],
)
def test_a_word_that_is_not_whole_is_said_by_its_field(nurse: Who, wrong: dict[str, Any], said: str) -> None:
    response = signed_in(nurse).post(page_of(of_mine(), PURPOSE), {"answer": "yes", "how": "phone"} | wrong)
    assert response.status_code == 422
    assert said in text(response)
    assert Consent.objects.count() == 0


def test_what_opens_a_register_asks_first_whether_it_is_still_the_same_worker(nurse: Who) -> None:
    person = of_mine()
    client = signed_in(nurse)
    said = {"answer": "yes", "how": "phone"}
    assert client.post(page_of(person, PURPOSE), said).url.startswith("/fi/session/confirmation/")
    assert Consent.objects.count() == 0
    assert client.post(page_of(person, "consents/notices-by-mail/"), said).url == page_of(
        person, "consents/#notices-by-mail"
    )
