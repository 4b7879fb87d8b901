"""Rounds and anonymous answers, made by the actions that the pages call."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from luotsi.base.now import now
from luotsi.base.who import Who
from luotsi.domain.organisation.rules import VISITOR
from luotsi.domain.questionnaires import actions as questionnaires
from luotsi.domain.questionnaires.models import Collection
from luotsi.domain.questionnaires.queries import gathering

RECEPTION = "feedback_reception"


def opened(by: Who, *, questionnaire: str = RECEPTION, unit: str = "sotkamo", mode: str = "kiosk") -> Collection:
    return questionnaires.open_collection(
        questionnaire=questionnaire, name=f"Kierros {unit}", mode=mode, key=uuid4(), unit=unit, by=by, at=now()
    )


def answered(collection: Collection, *, at: datetime | None = None, **answers: Any) -> None:
    """One anonymous answer; without words the shelf's first worked example that can be sent."""
    at = at or now()
    found = gathering.by_token(gathering.token_of(collection.id), at=at)
    assert found is not None
    questionnaires.take(gathering=found, answers=answers, language="fi", key=uuid4(), by=VISITOR, at=at)
