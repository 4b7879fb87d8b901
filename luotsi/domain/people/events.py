"""What can happen to a resident's record."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class ResidentRegistered:
    kind: ClassVar[str] = "resident.registered"
    source: str
