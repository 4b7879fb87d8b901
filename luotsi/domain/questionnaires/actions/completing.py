"""Keeping answers that came whole."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from luotsi.base.who import Who
from luotsi.domain.events import actions as events
from luotsi.domain.questionnaires import rules
from luotsi.domain.questionnaires.definitions import questionnaires
from luotsi.domain.questionnaires.events import QuestionnaireCompleted
from luotsi.domain.questionnaires.models import Response


class Incomplete(ValueError):
    """A required question has no answer; `items` are their keys."""

    def __init__(self, items: list[str]) -> None:
        self.items = items
        super().__init__(f"no answer to {', '.join(items)}")


@transaction.atomic
def complete(
    *,
    questionnaire: str,
    answers: rules.Answers,
    resident: UUID | None,
    language: str,
    by: Who,
    at: datetime,
    subject: UUID | None = None,
    where: events.Dimensions | None = None,
) -> Response:
    """Keep a finished response. Raises Incomplete, or KeyError for an unknown questionnaire."""
    definition = questionnaires()[questionnaire]
    kept = rules.keep_asked(definition, answers)
    if lacking := rules.missing(definition, kept):
        raise Incomplete([item.key for item in lacking])
    response = Response.objects.create(
        questionnaire=questionnaire,
        version=definition.version,
        resident_id=resident,
        register=(where.register if where else "") or "none",
        subject=subject,
        language=language,
        answers=kept,
        started_at=at,
        completed_at=at,
    )
    fact = QuestionnaireCompleted(
        questionnaire=questionnaire, version=definition.version, danger=bool(rules.dangers(definition, kept))
    )
    events.record(fact, by=by, at=at, subject=subject, resident=resident, where=where)
    return response
