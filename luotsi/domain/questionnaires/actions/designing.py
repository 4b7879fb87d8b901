"""Making a form: drafted, changed, proposed by one and published by another, retired.

Nothing that is published changes. A new version is a draft of its own; when it is published, the one before it is
begun no more, and what began in it goes on in it.
"""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from luotsi.base.who import Who
from luotsi.domain.events import actions as events
from luotsi.domain.events.actions.recording import Fact
from luotsi.domain.organisation.rules import NotAllowed, check_may
from luotsi.domain.questionnaires import events as facts
from luotsi.domain.questionnaires.actions.locking import Stale
from luotsi.domain.questionnaires.definitions import Questionnaire, questionnaires
from luotsi.domain.questionnaires.models import Form
from luotsi.domain.questionnaires.rules import publishing
from luotsi.domain.questionnaires.rules.keeping import as_kept, from_kept


class CannotBeDone(Exception):
    """`why`: taken (the key is in use), drafted (there is a draft already), unfinished (a check does not hold),
    no_note, own_proposal, not_proposed, not_in_force, published.
    """

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


def draft(*, form: Questionnaire, id: UUID, origin: str = "designer", by: Who, at: datetime) -> Form:
    """A draft of a form of one's own. The same `id` again answers the same draft. Raises NotAllowed, CannotBeDone."""
    check_may(by, "form.edit")
    if made := Form.objects.filter(id=id, made_by_id=by.id).first():
        return made
    if form.key in questionnaires() or Form.objects.filter(key=form.key).exists():
        raise CannotBeDone("taken")
    return _drafted(form, id=id, origin=origin, by=by, at=at)


def draft_next(*, key: str, id: UUID, by: Who, at: datetime) -> Form:
    """A draft of the next version of a form of the county's, as the last version stands. Raises as `draft`."""
    check_may(by, "form.edit")
    if made := Form.objects.filter(id=id, made_by_id=by.id).first():
        return made
    last = Form.objects.filter(key=key).order_by("version").last()
    if last is None:
        raise NotAllowed("no form of the county's has that key")
    if last.published_at is None:
        raise CannotBeDone("drafted")
    form = from_kept(last.content).model_copy(update={"version": last.version + 1})
    return _drafted(form, id=id, origin="designer", by=by, at=at)


@transaction.atomic
def change(*, form: UUID, to: Questionnaire, revision: int, by: Who, at: datetime) -> Form:
    """Keep the draft as it is now; a proposal is taken back by it. The key and the version stay.

    Raises NotAllowed, CannotBeDone, and Stale when somebody else has changed it since: nothing is overwritten.
    """
    row = _locked(form, revision, by=by)
    content = as_kept(to.model_copy(update={"key": row.key, "version": row.version}))
    if content == row.content:
        return row
    row.content, row.changed_at, row.changed_by_id = content, at, by.id
    row.proposed_at = row.proposed_by_id = None
    row.revision += 1
    row.save(update_fields=["content", "changed_at", "changed_by", "proposed_at", "proposed_by", "revision"])
    return row


@transaction.atomic
def propose(*, form: UUID, note: str, revision: int, by: Who, at: datetime) -> Form:
    """Hold the draft ready for use; `note` says what it is for, or what this version changes. Raises as `change`."""
    row = _locked(form, revision, by=by)
    if not note.strip():
        raise CannotBeDone("no_note")
    if not publishing.checks(from_kept(row.content)).hold:
        raise CannotBeDone("unfinished")
    row.note, row.proposed_at, row.proposed_by_id = note.strip(), at, by.id
    row.revision += 1
    row.save(update_fields=["note", "proposed_at", "proposed_by", "revision"])
    return _told(facts.FormProposed(row.key, row.version, row.id), row, by=by, at=at)


@transaction.atomic
def send_back(*, form: UUID, revision: int, by: Who, at: datetime) -> Form:
    """The proposal is taken back by whoever made it, or not confirmed: it is a draft again. Raises as `change`."""
    row = _locked(form, revision, by=by)
    if row.proposed_at is None:
        raise CannotBeDone("not_proposed")
    row.proposed_at = row.proposed_by_id = None
    row.revision += 1
    row.save(update_fields=["proposed_at", "proposed_by", "revision"])
    return _told(facts.FormSentBack(row.key, row.version, row.id), row, by=by, at=at)


@transaction.atomic
def publish(*, form: UUID, revision: int, by: Who, at: datetime) -> Form:
    """Somebody else than whoever proposed it puts the version into force, instead of the one before. Raises as
    `change`.
    """
    row = _locked(form, revision, by=by, action="form.publish")
    if row.proposed_at is None:
        raise CannotBeDone("not_proposed")
    if row.proposed_by_id == by.id:
        raise CannotBeDone("own_proposal")
    if not publishing.checks(from_kept(row.content)).hold:
        raise CannotBeDone("unfinished")
    before = Form.objects.select_for_update().filter(key=row.key, published_at__isnull=False, retired_at=None).first()
    if before is not None:
        before.retired_at = at
        before.save(update_fields=["retired_at"])
    row.published_at, row.published_by_id = at, by.id
    row.save(update_fields=["published_at", "published_by"])
    fact = facts.FormPublished(row.key, row.version, row.id, before.version if before else 0)
    return _told(fact, row, by=by, at=at)


@transaction.atomic
def retire(*, key: str, why: str, by: Who, at: datetime) -> Form:
    """Nobody begins in it any more; what was begun goes on, and so do collections that are open. Raises NotAllowed,
    CannotBeDone.
    """
    check_may(by, "form.publish")
    row = Form.objects.select_for_update().filter(key=key, published_at__isnull=False, retired_at=None).first()
    if row is None:
        raise CannotBeDone("not_in_force")
    if not why.strip():
        raise CannotBeDone("no_note")
    row.retired_at, row.retired_by_id, row.retired_why = at, by.id, why.strip()
    row.save(update_fields=["retired_at", "retired_by", "retired_why"])
    return _told(facts.FormRetired(row.key, row.version, row.id), row, by=by, at=at)


@transaction.atomic
def drop_draft(*, form: UUID, revision: int, by: Who, at: datetime) -> None:
    """The draft is thrown away. Raises as `change`."""
    row = _locked(form, revision, by=by)
    _told(facts.DraftDropped(row.key, row.version, row.id), row, by=by, at=at)
    row.delete()


def _drafted(form: Questionnaire, *, id: UUID, origin: str, by: Who, at: datetime) -> Form:
    try:
        with transaction.atomic():
            row = Form.objects.create(
                id=id, key=form.key, version=form.version, content=as_kept(form), origin=origin, made_by_id=by.id,
                made_at=at, changed_by_id=by.id, changed_at=at,
            )  # fmt: skip
            return _told(facts.FormDrafted(row.key, row.version, row.id, origin), row, by=by, at=at)
    except IntegrityError:
        raise CannotBeDone("drafted") from None


def _locked(form: UUID, revision: int, *, by: Who, action: str = "form.edit") -> Form:
    check_may(by, action)
    row = Form.objects.select_for_update().filter(id=form).first()
    if row is None:
        raise NotAllowed("no such form")
    if row.published_at is not None:
        raise CannotBeDone("published")
    if row.revision != revision:
        raise Stale(row.revision)
    return row


def _told(fact: Fact, row: Form, *, by: Who, at: datetime) -> Form:
    events.record(fact, by=by, at=at, subject=row.id)
    return row
