"""Answers for whoever gives them: what waits, what is under way, what was sent."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.events import actions as events
from luotsi.domain.organisation.rules import NotAllowed, may
from luotsi.domain.questionnaires import access, rules
from luotsi.domain.questionnaires.definitions import Questionnaire
from luotsi.domain.questionnaires.models import Invitation, Response
from luotsi.domain.questionnaires.queries import forms
from luotsi.domain.questionnaires.rules import tokens


@dataclass(frozen=True)
class Answers:
    """One response as its filler sees it. `form` is in the words for whoever answers for another, when they do."""

    id: UUID
    form: Questionnaire
    answers: dict[str, Any]
    revision: int
    at_step: str
    resident: UUID | None
    subject: UUID | None
    register: str
    started_at: datetime
    saved_at: datetime | None
    completed_at: datetime | None
    is_corrected: bool = False

    def read(self) -> rules.State:
        return rules.read(self.form, self.answers, on=local_day(self.completed_at or self.saved_at or self.started_at))


@dataclass(frozen=True)
class Waiting:
    """Somebody asked the viewer to answer. `token` opens an anonymous one; `begun` is the response under way."""

    id: UUID
    form: Questionnaire
    message: str
    due_on: date | None
    token: str
    begun: UUID | None


def waiting(*, viewer: Who, secret: str) -> list[Waiting]:
    """What the viewer was asked to answer and has not answered, the most urgent first."""
    asked = Invitation.objects.filter(answered_on=None, withdrawn_at=None)
    if viewer.is_resident:
        asked = asked.filter(resident_id__in=viewer.own_ids)
        asked = asked if viewer.registers is None else asked.filter(register__in=viewer.registers)
    else:
        asked = asked.filter(staff_id=viewer.id) if viewer.is_staff else asked.none()
    known, another = forms.current(), viewer.acting_for is not None
    rows = [
        row
        for row in asked.order_by("due_at", "sent_at").select_related("collection")
        if row.questionnaire in known and not (another and known[row.questionnaire].only_oneself)
    ]
    return [
        Waiting(
            row.id, forms.worded(row.questionnaire, for_another=another), row.message,
            local_day(row.due_at) if row.due_at else None, _token(row, secret), row.response_id,
        )
        for row in rows
    ]  # fmt: skip


def under_way(*, viewer: Who, subject: UUID | None = None) -> list[Answers]:
    """What the viewer began and has not sent, the newest first."""
    rows = access.to_fill(viewer)
    rows = rows.filter(subject=subject) if subject is not None else rows
    return [view for row in rows.order_by("-started_at") if (view := _view(row)) is not None]


def sent(*, viewer: Who, subject: UUID | None = None) -> list[Answers]:
    """What was sent and the viewer may read, the newest first; what was corrected since says so."""
    rows = access.visible_to(viewer).filter(completed_at__isnull=False)
    rows = rows.filter(subject=subject) if subject is not None else rows
    found = [view for row in rows.order_by("-completed_at")[:200] if (view := _view(row)) is not None]
    _seen(found, viewer)
    return found


def to_fill(response: UUID, *, viewer: Who) -> Answers:
    """The answers under way. Raises NotAllowed when they are not this person's to go on with."""
    return _found(access.to_fill(viewer).filter(id=response).first(), viewer)


def read(response: UUID, *, viewer: Who) -> Answers:
    """Answers that were sent. Raises NotAllowed."""
    return _found(access.visible_to(viewer).filter(id=response, completed_at__isnull=False).first(), viewer)


def startable(*, viewer: Who) -> list[Questionnaire]:
    """Forms that a resident may fill without being asked."""
    if not may(viewer, "questionnaire.answer"):
        return []
    found = [
        form
        for form in forms.current().values()
        if form.purpose in {"need", "screening"} and access.is_for_resident(form, viewer)
    ]
    return found


def offered(keys: Collection[str], *, viewer: Who) -> list[Questionnaire]:
    """Of these, the forms in force that a resident answers under their name, in this order; a visitor signs in first.
    What the right to act for another does not cover is left out.
    """
    known = forms.current() if keys else {}
    return [known[key] for key in keys if key in known and access.is_for_resident(known[key], viewer)]


def _found(row: Response | None, viewer: Who) -> Answers:
    view = _view(row) if row is not None else None
    if view is None:
        raise NotAllowed("no such answers for this viewer")
    _seen([view], viewer)
    return view


def _seen(found: list[Answers], viewer: Who) -> None:
    for view in found:
        if view.resident is not None:
            events.saw(viewer, residents=[view.resident], what="answers", subject=view.id, register=view.register)


def _view(row: Response) -> Answers | None:
    """None when the version in which it was filled is not known any more."""
    try:
        form = forms.worded(row.questionnaire, row.version, for_another=row.acting_by_id is not None)
    except KeyError:
        return None
    is_corrected = bool(row.completed_at) and row.replaced_by.filter(completed_at__isnull=False).exists()
    return Answers(
        id=row.id, form=form, answers=row.answers, revision=row.revision, at_step=row.at_step, resident=row.resident_id,
        subject=row.subject, register=row.register, started_at=row.started_at, saved_at=row.saved_at,
        completed_at=row.completed_at, is_corrected=is_corrected,
    )  # fmt: skip


def _token(row: Invitation, secret: str) -> str:
    return tokens.unseal(bytes(row.token_sealed), secret) if row.is_anonymous or row.staff_id else ""
