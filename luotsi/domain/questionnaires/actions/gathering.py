"""Gathering answers without signing in: by a link or its QR code, on a kiosk, from those who were invited.

An anonymous answer is kept so that nothing else in the database leads to whoever gave it:
* it carries no person, no worker, no key, and no other moment than its day; of those who were invited, only the round;
* it has no event, and is written in a transaction of its own: the day on which somebody invited answered is noted in
  another one;
* with it some earlier answers are written again as they are, in random order, so that neither the order of the rows nor
  the number of the transaction tells when one came; so are other invitations with the day of this one;
* ids are random.
"""

import random
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Model, QuerySet

from luotsi.base.dates import start_of
from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.events import actions as events
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.organisation.rules import check_may
from luotsi.domain.questionnaires import rules
from luotsi.domain.questionnaires.actions import attaching
from luotsi.domain.questionnaires.actions.completing import Incomplete, finish, keep_scores
from luotsi.domain.questionnaires.events import CollectionClosed, CollectionOpened
from luotsi.domain.questionnaires.models import Collection, Invitation, Response, Score
from luotsi.domain.questionnaires.queries import forms
from luotsi.domain.questionnaires.queries.gathering import Gathering, form_of, takes_files
from luotsi.domain.questionnaires.rules import files, tokens
from luotsi.domain.questionnaires.rules.files import Sound, Unfit

MIXED_WITH = 20
ANSWERS = "answers:"  # before a unit's key: the hint to open boards that somebody has answered there
Row = TypeVar("Row", bound=Model)
Attached = Mapping[str, tuple[str, Sound]]  # by the id that stands among the answers: the item and its file
_CHANCE = random.SystemRandom()


class NotOpen(Exception):
    """Answers are not gathered here now. `why`: not_yet, closed, answered, withdrawn, sign_in."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


@transaction.atomic
def open_collection(
    *,
    questionnaire: str,
    name: str,
    mode: str,
    key: UUID,
    by: Who,
    at: datetime,
    unit: str = "",
    subject: UUID | None = None,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    owner: UUID | None = None,
) -> Collection:
    """Begin to gather answers to the version in force. The same `key` again answers the same collection.

    Whether answers are anonymous is the questionnaire's own promise. `owner`: the worker whose round it is, when it
    opens by itself. Raises KeyError for an unknown questionnaire, NotAllowed, ValueError when it would close before it
    opens.
    """
    if by.kind != "system" or owner is None:
        check_may(by, "collection.open")
    form = forms.definition(questionnaire)
    if closes_at is not None and closes_at <= (opens_at or at):
        raise ValueError("a collection closes after it opens")
    if standing := Collection.objects.filter(key=key, made_by_id=owner or by.id).first():
        return standing
    token, secret = tokens.new_token(), settings.IDENTITY_KEY
    collection = Collection.objects.create(
        key=key, questionnaire=questionnaire, version=form.version, name=name, unit_id=unit or None, subject=subject,
        mode=mode, audience=form.audience, is_anonymous=form.is_anonymous, opens_at=opens_at or at,
        closes_at=closes_at, token_digest=tokens.digest(token, secret), token_sealed=tokens.seal(token, secret),
        made_by_id=owner or by.id, made_at=at,
    )  # fmt: skip
    fact = CollectionOpened(
        questionnaire=questionnaire, version=form.version, mode=mode, is_anonymous=form.is_anonymous
    )  # fmt: skip
    events.record(fact, by=by, at=at, subject=collection.id, where=events.Dimensions(unit=unit))
    return collection


@transaction.atomic
def close_collection(*, collection: UUID, by: Who, at: datetime) -> None:
    """Gather no more. What was gathered stays. Closing twice changes nothing. Raises NotAllowed."""
    check_may(by, "collection.open")
    row = Collection.objects.select_for_update().get(id=collection)
    if row.closes_at is not None and row.closes_at <= at:
        return
    row.closes_at = max(at, row.opens_at)
    row.save(update_fields=["closes_at"])
    where = events.Dimensions(unit=row.unit_id or "")
    events.record(CollectionClosed(questionnaire=row.questionnaire), by=by, at=at, subject=row.id, where=where)


def take(
    *, gathering: Gathering, answers: Mapping[str, Any], language: str, key: UUID, by: Who, at: datetime,
    attached: Attached | None = None,
) -> rules.State:  # fmt: skip
    """Keep what somebody answered without signing in, with the files that they gave. The same `key` again changes
    nothing, where there is a person's or nobody's name to keep it with; an anonymous answer keeps no key and no file,
    and whoever asks must not ask twice.

    Call it outside any transaction, so that an anonymous answer shares none. Raises NotOpen, Incomplete, Unfit.
    """
    if gathering.state != "open":
        raise NotOpen(gathering.state)
    state = rules.read(form_of(gathering), answers, on=local_day(at))
    if state.problems:
        raise Incomplete(state.problems)
    if any(files.named_in(state.answers)) and takes_files(gathering) is False:
        raise Unfit("wrong_kind")
    if not gathering.is_anonymous:
        _take_named(gathering, state, attached or {}, language=language, key=key, by=by, at=at)
        events.hint([ANSWERS + gathering.unit])
        return state
    if gathering.invitation is not None and not _note_answered(gathering.invitation, local_day(at)):
        raise NotOpen("answered")
    moment = gathering.opens_at if gathering.mode == "invited" else start_of(local_day(at))
    try:
        _take_anonymous(gathering, state, language=language, moment=moment)
    except Exception:
        if gathering.invitation is not None:
            _note_answered(gathering.invitation, None)  # nothing was kept: they may answer again
        raise
    events.hint([ANSWERS + gathering.unit])
    return state


def _note_answered(invitation: UUID, day: date | None) -> bool:
    """Whether it was this sending that noted the day; of two at the same moment one counts. Other invitations of the
    round are written again with it, so that nothing tells which of them was answered last.
    """
    with as_system():
        row = Invitation.objects.select_for_update(of=("self",)).filter(id=invitation, withdrawn_at=None).first()
        if row is None or (day is not None and row.answered_on is not None):
            return False
        row.answered_on = day
        others = Invitation.objects.filter(collection_id=row.collection_id).exclude(id=row.id)
        together = [row, *_by_chance(others.only("id", "answered_on"))]
        _CHANCE.shuffle(together)
        for one in together:
            Invitation.objects.filter(id=one.id).update(answered_on=one.answered_on)
        return True


@transaction.atomic
def _take_anonymous(gathering: Gathering, state: rules.State, *, language: str, moment: datetime) -> None:
    response = Response(
        questionnaire=state.form.key, version=state.form.version, collection_id=gathering.collection,
        unit_id=gathering.unit or None, is_anonymous=True, language=language, answers=state.answers,
        started_at=moment, completed_at=moment, danger=next(iter(state.dangers), ""),
    )  # fmt: skip
    together = [*_earlier(gathering.collection), response]
    _CHANCE.shuffle(together)
    for one in together:
        if one is response:
            response.save(force_insert=True)
            keep_scores(response, state, at=moment)
        else:
            Response.objects.filter(id=one.id).update(language=one.language)
            for score in Score.objects.filter(response_id=one.id):
                Score.objects.filter(id=score.id).update(band=score.band)


def _earlier(collection: UUID) -> list[Response]:
    rows = Response.objects.filter(collection_id=collection, is_anonymous=True)
    return _by_chance(rows.only("id", "language"))


def _by_chance(rows: QuerySet[Row]) -> list[Row]:
    """Some of these rows, that nobody else writes just now. Their ids are random, so a random id begins the choice."""
    rows = rows.select_for_update(skip_locked=True, of=("self",)).order_by("id")
    after = list(rows.filter(id__gt=uuid4())[:MIXED_WITH])
    lacking = MIXED_WITH - len(after)
    return after + list(rows.exclude(id__in=[one.pk for one in after])[:lacking]) if lacking else after


@transaction.atomic
def _take_named(
    gathering: Gathering, state: rules.State, attached: Attached, *, language: str, key: UUID, by: Who, at: datetime
) -> None:
    """An answer with nobody's name, or of the worker who was invited."""
    with as_system():
        if Response.objects.filter(key=key, resident=None).exists():
            return
        response = Response(
            key=key, questionnaire=state.form.key, version=state.form.version, collection_id=gathering.collection,
            subject=gathering.subject, unit_id=gathering.unit or None, language=language, started_at=at,
            filled_by_id=gathering.staff, answers={},
        )  # fmt: skip
        files.check_room([len(sound.content) for _, sound in attached.values()])
        response.save(force_insert=True)
        for id, (item, sound) in attached.items():
            attaching.keep_file(response, item, sound, at=at, id=UUID(id))
        where = events.Dimensions(unit=gathering.unit, language=language, channel=gathering.mode)
        finish(response, state.form, state.answers, by=by, at=at, where=where)
        if gathering.invitation is not None:
            waiting = Invitation.objects.filter(id=gathering.invitation, response=None)
            waiting.update(response=response, answered_on=local_day(at))
