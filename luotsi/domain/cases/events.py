"""What can happen to a contact and a case."""

from dataclasses import dataclass, field
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class ContactReceived:
    kind: ClassVar[str] = "contact.received"
    danger: bool = False


@dataclass(frozen=True)
class ContactJoined:
    """A further contact joined a case that was open already."""

    kind: ClassVar[str] = "contact.joined"
    contact: UUID


@dataclass(frozen=True)
class DemandClassed:
    """Value or failure demand, and why: a key of content/demands. A later one of the same contact replaces it."""

    kind: ClassVar[str] = "demand.classed"
    demand: str
    is_failure: bool
    suggested: str = ""


@dataclass(frozen=True)
class CallMade:
    """A worker called back; `reached` tells whether the person was spoken with."""

    kind: ClassVar[str] = "call.made"
    outcome: str
    reached: bool


@dataclass(frozen=True)
class CaseOpened:
    """`conditions`: facts of the matter that change its limits. When they become known later, the opening is told anew
    with them (`corrects` of the event names the earlier telling).
    """

    kind: ClassVar[str] = "case.opened"
    contact: UUID | None
    kind_version: int = 1
    conditions: dict[str, bool] = field(default_factory=dict)


@dataclass(frozen=True)
class NeedAssessed:
    """`outcome` is the effect that figures and clocks read, `decision` the key of what was decided."""

    kind: ClassVar[str] = "need.assessed"
    outcome: str
    line: str
    decision: str = ""


@dataclass(frozen=True)
class StageDone:
    """A stage of a kind that has several is done: urgency.judged, assessment.started, assessment.completed…

    The kind of the event is the stage's, from the shelf.
    """

    kind: str
    outcome: str
    line: str
    decision: str = ""


@dataclass(frozen=True)
class PartyTold:
    """Somebody who must be told was told: the child, the guardian."""

    kind: ClassVar[str] = "party.told"
    party: str


@dataclass(frozen=True)
class AnswersPlaced:
    """What the resident answered by themselves came to this open matter: a danger sign, or what is proposed to it."""

    kind: ClassVar[str] = "answers.placed"
    response: UUID


@dataclass(frozen=True)
class CaseHandedOver:
    """A worker took the case, or was given it. `to` null: it went back to the unit; `unit` when it changed."""

    kind: ClassVar[str] = "case.handed_over"
    to: UUID | None
    unit: str


@dataclass(frozen=True)
class CaseReopened:
    """A close was undone, for a reason of content/reopen_reasons. `corrects` of the event names the close."""

    kind: ClassVar[str] = "case.reopened"
    reason: str


@dataclass(frozen=True)
class ReferralSent:
    """A matter was sent to another profession, or a colleague was asked. The event's case_kind is the route."""

    kind: ClassVar[str] = "referral.sent"
    route: str
    to_unit: str
    case: UUID
    follows: UUID | None = None
    conditions: dict[str, bool] = field(default_factory=dict)


@dataclass(frozen=True)
class ReferralMoved:
    """The receiver or the sender did something: received, accepted, on_hold, returned, answered, done, message…"""

    kind: ClassVar[str] = "referral.moved"
    step: str
    reason: str = ""
    minutes: int | None = None


@dataclass(frozen=True)
class ReferralWithdrawn:
    """The sender took it back before it was answered: the receiver's clock ends."""

    kind: ClassVar[str] = "referral.withdrawn"


@dataclass(frozen=True)
class ServiceDirected:
    """The guidance desk pointed to a service of the catalogue."""

    kind: ClassVar[str] = "service.directed"
    service_key: str
    opened: UUID | None = None


@dataclass(frozen=True)
class DirectionFollowed:
    """What came of such a direction: a key of content/direction_results."""

    kind: ClassVar[str] = "service.followed"
    service_key: str
    result: str


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
