"""A manager answers publicly: to words that their writer lets be shown, or to what a whole round said."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from luotsi.base.who import Who
from luotsi.domain.events import actions as events
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.organisation.rules import NotAllowed, check_may, sees_unit
from luotsi.domain.questionnaires.events import FeedbackAnswered, ReplyWithdrawn
from luotsi.domain.questionnaires.models import Collection, Reply, Response
from luotsi.domain.questionnaires.queries.feedback import MAY_PUBLISH

LONGEST_REPLY = 1_000  # characters


@transaction.atomic
def reply(
    *, text: str, language: str, key: UUID, by: Who, at: datetime, response: UUID | None = None,
    collection: UUID | None = None,
) -> Reply:  # fmt: skip
    """Answer publicly. The same `key` again answers the same reply.

    Raises NotAllowed for words that may not be shown or another unit's, ValueError for an empty or too long one.
    """
    check_may(by, "feedback.answer")
    if standing := Reply.objects.filter(key=key, by_id=by.id).first():
        return standing
    text = text.strip()
    if not text or len(text) > LONGEST_REPLY:
        raise ValueError(f"a reply has from 1 to {LONGEST_REPLY} characters")
    unit = _unit_of(response, collection)
    if not sees_unit(by, unit):
        raise NotAllowed("another unit's to answer")
    row = Reply.objects.create(
        key=key, response_id=response, collection_id=collection, text=text, language=language, by_id=by.id, at=at
    )
    _tell(FeedbackAnswered(to="words" if response else "round"), row, unit, by, at)
    return row


@transaction.atomic
def withdraw_reply(*, reply: UUID, by: Who, at: datetime) -> None:
    """Take a reply back: it is not shown any more. Twice changes nothing. Raises NotAllowed."""
    check_may(by, "feedback.answer")
    row = Reply.objects.select_for_update().filter(id=reply).first()
    unit = _unit_of(row.response_id, row.collection_id) if row else ""
    if row is None or not sees_unit(by, unit):
        raise NotAllowed("no such reply of this unit")
    if row.withdrawn_at is None:
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at"])
        _tell(ReplyWithdrawn(), row, unit, by, at)


def _unit_of(response: UUID | None, collection: UUID | None) -> str:
    """The unit whose feedback it is. Raises NotAllowed when there is nothing that may be answered publicly."""
    with as_system():
        if response is not None:
            rows = Response.objects.filter(id=response, is_anonymous=True, completed_at__isnull=False)
            found = rows.values_list("unit", f"answers__{MAY_PUBLISH}").first()
            if found is None or found[1] != "yes":
                raise NotAllowed("no words that may be shown to all")
            return found[0] or ""
        unit = Collection.objects.filter(id=collection).values_list("unit", flat=True).first()
    if unit is None:
        raise NotAllowed("no such round of a unit")
    return str(unit)


def _tell(fact: events.Fact, row: Reply, unit: str, by: Who, at: datetime) -> None:
    events.record(fact, by=by, at=at, subject=row.id, where=events.Dimensions(unit=unit))
