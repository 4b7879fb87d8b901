"""Keeping a guide: drafted, changed, published, read through again, ended.

Nothing that is published changes but the day on which it is read again. A new version is a draft of its own; when it
is published, the one before is history, from which a later draft may begin.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from luotsi.base import bulk
from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.catalogue import definitions
from luotsi.domain.catalogue import events as facts
from luotsi.domain.catalogue.definitions import Guide as Written
from luotsi.domain.catalogue.models import Guide
from luotsi.domain.catalogue.queries.guides import known, written
from luotsi.domain.catalogue.rules import guides as rules
from luotsi.domain.events import actions as events
from luotsi.domain.events.actions.recording import Fact
from luotsi.domain.organisation.rules import NotAllowed, check_may


class CannotBeDone(Exception):
    """`why`: taken (the key is in use), drafted (there is a draft already), unfinished (a check does not hold),
    published, not_in_force, review (the day is not to come, or too far).
    """

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


class Stale(Exception):
    """Somebody else changed the draft since the page was shown."""


def draft(*, guide: Written, id: UUID, by: Who, at: datetime) -> Guide:
    """A draft of a new guide. The same `id` again answers the same draft. Raises NotAllowed, CannotBeDone."""
    check_may(by, "guide.edit")
    if made := Guide.objects.filter(id=id, made_by_id=by.id).first():
        return made
    if Guide.objects.filter(key=guide.key).exists():
        raise CannotBeDone("taken")
    return _drafted(guide, version=1, id=id, by=by, at=at)


def draft_next(*, key: str, id: UUID, version: int | None = None, by: Who, at: datetime) -> Guide:
    """A draft that begins as the newest version stands, or as that earlier one did. Raises as `draft`."""
    check_may(by, "guide.edit")
    if made := Guide.objects.filter(id=id, made_by_id=by.id).first():
        return made
    rows = list(Guide.objects.filter(key=key).order_by("version"))
    begin = next((row for row in reversed(rows) if version in {None, row.version}), None)
    if begin is None:
        raise NotAllowed("no such guide")
    if rows[-1].published_at is None:
        raise CannotBeDone("drafted")
    return _drafted(written(begin), version=rows[-1].version + 1, id=id, by=by, at=at)


@transaction.atomic
def change(*, guide: UUID, to: Written, note: str, revision: int, by: Who, at: datetime) -> Guide:
    """Keep the draft as it is now; the key stays. Raises NotAllowed, CannotBeDone, and Stale when somebody else has
    changed it since: nothing is overwritten.
    """
    row = _locked(guide, revision, by=by)
    row.content, row.review_on, row.note = _kept(to), to.review_on, note.strip()
    row.changed_at, row.changed_by_id, row.revision = at, by.id, row.revision + 1
    row.save(update_fields=["content", "review_on", "note", "changed_at", "changed_by", "revision"])
    return _told(facts.GuideChanged(row.key, row.version, row.id), row, by=by, at=at)


@transaction.atomic
def publish(*, guide: UUID, revision: int, by: Who, at: datetime) -> Guide:
    """Residents read the draft from now on, instead of the version before. Raises as `change`."""
    row = _locked(guide, revision, by=by)
    if rules.faults(written(row), known(), today=local_day(at)):
        raise CannotBeDone("unfinished")
    return _published(row, by=by, at=at)


@transaction.atomic
def drop(*, guide: UUID, revision: int, by: Who, at: datetime) -> None:
    """The draft is thrown away. Raises as `change`."""
    row = _locked(guide, revision, by=by)
    _told(facts.GuideDropped(row.key, row.version, row.id), row, by=by, at=at)
    row.delete()


@transaction.atomic
def review(*, key: str, again_on: date, by: Who, at: datetime) -> Guide:
    """Somebody read it through and found it right; it is read again on that day. Raises NotAllowed, CannotBeDone."""
    check_may(by, "guide.edit")
    row = _in_force(key)
    today = local_day(at)
    if not today < again_on <= today + rules.LONGEST_REVIEW:
        raise CannotBeDone("review")
    row.review_on = again_on
    row.save(update_fields=["review_on"])
    return _told(facts.GuideReviewed(row.key, row.version, row.id, again_on.isoformat()), row, by=by, at=at)


@transaction.atomic
def end(*, key: str, by: Who, at: datetime) -> Guide:
    """It is not shown any more; its history stays. Raises NotAllowed, CannotBeDone."""
    check_may(by, "guide.edit")
    row = _in_force(key)
    row.ended_at, row.ended_by_id = at, by.id
    row.save(update_fields=["ended_at", "ended_by"])
    return _told(facts.GuideEnded(row.key, row.version, row.id), row, by=by, at=at)


@transaction.atomic
def load_guides(*, by: Who, at: datetime) -> int:
    """Publish what content/guides says anew; answers how many. Safe to run again.

    A guide of which the county's editors have published or drafted a version of their own is theirs, and left alone.
    """
    bulk.wait_for_turn("guides")
    rows: dict[str, list[Guide]] = {}
    for row in Guide.objects.order_by("version"):
        rows.setdefault(row.key, []).append(row)
    count = 0
    for key, guide in definitions.guides().items():
        versions = rows.get(key, [])
        if any(row.origin != "shelf" or row.ended_by_id for row in versions):
            continue
        if versions and versions[-1].content == _kept(guide):
            continue
        version = versions[-1].version + 1 if versions else 1
        _published(_row(guide, version=version, origin="shelf", by=by, at=at), by=by, at=at)
        count += 1
    return count


def _kept(guide: Written) -> dict[str, Any]:
    return guide.model_dump(mode="json", exclude={"key", "review_on"})


def _drafted(guide: Written, *, version: int, id: UUID, by: Who, at: datetime) -> Guide:
    try:
        with transaction.atomic():
            row = _row(guide, version=version, id=id, by=by, at=at)
            return _told(facts.GuideDrafted(row.key, row.version, row.id), row, by=by, at=at)
    except IntegrityError:
        raise CannotBeDone("drafted") from None


def _row(guide: Written, *, version: int, by: Who, at: datetime, **more: Any) -> Guide:
    made = Guide(
        key=guide.key, version=version, content=_kept(guide), review_on=guide.review_on, made_by_id=by.id, made_at=at,
        changed_by_id=by.id, changed_at=at, **more,
    )  # fmt: skip
    made.save(force_insert=True)
    return made


def _published(row: Guide, *, by: Who, at: datetime) -> Guide:
    before = Guide.objects.select_for_update().filter(key=row.key, published_at__isnull=False, ended_at=None).first()
    if before is not None:
        before.ended_at, before.ended_by_id = at, by.id
        before.save(update_fields=["ended_at", "ended_by"])
    row.published_at, row.published_by_id = at, by.id
    row.save(update_fields=["published_at", "published_by"])
    fact = facts.GuidePublished(row.key, row.version, row.id, before.version if before else 0)
    return _told(fact, row, by=by, at=at)


def _locked(guide: UUID, revision: int, *, by: Who) -> Guide:
    check_may(by, "guide.edit")
    row = Guide.objects.select_for_update().filter(id=guide).first()
    if row is None:
        raise NotAllowed("no such draft")
    if row.published_at is not None:
        raise CannotBeDone("published")
    if row.revision != revision:
        raise Stale
    return row


def _in_force(key: str) -> Guide:
    row = Guide.objects.select_for_update().filter(key=key, published_at__isnull=False, ended_at=None).first()
    if row is None:
        raise CannotBeDone("not_in_force")
    return row


def _told(fact: Fact, row: Guide, *, by: Who, at: datetime) -> Guide:
    events.record(fact, by=by, at=at, subject=row.id)
    return row
