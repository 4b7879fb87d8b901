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


@dataclass(frozen=True)
class FormDrafted:
    """`form` is the id of the draft; `origin` designer or import."""

    kind: ClassVar[str] = "form.drafted"
    questionnaire: str
    version: int
    form: UUID
    origin: str


@dataclass(frozen=True)
class FormProposed:
    """Whoever made it holds it ready for use; somebody else decides."""

    kind: ClassVar[str] = "form.proposed"
    questionnaire: str
    version: int
    form: UUID


@dataclass(frozen=True)
class FormSentBack:
    kind: ClassVar[str] = "form.sent_back"
    questionnaire: str
    version: int
    form: UUID


@dataclass(frozen=True)
class FormPublished:
    """`instead_of` is the version that was in force until now, 0 when none was."""

    kind: ClassVar[str] = "form.published"
    questionnaire: str
    version: int
    form: UUID
    instead_of: int = 0


@dataclass(frozen=True)
class FormRetired:
    kind: ClassVar[str] = "form.retired"
    questionnaire: str
    version: int
    form: UUID


@dataclass(frozen=True)
class DraftDropped:
    kind: ClassVar[str] = "form.dropped"
    questionnaire: str
    version: int
    form: UUID


@dataclass(frozen=True)
class FeedbackAnswered:
    """A manager's public answer. Which answer it is `to` is not told here, only whether to words or a round."""

    kind: ClassVar[str] = "feedback.answered"
    to: str


@dataclass(frozen=True)
class ReplyWithdrawn:
    kind: ClassVar[str] = "feedback.reply_withdrawn"
