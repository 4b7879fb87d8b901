"""A visit of several steps is moved and given up as it was booked: all of it, or nothing changes.

Locks are taken as everywhere: every time, old and new, by ascending id, then rooms and things, then the person.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from luotsi.base.who import Who
from luotsi.domain.bookings import access, rules
from luotsi.domain.bookings.actions.confirming import MOVED, check_may_change, locked
from luotsi.domain.bookings.actions.joining import lock_slots
from luotsi.domain.bookings.actions.keeping import (
    check_adjacent,
    check_fits,
    check_free_for,
    keys_of,
    lock_person,
    take,
    together,
)
from luotsi.domain.bookings.actions.resources import release_resources, use_all
from luotsi.domain.bookings.actions.telling import relate_worker, tell
from luotsi.domain.bookings.definitions import Offering, offerings
from luotsi.domain.bookings.events import BookingCancelled, BookingMoved
from luotsi.domain.bookings.models import Booking, Slot
from luotsi.domain.bookings.queries.own import visit_of
from luotsi.domain.people import actions as people


@transaction.atomic
def give_up_visit(*, booking: UUID, by: Who, at: datetime, subject: UUID | None = None) -> tuple[Booking, ...]:
    """Cancel every step of the visit that stands. Cancelling twice changes nothing.

    Raises NotAllowed, NotPossible, NotBookable.
    """
    rows = _steps(booking, by)
    if not rows:
        return ()
    _check_all(rows, "cancel", by=by, at=at)
    who = "resident" if by.is_resident else "provider"
    _over(rows, by_whom=who, at=at)
    for row in rows:
        tell(row, BookingCancelled(booking=row.id, starts_at=row.slot.starts_at, by=who), by=by, at=at, subject=subject)
    return rows


@transaction.atomic
def move_visit(
    *, booking: UUID, slots: Sequence[UUID], key: UUID, by: Who, at: datetime, subject: UUID | None = None
) -> tuple[Booking, ...]:  # fmt: skip
    """Exchange all steps of the visit for these times, in their order. The same `key` again answers the same ones.

    Raises NotAllowed, NotPossible (it is no visit of so many steps any more), NotBookable, SlotsTaken.
    """
    old = Booking.objects.get(id=booking)
    access.check_for(by, old.resident_id)
    keys = keys_of(key, len(slots))
    if earlier := _booked_by(old.resident_id, keys):
        return earlier
    lock_slots([*slots, *together(old).values_list("slot_id", flat=True)])
    rows = _steps(booking, by)
    if not rows or len(rows) != len(slots):
        raise rules.NotPossible("the steps of the visit have changed")
    _check_all(rows, "move", by=by, at=at)
    known = [offerings().get(row.offering) for row in rows]
    overbook = min((one.overbook for one in known if one), default=0)
    new = _instead(rows, take(slots, at=at, by=by, overbook=overbook), known, keys, by=by, at=at)
    for row, was in zip(new, rows, strict=True):
        relate_worker(row, at)
        fact = BookingMoved(booking=row.id, was=was.id, starts_at=row.slot.starts_at, mode=row.slot.mode)
        tell(row, fact, by=by, at=at, subject=subject)
    return new


def _instead(
    rows: Sequence[Booking], slots: Sequence[Slot], known: Sequence[Offering | None], keys: Sequence[UUID], *, by: Who,
    at: datetime,
) -> tuple[Booking, ...]:  # fmt: skip
    """The new steps stand and the old ones are over; what cannot be undoes all of it."""
    check_adjacent(slots)
    for slot, row, definition in zip(slots, rows, known, strict=True):
        if definition:
            check_fits([slot], definition, reason=row.reason, by=by, at=at)
    new = tuple(
        Booking(
            slot=slot, resident_id=row.resident_id, key=own_key, offering=row.offering, reason=row.reason,
            series=keys[0], moved_from=row, made_by_id=by.id if by.is_staff else None, offered_at=at, accepted_at=at,
        )
        for slot, row, own_key in zip(slots, rows, keys, strict=True)
    )  # fmt: skip
    _over(rows, by_whom=MOVED, at=at)
    use_all([(one.slot, one.id, kind.needs if kind else ()) for one, kind in zip(new, known, strict=True)])
    lock_person(rows[0].resident_id)
    check_free_for(rows[0].resident_id, new, at=at)
    Booking.objects.bulk_create(new)
    return new


def _steps(booking: UUID, by: Who) -> tuple[Booking, ...]:
    """The steps that stand, their times and rows locked, in their order."""
    every = locked(booking, by)
    ids = set(visit_of(booking))
    return tuple(row for row in every if row.id in ids)


def _check_all(rows: Sequence[Booking], step: str, *, by: Who, at: datetime) -> None:
    for row in rows:
        rules.check_can(step, rules.booking_state(rules.moments_of(row)))
        check_may_change(row, by=by, at=at)


def _over(rows: Sequence[Booking], *, by_whom: str, at: datetime) -> None:
    ids = [row.id for row in rows]
    Booking.objects.filter(id__in=ids).update(cancelled_at=at, cancelled_by=by_whom)
    release_resources(ids)
    for row in rows:
        Slot.objects.filter(id=row.slot_id).update(taken=F("taken") - 1)
        people.end_relationship(subject=row.id, ground="booking", at=at)


def _booked_by(resident: UUID, keys: Sequence[UUID]) -> tuple[Booking, ...]:
    rows = Booking.objects.filter(resident_id=resident, key__in=keys).select_related("slot__staff")
    return tuple(sorted(rows, key=lambda row: keys.index(row.key)))
