"""Feedback within a minute: the unit's board, words of five, the public answer."""

from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from luotsi.base.now import now
from luotsi.base.who import Who
from luotsi.domain.events.models import Event
from luotsi.domain.organisation.rules import NotAllowed
from luotsi.domain.questionnaires import actions as questionnaires
from luotsi.domain.questionnaires.models import Response
from tests.factories import MORNING, worker
from tests.factories.clients import signed_in
from tests.rooms.steering.answers import answered, opened

pytestmark = pytest.mark.django_db
BOARD = "/fi/boards/feedback/sotkamo/"


@pytest.fixture(autouse=True)
def morning() -> Any:
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def manager() -> Who:
    return worker("unit-manager", unit="sotkamo")


def six(manager: Who, **last: Any) -> None:
    kiosk = opened(manager)
    for number in range(5):
        answered(kiosk, recommend=5 + number, heard="3", good=f"Hyvää numero {number}")
    answered(kiosk, recommend=9, heard="4", **{"better": "Puhelimeen vastattiin hitaasti", "quotable": "yes", **last})


def said(words: str) -> Response:
    return next(one for one in Response.objects.all() if words in str(one.answers))


def test_an_answer_is_on_the_board_at_once(manager: Who) -> None:
    client = signed_in(manager)
    six(manager)
    body = client.get(BOARD).content.decode()
    assert "Puhelimeen vastattiin hitaasti" in body
    part = client.get(BOARD, headers={"HX-Request": "true"}).content.decode()
    assert "Puhelimeen vastattiin hitaasti" in part
    assert "<html" not in part


def test_words_wait_until_five_have_answered(manager: Who) -> None:
    kiosk = opened(manager)
    for number in range(4):
        answered(kiosk, recommend=number, good="Yksittäinen huomio")
    assert "Yksittäinen huomio" not in signed_in(manager).get(BOARD).content.decode()
    answered(kiosk, recommend=9)
    assert "Yksittäinen huomio" in signed_in(manager).get(BOARD).content.decode()


def test_the_public_answer_is_for_everybody_to_read_and_can_be_taken_back(manager: Who) -> None:
    six(manager)
    client, response = signed_in(manager), said("hitaasti")
    sent = {"text": "Saimme toisen vastaajan.", "response": str(response.id), "key": str(uuid4())}
    assert client.post(f"{BOARD}replies/", sent).status_code == 302
    assert client.post(f"{BOARD}replies/", sent).status_code == 302
    body = Client().get("/fi/feedback/sotkamo/").content.decode()
    assert body.count("Saimme toisen vastaajan.") == 1
    assert "Puhelimeen vastattiin hitaasti" in body
    assert "Hyvää numero" not in body
    reply = response.replies.get()
    assert client.post(f"{BOARD}replies/{reply.id}/withdrawal/").status_code == 302
    body = Client().get("/fi/feedback/sotkamo/").content.decode()
    assert "Saimme toisen vastaajan." not in body
    assert "hitaasti" not in body
    events = Event.objects.filter(kind__startswith="feedback.")
    assert sorted(one.kind for one in events) == ["feedback.answered", "feedback.reply_withdrawn"]
    assert not any(str(response.id) in str((one.body, one.subject)) for one in events)


def test_words_that_may_not_be_shown_are_not_answered_publicly(manager: Who) -> None:
    six(manager, quotable="no")
    with pytest.raises(NotAllowed):
        questionnaires.reply(
            text="Kiitos", language="fi", key=uuid4(), response=said("hitaasti").id, by=manager, at=now()
        )  # fmt: skip
    assert "Vastaa julkisesti</summary>" not in signed_in(manager).get(BOARD).content.decode()


def test_another_units_manager_finds_no_board(manager: Who) -> None:
    six(manager)
    stranger = signed_in(worker("unit-manager", unit="kuhmo"))
    assert stranger.get(BOARD).status_code == 404
    sent = {"text": "x", "response": str(said("hitaasti").id), "key": str(uuid4())}
    assert stranger.post(f"{BOARD}replies/", sent).status_code == 404
    assert stranger.post("/fi/boards/feedback/kuhmo/replies/", sent).status_code == 404


def test_a_reply_without_words_comes_back_with_what_is_wrong(manager: Who) -> None:
    six(manager)
    sent = {"text": " ", "response": str(said("hitaasti").id), "key": str(uuid4())}
    assert signed_in(manager).post(f"{BOARD}replies/", sent).status_code == 422


def test_a_round_is_opened_shown_with_its_link_and_ended(manager: Who) -> None:
    client = signed_in(manager)
    sent = {
        "questionnaire": "feedback_reception",
        "name": "Aula",
        "unit": "sotkamo",
        "mode": "kiosk",
        "key": str(uuid4()),
    }
    answer = client.post("/fi/boards/rounds/", sent)
    assert answer.status_code == 302
    body = client.get(answer["Location"]).content.decode()
    assert "/fi/answers/" in body
    assert "code.svg" in body
    assert client.post(f"{answer['Location']}closing/").status_code == 302
    assert "/fi/answers/" not in client.get(answer["Location"]).content.decode()
    assert signed_in(worker("unit-manager", unit="kuhmo")).get(answer["Location"]).status_code == 404


def test_a_units_workers_are_invited_once_and_the_rate_is_told_of_five(manager: Who) -> None:
    colleagues = [worker(unit="sotkamo") for _ in range(5)]
    client = signed_in(manager)
    sent = {"questionnaire": "staff_pulse", "name": "Pulssi", "unit": "sotkamo", "mode": "invited", "key": str(uuid4())}
    where = client.post("/fi/boards/rounds/", sent)["Location"]
    for _ in range(2):
        assert client.post(f"{where}invitations/", {"unit": "sotkamo"}).status_code == 302
    from luotsi.domain.questionnaires.models import Invitation

    assert Invitation.objects.count() == len(colleagues) + 1  # and the manager
    assert "Pulssi" in client.get("/fi/boards/rounds/").content.decode()
