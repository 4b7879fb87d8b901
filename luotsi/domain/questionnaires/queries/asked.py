"""What a worker was asked to answer: what waits, and on which day the rest was answered."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.organisation.rules import NotAllowed, check_may
from luotsi.domain.questionnaires.definitions import Questionnaire
from luotsi.domain.questionnaires.models import Invitation
from luotsi.domain.questionnaires.queries import forms
from luotsi.domain.questionnaires.rules import tokens

_MOMENT = timedelta(seconds=1)
_SHOWN = 50  # of what is answered or over, the newest


@dataclass(frozen=True)
class Asked:
    """One invitation. `token` opens the form while it waits; of an anonymous one no more is known than the day."""

    id: UUID
    form: Questionnaire
    round: str
    message: str
    due_on: date | None
    is_anonymous: bool
    token: str
    answered_on: date | None


@dataclass(frozen=True)
class AskedOfMe:
    """`past`: answered, or ended without an answer (`answered_on` None)."""

    waiting: tuple[Asked, ...]
    past: tuple[Asked, ...]


def asked_of(*, viewer: Who, secret: str, at: datetime) -> AskedOfMe:
    """The worker's own, the most urgent first. Raises NotAllowed."""
    check_may(viewer, "invitation.answer")
    if not viewer.is_staff:
        raise NotAllowed("invitations of workers")
    own = Invitation.objects.filter(staff_id=viewer.id, withdrawn_at=None, collection__isnull=False)
    rows = list(own.filter(collection__opens_at__lte=at).select_related("collection").order_by("due_at", "sent_at"))
    open_ = [row for row in rows if row.answered_on is None and not _is_over(row, at)]
    past = sorted((row for row in rows if row not in open_), key=_ended, reverse=True)[:_SHOWN]
    return AskedOfMe(tuple(_asked(open_, secret)), tuple(_asked(past, "")))


def _is_over(row: Invitation, at: datetime) -> bool:
    closes = row.collection.closes_at if row.collection else None
    return closes is not None and closes <= at


def _ended(row: Invitation) -> tuple[date, str]:
    """The day of the answer, or of the end of the round."""
    closes = row.collection.closes_at if row.collection else None
    return row.answered_on or local_day(closes or row.sent_at), str(row.id)


def _asked(rows: list[Invitation], secret: str) -> Iterator[Asked]:
    """What cannot be read any more is left out."""
    for row in rows:
        form = forms.known(row.questionnaire, row.collection.version if row.collection else None)
        if form is None or row.collection is None:
            continue
        yield Asked(
            id=row.id, form=form, round=row.collection.name, message=row.message,
            due_on=_last_day(row), is_anonymous=row.is_anonymous, answered_on=row.answered_on,
            token=tokens.unseal(bytes(row.token_sealed), secret) if secret else "",
        )  # fmt: skip


def _last_day(row: Invitation) -> date | None:
    """The day by which, as it was said or as the round ends; both are the first moment after it."""
    ends = row.due_at or (row.collection.closes_at if row.collection else None)
    return local_day(ends - _MOMENT) if ends else None
