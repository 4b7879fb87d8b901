"""Reading times for pages."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from django.db.models import F, Min, Sum

from luotsi.domain.bookings import rules
from luotsi.domain.bookings.models import Booking, Slot

GROUP = "group"  # one place at one meeting is given to nobody: see actions.joining


@dataclass(frozen=True)
class FreeSlot:
    """A time that can still be given."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    unit: str
    profession: str
    mode: str
    staff_name: str


@dataclass(frozen=True)
class BookingView:
    """A booking as pages show it."""

    id: UUID
    slot: FreeSlot
    state: rules.BookingState
    offered_at: datetime
    cancelled_by: str

    @property
    def is_waiting_for_answer(self) -> bool:
        return self.state == "offered"


def free_slots(
    *,
    unit: str,
    after: datetime,
    before: datetime,
    professions: Collection[str] = (),
    mode: str = "",
    limit: int = 60,
) -> list[FreeSlot]:
    """Times with a place left in the unit, earliest first; `mode` visit, phone, remote or "" for any but a group's. One
    query.
    """
    rows = Slot.objects.filter(unit_id=unit, starts_at__gt=after, starts_at__lt=before, taken__lt=F("capacity"))
    rows = rows.filter(closed_at=None, staff__isnull=False).exclude(mode=GROUP)
    if professions:
        rows = rows.filter(profession__in=professions)
    if mode:
        rows = rows.filter(mode=mode)
    return [_slot(row) for row in rows.select_related("staff").order_by("starts_at", "id")[:limit]]


def slots(ids: Collection[UUID]) -> dict[UUID, FreeSlot]:
    """Times by id, taken or free. One query."""
    return {row.id: _slot(row) for row in Slot.objects.filter(id__in=ids).select_related("staff")}


def first_free(
    *, units: Collection[str], professions: Collection[str], after: datetime, before: datetime
) -> dict[tuple[str, str, str], datetime]:
    """When the first time with a place left is, by (unit, profession, mode). One query."""
    rows = Slot.objects.filter(
        unit_id__in=units,
        profession__in=professions,
        starts_at__gt=after,
        starts_at__lt=before,
        taken__lt=F("capacity"),
        closed_at=None,
    ).exclude(mode=GROUP)
    found = rows.order_by().values_list("unit_id", "profession", "mode").annotate(first=Min("starts_at"))
    return {(unit, profession, mode): first for unit, profession, mode, first in found}


@dataclass(frozen=True)
class Places:
    """How many places a profession's times have on a day, and how many of them can still be given."""

    profession: str
    all: int
    free: int


def places_on(units: Collection[str], *, after: datetime, before: datetime) -> list[Places]:
    """The places of times that begin after the one moment and before the other, by profession. One query."""
    rows = Slot.objects.filter(unit_id__in=units, starts_at__gte=after, starts_at__lt=before, closed_at=None)
    told = rows.order_by().values_list("profession").annotate(all=Sum("capacity"), taken=Sum("taken"))
    found = [Places(profession, every, every - taken) for profession, every, taken in told]
    return sorted(found, key=lambda one: one.profession)


def bookings(ids: Collection[UUID]) -> dict[UUID, BookingView]:
    """Bookings by id, in one query."""
    rows = Booking.objects.filter(id__in=ids).select_related("slot__staff")
    return {row.id: _booking(row) for row in rows}


def states(ids: Collection[UUID]) -> dict[UUID, rules.BookingState]:
    """Where each booking stands: all that a long list needs of them. One query."""
    rows = Booking.objects.filter(id__in=ids)
    names = [one.name for one in fields(rules.Moments)]
    return {booking: rules.booking_state(rules.Moments(*rest)) for booking, *rest in rows.values_list("id", *names)}


def _booking(row: Booking) -> BookingView:
    return BookingView(
        id=row.id,
        slot=_slot(row.slot),
        state=rules.booking_state(rules.moments_of(row)),
        offered_at=row.offered_at,
        cancelled_by=row.cancelled_by,
    )


def _slot(row: Slot) -> FreeSlot:
    return FreeSlot(
        id=row.id,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        unit=row.unit_id,
        profession=row.profession,
        mode=row.mode,
        staff_name=row.staff.name if row.staff else "",
    )
