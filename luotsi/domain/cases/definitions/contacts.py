"""Contacts on the shelf: who gets in touch and how, what came of a call back, and what kinds of demand there are."""

from typing import Literal, Self, TypeVar

from pydantic import PositiveInt, model_validator

from luotsi.base import shelf
from luotsi.base.shelf import Definition, Entry
from luotsi.domain.organisation.definitions import Register

DemandKind = Literal["value", "failure"]


class Sender(Definition):
    """Who got in touch about a resident. `is_nameless`: no name is asked and none is kept."""

    order: PositiveInt
    is_resident: bool = False
    is_nameless: bool = False


class Channel(Definition):
    """How somebody got in touch. `calls_back`: the resident waits until we call them, also when nobody asked for it.

    `written_by` is who writes the contact down. `registers` are those in which it is used; none named: in all.
    `sender` is who the contact is from unless the worker says otherwise.
    """

    order: PositiveInt
    calls_back: bool = False
    written_by: Literal["resident", "worker"] = "worker"
    registers: tuple[Register, ...] = ()
    sender: str = "resident"

    def is_used_in(self, register: str) -> bool:
        return not self.registers or register in self.registers


class CallOutcome(Definition):
    """What came of a call back. `is_reached`: the person was spoken with. One that reached ends the duty to call, but
    for one that `stays_on_list` because another call was agreed. `needs_note`: when it was agreed has to be written.
    """

    order: PositiveInt
    is_reached: bool = False
    stays_on_list: bool = False
    needs_note: bool = False

    @property
    def ends_duty(self) -> bool:
        return self.is_reached and not self.stays_on_list


class Calling(Definition):
    """The county's own figure: after how many attempts without an answer a letter or message is suggested."""

    attempts_before_letter: PositiveInt


class Cues(Entry):
    """What people write, by language: a word, or words that stand near each other in this order. Any form will do."""

    fi: tuple[str, ...] = ()
    sv: tuple[str, ...] = ()
    en: tuple[str, ...] = ()


class Demand(Definition):
    """One reason why people get in touch (Seddon: value demand is what the service is there for; failure demand comes
    of something not done, or not done right). The cues let the words of a contact suggest it.
    """

    kind: DemandKind
    order: PositiveInt
    cues: Cues

    @property
    def is_failure(self) -> bool:
        return self.kind == "failure"

    @model_validator(mode="after")
    def _key_says_the_kind(self) -> Self:
        if self.key[:1] != {"value": "V", "failure": "F"}[self.kind]:
            raise ValueError("the key begins with V for value demand and F for failure demand")
        return self


def senders() -> dict[str, Sender]:
    return _in_order(shelf.load("senders", Sender))


def channels() -> dict[str, Channel]:
    return _in_order(shelf.load("channels", Channel))


def call_outcomes() -> dict[str, CallOutcome]:
    return _in_order(shelf.load("call_outcomes", CallOutcome))


def calling() -> Calling:
    return shelf.load("calling", Calling)["calling"]


def demands() -> dict[str, Demand]:
    """Failure demand first, each in its own order."""
    return _in_order(shelf.load("demands", Demand))


Ordered = TypeVar("Ordered", Sender, Channel, CallOutcome, Demand)


def _in_order(found: dict[str, Ordered]) -> dict[str, Ordered]:
    return dict(sorted(found.items(), key=lambda pair: pair[1].order))
