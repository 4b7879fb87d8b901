"""A case's page: who it is about, until when and why, what was told and done, and only the steps that are open."""

import importlib
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from luotsi.base.who import Who
from luotsi.domain.cases import actions as cases
from luotsi.domain.events.models import Use
from luotsi.domain.people import actions as people
from luotsi.rooms.team.story import SENTENCES
from tests.factories import MORNING, as_who, assessed, contact, identity_code, offered, resident, slot, worker
from tests.factories.clients import signed_in
from tests.rooms.team.test_worklist import HTMX, LOOK, queries_of, text

pytestmark = pytest.mark.django_db
VISIT = MORNING + timedelta(days=3)
LATER = MORNING + timedelta(hours=2, minutes=30)


def page_of(case: Any, language: str = "fi") -> str:
    return f"/{language}/team/cases/{case.id}/"


def test_the_page_tells_who_it_is_and_never_the_identity_code(nurse: Who) -> None:
    code = identity_code()
    from luotsi.base.who import SYSTEM

    person = people.register(
        identity_code=code, by=SYSTEM, at=MORNING, first_name="Aino", last_name="Mäkinen", municipality="290",
        language="sv", phone="040 765 4321",
    )  # fmt: skip
    body = text(signed_in(nurse).get(page_of(contact(person))))
    for words in ("Aino Mäkinen", "36 vuotta", "Kuhmo", "ruotsi", "040 765 4321"):
        assert words in body
    assert code not in body
    assert code[6:] not in body


def test_what_was_told_stands_with_its_questions(nurse: Who) -> None:
    response = signed_in(nurse).get(page_of(contact(what="Selkä kipeä\n<script>alert(1)</script>")))
    body = text(response)
    assert "Mitä asia koskee?" in body
    assert "Selkä kipeä" in body
    assert "Noin viikon" in body
    assert b"<script>alert(1)" not in response.content


def test_a_danger_sign_stands_before_everything_else(nurse: Who) -> None:
    body = text(signed_in(nurse).get(page_of(contact(now=["self_harm"]))))
    assert body.index("Ihminen kertoi vaaran merkistä") < body.index("Mitä asia koskee?")
    assert "Et ole yksin." in body
    assert "Ihminen kertoi vaaran merkistä" not in text(signed_in(nurse).get(page_of(contact())))


def test_the_date_is_explained_with_its_law(nurse: Who) -> None:
    case = contact()
    assessed(case, nurse)
    body = text(signed_in(nurse).get(page_of(case)))
    assert "Miksi tämä päivä?" in body
    assert "ti 2.6.2026" in body  # three months from the judgement
    assert "PHC-3M-2025" in body
    assert "1326/2010" in body


@pytest.mark.parametrize(
    "steps, shown, hidden",
    [
        ([], "Tallenna arvio", "Etsi vapaa aika"),
        (["care_needed"], "Etsi vapaa aika", "Peru aika"),
        (["urgent"], "Tallenna käynti", "Peru aika"),
        (["advice"], "Asia on päätetty", "Tallenna"),
    ],
)
def test_only_the_open_steps_are_shown(nurse: Who, steps: list[str], shown: str, hidden: str) -> None:
    case = contact()
    for outcome in steps:
        assessed(case, nurse, outcome=outcome)
    body = text(signed_in(nurse).get(page_of(case)))
    assert shown in body
    assert hidden not in body


def test_an_offered_time_waits_and_can_be_taken_back(nurse: Who) -> None:
    case = contact()
    assessed(case, nurse)
    offered(case, nurse, starts_at=VISIT)
    body = text(signed_in(nurse).get(page_of(case)))
    assert "Odottaa asukkaan vastausta" in body
    assert "to 5.3.2026 klo 9.10" in body
    assert "Peru aika" in body


def test_a_role_that_only_reads_sees_no_step(nurse: Who) -> None:
    body = text(signed_in(worker(role="provider-worker")).get(page_of(contact())))
    assert "Tallenna arvio" not in body


def test_every_kind_of_event_has_a_plain_sentence() -> None:
    nouns = ("bookings", "cases", "clocks", "questionnaires")
    modules = [importlib.import_module(f"luotsi.domain.{noun}.events") for noun in nouns]
    kinds = {fact.kind for module in modules for fact in vars(module).values() if hasattr(fact, "kind")}
    of_something_else = ("collection.", "form.", "feedback.", "plan.", "calendar.", "group.", "heads.", "thing.")
    on_a_page_of_its_own = ("referral.", "days.")
    elsewhere = {kind for kind in kinds if kind.startswith(of_something_else + on_a_page_of_its_own)}
    assert len(kinds) >= 12
    assert kinds - elsewhere - set(SENTENCES) == set()


def test_the_story_is_told_in_sentences(nurse: Who) -> None:
    person = resident()
    case = contact(person)
    assessed(case, nurse)
    booking = offered(case, nurse, starts_at=VISIT)
    cases.answer_offer(case=case.id, booking=booking, accepts=True, by=as_who(person), at=LATER)
    cases.record_visit(case=case.id, booking=booking, note="Hoidettu", by=nurse, at=LATER)
    cases.close(case=case.id, reason="cared", by=nurse, at=LATER)
    body = text(signed_in(nurse).get(page_of(case)))
    for words in (
        "Asia tuli vireille",
        "Hoidon tarve arvioitu: Hoidon tarve, ei kiireellinen",
        "Aika tarjottu: to 5.3.2026 klo 9.10",
        "Asukas otti ajan to 5.3.2026 klo 9.10",
        "Käynti pidetty",
        "Päätetty: Asia hoidettu",
        "Hilla Hoitaja, sairaanhoitaja",
    ):
        assert words in body
    assert "Kirjattu:" not in body  # no event without a sentence of its own


def test_an_open_page_is_told_in_one_line_that_something_happened(nurse: Who) -> None:
    case = contact()
    client = signed_in(nurse)
    seen = str(len(client.get(page_of(case)).context["case"].story))
    assert client.get(page_of(case), headers=HTMX | {"X-Seen": seen}).status_code == 204
    assessed(case, worker(name="Kolle Kollega"))
    news = client.get(page_of(case), headers=HTMX | {"X-Seen": seen})
    assert "Tässä asiassa tapahtui jotain klo 12.10." in text(news)
    assert "<h1" not in text(news)


def test_asking_whether_something_happened_is_no_reading_of_the_case(nurse: Who) -> None:
    case = contact()
    client = signed_in(nurse)
    page = client.get(page_of(case))
    assert '"X-Luotsi-Passive": "1"' in text(page)
    before = Use.objects.count()
    assert client.get(page_of(case), headers=HTMX | {"X-Seen": "0"}).status_code == 200
    assert Use.objects.count() == before
    stranger = signed_in(worker(unit="kuhmo"))
    assert stranger.get(page_of(case), headers=HTMX).status_code == 404
    assert Use.objects.filter(outcome="refused").count() == 1


def test_a_case_takes_as_many_queries_with_a_long_story_as_with_a_short_one(nurse: Who) -> None:
    person = resident()
    short, long = contact(person), contact(person)
    client = signed_in(nurse)
    assessed(short, nurse)
    assessed(long, nurse)
    offered(short, nurse, starts_at=VISIT)
    for number in range(5):
        at = MORNING + timedelta(hours=2, minutes=5 * number)
        booking = offered(long, nurse, starts_at=VISIT + timedelta(hours=number + 1), at=at)
        cases.answer_offer(case=long.id, booking=booking, accepts=False, by=as_who(person), at=at)
    offered(long, nurse, starts_at=VISIT + timedelta(hours=9), at=LATER)
    assert len(client.get(page_of(long)).context["case"].story) > 12
    assert queries_of(client, page_of(long)) == queries_of(client, page_of(short)) <= 30 + LOOK


def test_the_case_of_another_unit_does_not_exist(nurse: Who) -> None:
    case = contact()
    stranger = signed_in(worker(unit="kuhmo"))
    for name in ("", "assessments/", "offers/", "visits/", "closure/", "following/"):
        response = stranger.get(page_of(case) + name)
        assert response.status_code == (302 if name == "following/" else 404), name
        assert "Asukas" not in text(response)
    for name in ("assessments/", "offers/", "visits/", "closure/", f"offers/{uuid4()}/withdrawal/"):
        assert stranger.post(page_of(case) + name, {"outcome": "advice"}).status_code == 404, name


def test_an_unknown_case_does_not_exist(nurse: Who) -> None:
    client = signed_in(nurse)
    assert client.get(f"/fi/team/cases/{uuid4()}/").status_code == 404
    assert client.get("/fi/team/cases/12345/").status_code == 404
    assert client.get("/fi/team/cases/' OR 1=1/").status_code == 404


def test_a_visitor_is_shown_the_way_to_sign_in_and_comes_back(nurse: Who) -> None:
    case = contact()
    response = Client().get(page_of(case))
    assert response.status_code == 302
    assert response.url.startswith("/fi/session/?next=")
    assert str(case.id) in response.url


@pytest.mark.parametrize("role", ["unit-manager", "programme-coordinator", "county-administrator"])
def test_a_role_that_does_not_read_cases_does_not_get_in(nurse: Who, role: str) -> None:
    assert signed_in(worker(role=role)).get(page_of(contact())).status_code == 403


@pytest.mark.parametrize("language, words", [("sv", "Vad personen berättade"), ("en", "What the person told")])
def test_the_page_speaks_the_language_of_its_address(nurse: Who, language: str, words: str) -> None:
    case = contact()
    assessed(case, nurse)
    assert words in text(signed_in(nurse).get(page_of(case, language)))


def test_whoever_has_a_time_with_the_resident_takes_the_steps_and_whoever_has_consent_only_reads(nurse: Who) -> None:
    elsewhere, adviser = worker(unit="fysioterapia"), worker(role="social-worker", unit="aikuissosiaalityo")
    person = resident()
    case = contact(person)
    assessed(case, nurse)
    place = slot(elsewhere, starts_at=VISIT, unit="fysioterapia")
    cases.offer_time(case=case.id, slot=place, key=uuid4(), by=nurse, at=LATER)
    assert "Tallenna käynti" in text(signed_in(elsewhere).get(page_of(case)))
    contact(person, unit="aikuissosiaalityo", kind="social_need", service="adult-social-work")
    people.give_consent(resident=person.id, purpose="share-health-with-social", by=as_who(person), at=MORNING)
    body = text(signed_in(adviser).get(page_of(case)))
    assert "Testi Asukas" in body
    assert "Tallenna käynti" not in body
    sent = {"note": "Käynti", "key": str(uuid4())}
    assert signed_in(adviser).post(f"{page_of(case)}visits/", sent).status_code == 404


def test_a_matter_sent_elsewhere_says_first_what_follows_and_not_to_record_a_visit(nurse: Who) -> None:
    case, client = assessed(contact(), nurse, outcome="referred"), signed_in(nurse)
    page = client.get(f"/fi/team/cases/{case.id}/")
    assert page.context["next_step"] is None
    assert "Seuraavaksi: kirjoita lähete." in text(page)
    assert f"/fi/team/cases/{case.id}/sendings/physiotherapy/" in text(page)


def test_what_is_rarely_needed_waits_behind_its_name(nurse: Who) -> None:
    body = text(signed_in(nurse).get(f"/fi/team/cases/{contact().id}/"))
    assert "Lähetteet ja konsultaatiot" not in body
    assert "Mitä palveluja on kokeiltu" not in body
    assert "<summary>Lähetä eteenpäin tai kysy kollegalta</summary>" in body
