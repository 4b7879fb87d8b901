"""Strong identification without XML, for tests of the pages. Never connected by the product.

It keeps the promises of identification.Identification: tests/gateways/test_saml_contract.py asks the same of it and of
the real gateway.
"""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlencode

from django.core import signing

from luotsi.gateways.identity.saml import questions
from luotsi.gateways.identity.saml.identification import Answer, Ended, Ending, Question
from luotsi.gateways.identity.saml.refusal import Refused
from luotsi.gateways.identity.saml.translate import Identified

SERVICE = "https://identification.example"
_SALT = "luotsi.saml.fake"


class FakeSuomiFi:
    """Messages are signed by Django. `answer` and `end` play the service's part."""

    def ask(self, *, language: str, relay: str, at: datetime, anew: bool = False) -> Question:
        question = questions.new_id("answer", at=at)
        told = {"question": question, "language": language, "RelayState": relay, **({"anew": "1"} if anew else {})}
        return Question(question, f"{SERVICE}/sso?{urlencode(told)}")

    def answer(
        self, question: str, person: Identified, *, subject: str, sid: str, proved_at: datetime | None = None
    ) -> str:
        told = asdict(Answer(question=question, person=person, subject=subject, sid=sid))
        return signing.dumps(told | {"proved_at": proved_at.isoformat() if proved_at else ""}, salt=_SALT)

    def read(self, posted: str, *, at: datetime) -> Answer:
        told = _opened(posted)
        questions.check_ours(told["question"], "answer", at=at)
        proved = datetime.fromisoformat(told["proved_at"]) if told["proved_at"] else None
        return Answer(**{**told, "person": Identified(**told["person"]), "proved_at": proved})

    def ask_to_end(self, *, subject: str, sid: str, at: datetime) -> str:
        told = {"subject": subject, "sid": sid, "question": questions.new_id("ending", at=at)}
        return f"{SERVICE}/slo?{urlencode({'asked': signing.dumps(told, salt=_SALT)})}"

    def ended(self, address: str, *, everywhere: bool = True) -> str:
        """The query that answers a request to end, given the request's address."""
        question = _opened(parse_qs(address.partition("?")[2])["asked"][0])["question"]
        return urlencode({"ended": signing.dumps({"question": question, "everywhere": everywhere}, salt=_SALT)})

    def end(self, *, subject: str, sid: str) -> str:
        """The query by which the service asks to end a session."""
        return urlencode({"end": signing.dumps({"subject": subject, "sid": sid}, salt=_SALT)})

    def read_ending(self, query: str, *, at: datetime) -> Ending | Ended:
        told = {name: values[0] for name, values in parse_qs(query).items()}
        if "ended" in told:
            ended = _opened(told["ended"])
            questions.check_ours(ended["question"], "ending", at=at)
            return Ended(everywhere=ended["everywhere"])
        ending = _opened(told.get("end", ""))
        return Ending(ending["subject"], (ending["sid"],), f"{SERVICE}/slo?done=1")

    def description(self) -> bytes:
        return b"<EntityDescriptor/>"


def _opened(signed: str) -> dict[str, Any]:
    try:
        told: dict[str, Any] = signing.loads(signed, salt=_SALT)
    except signing.BadSignature:
        raise Refused("untrusted") from None
    return told
