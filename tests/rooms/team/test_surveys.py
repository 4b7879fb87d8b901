"""What a worker was asked to answer: what waits, filled by its link, then done; anonymous stays anonymous."""

import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from luotsi.base.now import now
from luotsi.base.who import Who
from luotsi.domain.events.models import Event, Use
from luotsi.domain.organisation.definitions import roles
from luotsi.domain.questionnaires import actions as questionnaires
from luotsi.domain.questionnaires.models import Collection, Invitation, Response
from luotsi.domain.questionnaires.queries import gathering
from tests.factories import MORNING, as_who, resident, worker
from tests.factories.clients import signed_in

pytestmark = pytest.mark.django_db
SURVEYS = "/fi/team/surveys/"
PULSE = {"doable": "3", "supported": "4", "say": "2", "sense": "4", "recover": "3"}


@pytest.fixture(autouse=True)
def morning() -> Any:
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def nurse() -> Who:
    return worker("nurse", "sotkamo", name="Nelli Hoitaja")


@pytest.fixture
def manager() -> Who:
    return worker("service-manager", name="Riitta Päällikkö")


def round_of(manager: Who, questionnaire: str = "staff_pulse", **more: Any) -> Collection:
    return questionnaires.open_collection(
        questionnaire=questionnaire, name="Pulssi 3/2026", mode="invited", key=uuid4(), by=manager, at=now(), **more
    )


def invited(nurse: Who, manager: Who, **more: Any) -> Invitation:
    return questionnaires.invite(
        questionnaire="staff_pulse", key=uuid4(), collection=round_of(manager, **more).id, staff=nurse.id,
        unit="sotkamo", by=manager, at=now(),
    )  # fmt: skip


def link(body: str) -> str:
    found = re.search(r'href="(/fi/answers/[^"]+)"', body)
    assert found
    return found[1]


def fill(link: str, answers: dict[str, str]) -> Any:
    """As a browser of nobody's does; the answer to the sending."""
    browser = Client()
    page = browser.post(link, follow=True)
    for _ in range(12):
        address = page.request["PATH_INFO"]
        if address.endswith("review/"):
            return browser.post(address)
        body = page.content.decode()
        names = set(re.findall(r'name="(q\d+)"', body))
        values = {name: re.findall(rf'name="{name}" value="([^"]+)"', body) for name in names}
        given = {name: found[-2] if len(found) > 1 else "Hyvin" for name, found in values.items()}
        revision = re.search(r'name="revision" value="(\d+)"', body)
        page = browser.post(address, given | {"revision": revision[1] if revision else "0", "go": "next"}, follow=True)
    raise AssertionError("no end")


def test_what_waits_is_listed_and_done_once_it_is_sent(nurse: Who, manager: Who) -> None:
    invited(nurse, manager, closes_at=now() + timedelta(days=3))
    browser = signed_in(nurse)
    body = browser.get(SURVEYS).content.decode()
    assert "Pulssi 3/2026" in body
    assert "Nimetön" in body
    sent = fill(link(body), PULSE)
    assert sent.status_code == 200
    assert SURVEYS in sent.content.decode()
    after = browser.get(SURVEYS).content.decode()
    assert "/answers/" not in after
    assert "ma 2.3.2026" in after
    again = Client().get(link(body)).content.decode()
    assert "on jo käytetty" in again or "vastauksesi" in again
    assert SURVEYS in again


def test_an_anonymous_answer_leads_to_nobody(nurse: Who, manager: Who) -> None:
    invitation = invited(nurse, manager)
    before = set(Event.objects.values_list("id", flat=True))
    assert fill(link(signed_in(nurse).get(SURVEYS).content.decode()), PULSE).status_code == 200
    kept = Response.objects.get(collection=invitation.collection_id)
    assert kept.is_anonymous
    assert (kept.filled_by_id, kept.resident_id, kept.key) == (None, None, None)
    invitation.refresh_from_db()
    assert invitation.response_id is None
    assert invitation.answered_on == date(2026, 3, 2)
    assert not Event.objects.exclude(id__in=before).filter(actor_id=nurse.id).exists()
    assert not Use.objects.filter(subject=kept.id).exists()


def test_nobody_sees_what_another_was_asked(nurse: Who, manager: Who) -> None:
    invited(nurse, manager)
    other = signed_in(worker("nurse", "sotkamo", name="Noora Toinen"))
    body = other.get(SURVEYS).content.decode()
    assert "/answers/" not in body
    assert "Mikään ei odota sinua nyt" in body
    assert signed_in(as_who(resident())).get(SURVEYS).status_code == 403


def test_a_second_tab_after_sending_does_not_ask_to_begin_anew_without_saying_what_came(manager: Who) -> None:
    link_ = questionnaires.open_collection(
        questionnaire="feedback_reception", name="Aula", mode="link", key=uuid4(), unit="sotkamo", by=manager, at=now()
    )
    address = f"/fi/answers/{gathering.token_of(link_.id)}/"
    body = Client().post(f"{address}review/").content.decode()
    assert "Jos lähetit ne juuri, ne ovat tulleet perille" in body


def test_what_is_over_or_taken_back_waits_no_more(nurse: Who, manager: Who) -> None:
    over = invited(nurse, manager)
    questionnaires.close_collection(collection=over.collection_id, by=manager, at=now())
    gone = invited(nurse, manager)
    questionnaires.withdraw(invitation=gone.id, by=manager, at=now())
    body = signed_in(nurse).get(SURVEYS).content.decode()
    assert "/answers/" not in body
    assert body.count("Päättyi ilman vastaustasi") == 1


def test_every_worker_of_the_county_has_the_page() -> None:
    others = {key for key, role in roles().items() if "invitation.answer" not in role.may}
    assert others == {"resident", "visitor", "provider-worker"}
