"""The fake keeps the real gateway's promises: both are asked the same, the real one by a real provider."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from luotsi.base.now import now
from luotsi.gateways.identity.saml.fake import FakeSuomiFi
from luotsi.gateways.identity.saml.identification import Ended, Ending, Identification, Question
from luotsi.gateways.identity.saml.refusal import Refused
from luotsi.gateways.identity.saml.translate import Identified
from tests.architecture.tree import python
from tests.peers.saml_idp import PEOPLE
from tests.peers.saml_world import World, world

__all__ = ["world"]


@dataclass
class Side:
    """A gateway, and its service's part: to answer a question, to answer a request to end, to ask to end."""

    gateway: Identification
    answer: Callable[[Question, str], str]
    ended: Callable[[str], str]
    end: Callable[[str, str], str]


@pytest.fixture(params=["real", "fake"])
def side(request: pytest.FixtureRequest, world: World) -> Side:
    return _real(world) if request.param == "real" else _fake()


def _real(world: World) -> Side:
    def answer(question: Question, person: str) -> str:
        return world.idp.answer(world.idp.question(urlsplit(question.address).query), person)

    def ended(address: str) -> str:
        return urlsplit(world.idp.ending(urlsplit(address).query)[1]).query

    def end(subject: str, sid: str) -> str:
        return urlsplit(world.idp.end(world.suomifi.connection.entity_id, subject, sid)).query

    return Side(world.suomifi, answer, ended, end)


def _fake() -> Side:
    fake = FakeSuomiFi()

    def answer(question: Question, person: str) -> str:
        given, _, last, code = PEOPLE[person]
        told = Identified(identity_code=code, first_name=given, last_name=last)
        return fake.answer(question.id, told, subject="a", sid="b")

    return Side(fake, answer, fake.ended, lambda subject, sid: fake.end(subject=subject, sid=sid))


def reason_of(call: Callable[[], Any]) -> str:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.reason


def test_a_question_carries_the_relay_and_no_word_about_the_person(side: Side) -> None:
    asked = side.gateway.ask(language="sv", relay="r3l4y", at=now())

    assert parse_qs(urlsplit(asked.address).query)["RelayState"] == ["r3l4y"]
    assert asked.id[0] == "_"
    assert asked.id != side.gateway.ask(language="sv", relay="r3l4y", at=now()).id


def test_an_answer_tells_who_it_is(side: Side) -> None:
    asked = side.gateway.ask(language="fi", relay="r", at=now())

    answer = side.gateway.read(side.answer(asked, "oskar"), at=now())

    assert answer.question == asked.id
    assert answer.person == Identified("010170U999R", "Oskar", "Exempel")
    assert answer.subject
    assert answer.sid
    assert "010170" not in repr(answer)


def test_an_answer_comes_within_half_an_hour(side: Side) -> None:
    asked = side.gateway.ask(language="fi", relay="r", at=now() - timedelta(minutes=31))

    assert reason_of(lambda: side.gateway.read(side.answer(asked, "aino"), at=now())) == "late"


def test_what_is_no_answer_is_refused(side: Side) -> None:
    assert reason_of(lambda: side.gateway.read("no answer", at=now())) in {"unreadable", "untrusted"}


def test_a_session_is_ended_there_when_it_is_asked_for(side: Side) -> None:
    address = side.gateway.ask_to_end(subject="AAdz", sid="_1", at=now())

    assert side.gateway.read_ending(side.ended(address), at=now()) == Ended(everywhere=True)


def test_the_service_asks_to_end_a_session_here(side: Side) -> None:
    ending = side.gateway.read_ending(side.end("AAdz", "_1"), at=now())

    assert isinstance(ending, Ending)
    assert (ending.subject, tuple(ending.sids)) == ("AAdz", ("_1",))
    assert ending.reply.startswith("https://")


def test_a_forged_request_to_end_is_refused(side: Side) -> None:
    query = side.end("AAdz", "_1")

    assert reason_of(lambda: side.gateway.read_ending(query[:-9] + "AAAAAAAAA", at=now())) in {
        "untrusted",
        "unreadable",
    }
    assert reason_of(lambda: side.gateway.read_ending("", at=now())) in {"untrusted", "unreadable"}


def test_the_product_never_connects_the_fake() -> None:
    users = [one.path for one in python("luotsi") if "saml.fake" in one.text or "FakeSuomiFi" in one.text]

    assert users == ["luotsi/gateways/identity/saml/fake.py"]


def test_each_describes_itself(side: Side) -> None:
    assert b"EntityDescriptor" in side.gateway.description()
