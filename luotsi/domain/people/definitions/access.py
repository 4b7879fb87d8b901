"""What residents can allow, how one can act for another, and by which relationships a record opens."""

from typing import Literal

from luotsi.base import shelf
from luotsi.base.shelf import Definition
from luotsi.base.text import Text
from luotsi.domain.organisation.definitions import Register


class ConsentPurpose(Definition):
    """Something a resident says yes or no to. With `reads` and `by` a yes lets those who treat the person in one
    register read the other. `explains` is the plain sentence beside the choice, `unanswered` says what holds until they
    answer; `law` names where it comes from.
    """

    explains: Text
    unanswered: Text
    reads: Register = "none"
    by: Register = "none"
    law: str
    verified: bool = False

    @property
    def opens_register(self) -> bool:
        return self.reads != "none"


class MandateKind(Definition):
    """A way of acting for another: which actions it covers, and until which age of the other (0: any).

    `giver_from_age` and `holder_from_age`: how old whoever is acted for, and whoever acts, is at the least.
    `asks_end`: it does not end by itself, so that a last day is written down, or in so many words that there is none.
    """

    explains: Text
    actions: tuple[str, ...]
    until_age: int = 0
    giver_from_age: int = 0
    holder_from_age: int = 0
    asks_end: bool = False
    sources: tuple[str, ...]
    law: str
    verified: bool = False


class Ground(Definition):
    """A kind of relationship. It stays for so many days after its reason ended, or lasts so many hours at all.

    `explains` is said to the resident, `explains_another` to whoever acts for them.
    """

    explains: Text
    explains_another: Text | None = None
    stays_days: int = 0
    lasts_hours: int = 0
    kind: Literal["relationship", "own", "law"] = "relationship"


class EmergencyReason(Definition):
    """What can make emergency access necessary: the worker chooses one and adds their own words."""


def consent_purposes() -> dict[str, ConsentPurpose]:
    return shelf.load("consents", ConsentPurpose)


def mandate_kinds() -> dict[str, MandateKind]:
    return shelf.load("mandates", MandateKind)


def grounds() -> dict[str, Ground]:
    return shelf.load("grounds", Ground)


def emergency_reasons() -> dict[str, EmergencyReason]:
    return shelf.load("emergency_reasons", EmergencyReason)
