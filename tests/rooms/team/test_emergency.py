"""Emergency access: one register, four hours, with a written reason, seen by everybody whom it concerns."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from luotsi.base.who import Who
from luotsi.domain.cases.models import Case
from luotsi.domain.events.models import Event
from luotsi.domain.organisation.definitions import roles
from luotsi.domain.people import actions as people
from luotsi.domain.people.models import Relationship, Resident
from luotsi.domain.people.queries import emergencies, openings_of, resident_as_who
from tests.factories import MORNING, as_who, contact, identity_code, worker
from tests.factories.clients import signed_in
from tests.rooms.team.conftest import NOON
from tests.rooms.team.people import SEARCH, confirmed, known, page_of, told_in_log
from tests.rooms.team.test_worklist import text

pytestmark = pytest.mark.django_db
REASON = {"reason": "cannot-tell", "own_words": "Tuotiin tajuttomana, lääkitys tarkistettava"}


@pytest.fixture
def stranger() -> tuple[Resident, str, Case, Case]:
    """Somebody with a matter in each of two registers, in other units; with the code."""
    person, code = known(last_name="Vieras")
    social = contact(person, unit="aikuissosiaalityo", kind="social_need", service="adult-social-work")
    return person, code, contact(person, unit="kuhmo"), social


def address(client: Client, code: str) -> str:
    return client.post(SEARCH, {"code": code}).url + "emergency/"


def opened(client: Client, code: str, **more: Any) -> Any:
    return client.post(address(client, code), REASON | more, follow=True)


def test_it_asks_first_whether_it_is_still_the_same_worker(nurse: Who, stranger: Any) -> None:
    client = signed_in(nurse)
    asked = client.get(address(client, stranger[1]))
    assert asked.url.startswith("/fi/session/confirmation/?next=")
    assert client.post(address(client, stranger[1]), REASON).url.startswith("/fi/session/confirmation/")
    assert Relationship.objects.filter(ground="emergency").count() == 0


def test_the_page_says_plainly_what_it_means(nurse: Who, stranger: Any) -> None:
    client = confirmed(nurse)
    body = text(client.get(address(client, stranger[1])))
    for words in ("Se kestää 4 tuntia", "Tietosuojavastaava tarkistaa", "Henkilö näkee lokistaan"):
        assert words in body
    assert "Vieras" not in body


def test_it_opens_the_records_of_one_register_and_the_banner_counts_down(nurse: Who, stranger: Any) -> None:
    person, code, health, social = stranger
    client = confirmed(nurse)
    assert client.get(page_of(person)).status_code == 404
    done = opened(client, code)
    assert done.redirect_chain == [(page_of(person), 302)]
    body = text(done)
    assert "Toivo Vieras" in body
    assert "Hätäkäyttö on auki" in body
    assert "avoinna sinulle klo 16.10 asti, jäljellä 4 h 0 min" in body
    assert "avasit hätäkäytön" in body
    assert str(health.id) in body
    assert str(social.id) not in body
    assert "Sosiaalihuolto" not in body  # what is closed is not hinted at
    case = text(client.get(f"/fi/team/cases/{health.id}/"))
    assert "avoinna sinulle klo 16.10 asti, jäljellä 4 h 0 min" in case
    assert "Tallenna arvio" not in case
    assert client.get(f"/fi/team/cases/{social.id}/").status_code == 404


def test_after_four_hours_nothing_is_there(nurse: Who, stranger: Any) -> None:
    person, code, health, _ = stranger
    opened(confirmed(nurse), code)
    with time_machine.travel(NOON + timedelta(hours=3, minutes=59), tick=False):
        assert "jäljellä 0 h 1 min" in text(signed_in(nurse).get(page_of(person)))
    with time_machine.travel(NOON + timedelta(hours=4), tick=False):
        client = signed_in(nurse)
        assert client.get(page_of(person)).status_code == 404
        assert client.get(f"/fi/team/cases/{health.id}/").status_code == 404


def test_it_is_for_one_worker_not_for_the_team(nurse: Who, stranger: Any) -> None:
    opened(confirmed(nurse), stranger[1])
    assert signed_in(worker(name="Kolle Kollega")).get(page_of(stranger[0])).status_code == 404


def test_it_is_loud(nurse: Who, stranger: Any) -> None:
    person, code, health, _ = stranger
    client = confirmed(nurse)
    opened(client, code)
    client.get(f"/fi/team/cases/{health.id}/")
    rows = told_in_log(person.id)
    assert ("shown", "person", "emergency") in rows
    assert ("shown", "case", "emergency") in rows
    assert Event.objects.filter(kind="emergency.opened", resident=person.id).count() == 1
    officer = worker(role="privacy-officer")
    told = emergencies(viewer=officer, since=MORNING)
    assert [(one.staff, one.resident) for one in told] == [(nurse.id, person.id)]
    assert told[0].reason == "Tuotiin tajuttomana, lääkitys tarkistettava"
    assert told[0].why is not None
    assert told[0].why.sv == "Personen kan inte själv berätta"
    row = Relationship.objects.get(ground="emergency")
    assert row.reason_key == "cannot-tell", "the reason is kept by its key, whatever the worker's language"


def test_it_is_for_reading_and_not_for_writing(nurse: Who, stranger: Any) -> None:
    person, code, health, _ = stranger
    client = confirmed(nurse)
    body = text(opened(client, code))
    assert "Kirjaa turvakielto" not in body
    for part in ("details/", "protection/", "death/", "mandates/", "consents/notices-by-mail/", "verification/"):
        assert client.get(page_of(person, part)).status_code == 404, part
        assert client.post(page_of(person, part), {"kind": "phone"}).status_code == 404, part
    sent = {"outcome": "advice", "key": "7f1c0a56-37a1-4b3f-9a53-3c9d1a9f0001"}
    assert client.post(f"/fi/team/cases/{health.id}/assessments/", sent).status_code == 404


def test_pressing_twice_opens_it_once(nurse: Who, stranger: Any) -> None:
    client = confirmed(nurse)
    form = address(client, stranger[1])
    assert [client.post(form, REASON).url for _ in range(2)] == [page_of(stranger[0])] * 2
    assert Relationship.objects.filter(ground="emergency").count() == 1


def test_a_worker_of_two_registers_says_which_and_a_second_press_opens_no_other(
    stranger: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, code, health, social = stranger
    both = roles()["social-worker"].model_copy(update={"registers": ("social", "child_welfare")})
    monkeypatch.setitem(roles(), "social-worker", both)
    client = confirmed(worker(role="social-worker", unit="perhekeskus"))
    form = address(client, code)
    assert "Valitse, mitä sinun täytyy nähdä." in text(client.post(form, REASON))
    for _ in range(2):
        assert client.post(form, REASON | {"register": "social"}).url == page_of(person)
    assert list(Relationship.objects.filter(ground="emergency").values_list("register", flat=True)) == ["social"]
    assert client.get(f"/fi/team/cases/{social.id}/").status_code == 200
    assert client.get(f"/fi/team/cases/{health.id}/").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"reason": ""}, "Valitse syy."),
        ({"reason": "curiosity"}, "Valitse jokin alla olevista syistä."),
        ({"own_words": ""}, "Kirjoita syy muutamalla sanalla."),
        ({"own_words": "kiire"}, "Kirjoita syy muutamalla sanalla."),
        ({"own_words": "x " * 2_000}, "Lyhennä"),
        ({"own_words": "nolla \x00 tavu"}, "(null)"),
        ({"own_words": "henkilö 131052-308T tajuton"}, "Jätä henkilötunnus pois"),
    ],
)
def test_a_reason_is_needed(nurse: Who, stranger: Any, wrong: dict[str, str], said: str) -> None:
    client = confirmed(nurse)
    response = client.post(address(client, stranger[1]), REASON | wrong)
    assert response.status_code == 422
    assert said in text(response)
    assert Relationship.objects.filter(ground="emergency").count() == 0


def test_whoever_has_a_relationship_is_not_offered_it(nurse: Who) -> None:
    person, code = known()
    contact(person)
    client = confirmed(nurse)
    found = client.post(SEARCH, {"code": code}, follow=True)
    assert "emergency/" not in text(found)
    assert client.get(found.redirect_chain[0][0] + "emergency/").url == page_of(person)


@pytest.mark.parametrize("role", ["service-adviser", "provider-worker", "unit-manager", "privacy-officer"])
def test_a_role_without_emergencies_does_not_get_in(role: str) -> None:
    handle = "2c1a4a7e-0000-4000-8000-000000000000"
    assert confirmed(worker(role=role)).get(f"{SEARCH}found/{handle}/emergency/").status_code == 403


def test_an_adviser_is_not_offered_what_is_not_theirs(stranger: Any) -> None:
    found = signed_in(worker(role="service-adviser")).post(SEARCH, {"code": stranger[1]}, follow=True)
    assert "Sinulla ei ole hoito- tai asiakassuhdetta" in text(found)
    assert "emergency/" not in text(found)


def test_without_a_search_it_opens_nobody(nurse: Who) -> None:
    handle = "2c1a4a7e-0000-4000-8000-000000000000"
    assert confirmed(nurse).post(f"{SEARCH}found/{handle}/emergency/", REASON).url == SEARCH


@pytest.mark.parametrize(
    ("language", "words"), [("fi", "ei pysty itse"), ("sv", "kan inte själv"), ("en", "cannot tell")]
)
def test_the_person_reads_the_reason_in_their_own_language(
    nurse: Who, stranger: Any, language: str, words: str
) -> None:
    opened(confirmed(nurse), stranger[1])
    body = text(signed_in(as_who(stranger[0])).get(f"/{language}/own/log/"))
    assert words in body
    assert "Tuotiin tajuttomana" in body


def test_whoever_acts_for_the_person_reads_no_free_text(nurse: Who) -> None:
    boy, code = known(identity_code(date(2012, 9, 5)), first_name="Onni")
    mother, _ = known(first_name="Veera")
    people.give_mandate(
        principal=boy.id, agent=mother.id, kind="guardian", registers=["health"], source="document", by=nurse,
        at=MORNING,
    )  # fmt: skip
    opened(confirmed(nurse), code)
    acting = resident_as_who(mother.id, acting_for=boy.id)
    assert acting is not None
    told = openings_of(acting)
    assert [(one.words, one.why is not None) for one in told] == [("", True)]
    assert openings_of(nurse) == []


def test_the_worker_closes_it_when_it_is_not_needed_any_more(nurse: Who, stranger: Any) -> None:
    person, code, health, _ = stranger
    client = confirmed(nurse)
    assert "Sulje hätäkäyttö nyt" in text(opened(client, code))
    assert "Sulje hätäkäyttö nyt" in text(client.get(f"/fi/team/cases/{health.id}/"))
    ending = page_of(person, "emergency-ending/")
    assert client.get(ending).url == page_of(person)
    assert "Hätäkäyttö on suljettu." in text(client.post(ending, follow=True))
    assert client.get(page_of(person)).status_code == 404
    assert client.get(f"/fi/team/cases/{health.id}/").status_code == 404
    assert "Sinulla ei ole hätäkäyttöä auki" in text(client.post(ending, follow=True))
    assert Event.objects.filter(kind="emergency.ended", resident=person.id).count() == 1


def test_nobody_closes_a_colleagues(nurse: Who, stranger: Any) -> None:
    opened(confirmed(nurse), stranger[1])
    confirmed(worker(name="Kolle Kollega")).post(page_of(stranger[0], "emergency-ending/"))
    assert confirmed(nurse).get(page_of(stranger[0])).status_code == 200


def test_a_register_without_matters_is_told_from_one_that_stays_closed(nurse: Who, stranger: Any) -> None:
    person, code = known(last_name="Tuntematon")
    contact(person, unit="aikuissosiaalityo", kind="social_need", service="adult-social-work")
    body = text(opened(confirmed(nurse), code))
    assert "Terveydenhuolto: asioita ei ole lainkaan." in body
    assert "Muiden rekisterien asiat pysyvät piilossa. Tästä ei näe, onko niitä." in body
    assert "Sosiaalihuolto" not in body
    assert "ei ole lainkaan" not in text(opened(confirmed(nurse), stranger[1]))
