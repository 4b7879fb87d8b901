"""Who came on a day that was given, who did not, and whose day ahead is given up."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from luotsi.base.who import Who
from luotsi.domain.bookings import access, rules
from luotsi.domain.bookings.actions.days import dimensions_of
from luotsi.domain.bookings.actions.telling import tell
from luotsi.domain.bookings.actions.visiting import NO_SHOW_REASONS, unmark
from luotsi.domain.bookings.events import BookingCancelled, VisitArrived, VisitMissed
from luotsi.domain.bookings.events.days import DaysGivenUp
from luotsi.domain.bookings.models import Booking, Slot
from luotsi.domain.bookings.queries.places import guest_at
from luotsi.domain.events import actions as events
from luotsi.domain.people import actions as people


@transaction.atomic
def mark(*, booking: UUID, what: str, reason: str = "", by: Who, at: datetime) -> Booking:
    """`what` is came, missed (with a `reason`) or freed. The same twice changes nothing.

    Raises NotAllowed, NotPossible (it is marked otherwise, or its time has not come), ValueError (no such word).
    """
    found, grant = guest_at(booking, viewer=by)
    access.check_days(by, found.resident_id, register=grant.register)
    if what not in {"came", "missed", "freed"} or (what == "missed" and reason not in NO_SHOW_REASONS):
        raise ValueError("say who came or did not come, and why")
    row = _locked(found)
    is_done = {"came": row.arrived_at, "missed": row.no_show_at, "freed": row.cancelled_at}[what]
    if is_done:
        return row
    if row.arrived_at or rules.booking_state(rules.moments_of(row)) != "made":
        raise rules.NotPossible("the day is marked already")
    if (row.slot.starts_at > at) != (what == "freed"):
        raise rules.NotPossible("a day ahead is given up; one that has begun is marked")
    _write(row, what, reason, by=by, at=at)
    fact = _fact(row, what, reason)
    where = dimensions_of(grant, row.offering)
    events.record(fact, by=by, at=at, subject=grant.id, resident=row.resident_id, where=where)
    return row


@transaction.atomic
def take_back(*, booking: UUID, what: str, reason: str, by: Who, at: datetime) -> Booking:
    """That they came, or did not come, was marked wrongly. Taking back what is not marked changes nothing.

    Raises NotAllowed, ValueError (no such mark or reason).
    """
    found, grant = guest_at(booking, viewer=by)
    access.check_days(by, found.resident_id, register=grant.register)
    mark: rules.Mark | None = {"came": "arrived", "missed": "missed"}.get(what)  # type: ignore[assignment]
    if mark is None:
        raise ValueError("say which mark was wrong")
    row = _locked(found)
    unmark(row, mark, reason, by=by, at=at, subject=grant.id, where=dimensions_of(grant, row.offering))
    return row


def _locked(found: Booking) -> Booking:
    list(Slot.objects.select_for_update().filter(id=found.slot_id).values_list("id", flat=True))
    return Booking.objects.select_for_update(of=("self",)).select_related("slot").get(id=found.id)


def _fact(row: Booking, what: str, reason: str) -> events.Fact:
    if what == "came":
        return VisitArrived(row.id)
    return (
        VisitMissed(row.id, reason)
        if what == "missed"
        else DaysGivenUp(row.series or row.id, row.offering, 1, "provider")
    )


def _write(row: Booking, what: str, reason: str, *, by: Who, at: datetime) -> None:
    came: dict[str, Any] = {"arrived_at": at}
    missed: dict[str, Any] = {"no_show_at": at, "no_show_reason": reason}
    freed: dict[str, Any] = {"cancelled_at": at, "cancelled_by": "provider"}
    changed = {"came": came, "missed": missed, "freed": freed}[what]
    Booking.objects.filter(id=row.id).update(**changed)
    if what == "freed":
        Slot.objects.filter(id=row.slot_id).update(taken=F("taken") - 1)
        people.end_relationship(subject=row.id, ground="booking", at=at)
        tell(row, BookingCancelled(row.id, row.slot.starts_at, "provider"), by=by, at=at)
