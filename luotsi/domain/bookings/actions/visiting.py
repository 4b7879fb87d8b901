"""The day of the visit: arrived, in progress, done, or did not come."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.bookings import rules
from luotsi.domain.bookings.actions.confirming import locked
from luotsi.domain.bookings.actions.telling import dimensions, tell, told_before
from luotsi.domain.bookings.events import VisitArrived, VisitBegan, VisitHeld, VisitMissed, VisitUnmarked
from luotsi.domain.bookings.models import Booking
from luotsi.domain.events import actions as events

NO_SHOW_REASONS = ("no_word", "ill", "forgot", "no_way_to_come", "wrong_time")  # a closed list: no note about a person


@transaction.atomic
def arrive(*, booking: UUID, by: Who, at: datetime, subject: UUID | None = None) -> Booking:
    """The resident is here. Saying it twice changes nothing. Raises NotAllowed, NotPossible (also before the day of the
    time); so do those below.
    """
    return _step(booking, "arrive", "arrived_at", VisitArrived(booking), by=by, at=at, subject=subject)


@transaction.atomic
def begin(*, booking: UUID, by: Who, at: datetime, subject: UUID | None = None) -> Booking:
    """The visit has begun. `giving.hold_visit` says that it was held, where the time is for a matter."""
    return _step(booking, "begin", "began_at", VisitBegan(booking), by=by, at=at, subject=subject)


@transaction.atomic
def hold(*, booking: UUID, by: Who, at: datetime) -> Booking:
    """The visit of a time that is for no matter was held."""
    (row,) = locked(booking, by, alone=True)
    return _step(booking, "hold", "held_at", VisitHeld(booking, row.slot.mode), by=by, at=at, subject=None)


@transaction.atomic
def miss(*, booking: UUID, reason: str, by: Who, at: datetime, subject: UUID | None = None) -> Booking:
    """The resident did not come. Raises ValueError (no such reason), NotPossible also before the time has begun."""
    if reason not in NO_SHOW_REASONS:
        raise ValueError(f"the reason is one of {', '.join(NO_SHOW_REASONS)}")
    more = {"no_show_reason": reason}
    return _step(booking, "miss", "no_show_at", VisitMissed(booking, reason), by=by, at=at, subject=subject, **more)


@transaction.atomic
def take_back(
    *, booking: UUID, mark: rules.Mark, reason: str, by: Who, at: datetime, subject: UUID | None = None
) -> Booking:  # fmt: skip
    """The mark was wrong: the visit stands as before it, and so do figures and limits. Taking back what is not marked
    changes nothing. Raises NotAllowed, NotPossible (another mark came after it), ValueError (no such reason).
    """
    (row,) = locked(booking, by, alone=True)
    where = dimensions(row.slot, row.resident_id, row.offering)
    unmark(row, mark, reason, by=by, at=at, subject=subject or row.id, where=where)
    return row


def unmark(
    row: Booking, mark: rules.Mark, reason: str, *, by: Who, at: datetime, subject: UUID, where: events.Dimensions
) -> None:
    """As take_back; the row is locked, and the caller has asked for the right. The event corrects that of the mark."""
    if reason not in rules.WRONG_MARKS[mark]:
        raise ValueError(f"the reason is one of {', '.join(rules.WRONG_MARKS[mark])}")
    if getattr(row, rules.MARKS[mark]) is None:
        return
    if rules.last_mark(row) != mark:
        raise rules.NotPossible("what was marked later is taken back first")
    cleared = {rules.MARKS[mark]: None} | ({"no_show_reason": ""} if mark == "missed" else {})
    for name, value in cleared.items():
        setattr(row, name, value)
    row.save(update_fields=list(cleared))
    told = told_before(row.id, _KINDS[mark], subject=subject)
    fact = VisitUnmarked(row.id, mark, reason)
    events.record(fact, by=by, at=at, subject=subject, resident=row.resident_id, where=where, corrects=told)


_KINDS = {
    "arrived": VisitArrived.kind, "began": VisitBegan.kind, "held": VisitHeld.kind, "missed": VisitMissed.kind,
}  # fmt: skip


def _step(
    booking: UUID, step: str, moment: str, fact: events.Fact, *, by: Who, at: datetime, subject: UUID | None,
    **more: Any,
) -> Booking:  # fmt: skip
    (row,) = locked(booking, by, alone=True)
    if getattr(row, moment):
        return row
    rules.check_can(step, rules.booking_state(rules.moments_of(row)))
    if local_day(row.slot.starts_at) > local_day(at):
        raise rules.NotPossible("the time is on a later day")
    if step == "miss" and (row.slot.starts_at > at or row.arrived_at):
        raise rules.NotPossible("somebody who has come, or whose time has not begun, has not stayed away")
    for name, value in {moment: at, **more}.items():
        setattr(row, name, value)
    row.save(update_fields=[moment, *more])
    tell(row, fact, by=by, at=at, subject=subject)
    return row
