"""Answering by a link, a QR code or on a kiosk: nobody is asked who they are, and nothing is kept before it is sent."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from luotsi.base.now import now
from luotsi.config.models import Session
from luotsi.domain.events.models import Event, Use
from luotsi.domain.questionnaires import actions as questionnaires
from luotsi.domain.questionnaires.models import Response
from luotsi.domain.questionnaires.queries import gathering
from tests.factories import worker
from tests.factories.clients import signed_in
from tests.rooms.resident.test_questionnaires import fields_of, revision_of, walk

pytestmark = pytest.mark.django_db(transaction=True)


def link(mode: str = "link", questionnaire: str = "feedback_reception") -> str:
    collection = questionnaires.open_collection(
        questionnaire=questionnaire, name="Aula", mode=mode, unit="sotkamo", key=uuid4(), by=worker("unit-manager"),
        at=now(),
    )  # fmt: skip
    return f"/fi/answers/{gathering.token_of(collection.id)}/"


def begin(client: Client, start: str) -> str:
    answer = client.post(start, {})
    assert answer.status_code == 302
    return str(answer["Location"])


def test_an_answer_by_a_link_carries_nobody_and_is_kept_once() -> None:
    client, start = Client(), link()
    assert "nimettömänä" in client.get(start).content.decode()
    review = walk(client, begin(client, start))
    assert Response.objects.count() == 0, "nothing is kept before it is sent"
    sent = client.post(review, {"revision": revision_of(client.get(review))})

    row = Response.objects.get()
    assert (sent.status_code, row.is_anonymous, row.unit_id, row.key) == (200, True, "sotkamo", None)
    assert "Kiitos" in sent.content.decode()
    assert client.post(review, {}).status_code == 409, "sent again, there is nothing to send"
    assert Response.objects.count() == 1


def test_somebody_signed_in_is_nobody_here() -> None:
    nurse = worker()
    client, start = signed_in(nurse), link()
    page = client.get(start).content.decode()
    review = walk(client, begin(client, start))
    looks = Use.objects.count()
    client.post(review, {"revision": revision_of(client.get(review))})

    assert nurse.name not in page
    assert Response.objects.get().filled_by_id is None
    assert Use.objects.count() == looks
    assert not Event.objects.filter(actor_id=nurse.id, kind__startswith="questionnaire").exists()


def test_answers_under_way_stand_in_no_session_of_a_person_and_only_this_browser_opens_them() -> None:
    nurse = worker()
    client, start = signed_in(nurse), link()
    begin(client, start)
    row = Session.objects.exclude(kind="staff").get()

    assert row.person is None
    assert client.cookies["luotsi_answers"].value[:32] not in row.session_key
    assert client.cookies["luotsi_answers"].value[32:] not in str(row.__dict__)


def test_another_browser_sees_nothing_of_it() -> None:
    client, start = Client(), link()
    first = begin(client, start)

    answer = Client().get(first)
    assert (answer.status_code, answer["Location"]) == (302, start)


def test_a_kiosk_asks_whether_anybody_is_there_and_forgets_whoever_left() -> None:
    client, start = Client(), link("kiosk")
    first = begin(client, start)
    page = client.get(first).content.decode()
    pause = re.search(r'data-idle-seconds="90" data-idle-url="([^"]+)"', page)[1]  # type: ignore[index]
    asked = client.get(pause).content.decode()

    assert f'data-idle-seconds="30" data-idle-url="{start}" data-idle-firm' in asked
    assert f'<noscript><meta http-equiv="refresh" content="30;url={start}"></noscript>' in asked
    with time_machine.travel(now() + timedelta(seconds=100), tick=False):
        assert client.post(pause).status_code == 302, "whoever is still there goes on"
    with time_machine.travel(now() + timedelta(minutes=20), tick=False):
        assert client.get(first)["Location"] == start
        assert client.get(pause)["Location"] == start


def test_a_kiosk_whose_start_is_shown_again_has_forgotten_the_one_before() -> None:
    client, start = Client(), link("kiosk")
    first = begin(client, start)
    assert client.get(first).status_code == 200
    client.get(start)

    assert client.get(first)["Location"] == start


def test_a_kiosk_returns_to_its_start_after_the_thanks() -> None:
    client, start = Client(), link("kiosk")
    review = walk(client, begin(client, start))
    sent = client.post(review, {"revision": revision_of(client.get(review))}).content.decode()

    assert f'data-idle-seconds="15" data-idle-url="{start}"' in sent


def test_a_link_that_leads_nowhere_is_a_missing_page_and_a_closed_one_says_so() -> None:
    client, manager = Client(), worker("unit-manager")
    collection = questionnaires.open_collection(
        questionnaire="feedback_reception", name="Aula", mode="link", key=uuid4(), by=manager,
        at=now() - timedelta(hours=1),
    )  # fmt: skip
    start = f"/fi/answers/{gathering.token_of(collection.id)}/"
    questionnaires.close_collection(collection=collection.id, by=manager, at=now())

    assert client.get("/fi/answers/abcdefghijklmnopqrstuvwx/").status_code == 404
    assert "päättynyt" in client.get(start).content.decode()
    assert client.post(start).status_code == 409


def test_the_qr_code_is_drawn_here() -> None:
    start = link()
    answer = Client().get(f"{start}code.svg")

    assert answer["Content-Type"] == "image/svg+xml"
    assert answer.content.startswith(b"<svg ")


def test_what_is_missing_is_said_before_anything_is_sent() -> None:
    client, start = Client(), link()
    first = begin(client, start)
    fields = fields_of(client.get(first).content.decode())
    answer = client.post(first, {"revision": fields["revision"], "go": "next"})
    review = client.post(f"{start}review/", {})

    assert answer.status_code == 422
    assert review.status_code == 422
    assert Response.objects.count() == 0
