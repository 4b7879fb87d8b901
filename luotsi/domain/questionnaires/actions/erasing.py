"""Answers that go with what they were about, or with the person who gave them; and very many that come at once."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from luotsi.base import bulk
from luotsi.base.bulk import Stream
from luotsi.domain.questionnaires.models import Attachment, Invitation, Reply, Response, Score


def load(responses: Stream) -> None:
    """Add very many finished responses from CSV, without events: for imports and the demonstration county."""
    bulk.load({Response: responses})


def erase(responses: Collection[UUID], *, subjects: Collection[UUID] = ()) -> Counter[str]:
    """Delete these answers and whatever is about these subjects, with the invitations. Answers rows by table."""
    return _erase(Q(id__in=responses) | Q(subject__in=subjects), Q(subject__in=subjects))


def erase_of(residents: Collection[UUID]) -> Counter[str]:
    """Delete what people who are being erased answered, or were asked to answer. Answers rows by table.

    What they wrote for somebody else stays that person's, and no longer says who wrote it.
    """
    Response.objects.filter(acting_by_id__in=residents).update(acting_by=None)
    return _erase(Q(resident_id__in=residents), Q(resident_id__in=residents))


UNFINISHED_FOR = timedelta(days=60)  # an illness or a summer may come between; after that one begins anew


def drop_unfinished(*, before: datetime, held: Collection[UUID] = (), limit: int | None = None) -> int:
    """Delete what was begun and never sent, when it was last saved before that moment. Answers how many."""
    forgotten = Response.objects.filter(completed_at=None, started_at__lt=before).exclude(resident_id__in=held)
    forgotten = forgotten.filter(Q(saved_at=None) | Q(saved_at__lt=before))
    going = list(forgotten.values_list("id", flat=True)[:limit])
    Invitation.objects.filter(response_id__in=going).update(response=None)
    return Response.objects.filter(id__in=going).delete()[1].get("questionnaires.Response", 0)


def _erase(responses: Q, invitations: Q) -> Counter[str]:
    going = list(Response.objects.filter(responses).values_list("id", flat=True))
    asked = Invitation.objects.filter(invitations | Q(response_id__in=going))
    return Counter(
        questionnaires_attachment=Attachment.objects.filter(response_id__in=going).delete()[0],
        questionnaires_score=Score.objects.filter(response_id__in=going).delete()[0],
        questionnaires_invitation=asked.delete()[0],
        questionnaires_reply=Reply.objects.filter(response_id__in=going).delete()[0],
        questionnaires_response=Response.objects.filter(id__in=going).delete()[1].get("questionnaires.Response", 0),
    )
