"""What a resident reads of a matter that was sent on, and of services they were pointed to."""

import re
from datetime import date, timedelta
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
import time_machine

from luotsi.base.who import Who
from luotsi.domain.cases.actions import directions, referrals
from luotsi.domain.cases.models import Case
from luotsi.domain.people import actions as people
from luotsi.domain.people.queries import resident_as_who
from tests.factories import MORNING, as_who, assessed, contact, resident, worker
from tests.factories.clients import signed_in
from tests.factories.shelf import services_stand

pytestmark = pytest.mark.django_db
NOON = MORNING + timedelta(hours=3)


@pytest.fixture(autouse=True)
def noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def nurse() -> Who:
    return worker()


@pytest.fixture
def case(nurse: Who) -> Case:
    return assessed(contact(resident()), nurse)


def sent(case: Case, by: Who) -> Any:
    return referrals.send(
        case=case.id, route="physiotherapy", to_unit="fysioterapia", question="Polvi ei taivu", key=uuid4(), by=by,
        at=NOON,
    )  # fmt: skip


def read(who: Who, case: Case, language: str = "fi") -> str:
    answer = signed_in(who).get(f"/{language}/matters/{case.id}/")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", unescape(answer.content.decode())))


def test_the_resident_reads_to_whom_it_was_sent_and_until_when_it_is_answered(case: Case, nurse: Who) -> None:
    sent(case, nurse)
    body = read(as_who(case.resident), case)

    assert "Asiasi on lähetetty fysioterapeutille." in body
    assert "Vastaus tulee viimeistään ma 9.3.2026." in body
    assert "hyvinvointialueen oma lupaus, ei laki" in body
    assert "Polvi ei taivu" in body


RETURNED = {"fi": "Jatkamme tästä", "sv": "Vi fortsätter härifrån", "en": "We go on from here"}


@pytest.mark.parametrize(("language", "said"), RETURNED.items())
def test_a_returned_one_is_said_without_blame(case: Case, nurse: Who, language: str, said: str) -> None:
    referral, physio = sent(case, nurse), worker("physiotherapist", "fysioterapia")
    referrals.return_to_sender(referral=referral.id, reason="more_needed", key=uuid4(), by=physio, at=NOON)

    assert said in read(as_who(case.resident), case, language)


def test_an_accepted_one_leads_to_the_matter_that_opened(case: Case, nurse: Who) -> None:
    referral, physio = sent(case, nurse), worker("physiotherapist", "fysioterapia")
    row = referrals.accept(referral=referral.id, key=uuid4(), by=physio, at=NOON)
    who = as_who(case.resident)

    assert "Sinuun otetaan sieltä yhteyttä." in read(who, case)
    assert str(row.opened_id) in signed_in(who).get(f"/fi/matters/{case.id}/").content.decode()
    assert signed_in(who).get(f"/fi/matters/{row.opened_id}/").status_code == 200


def test_one_put_on_hold_says_until_when(case: Case, nurse: Who) -> None:
    referral, physio = sent(case, nurse), worker("physiotherapist", "fysioterapia")
    referrals.hold(referral=referral.id, reason="recovering", until=date(2026, 3, 20), key=uuid4(), by=physio, at=NOON)

    assert "Asia odottaa pe 20.3.2026 asti: vamma tai leikkaus paranee ensin." in read(as_who(case.resident), case)


def test_whoever_acts_for_somebody_reads_it_in_their_words(case: Case, nurse: Who) -> None:
    agent = resident()
    people.give_mandate(
        principal=case.resident_id, agent=agent.id, kind="mandate", registers=["health"], source="visit", by=nurse,
        at=NOON,
    )  # fmt: skip
    sent(case, nurse)
    acting = resident_as_who(agent.id, acting_for=case.resident_id)
    assert acting is not None
    body = read(acting, case)

    assert "Asia on lähetetty eteenpäin." in body
    assert "Asiasi on lähetetty" not in body


def test_a_service_to_which_one_was_pointed_leads_to_its_contact_data(case: Case, nurse: Who) -> None:
    services_stand()
    given = directions.direct(
        case=case.id, service="wellbeing-groups", why="Vertaistuki voi auttaa", key=uuid4(), by=nurse, at=NOON
    )
    directions.tell_result(direction=given.id, result="taken", by=nurse, at=NOON)
    body = read(as_who(case.resident), case)

    assert "Palvelut, joista voi olla sinulle apua" in body
    assert "Vertaistuki voi auttaa" in body
    assert "Sait palvelun." in body
    assert (
        "/fi/services/wellbeing-groups/"
        in signed_in(as_who(case.resident)).get(f"/fi/matters/{case.id}/").content.decode()
    )
