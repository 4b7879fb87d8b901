"""What can happen to a questionnaire. What anonymous answers say is told by no event: one would say when it came."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class QuestionnaireStarted:
    kind: ClassVar[str] = "questionnaire.started"
    questionnaire: str
    version: int
    response: UUID


@dataclass(frozen=True)
class QuestionnaireCompleted:
    """`replaces` is the response that this one corrects."""

    kind: ClassVar[str] = "questionnaire.completed"
    questionnaire: str
    version: int
    danger: bool
    score: float | None = None
    response: UUID | None = None
    replaces: UUID | None = None


@dataclass(frozen=True)
class QuestionnaireInvited:
    kind: ClassVar[str] = "questionnaire.invited"
    questionnaire: str
    invitation: UUID
    due_at: datetime | None = None


@dataclass(frozen=True)
class QuestionnaireReminded:
    kind: ClassVar[str] = "questionnaire.reminded"
    questionnaire: str
    invitation: UUID


@dataclass(frozen=True)
class InvitationWithdrawn:
    kind: ClassVar[str] = "questionnaire.uninvited"
    questionnaire: str
    invitation: UUID


@dataclass(frozen=True)
class CollectionOpened:
    kind: ClassVar[str] = "collection.opened"
    questionnaire: str
    version: int
    mode: str
    is_anonymous: bool


@dataclass(frozen=True)
class CollectionClosed:
    kind: ClassVar[str] = "collection.closed"
    questionnaire: str
