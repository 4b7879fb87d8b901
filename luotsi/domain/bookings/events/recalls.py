"""What happens when many people are invited to choose a time."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class RecallBegun:
    """A unit invites a cohort; so many were born at the right time."""

    kind: ClassVar[str] = "recall.begun"
    recall: UUID
    cohort: str
    candidates: int


@dataclass(frozen=True)
class RecallEnded:
    """The time to choose is over, or the unit stopped inviting. So many had been invited."""

    kind: ClassVar[str] = "recall.ended"
    recall: UUID
    cohort: str
    invited: int


@dataclass(frozen=True)
class WaitingInvited:
    """The resident may choose a time for themselves until a moment."""

    kind: ClassVar[str] = "waiting.invited"
    entry: UUID
    offering: str
    until: datetime
