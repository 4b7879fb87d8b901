"""Scores read again from the answers: on a healthy database it changes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from luotsi.base.now import local_day
from luotsi.domain.questionnaires import rules
from luotsi.domain.questionnaires.actions.completing import keep_scores
from luotsi.domain.questionnaires.models import Response, Score
from luotsi.domain.questionnaires.queries import forms

_KEPT_AS = Decimal("0.0001")  # how finely the database keeps a score


@dataclass(frozen=True)
class Difference:
    """A response whose kept scores are not those that its answers give. It names nobody."""

    response: UUID
    questionnaire: str
    what: str


def rebuild_scores(*, at: datetime, check: bool = False) -> list[Difference]:
    """Every finished response read anew. With `check` nothing is mended, only told."""
    found = []
    finished = Response.objects.filter(completed_at__isnull=False).order_by("id")
    for response in finished.iterator(chunk_size=500):
        with transaction.atomic():
            found += list(_differences(response, at=at, check=check))
    return found


def _differences(response: Response, *, at: datetime, check: bool) -> Iterator[Difference]:
    try:
        form = forms.definition(response.questionnaire, response.version)
    except KeyError:
        if response.scores.exists():
            yield Difference(response.id, response.questionnaire, f"version {response.version} is nowhere to be read")
        return
    on = local_day(response.completed_at) if response.completed_at else None
    state = rules.read(form, response.answers, on=on)
    kept = {one.key: (one.value, one.band) for one in Score.objects.filter(response=response)}
    read = {
        key: (None if one.value is None else one.value.quantize(_KEPT_AS), one.band.key if one.band else "")
        for key, one in state.scores.items()
    }
    for key in sorted({*kept, *read}):
        if kept.get(key) != read.get(key):
            yield Difference(
                response.id, response.questionnaire, f"{key}: {_said(kept.get(key))}, read again {_said(read.get(key))}"
            )
    if kept != read and not check:
        keep_scores(response, state, at=response.completed_at or at)


def _said(one: tuple[Decimal | None, str] | None) -> str:
    if one is None:
        return "not kept"
    value, band = one
    return f"{'no value' if value is None else value.normalize()}{f' ({band})' if band else ''}"
