"""Why this date: the rule, the days counted and skipped, the law and the assumptions, without a script."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from luotsi.base.now import HELSINKI
from luotsi.base.who import Who
from luotsi.domain.clocks.models import Clock
from luotsi.domain.people import actions as people
from tests.factories import assessed, contact, resident, worker
from tests.factories.clients import signed_in
from tests.factories.notifying import EASTER, child, guard, notification
from tests.rooms.team.conftest import NOON
from tests.rooms.team.people import told_in_log
from tests.rooms.team.test_referrals import BOOK, sent
from tests.rooms.team.test_worklist import text

pytestmark = pytest.mark.django_db


def test_each_limit_has_its_rule_law_trust_and_assumptions(nurse: Who) -> None:
    case = contact(resident())
    assessed(case, by=nurse)
    body = text(signed_in(nurse).get(f"/fi/team/cases/{case.id}/dates/"))
    for words in ("CONTACT-SAME-DAY", "PHC-", "1326/2010 51 §", "A1: Arkipäivä on", "eves_count=false"):
        assert words in body
    assert "Ei verrattu lakiin" in body


@pytest.mark.parametrize(
    ("language", "skipped"), [("fi", "pitkäperjantai"), ("sv", "långfredagen"), ("en", "Good Friday")]
)
def test_the_days_of_a_limit_in_working_days_stand_one_by_one(nurse: Who, language: str, skipped: str) -> None:
    case = contact()
    counted = {"what": "counted", "days": ["2026-04-13"], "number": 7, "word": "working_days"}
    Clock.objects.create(
        subject=case.id, line="child_welfare_start", rule="CWA-START-7WD", state="running",
        started_at=datetime(2026, 3, 31, 10, tzinfo=HELSINKI), due_on=date(2026, 4, 13), because=[counted],
    )  # fmt: skip
    body = text(signed_in(nurse).get(f"/{language}/team/cases/{case.id}/dates/"))
    assert skipped.lower() in body.lower()
    assert "child_welfare_start-20260331" in signed_in(nurse).get(f"/fi/team/cases/{case.id}/").content.decode()


def test_the_chips_of_the_list_and_the_case_lead_to_the_explanation(nurse: Who) -> None:
    case = contact()
    address = f"/fi/team/cases/{case.id}/dates/#contact-"
    for page in ("/fi/team/", f"/fi/team/cases/{case.id}/"):
        assert address in signed_in(nurse).get(page).content.decode()


def test_nobody_without_the_case_reads_its_dates(nurse: Who) -> None:
    assert signed_in(nurse).get(f"/fi/team/cases/{uuid4()}/dates/").status_code == 404
    assert Client().get(f"/fi/team/cases/{contact().id}/dates/").status_code in (302, 404)


def test_the_chips_of_referrals_lead_to_their_own_explanation(nurse: Who) -> None:
    physio = worker("physiotherapist", "fysioterapia", "Frans Fysio")
    case = assessed(contact(resident(last_name="Polvinen")), nurse)
    referral = sent(case, nurse)
    address = f"/fi/team/referrals/{referral.id}/dates/"
    for by, page in (
        (nurse, f"/fi/team/cases/{case.id}/"), (nurse, f"{BOOK}?view=sent"), (physio, BOOK),
        (physio, f"{BOOK}{referral.id}/"),
    ):  # fmt: skip
        body = b"".join(signed_in(by).get(page)).decode()
        assert f"{address}#referral" in body
        anchor = body.partition(f"{address}#")[2].partition('"')[0]
        assert f'id="{anchor}"' in signed_in(by).get(address).content.decode(), "the place is on the page"
    body = text(signed_in(physio).get(address))
    assert "Polvinen" in body
    assert signed_in(physio).get(f"/fi/team/cases/{case.id}/dates/").status_code == 404, "the case stays the sender's"
    assert signed_in(worker(unit="kuhmo")).get(address).status_code == 404


@pytest.mark.parametrize(
    ("language", "promise", "source"),
    [
        ("fi", "hyvinvointialueen oma lupaus, ei laki", "oma lupaus yksiköidensä kesken"),
        ("sv", "välfärdsområdets eget löfte, inte en lag", "eget löfte mellan sina enheter"),
        ("en", "the county's own promise, not a law", "own promise between its units"),
    ],
)
def test_law_and_source_are_told_in_the_language_of_the_page(
    nurse: Who, language: str, promise: str, source: str
) -> None:
    referral = sent(assessed(contact(resident()), nurse), nurse)
    for page in (f"/{language}/team/referrals/{referral.id}/dates/", f"/{language}/clocks/REFERRAL-ANSWER-5WD/"):
        body = text(signed_in(nurse).get(page))
        assert promise in body
        assert source in body


def test_the_chips_of_the_call_list_and_of_tellings_lead_to_the_explanation(nurse: Who) -> None:
    case = contact()
    assert f"/fi/team/cases/{case.id}/dates/#contact-" in signed_in(nurse).get("/fi/team/calls/").content.decode()
    lotta = guard()
    with time_machine.travel(EASTER + timedelta(hours=1), tick=False):
        case, client = notification(child(), lotta), signed_in(lotta)
        body = client.get(f"/fi/team/cases/{case.id}/").content.decode()
        telling = body[body.index('id="tellings"') :]
        anchor = telling.partition(f"/fi/team/cases/{case.id}/dates/#")[2].partition('"')[0]
        assert f'id="{anchor}"' in client.get(f"/fi/team/cases/{case.id}/dates/").content.decode()


def test_a_manager_who_opens_no_case_reads_why_this_date_from_her_list_and_the_morning_review() -> None:
    case, manager = contact(resident(last_name="Odottaja")), worker("unit-manager", name="Maija Johtaja")
    client, address = signed_in(manager), f"/fi/team/worklist/{case.id}/dates/"
    for page in ("/fi/team/", "/fi/team/huddle/"):
        assert f'href="{address}#contact-' in client.get(page).content.decode()
    answer = client.get(address)
    body = text(answer)
    assert "CONTACT-SAME-DAY" in body
    assert "Odottaja" in body
    assert f"/fi/team/cases/{case.id}/" not in answer.content.decode()
    assert ("shown", "list", "team") in told_in_log(case.resident_id)
    assert client.get(f"/fi/team/cases/{case.id}/").status_code in {403, 404}


def test_a_manager_reads_no_dates_of_another_unit_and_no_name_that_is_hidden(nurse: Who) -> None:
    person = resident(last_name="Piilossa")
    case, client = contact(person), signed_in(worker("unit-manager"))
    assert signed_in(worker("unit-manager", "kuhmo")).get(f"/fi/team/worklist/{case.id}/dates/").status_code == 404
    assert client.get(f"/fi/team/worklist/{uuid4()}/dates/").status_code == 404
    people.set_protection(resident=person.id, is_on=True, by=nurse, at=NOON)
    body = text(client.get(f"/fi/team/worklist/{case.id}/dates/"))
    assert "CONTACT-SAME-DAY" in body
    assert "Piilossa" not in body
