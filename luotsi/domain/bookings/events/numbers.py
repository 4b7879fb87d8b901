"""What can happen to a number at a counter."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class NumberTaken:
    """Somebody waits at a counter without a time."""

    kind: ClassVar[str] = "number.taken"
    number: UUID
    counter: str


@dataclass(frozen=True)
class NumberCalled:
    """Their turn came, after so many minutes."""

    kind: ClassVar[str] = "number.called"
    number: UUID
    counter: str
    wait_minutes: int


@dataclass(frozen=True)
class NumberCalledAgain:
    """Nobody came at the first call."""

    kind: ClassVar[str] = "number.called_again"
    number: UUID
    counter: str


@dataclass(frozen=True)
class NumberEnded:
    """`how`: served, absent or left."""

    kind: ClassVar[str] = "number.ended"
    number: UUID
    counter: str
    how: str
