"""What the pages ask of strong identification, whoever gives it: the real gateway (client.py) or the fake."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from luotsi.gateways.identity.saml.translate import Identified


@dataclass(frozen=True)
class Question:
    """A question that somebody's browser carries to the identification service: its id, and the address to go to."""

    id: str
    address: str


@dataclass(frozen=True)
class Answer:
    """A believed answer. `subject` and `sid` are what the service calls the person and this sign-in of theirs.

    `proved_at` is when they proved there who they are, long ago if the service remembered them. None: it is not said.
    """

    question: str
    person: Identified
    subject: str
    sid: str
    proved_at: datetime | None = None


@dataclass(frozen=True)
class Ending:
    """The service asks us to end sessions: of these sign-ins, or of all of the subject's. `reply` is where to go on."""

    subject: str
    sids: Sequence[str]
    reply: str


@dataclass(frozen=True)
class Ended:
    """The service has answered our own request to end a session. `everywhere`: all services were signed out."""

    everywhere: bool


class Identification(Protocol):
    """Each method raises Refused. Times are told by the caller."""

    def ask(self, *, language: str, relay: str, at: datetime, anew: bool = False) -> Question:
        """Ask who this browser's owner is. `relay` comes back with the answer; it must say nothing to anybody.

        `anew`: they must prove it once more, even if the service remembers them.
        """
        ...

    def read(self, posted: str, *, at: datetime) -> Answer:
        """Believe an answer, or refuse it. Whether this browser asked is for the caller to see (`Answer.question`)."""
        ...

    def ask_to_end(self, *, subject: str, sid: str, at: datetime) -> str:
        """The address by which a browser ends its session at the service too."""
        ...

    def read_ending(self, query: str, *, at: datetime) -> Ending | Ended:
        """What the service says about ending sessions, from the query of the address it sent the browser to."""
        ...

    def description(self) -> bytes:
        """Our own metadata, signed: what is registered with the service."""
        ...
