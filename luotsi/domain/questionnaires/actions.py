"""Keeping answers."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from luotsi.base import bulk
from luotsi.base.bulk import Stream
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
        language=language,
        answers=kept,
        completed_at=at,
    )
    fact = QuestionnaireCompleted(
        questionnaire=questionnaire, version=definition.version, danger=bool(rules.dangers(definition, kept))
    )
    events.record(fact, by=by, at=at, subject=subject, resident=resident, where=where)
    return response


def load(responses: Stream) -> None:
    """Add very many finished responses from CSV, without events: for imports and the demonstration county."""
    bulk.load({Response: responses})


def erase(responses: Collection[UUID]) -> int:
    """Delete answers with the matter that they opened. Answers how many."""
    return int(Response.objects.filter(id__in=responses).delete()[0])


def erase_of(residents: Collection[UUID]) -> int:
    """Delete what people who are being erased answered outside any matter. Answers how many."""
    return int(Response.objects.filter(resident_id__in=residents).delete()[0])
