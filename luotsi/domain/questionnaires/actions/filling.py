"""Filling step by step: begun, saved as one goes, gone on with on another device, corrected after it was sent."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.events import actions as events
from luotsi.domain.organisation.rules import NotAllowed
from luotsi.domain.questionnaires import access, rules
from luotsi.domain.questionnaires.actions import attaching
from luotsi.domain.questionnaires.actions.locking import locked
from luotsi.domain.questionnaires.events import QuestionnaireStarted
from luotsi.domain.questionnaires.models import Invitation, Response
from luotsi.domain.questionnaires.queries import forms

MOST_CHARACTERS = 300_000  # of all answers of one response together; the longest form has a tenth of it


class TooMuch(ValueError):
    """More was written than one response holds."""


@transaction.atomic
def start(
    *,
    questionnaire: str,
    resident: UUID | None,
    key: UUID,
    language: str,
    by: Who,
    at: datetime,
    register: str = "",
    subject: UUID | None = None,
    unit: str = "",
    known: Mapping[str, Any] | None = None,
    invitation: UUID | None = None,
) -> Response:
    """Begin a response in the version that is in force; the same `key` again answers the one already begun.

    A resident begins for themselves or for whom they act; a worker with the resident, in the register of the matter.
    `known` are facts that need not be asked. Raises KeyError for an unknown questionnaire, NotAllowed.
    """
    form = forms.definition(questionnaire)
    register = register or form.register or "none"
    access.check_start(by, form, resident, register)
    response = Response(
        key=key, questionnaire=questionnaire, version=form.version, resident_id=resident, register=register,
        subject=subject, unit_id=unit or None, language=language,
        answers=rules.beginning(form, on=local_day(at), known=known),
    )  # fmt: skip
    return _begin(response, by=by, at=at, invitation=invitation)


@transaction.atomic
def keep(
    *, response: UUID, given: Mapping[str, Any], at_step: str, revision: int, by: Who, at: datetime
) -> tuple[Response, rules.State]:
    """Keep these answers beside the ones given before; None takes one away. Answers the response and its reading.

    What is kept is what was given, so that coming back to a question that is asked again finds its answer; what counts
    is read anew. An answer that cannot stand is kept too, and told among the problems: nobody writes it twice.
    Raises Stale, NotAllowed, TooMuch, and KeyError for an item that the form does not have.
    """
    row = locked(response, revision, by=by)
    form = forms.worded(row.questionnaire, row.version, for_another=row.acting_by_id is not None)
    state = rules.read(form, {**row.answers, **given}, on=local_day(at))
    if state.unknown:
        raise KeyError(", ".join(state.unknown))
    unkeepable = {problem.path[0] for problem in state.problems.values() if problem.kind == "not_text"}
    both = {**row.answers, **given}
    kept = {key: value for key, value in both.items() if value not in (None, "", [], {}) and key not in unkeepable}
    if len(json.dumps(kept)) > MOST_CHARACTERS:
        raise TooMuch
    if kept != row.answers or row.at_step != at_step:
        attaching.take_away(row, row.answers, kept)
        row.answers, row.at_step, row.saved_at = kept, at_step, at
        row.danger = next(iter(state.dangers), "")
        row.revision += 1
        row.save(update_fields=["answers", "at_step", "saved_at", "danger", "revision"])
    return row, state


@transaction.atomic
def drop(*, response: UUID, by: Who) -> None:
    """The filler does not want to go on: what was not sent goes. Raises NotAllowed."""
    row = access.to_fill(by).filter(id=response).first()
    if row is None:
        raise NotAllowed("no such answers under way for this person")
    Invitation.objects.filter(response=row).update(response=None)
    row.delete()


@transaction.atomic
def amend(*, response: UUID, key: UUID, by: Who, at: datetime) -> Response:
    """Begin a correction of what was sent: the same answers and files, to be changed. The old ones stay as they were.

    Raises NotAllowed when they are not this person's to correct, or have been corrected already.
    """
    old = access.visible_to(by).filter(id=response, completed_at__isnull=False).first()
    if old is None or old.replaced_by.filter(completed_at__isnull=False).exists():
        raise NotAllowed("no such answers to correct")
    form = forms.definition(old.questionnaire, old.version)
    access.check_start(by, form, old.resident_id, old.register)
    response = Response(
        key=key, replaces=old, questionnaire=old.questionnaire, version=old.version, resident_id=old.resident_id,
        register=old.register, subject=old.subject, unit_id=old.unit_id, language=old.language, answers=old.answers,
    )  # fmt: skip
    begun = _begin(response, by=by, at=at)
    if begun is response and old.attachments.exists():
        begun.answers = attaching.copied(old, begun, at=at)
        begun.save(update_fields=["answers"])
    return begun


def _begin(response: Response, *, by: Who, at: datetime, invitation: UUID | None = None) -> Response:
    """The one already begun under this key, or this one."""
    begun = Response.objects.filter(key=response.key, resident_id=response.resident_id).first()
    if begun is not None:
        return begun
    response.started_at = at
    response.filled_by_id, response.acting_by_id = by.id if by.is_staff else None, by.id if by.acting_for else None
    response.save(force_insert=True)
    if invitation is not None:
        _answers(response, invitation)
    fact = QuestionnaireStarted(
        questionnaire=response.questionnaire, version=response.version, response=response.id
    )  # fmt: skip
    where = events.Dimensions(
        register=response.register, unit=response.unit_id or "", language=response.language
    )  # fmt: skip
    events.record(fact, by=by, at=at, subject=response.id, resident=response.resident_id, where=where)
    return response


def _answers(response: Response, invitation: UUID) -> None:
    """The response answers this invitation, when it is the same resident's, not anonymous and not answered."""
    mine = Invitation.objects.filter(id=invitation, is_anonymous=False, response=None, withdrawn_at=None)
    asked = mine.filter(resident_id=response.resident_id, questionnaire=response.questionnaire).first()
    if asked is None:
        return
    response.subject, response.unit_id, response.register = asked.subject, asked.unit_id, asked.register
    response.collection_id = asked.collection_id
    response.save(update_fields=["subject", "unit", "register", "collection"])
    asked.response = response
    asked.save(update_fields=["response"])
