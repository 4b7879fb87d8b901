"""Where answers are gathered, for whoever makes a round or reads what came of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from luotsi.base.who import Who
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.organisation.rules import NotAllowed, may, sees_unit
from luotsi.domain.questionnaires.definitions import Questionnaire
from luotsi.domain.questionnaires.models import Collection
from luotsi.domain.questionnaires.queries import forms
from luotsi.domain.questionnaires.rules import tokens
from luotsi.domain.questionnaires.rules.published import FEWEST


@dataclass(frozen=True)
class Round:
    """One place or round where answers are gathered. `answers` None: from one to four, which is not told.

    `invited` is nought where nobody was invited by name. `is_own`: the viewer may show its link and close it.
    """

    id: UUID
    form: Questionnaire
    name: str
    unit: str
    mode: str
    is_anonymous: bool
    opens_at: datetime
    closes_at: datetime | None
    state: str
    answers: int | None
    invited: int
    is_own: bool

    @property
    def response_rate(self) -> float | None:
        """The share that has answered; None where it would tell of a few, or nobody was invited."""
        if self.answers is None or self.invited < FEWEST:
            return None
        return min(1.0, self.answers / self.invited)


def rounds(*, viewer: Who, at: datetime, questionnaire: str = "") -> tuple[Round, ...]:
    """The rounds of the viewer's reach, the newest first. Raises NotAllowed."""
    rows = _visible(viewer)
    rows = rows.filter(questionnaire=questionnaire) if questionnaire else rows
    return tuple(_rounds(rows.order_by("-opens_at", "id"), viewer, at))


def read_round(collection: UUID, *, viewer: Who, at: datetime) -> Round:
    """One round. Raises NotAllowed when it is not within the viewer's reach."""
    found = next(_rounds(_visible(viewer).filter(id=collection), viewer, at), None)
    if found is None:
        raise NotAllowed("no such round for this viewer")
    return found


def link_of(one: Round) -> str:
    """The token in the link of a round that the viewer has open as their own. Raises NotAllowed."""
    if not one.is_own or one.mode == "invited":
        raise NotAllowed("the link is its maker's to show")
    sealed = Collection.objects.values_list("token_sealed", flat=True).get(id=one.id)
    return tokens.unseal(bytes(sealed), settings.IDENTITY_KEY)


def _visible(viewer: Who) -> QuerySet[Collection]:
    if not (may(viewer, "results.read") or may(viewer, "collection.open")):
        raise NotAllowed("the role reads no rounds")
    rows = Collection.objects.all()
    if sees_unit(viewer, "*"):
        return rows
    return rows.filter(Q(unit__in=list(viewer.units)) | Q(made_by=viewer.id))


def _rounds(rows: QuerySet[Collection], viewer: Who, at: datetime) -> Iterator[Round]:
    known = forms.current()
    with as_system():
        counted = list(
            rows.annotate(
                answers=Count("responses", filter=Q(responses__completed_at__isnull=False), distinct=True),
                invited=Count("invitations", filter=Q(invitations__withdrawn_at=None), distinct=True),
            )
        )
    for row in counted:
        form = _form(row, known)
        if form is not None:
            yield Round(
                id=row.id, form=form, name=row.name, unit=row.unit_id or "", mode=row.mode,
                is_anonymous=row.is_anonymous, opens_at=row.opens_at, closes_at=row.closes_at, state=_state(row, at),
                answers=None if 0 < row.answers < FEWEST else row.answers, invited=row.invited,
                is_own=may(viewer, "collection.open")
                and (row.made_by_id == viewer.id or sees_unit(viewer, row.unit_id or "")),
            )  # fmt: skip


def _form(row: Collection, known: dict[str, Questionnaire]) -> Questionnaire | None:
    try:
        return forms.definition(row.questionnaire, row.version)
    except KeyError:
        return known.get(row.questionnaire)


def _state(row: Collection, at: datetime) -> str:
    if at < row.opens_at:
        return "not_yet"
    return "closed" if row.closes_at is not None and at >= row.closes_at else "open"
