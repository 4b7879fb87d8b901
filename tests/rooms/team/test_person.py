"""A person's page: who they are, what is open to the worker and why, and nothing of what is not."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from luotsi.base.who import Who
from luotsi.domain.events.models import Use
from luotsi.domain.people import actions as people
from tests.factories import MORNING, as_who, assessed, contact, offered, resident, worker
from tests.factories.clients import signed_in
from tests.rooms.team.people import confirmed, known, of_mine, page_of, told_in_log
from tests.rooms.team.test_worklist import LOOK, queries_of, text

pytestmark = pytest.mark.django_db
PARTS = ("", "details/", "protection/", "death/", "mandates/", "consents/", "consents/notices-by-mail/")
PRESSES = ("identity-code/", "contact-data/", "verification/")


def test_the_page_tells_who_it_is_and_masks_the_code(nurse: Who) -> None:
    code = "010190-999W"
    person, _ = known(code, phone="040 765 4321", mail="toivo@example.org", street="Mallitie 3", town="Sotkamo")
    contact(person)
    body = text(signed_in(nurse).get(page_of(person)))
    for words in ("Toivo Naapurinen", "36 vuotta", "010190*****", "040 765 4321", "Mallitie 3", "Sotkamo", "suomi"):
        assert words in body
    assert "Ei vahvistettu" in body
    assert code not in body
    assert "Naapurinen" not in body[body.index("<title>") : body.index("</title>")]


def test_every_matter_says_why_it_is_open(nurse: Who) -> None:
    person = of_mine()
    body = text(signed_in(nurse).get(page_of(person)))
    assert "asia on tiimisi listalla" in body
    assert "Terveydenhuolto" in body


def test_a_matter_of_another_unit_is_not_said_to_be_on_ones_own_list(nurse: Who) -> None:
    person = of_mine()
    other = contact(person, unit="mielenterveys", service="youth-mental-health")
    client = signed_in(nurse)
    lines = {line["matter"].id: line["because"] for line in client.get(page_of(person)).context["matters"]}
    assert lines.pop(other.id) == "hänen toinen asiansa on tiimisi listalla"
    assert list(lines.values()) == ["asia on tiimisi listalla"]
    assert "hänen toinen asiansa on tiimisi listalla" in text(client.get(f"/fi/team/cases/{other.id}/"))
    (own,) = lines
    assert "tiimisi listalla" not in text(client.get(f"/fi/team/cases/{own}/"))


def test_a_time_with_the_worker_is_a_reason(nurse: Who) -> None:
    person = resident(last_name="Ajallinen")
    elsewhere = worker(unit="kuhmo")
    case = contact(person, unit="kuhmo")
    assessed(case, elsewhere)
    offered(case, elsewhere, starts_at=MORNING + timedelta(days=3))
    booked = case.times.get().booking.slot.staff_id
    assert booked == elsewhere.id
    assert signed_in(nurse).get(page_of(person)).status_code == 404
    people.relate(
        resident=person.id, staff=nurse.id, register="health", ground="booking", subject=uuid4(), at=MORNING,
        until=MORNING + timedelta(days=3),
    )  # fmt: skip
    assert "henkilöllä on aika sinulle" in text(signed_in(nurse).get(page_of(person)))


def test_another_register_leaves_no_trace_until_the_resident_allows_it(nurse: Who) -> None:
    person = of_mine()
    social = contact(person, unit="aikuissosiaalityo", kind="social_need", service="adult-social-work")
    client = signed_in(nurse)
    body = text(client.get(page_of(person)))
    assert str(social.id) not in body
    assert "Sosiaalihuolto" not in body
    assert told_in_log(person.id, register="social") == []
    people.give_consent(resident=person.id, purpose="share-social-with-health", by=as_who(person), at=MORNING)
    body = text(client.get(page_of(person)))
    assert str(social.id) in body
    assert "asukas on antanut suostumuksen" in body
    people.withdraw_consent(resident=person.id, purpose="share-social-with-health", by=as_who(person), at=MORNING)
    assert str(social.id) not in text(client.get(page_of(person)))


def test_a_person_without_a_relationship_does_not_exist_and_the_log_knows_who_asked(nurse: Who) -> None:
    person, _ = known()
    client = confirmed(nurse)
    for part in (*PARTS, *PRESSES):
        assert client.get(page_of(person, part)).status_code == 404, part
    for part in (*PARTS[1:5], PARTS[6], *PRESSES):
        assert client.post(page_of(person, part), {"kind": "phone", "seen": "x"}).status_code == 404, part
    rows = Use.objects.filter(outcome="refused", subject=person.id, actor_id=nurse.id)
    assert rows.count() == len(PARTS) + len(PRESSES) + 8
    assert told_in_log(person.id, outcome="shown") == []


def test_a_person_of_another_unit_and_one_whose_matter_ended_long_ago_do_not_exist(nurse: Who) -> None:
    person = of_mine()
    assert signed_in(worker(unit="kuhmo")).get(page_of(person)).status_code == 404
    case = person.cases.get()
    assessed(case, nurse, outcome="advice", at=MORNING)
    client = signed_in(nurse)
    assert client.get(page_of(person)).status_code == 200  # to finish the writing
    person.relationships.update(begins_at=MORNING - timedelta(days=60), ends_at=MORNING)
    assert client.get(page_of(person)).status_code == 404


def test_an_address_that_is_nobodys_does_not_exist(nurse: Who) -> None:
    client = signed_in(nurse)
    for part in PARTS:
        assert client.get(page_of(uuid4(), part)).status_code == 404
    assert client.get("/fi/team/people/1/").status_code == 404
    assert client.get(page_of(of_mine(), "consents/selling-data/")).status_code == 404
    assert client.get(page_of(of_mine(), f"mandates/{uuid4()}/ending/")).status_code == 404


@pytest.mark.parametrize("role", ["unit-manager", "privacy-officer", "programme-coordinator", "provider-worker"])
def test_a_role_that_does_not_read_people_does_not_get_in(role: str) -> None:
    person = of_mine()
    for part in PARTS:
        assert signed_in(worker(role=role)).get(page_of(person, part)).status_code == 403


def test_a_visitor_and_the_person_themselves_do_not_get_in() -> None:
    person = of_mine()
    assert Client().get(page_of(person)).status_code == 302
    assert signed_in(as_who(person)).get(page_of(person)).status_code == 403


def test_the_whole_code_is_a_press_of_its_own_with_its_own_row(nurse: Who) -> None:
    code = "010190-999W"
    person, _ = known(code)
    contact(person)
    asked = signed_in(nurse).post(page_of(person, "identity-code/"))
    assert asked.url.startswith("/fi/session/confirmation/")
    client = confirmed(nurse)
    assert client.get(page_of(person, "identity-code/")).url == page_of(person)
    assert ("shown", "identity_code", "team") not in told_in_log(person.id)
    body = text(client.post(page_of(person, "identity-code/")))
    assert code in body
    assert "Katsominen on kirjattu lokiin." in body
    assert ("shown", "identity_code", "team") in told_in_log(person.id)
    assert code not in text(client.get(page_of(person)))


def test_a_checked_number_is_marked_in_one_press(nurse: Who) -> None:
    person = of_mine(phone="040 765 4321", mail="toivo@example.org")
    client = signed_in(nurse)
    for kind, seen in (("phone", "040 765 4321"), ("mail", "toivo@example.org")):
        assert client.post(page_of(person, "verification/"), {"kind": kind, "seen": seen}).status_code == 302
    person.refresh_from_db()
    assert person.phone_verified_at is not None
    assert person.mail_verified_at is not None
    assert "Ei vahvistettu" not in text(client.get(page_of(person)))


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"kind": "phone", "seen": "040 111 1111"}, 409),
        ({"kind": "phone"}, 409),
        ({"kind": "mail", "seen": ""}, 409),
        ({"kind": "birth_date", "seen": "x"}, 400),
        ({}, 400),
    ],
)
def test_what_changed_meanwhile_or_is_nothing_is_not_vouched_for(nurse: Who, sent: dict[str, str], status: int) -> None:
    person = of_mine(phone="040 765 4321")
    assert signed_in(nurse).post(page_of(person, "verification/"), sent).status_code == status
    person.refresh_from_db()
    assert person.phone_verified_at is None


def test_a_joined_record_leads_to_the_person(nurse: Who) -> None:
    person = of_mine()
    temporary = people.register_temporary(
        birth_date=date(1990, 1, 1), by=nurse, at=MORNING, first_name="Toivo", last_name="Tilapäinen", municipality=""
    )
    contact(temporary)
    client = signed_in(nurse)
    assert client.get(page_of(temporary)).status_code == 200
    people.join(temporary=temporary.id, real=person.id, by=worker(role="privacy-officer"), at=MORNING)
    assert client.get(page_of(temporary)).url == page_of(person)
    body = text(client.get(page_of(person)))
    assert all(str(case.id) in body for case in (*person.cases.all(), *temporary.cases.all()))


def test_a_legal_hold_is_marked_without_its_reason(nurse: Who) -> None:
    person = of_mine()
    officer = worker(role="privacy-officer")
    people.set_hold(resident=person.id, reason="Kantelu käräjillä", by=officer, at=MORNING)
    body = text(signed_in(nurse).get(page_of(person)))
    assert "Säilytysmääräys" in body
    assert "Kantelu" not in body


def test_the_page_takes_as_many_queries_for_twenty_matters_as_for_one(nurse: Who) -> None:
    few, many = of_mine(last_name="Yksi"), of_mine(last_name="Monta")
    for _ in range(19):
        contact(many)
    for person in (few, many):
        case = person.cases.first()
        offered(assessed(case, nurse), nurse, starts_at=MORNING + timedelta(days=3, hours=bool(person is few)))
    client = signed_in(nurse)
    assert queries_of(client, page_of(many)) == queries_of(client, page_of(few)) <= 25 + LOOK


@pytest.mark.parametrize(("language", "words"), [("sv", "Ärenden som du ser"), ("en", "Matters open to you")])
def test_the_page_speaks_the_language_of_its_address(nurse: Who, language: str, words: str) -> None:
    assert words in text(signed_in(nurse).get(page_of(of_mine(), language=language)))


# Details and death.


def details(**more: Any) -> dict[str, Any]:
    return {"phone": "040 123 4567", "mail": "", "street": "", "postal_code": "", "town": "", "municipality": "765",
            "language": "sv"} | more  # fmt: skip


def test_details_are_changed_and_a_new_number_is_not_verified(nurse: Who) -> None:
    person = of_mine(phone="040 765 4321", mail="vanha@example.org")
    people.vouch_for_contact(resident=person.id, kind="phone", by=nurse, at=MORNING)
    done = signed_in(nurse).post(page_of(person, "details/"), details(), follow=True)
    person.refresh_from_db()
    assert (person.phone, person.mail, person.language) == ("040 123 4567", "", "sv")
    assert person.phone_verified_at is None
    assert "Tiedot on tallennettu." in text(done)
    assert "Mikään ei ollut muuttunut." in text(
        signed_in(nurse).post(page_of(person, "details/"), details(), follow=True)
    )


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"phone": "x" * 5_000}, "20"),
        ({"mail": "a@b"}, "Kirjoita sähköpostiosoite"),
        ({"postal_code": "8860"}, "viidellä numerolla"),
        ({"municipality": "x"}, "Valitse kunta luettelosta."),
        ({"language": ""}, "Valitse kieli."),
        ({"street": "nolla\x00tavu"}, "(null)"),
    ],
)
def test_bad_details_are_said_by_their_field(nurse: Who, wrong: dict[str, str], said: str) -> None:
    person = of_mine()
    response = signed_in(nurse).post(page_of(person, "details/"), details(town="Kajaani") | wrong)
    assert response.status_code == 422
    assert said in text(response)
    assert 'value="Kajaani"' in text(response)
    person.refresh_from_db()
    assert person.town == ""


def test_a_death_is_recorded_and_a_mistake_taken_back(nurse: Who) -> None:
    person = of_mine()
    client = signed_in(nurse)
    assert "Kuolema on kirjattu." in text(client.post(page_of(person, "death/"), {"died_on": "1.3.2026"}, follow=True))
    body = text(client.get(page_of(person)))
    assert "Kuollut" in body
    assert "kuollut su 1.3.2026" in body
    client.post(page_of(person, "death/"), {"undo": "1"})
    person.refresh_from_db()
    assert person.died_on is None


@pytest.mark.parametrize("day", ["", "2026-03-03", "1989-12-31", "eilen", "31.2.2026"])
def test_a_day_of_death_that_cannot_be_is_said(nurse: Who, day: str) -> None:
    person = of_mine()
    response = signed_in(nurse).post(page_of(person, "death/"), {"died_on": day})
    assert response.status_code == 422
    assert 'aria-invalid="true"' in text(response)
    person.refresh_from_db()
    assert person.died_on is None
