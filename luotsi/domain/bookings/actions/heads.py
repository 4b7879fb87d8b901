"""Counting who came without a name. Nothing is known of them but that they came."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db import transaction

from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.bookings.access import register_of
from luotsi.domain.bookings.definitions import offerings
from luotsi.domain.bookings.events import HeadsCounted
from luotsi.domain.bookings.models import HeadCount, Slot
from luotsi.domain.events import actions as events
from luotsi.domain.organisation.rules import NotAllowed, check_may, sees_unit

MOST = 999  # more at one time is a slip of the finger


class CannotCount(Exception):
    """So many cannot have come, or not yet. `why` is a key that the page has words for."""

    def __init__(self, why: Literal["too_many", "too_early", "closed"]) -> None:
        self.why = why
        super().__init__(_SENTENCES[why])


@transaction.atomic
def count_heads(*, slot: UUID, people: int, by: Who, at: datetime) -> HeadCount:
    """So many came to this time without a booking. Saying the same again changes nothing; another number corrects.

    Raises NotAllowed (another unit's time), CannotCount.
    """
    row = _locked(slot, by, at)
    if not 0 <= people <= MOST:
        raise CannotCount("too_many")
    known = HeadCount.objects.filter(slot=row).first()
    if known and known.people == people:
        return known
    return _write(row, known, people, by=by, at=at)


@transaction.atomic
def add_head(*, slot: UUID, more: int, by: Who, at: datetime) -> HeadCount:
    """One more came, or (`more` negative) one was counted in vain; never below none. Raises as `count_heads`."""
    row = _locked(slot, by, at)
    known = HeadCount.objects.filter(slot=row).first()
    people = max((known.people if known else 0) + more, 0)
    if people > MOST:
        raise CannotCount("too_many")
    return _write(row, known, people, by=by, at=at)


def _locked(slot: UUID, by: Who, at: datetime) -> Slot:
    """The time, its row locked, so that two who count at once do so one after the other."""
    row = Slot.objects.select_for_update().filter(id=slot).first()
    if by.kind != "system":
        check_may(by, "visit.record")
        if row is None or not sees_unit(by, row.unit_id):
            raise NotAllowed("another unit's time")
    if row is None:
        raise NotAllowed("no such time")
    if local_day(at) < local_day(row.starts_at):
        raise CannotCount("too_early")
    if row.closed_at is not None:
        raise CannotCount("closed")
    return row


def _write(slot: Slot, known: HeadCount | None, people: int, *, by: Who, at: datetime) -> HeadCount:
    told = {"people": people, "counted_by_id": by.id if by.is_staff else None, "counted_at": at}
    row, _ = HeadCount.objects.update_or_create(slot=slot, defaults=told)
    offering = offerings().get(slot.offering)
    where = events.Dimensions(
        unit=slot.unit_id, service=offering.service if offering else "", register=register_of(slot.unit_id),
        profession=slot.profession,
    )  # fmt: skip
    fact = HeadsCounted(slot=slot.id, people=people, before=known.people if known else None, mode=slot.mode)
    events.record(fact, by=by, at=at, subject=slot.id, where=where)
    return row


_SENTENCES = {
    "too_many": f"the number is between 0 and {MOST}",
    "too_early": "who came is counted on the day",
    "closed": "the time was not held",
}
