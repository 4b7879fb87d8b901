"""Signing up for a group and leaving it: a place at every meeting that is still ahead, all or none.

Locks are taken as everywhere: the meetings by ascending id, then the person.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet

from luotsi.base.who import Who
from luotsi.domain.bookings import access
from luotsi.domain.bookings.actions.keeping import check_fits, check_free_for, keys_of, lock_person, take
from luotsi.domain.bookings.actions.resources import release_resources
from luotsi.domain.bookings.actions.telling import tell
from luotsi.domain.bookings.definitions import Offering, offerings
from luotsi.domain.bookings.events import BookingCancelled, BookingMade
from luotsi.domain.bookings.models import Booking, Group, Slot
from luotsi.domain.bookings.rules import own
from luotsi.domain.bookings.rules.groups import Meeting, SignUpShut, joinable
from luotsi.domain.people import actions as people

LEFT = "left_group"


class _Already(Exception):
    """The same person has signed up at the same moment: what was taken for it the second time goes back."""


def join(
    *, group: UUID, resident: UUID, key: UUID, booker: own.Booker, by: Who, at: datetime, subject: UUID | None = None
) -> tuple[Booking, ...]:
    """A place at every meeting ahead. Whoever is in already stays in; the same `key` again changes nothing.

    Raises NotAllowed, Group.DoesNotExist, SignUpShut, SlotsTaken (full), rules.own.NotBookable.
    """
    row = Group.objects.select_related("plan").get(plan=group)
    access.check_for(by, resident, register=access.register_of(row.plan.unit_id))
    if earlier := places_of(group, resident, at=at):
        return earlier
    slots = slots_ahead(row, at=at, lead=timedelta(0) if by.is_staff else None)
    try:
        with transaction.atomic():
            return _take_places(row, slots, resident=resident, key=key, booker=booker, by=by, at=at, subject=subject)
    except _Already:
        return places_of(group, resident, at=at)


@transaction.atomic
def leave(
    *, group: UUID, resident: UUID, by: Who, at: datetime, subject: UUID | None = None
) -> tuple[Booking, ...]:  # fmt: skip
    """Give up the meetings that have not begun; those of the past stay. Leaving twice changes nothing.

    Raises NotAllowed, Group.DoesNotExist.
    """
    unit = Group.objects.values_list("plan__unit_id", flat=True).get(plan=group)
    access.check_for(by, resident, register=access.register_of(unit))
    found = _ahead(group, resident, at)
    lock_slots(found.values_list("slot_id", flat=True))
    rows = tuple(found.select_for_update(of=("self",)).select_related("slot__staff"))
    who = "resident" if by.is_resident else "provider"
    give_up_places(rows, by_whom=who, reason=LEFT, by=by, at=at, subjects={row.id: subject for row in rows})
    return rows


def slots_ahead(group: Group, *, at: datetime, lead: timedelta | None = None) -> list[Slot]:
    """The meetings for which one can still sign up: those that begin after `lead`, by default the offering's. Raises
    SignUpShut when there are none.
    """
    definition = offerings().get(group.offering)
    if definition is None or definition.drop_in or group.cancelled_at or group.ended_at:
        raise SignUpShut
    rows = list(Slot.objects.filter(plan=group.plan, closed_at=None).order_by("starts_at", "id"))
    lead = timedelta(hours=definition.lead_hours) if lead is None else lead
    open_ones = joinable([meeting_of(row) for row in rows], at=at, lead=lead)
    if not open_ones:
        raise SignUpShut
    return [row for row in rows if row.starts_at >= open_ones[0].starts_at]


def places_of(group: UUID, resident: UUID, *, at: datetime) -> tuple[Booking, ...]:
    """The places that the person has at meetings that have not begun. For actions: nobody's right is asked here."""
    return tuple(_ahead(group, resident, at).select_related("slot__staff"))


def places_at(meeting: UUID) -> tuple[Slot | None, tuple[UUID, ...]]:
    """The group's meeting, its row locked, and the places in force at it; None where there is no such meeting. For
    actions: nobody's right is asked here.
    """
    lock_slots([meeting])
    slot = Slot.objects.filter(id=meeting, plan__group__isnull=False).first()
    rows = Booking.objects.filter(slot=meeting, accepted_at__isnull=False, cancelled_at=None, held_at=None)
    return slot, tuple(rows.filter(no_show_at=None).values_list("id", flat=True))


def meeting_of(slot: Slot) -> Meeting:
    return Meeting(slot.starts_at, slot.ends_at, slot.capacity, slot.taken, is_held=slot.closed_at is None)


def give_up_places(
    rows: Sequence[Booking], *, by_whom: str, reason: str, by: Who, at: datetime, subjects: dict[UUID, UUID | None]
) -> None:  # fmt: skip
    """These bookings are over, their places free. The rows of their times are locked already."""
    Booking.objects.filter(id__in=[row.id for row in rows]).update(
        cancelled_at=at, cancelled_by=by_whom, cancel_reason=reason
    )
    release_resources([row.id for row in rows])
    for row in rows:
        Slot.objects.filter(id=row.slot_id).update(taken=F("taken") - 1)
        people.end_relationship(subject=row.id, ground="booking", at=at)
        fact = BookingCancelled(booking=row.id, starts_at=row.slot.starts_at, by=by_whom)
        tell(row, fact, by=by, at=at, subject=subjects.get(row.id))
    for series in {row.series for row in rows if row.series}:
        people.end_relationship(subject=series, ground="booking", at=at)


def lock_slots(slots: Collection[UUID]) -> None:
    list(Slot.objects.select_for_update().filter(id__in=list(slots)).order_by("id").values_list("id", flat=True))


def _take_places(
    group: Group, slots: Sequence[Slot], *, resident: UUID, key: UUID, booker: own.Booker, by: Who, at: datetime,
    subject: UUID | None,
) -> tuple[Booking, ...]:  # fmt: skip
    definition = offerings()[group.offering]
    rows = take([one.id for one in slots], at=at, by=by, overbook=definition.overbook)
    check_fits(rows[:1], definition, reason="", by=by, at=at)
    taken = tuple(
        Booking(
            slot=slot, resident_id=resident, key=own_key, offering=definition.key, series=key,
            made_by_id=by.id if by.is_staff else None, offered_at=at, accepted_at=at,
        )
        for slot, own_key in zip(rows, keys_of(key, len(rows)), strict=True)
    )  # fmt: skip
    _check_person(group, resident, taken, definition, booker, at)
    Booking.objects.bulk_create(taken)
    _relate(taken)
    for row in taken:
        fact = BookingMade(booking=row.id, starts_at=row.slot.starts_at, mode=row.slot.mode)
        tell(row, fact, by=by, at=at, subject=subject)
    return taken


def _check_person(
    group: Group, resident: UUID, taken: Sequence[Booking], definition: Offering, booker: own.Booker, at: datetime
) -> None:
    """What depends on the person's other times, asked when nobody else can book for them any more."""
    lock_person(resident)
    known = Booking.objects.filter(resident_id=resident, key__in=[row.key for row in taken])
    if places_of(group.pk, resident, at=at) or known.exists():
        raise _Already
    check_free_for(resident, taken, at=at)
    others = Booking.objects.filter(resident_id=resident, offering=definition.key, slot__starts_at__gt=at)
    others = others.filter(cancelled_at=None, declined_at=None).exclude(accepted_at=None, hold_until__lte=at)
    has_ahead = others.values("series").distinct().count()
    own.check_who(definition.who, booker)
    own.check_limit(definition.per_person, replace(booker, has_ahead=has_ahead))


def _relate(taken: Sequence[Booking]) -> None:
    """The leader may see who comes: from now until the last meeting, and as long after it as is needed to write."""
    first, last = taken[0], taken[-1]
    people.relate(
        resident=first.resident_id, staff=first.slot.staff_id, register=access.register_of(first.slot.unit_id),
        ground="booking", subject=first.series, at=first.offered_at, until=last.slot.ends_at,
    )  # fmt: skip


def _ahead(group: UUID, resident: UUID, at: datetime) -> QuerySet[Booking]:
    rows = Booking.objects.filter(resident_id=resident, slot__plan=group, slot__starts_at__gt=at)
    rows = rows.filter(accepted_at__isnull=False, cancelled_at=None, declined_at=None, held_at=None, no_show_at=None)
    return rows.order_by("slot__starts_at", "id")
