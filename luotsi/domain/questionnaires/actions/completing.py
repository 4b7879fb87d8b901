"""Answers that are whole: those that came at once, those that were filled step by step, and corrections."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.events import actions as events
from luotsi.domain.questionnaires import access, rules
from luotsi.domain.questionnaires.actions import attaching
from luotsi.domain.questionnaires.actions.locking import locked
from luotsi.domain.questionnaires.definitions import Questionnaire
from luotsi.domain.questionnaires.events import QuestionnaireCompleted
from luotsi.domain.questionnaires.models import Invitation, Response, Score
from luotsi.domain.questionnaires.queries import forms


class Incomplete(ValueError):
    """An answer is missing or cannot stand; `items` are their keys, `problems` say of each place what is wrong."""

    def __init__(self, problems: Mapping[str, rules.Problem]) -> None:
        self.problems = dict(problems)
        self.items = [problem.item.key for problem in problems.values()]
        super().__init__(f"no answer that can stand to {', '.join(self.items)}")


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
    """Keep a response that came whole. Raises Incomplete, or KeyError for an unknown questionnaire."""
    form = forms.definition(questionnaire)
    where = where or events.Dimensions(register=form.register)
    response = Response(
        questionnaire=questionnaire, version=form.version, resident_id=resident, language=language, subject=subject,
        register=where.register or "none", unit_id=where.unit or None, started_at=at,
        filled_by_id=by.id if by.is_staff else None, acting_by_id=by.id if by.acting_for else None,
    )  # fmt: skip
    return finish(response, form, answers, by=by, at=at, where=where)


@transaction.atomic
def send(*, response: UUID, revision: int, by: Who, at: datetime) -> Response:
    """The answers under way are whole: keep them as they are, with their scores. Sent twice, they are sent once.

    Raises Incomplete, NotAllowed, and Stale when another device has saved them since.
    """
    sent = access.visible_to(by).filter(id=response, completed_at__isnull=False).first()
    if sent is not None:
        return sent
    row = locked(response, revision, by=by)
    form = forms.definition(row.questionnaire, row.version)
    where = events.Dimensions(register=row.register, unit=row.unit_id or "", language=row.language, channel="form")
    return finish(row, form, row.answers, by=by, at=at, where=where)


def finish(
    response: Response, form: Questionnaire, answers: rules.Answers, *, by: Who, at: datetime, where: events.Dimensions
) -> Response:
    """Read the answers once more, keep what counts with its scores, and tell. Raises Incomplete."""
    state = rules.read(form, answers, on=local_day(at))
    if state.problems:
        raise Incomplete(state.problems)
    response.answers, response.danger = state.answers, next(iter(state.dangers), "")
    response.completed_at = response.saved_at = at
    response.save()
    attaching.settle(response)
    keep_scores(response, state, at=at)
    _mark_answered(response, local_day(at))
    fact = QuestionnaireCompleted(
        questionnaire=form.key, version=form.version, danger=bool(state.dangers), score=_result(state),
        response=response.id, replaces=response.replaces_id,
    )  # fmt: skip
    told = response.subject or response.id
    where = replace(where, language=where.language or response.language)
    events.record(fact, by=by, at=at, subject=told, resident=response.resident_id, where=where)
    return response


def _mark_answered(response: Response, day: date) -> None:
    """The invitation that it answers needs no reminder: its own, or the oldest to the same questionnaire about the same
    thing, when a worker filled it with the resident or the resident found the form by themselves.
    """
    waiting = Invitation.objects.filter(answered_on=None, withdrawn_at=None, is_anonymous=False)
    own = waiting.filter(response=response).first()
    if own is None and response.resident_id is not None:
        same = waiting.filter(questionnaire=response.questionnaire, resident_id=response.resident_id, response=None)
        own = same.filter(subject=response.subject).order_by("sent_at").first()
    if own is not None:
        own.response, own.answered_on = response, day
        own.save(update_fields=["response", "answered_on"])


def keep_scores(response: Response, state: rules.State, *, at: datetime) -> None:
    """The scores of a response as its definition reads them now, instead of those kept before."""
    Score.objects.filter(response=response).delete()
    Score.objects.bulk_create(
        Score(
            response=response, questionnaire=response.questionnaire, key=key, value=scored.value, at=at,
            band=scored.band.key if scored.band else "",
        )
        for key, scored in state.scores.items()
    )  # fmt: skip


def _result(state: rules.State) -> float | None:
    return float(state.result.value) if state.result and state.result.value is not None else None
