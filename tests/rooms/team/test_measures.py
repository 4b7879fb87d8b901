"""Questionnaires in the case: result, band, change since last time, danger marked, a line over time."""

from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from luotsi.base.now import now
from luotsi.base.who import Who
from luotsi.domain.cases import queries
from luotsi.domain.cases.queries.listed import listed
from luotsi.domain.events.models import Use
from luotsi.domain.people import actions as people
from tests.factories import assessed, contact, resident, worker
from tests.factories.clients import signed_in
from tests.rooms.team.conftest import NOON
from tests.rooms.team.measures import GRAVE, MILD, phq9
from tests.rooms.team.test_worklist import text

pytestmark = pytest.mark.django_db


def page_of(case: Any) -> str:
    return f"/fi/team/cases/{case.id}/"


def test_the_case_shows_result_band_and_change_since_last_time(nurse: Who) -> None:
    case = contact()
    phq9(case, MILD, days_ago=30)
    phq9(case, "222210000")
    body = text(signed_in(nurse).get(page_of(case)))
    assert "PHQ-9: mieliala" in body
    assert "Lieviä oireita" in body
    assert "+4 edellisestä kerrasta" in body


def test_a_danger_sign_in_a_questionnaire_is_marked_in_the_case_and_first_on_the_list(nurse: Who) -> None:
    calm, grave = contact(), contact()
    phq9(calm)
    assert [row.news for row in listed(viewer=nurse, units={"sotkamo"})] == ["", ""]
    phq9(grave, GRAVE)
    rows = listed(viewer=nurse, units={"sotkamo"})
    assert [(row.id, row.news) for row in rows] == [(grave.id, "answers"), (calm.id, "")]
    assert "Vaaran merkki kyselyssä" in text(signed_in(nurse).get("/fi/team/"))
    body = text(signed_in(nurse).get(page_of(grave)))
    assert "Kysely kertoo vaaran merkistä" in body
    assert "Kohta 9: ajatuksia kuolemasta" in body
    assert "Kysely kertoo vaaran merkistä" not in text(signed_in(nurse).get(page_of(calm)))


def test_the_mark_goes_when_somebody_has_judged_since(nurse: Who) -> None:
    case = contact()
    phq9(case, GRAVE, days_ago=0)
    with time_machine.travel(NOON.replace(hour=14), tick=False):
        assessed(case, nurse, at=now())
        assert [row.news for row in listed(viewer=nurse, units={"sotkamo"})] == [""]


def test_one_questionnaire_shows_each_answer_beside_that_of_last_time(nurse: Who) -> None:
    case = contact()
    phq9(case, MILD, days_ago=30)
    sent = phq9(case, GRAVE)
    body = text(signed_in(nurse).get(f"/fi/team/responses/{sent.id}/"))
    assert "Muuttunut" in body
    assert "Useina päivinä" in body
    assert "Lähes joka päivä" in body
    assert body.count("Vaaran merkki") >= 2
    assert "Lomakkeen ehdotus hoidon tasosta" in body


def test_a_correction_stands_in_the_place_of_what_it_corrects(nurse: Who) -> None:
    from luotsi.domain.questionnaires.models import Response

    case = contact()
    wrong = phq9(case, GRAVE, days_ago=1)
    right = phq9(case, MILD)
    Response.objects.filter(id=right.id).update(replaces=wrong)
    body = text(signed_in(nurse).get(page_of(case)))
    assert "Lieviä oireita" in body
    assert "Vaikeita oireita" not in body
    assert "edellisestä kerrasta" not in body


def test_measures_show_a_line_over_time_with_its_table(nurse: Who) -> None:
    case = contact()
    for number, points in enumerate(("333310000", "222210000", MILD)):
        phq9(case, points, days_ago=90 - 30 * number)
    body = text(signed_in(nurse).get(f"/fi/team/people/{case.resident_id}/measures/"))
    assert "<svg" in signed_in(nurse).get(f"/fi/team/people/{case.resident_id}/measures/").content.decode()
    for words in ("13", "9", "5", "Vähemmän on parempi"):
        assert words in body


def test_another_register_stays_closed(nurse: Who) -> None:
    """Negative control: the social worker who has the case sees the same answers."""
    person = resident()
    own = worker("social-worker")
    unit = next(iter(own.units))
    health = contact(person)
    social = contact(person, kind="adult_social_work", service="adult-social-work", unit=unit)
    sent = phq9(social)
    body = text(signed_in(nurse).get(f"/fi/team/people/{person.id}/measures/"))
    assert "PHQ-9" not in body
    assert signed_in(nurse).get(f"/fi/team/responses/{sent.id}/").status_code == 404
    assert phq9(health).register == "health"
    assert "PHQ-9" in text(signed_in(own).get(f"/fi/team/responses/{sent.id}/"))


def test_a_stranger_finds_nothing(nurse: Who) -> None:
    sent = phq9(contact())
    stranger = worker("nurse", unit="kuhmo")
    assert signed_in(stranger).get(f"/fi/team/responses/{sent.id}/").status_code == 404
    assert signed_in(stranger).get(f"/fi/team/people/{sent.resident_id}/measures/").status_code == 404


def test_reading_answers_is_written_in_the_log(nurse: Who) -> None:
    sent = phq9(contact())
    signed_in(nurse).get(f"/fi/team/responses/{sent.id}/")
    row = Use.objects.get(what="answers", subject=sent.id)
    assert (row.resident, row.register, row.actor_id, row.ground) == (sent.resident_id, "health", nurse.id, "team")


def test_what_a_protection_order_hides_is_hidden_in_answers_too(nurse: Who) -> None:
    case = contact()
    people.set_protection(
        resident=case.resident_id, is_on=True, by=nurse, at=now()
    )  # fmt: skip
    found = queries.read_case(case.id, viewer=nurse, language="fi", at=now())
    assert found.person.is_protected
    contact_form = case.contact.response_id
    body = text(signed_in(nurse).get(f"/fi/team/responses/{contact_form}/"))
    assert "040 123 4567" not in body
    assert "Polvi on kipeä" in body


def test_nobody_signed_in_is_led_to_sign_in() -> None:
    assert Client().get(f"/fi/team/responses/{uuid4()}/").status_code == 302
