"""What can happen to a contact and a case."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class ContactReceived:
    kind: ClassVar[str] = "contact.received"
    danger: bool = False


@dataclass(frozen=True)
class CaseOpened:
    kind: ClassVar[str] = "case.opened"
    contact: UUID | None
    kind_version: int = 1


@dataclass(frozen=True)
class NeedAssessed:
    """`outcome` is the effect that figures and clocks read, `decision` the key of what was decided."""

    kind: ClassVar[str] = "need.assessed"
    outcome: str
    line: str
    decision: str = ""


@dataclass(frozen=True)
class CaseClosed:
    kind: ClassVar[str] = "case.closed"
    reason: str


@dataclass(frozen=True)
class CaseKeptPrivate:
    """A minor keeps the case from guardians (or no longer does). The reason stands in the case, not here."""

    kind: ClassVar[str] = "case.kept_private"
    is_private: bool


@dataclass(frozen=True)
class DocumentsErased:
    """The time of one register's documents had passed: so many matters of the resident are gone, by this rule."""

    kind: ClassVar[str] = "documents.erased"
    rule: str
    matters: int
