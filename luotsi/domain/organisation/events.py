"""What can happen in the organisation."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class AssignmentGranted:
    kind: ClassVar[str] = "assignment.granted"
    staff: UUID
    role: str
