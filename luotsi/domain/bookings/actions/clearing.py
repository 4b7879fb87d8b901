"""Keeping a queue true: asking who still waits, deciding where no answer came, ending what a booked time has served."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from luotsi.base.who import SYSTEM, Who
from luotsi.domain.bookings import access
from luotsi.domain.bookings.actions import waiting
from luotsi.domain.bookings.events.queue import WaitingAsked, WaitingKept
from luotsi.domain.bookings.models import Booking, SlotOffer, WaitingEntry
from luotsi.domain.bookings.queries.register import in_unit, units_of
from luotsi.domain.bookings.rules import NotPossible
from luotsi.domain.bookings.rules import clearing as rules
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.organisation.rules import NotAllowed, check_may, sees_unit

CLEAR = "queue.clear"
AT_ONCE = 500  # asked by one press, or ended in one round of the worker


@transaction.atomic
def ask(*, unit: str, waited: timedelta, by: Who, at: datetime, offering: str = "") -> int:
    """Ask everybody who has waited so long in the unit's queues whether they need the time still. Answers how many.

    Whoever holds an offer, or was asked lately, is not asked: pressing twice asks once. Raises NotAllowed.
    """
    check_clears(by, unit)
    with as_system():
        rows = in_unit(unit, offering).filter(entered_at__lte=at - waited).select_for_update(of=("self",))
        rows = rows.exclude(id__in=_offered()).exclude(asked_at__gt=at - rules.AGAIN).order_by("entered_at", "id")
        asked = list(rows[:AT_ONCE])
        WaitingEntry.objects.filter(id__in=[row.id for row in asked]).update(asked_at=at)
        for row in asked:
            waiting.record(row, WaitingAsked(entry=row.id, offering=row.offering), by=by, at=at)
    return len(asked)


@transaction.atomic
def answer(*, entry: UUID, still: bool, by: Who, at: datetime) -> None:
    """The resident says whether they wait still. Saying it twice changes nothing. Raises NotAllowed."""
    row = WaitingEntry.objects.select_for_update().get(id=entry)
    access.check_for(by, row.resident_id)
    if row.closed_at:
        return
    if not still:
        waiting.leave(entry=entry, by=by, at=at, reason="not_needed")
    elif row.asked_at and (row.needed_at is None or row.needed_at < row.asked_at):
        _keep(row, by=by, at=at)


@transaction.atomic
def decide(*, entry: UUID, keeps: bool, by: Who, at: datetime) -> None:
    """A worker decides of one who did not answer: they wait on, or no longer. Twice changes nothing.

    Raises NotAllowed (another unit's queue), NotPossible (the time to answer is not over).
    """
    with as_system():
        row = WaitingEntry.objects.select_for_update().filter(id=entry).first()
        if row is None or not any(sees_unit(by, unit) for unit in units_of(row)):
            raise NotAllowed("no such place in this unit's queues")
        check_may(by, CLEAR)
        if row.closed_at:
            return
        told = {"asked_at": row.asked_at, "needed_at": row.needed_at, "is_offered": False, "at": at}
        if rules.standing(**told) != "silent":
            raise NotPossible("the resident can still answer")
        if keeps:
            _keep(row, by=by, at=at)
        else:
            waiting.end(row, "no_answer", by=by, at=at)


def close_served(*, at: datetime, limit: int = AT_ONCE) -> int:
    """Whoever has got a time of what they waited for waits no longer. Answers how many; two workers share them."""
    got = Booking.objects.filter(
        resident=OuterRef("resident"), offering=OuterRef("offering"), accepted_at__gte=OuterRef("entered_at"),
        cancelled_at=None, no_show_at=None,
    )  # fmt: skip
    with as_system():
        served = list(WaitingEntry.objects.filter(Exists(got), closed_at=None).values_list("id", flat=True)[:limit])
    for entry in served:
        with transaction.atomic(), as_system():
            held = WaitingEntry.objects.select_for_update(skip_locked=True).filter(id=entry, closed_at=None)
            if held.exists():
                waiting.leave(entry=entry, by=SYSTEM, at=at, reason="booked")
    return len(served)


def check_clears(by: Who, unit: str) -> None:
    """Raises NotAllowed unless the unit's queues are theirs to keep true."""
    check_may(by, CLEAR)
    if not sees_unit(by, unit):
        raise NotAllowed("another unit's queue")


def _offered() -> QuerySet[SlotOffer, dict[str, UUID]]:
    return SlotOffer.objects.filter(answered_at=None).values("entry_id")


def _keep(row: WaitingEntry, *, by: Who, at: datetime) -> None:
    WaitingEntry.objects.filter(id=row.id).update(needed_at=at)
    waiting.record(row, WaitingKept(entry=row.id, offering=row.offering), by=by, at=at)
