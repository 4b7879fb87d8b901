"""Inviting people to answer, reminding them once, taking an invitation back. The notice says only that one has mail."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from luotsi.base.who import SYSTEM, Who
from luotsi.domain.events import actions as events
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.organisation.rules import NotAllowed, check_may
from luotsi.domain.people import access as people
from luotsi.domain.questionnaires.events import InvitationWithdrawn, QuestionnaireInvited, QuestionnaireReminded
from luotsi.domain.questionnaires.models import Collection, Invitation
from luotsi.domain.questionnaires.queries import forms
from luotsi.domain.questionnaires.rules import tokens

REMINDED_BEFORE = timedelta(days=2)
_BATCH = 200


@transaction.atomic
def invite(
    *,
    questionnaire: str,
    key: UUID,
    by: Who,
    at: datetime,
    resident: UUID | None = None,
    staff: UUID | None = None,
    collection: UUID | None = None,
    register: str = "",
    subject: UUID | None = None,
    unit: str = "",
    due_at: datetime | None = None,
    message: str = "",
) -> Invitation:
    """Ask a resident, or a worker, to answer. The same `key` again, or somebody invited to the round already, answers
    the invitation that stands. Raises NotAllowed, KeyError, ValueError when the day by which has passed.
    """
    if by.kind != "system":
        check_may(by, "questionnaire.invite")
    form = forms.definition(questionnaire)
    register = register or form.register or "none"
    if due_at is not None and due_at <= at:
        raise ValueError("the day by which to answer is still to come")
    if resident is not None and by.is_staff and register != "none":
        people.check_relationship(by, resident, register=register)
    round_ = Collection.objects.get(id=collection) if collection else None
    if standing := _standing(key, round_, resident, staff):
        return standing
    token, secret = tokens.new_token(), settings.IDENTITY_KEY
    with as_system():
        row = Invitation.objects.create(
            key=key, questionnaire=questionnaire, collection=round_, is_anonymous=bool(round_ and round_.is_anonymous),
            resident_id=resident, staff_id=staff, register=register, subject=subject, unit_id=unit or None,
            message=message, token_digest=tokens.digest(token, secret), token_sealed=tokens.seal(token, secret),
            made_by_id=by.id if by.is_staff else None, sent_at=at, due_at=due_at,
        )  # fmt: skip
    fact = QuestionnaireInvited(questionnaire=questionnaire, invitation=row.id, due_at=due_at)
    _tell(fact, row, by=by, at=at)
    return row


def remind_due(*, at: datetime) -> int:
    """Remind once those who have not answered and whose day comes near. Answers how many. Safe with several workers."""
    with transaction.atomic(), as_system():
        waiting = Invitation.objects.filter(answered_on=None, withdrawn_at=None, reminded_at=None)
        due = waiting.filter(due_at__gt=at, due_at__lte=at + REMINDED_BEFORE).order_by("due_at", "id")
        rows = list(due.select_for_update(skip_locked=True)[:_BATCH])
        for row in rows:
            row.reminded_at = at
            row.save(update_fields=["reminded_at"])
            fact = QuestionnaireReminded(questionnaire=row.questionnaire, invitation=row.id)
            _tell(fact, row, by=SYSTEM, at=at)
    return len(rows)


@transaction.atomic
def withdraw(*, invitation: UUID, by: Who, at: datetime) -> None:
    """The answer is not needed any more. Raises NotAllowed when it is not the worker's own to take back."""
    check_may(by, "questionnaire.invite")
    row = Invitation.objects.select_for_update(of=("self",)).filter(id=invitation).first()
    if row is None or row.answered_on is not None:
        raise NotAllowed("no such invitation that waits")
    if row.withdrawn_at is None:
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at"])
        _tell(InvitationWithdrawn(questionnaire=row.questionnaire, invitation=row.id), row, by=by, at=at)


def _standing(key: UUID, round_: Collection | None, resident: UUID | None, staff: UUID | None) -> Invitation | None:
    with as_system():
        same = Invitation.objects.filter(key=key).first()
        if same is None and round_ is not None:
            whose = {"resident_id": resident} if resident else {"staff_id": staff}
            same = round_.invitations.filter(withdrawn_at=None, **whose).first()
    return same


def _tell(fact: events.Fact, row: Invitation, *, by: Who, at: datetime) -> None:
    where = events.Dimensions(register=row.register, unit=row.unit_id or "")
    events.record(fact, by=by, at=at, subject=row.subject or row.id, resident=row.resident_id, where=where)
