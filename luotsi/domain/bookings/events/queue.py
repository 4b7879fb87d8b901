"""What happens to somebody's place in a queue between joining and leaving."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class WaitingAsked:
    """The resident was asked whether they need the time still."""

    kind: ClassVar[str] = "waiting.asked"
    entry: UUID
    offering: str


@dataclass(frozen=True)
class WaitingKept:
    """They wait on: the resident said so, or a worker decided it when no answer came."""

    kind: ClassVar[str] = "waiting.kept"
    entry: UUID
    offering: str
