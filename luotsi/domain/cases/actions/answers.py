"""What a resident does with a time: takes it, asks for another, or gives it up."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from luotsi.base.who import Who
from luotsi.domain.bookings import actions as bookings
from luotsi.domain.bookings import queries as booking_queries
from luotsi.domain.cases import access, rules
from luotsi.domain.cases.actions.road import check_belongs, dimensions, follow_clocks, locked
from luotsi.domain.cases.models import Case
from luotsi.domain.people import actions as people


@transaction.atomic
def answer_offer(*, case: UUID, booking: UUID, accepts: bool, by: Who, at: datetime) -> Case:
    """The resident takes the offered time or asks for another. Raises NotAllowed, bookings.rules.NotPossible."""
    row = locked(case)
    access.check_own(by, row)
    check_belongs(row, booking)
    answer = bookings.accept if accepts else bookings.decline
    answer(booking=booking, by=by, at=at, subject=row.id, where=dimensions(row, by=by))
    follow_clocks(row, by=by, at=at)
    return row


@transaction.atomic
def cancel_time(*, case: UUID, booking: UUID, by: Who, at: datetime) -> Case:
    """The resident gives up a time they had taken; the clocks run on. Giving it up twice changes nothing.

    Raises NotAllowed, NotPossible: the time has begun, or was not theirs to give up any more.
    """
    row = locked(case)
    access.check_own(by, row)
    check_belongs(row, booking)
    time = booking_queries.bookings([booking])[booking]
    if time.cancelled_by == "resident":
        return row
    if time.state != "made" or time.slot.starts_at <= at:
        raise rules.NotPossible("only a time that was taken and has not begun can be cancelled")
    bookings.cancel(booking=booking, by=by, at=at, subject=row.id, where=dimensions(row, by=by))
    people.end_relationship(subject=booking, ground="booking", at=at)
    follow_clocks(row, by=by, at=at)
    return row
