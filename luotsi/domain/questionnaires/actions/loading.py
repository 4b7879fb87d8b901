"""Anonymous answers that were gathered elsewhere or earlier, many at once, as if they had come one by one."""

import random
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from luotsi.base.dates import start_of
from luotsi.domain.questionnaires import rules
from luotsi.domain.questionnaires.models import Collection as Round
from luotsi.domain.questionnaires.models import Invitation, Response, Score
from luotsi.domain.questionnaires.queries import forms

_CHANCE = random.SystemRandom()


@transaction.atomic
def load_anonymous(
    *, collection: UUID, given: Iterable[tuple[date, dict[str, Any]]], language: str = "fi",
    by_invited: Collection[UUID] = (),
) -> int:  # fmt: skip
    """Keep answers of those days in random order. `by_invited` are invitations that were answered, on those days too.

    Answers how many. Raises ValueError for a collection that promises no anonymity, or an answer that cannot stand.
    """
    row = Round.objects.get(id=collection)
    if not row.is_anonymous:
        raise ValueError("only anonymous answers are loaded so")
    form = forms.definition(row.questionnaire, row.version)
    read = [(day, rules.read(form, answers, on=day)) for day, answers in given]
    if wrong := next((state.problems for _, state in read if state.problems), None):
        raise ValueError(f"answers that cannot stand: {', '.join(wrong)}")
    days = [day for day, _ in read]
    _CHANCE.shuffle(read)
    kept = [(_response(row, state, day, language), state) for day, state in read]
    Response.objects.bulk_create(response for response, _ in kept)
    Score.objects.bulk_create(score for response, state in kept for score in _scores(response, state))
    for invitation, day in zip(by_invited, sorted(days), strict=False):
        Invitation.objects.filter(id=invitation, collection=row).update(answered_on=day)
    return len(kept)


def _response(row: Round, state: rules.State, day: date, language: str) -> Response:
    moment = row.opens_at if row.mode == "invited" else start_of(day)
    return Response(
        questionnaire=row.questionnaire, version=row.version, collection=row, unit_id=row.unit_id, is_anonymous=True,
        language=language, answers=state.answers, started_at=moment, completed_at=moment,
        danger=next(iter(state.dangers), ""),
    )  # fmt: skip


def _scores(response: Response, state: rules.State) -> list[Score]:
    moment: datetime = response.started_at
    return [
        Score(
            response=response, questionnaire=response.questionnaire, key=key, value=scored.value, at=moment,
            band=scored.band.key if scored.band else "",
        )
        for key, scored in state.scores.items()
    ]  # fmt: skip
