"""What can happen to a questionnaire."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class QuestionnaireCompleted:
    kind: ClassVar[str] = "questionnaire.completed"
    questionnaire: str
    version: int
    danger: bool
    score: float | None = None
