"""The times of one resident, whoever gave them. A noun above says which of them the viewer may see."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from luotsi.domain.bookings import rules
from luotsi.domain.bookings.definitions.days import day_offerings
from luotsi.domain.bookings.models import Booking, SlotOffer, WaitingEntry
from luotsi.domain.bookings.rules.clearing import Standing, standing
from luotsi.domain.bookings.rules.own import Span, StepTime, one_visit


@dataclass(frozen=True)
class TimeRow:
    """A booking with its time. `kept_until` while it waits to be confirmed; `stop` where a vehicle stops for it."""

    id: UUID
    resident: UUID
    state: rules.BookingState
    starts_at: datetime
    ends_at: datetime
    unit: str
    profession: str
    mode: str
    staff_name: str
    offering: str
    reason: str
    kept_until: datetime | None
    cancelled_by: str
    series: UUID | None
    cancel_reason: str = ""
    stop: str = ""


def times_of(
    residents: Collection[UUID], *, at: datetime, is_past: bool = False, only: UUID | None = None, limit: int = 100
) -> list[TimeRow]:
    """The times of these ids of one person: those ahead, or what is over. One query."""
    rows = Booking.objects.filter(resident_id__in=list(residents)).select_related("slot__staff", "slot__plan")
    if only:
        rows = rows.filter(id=only)
    else:
        lapsed = Q(hold_until__lte=at, accepted_at=None) | Q(cancelled_by__in=("lapse", "move"))
        given_up = Q(cancelled_at__isnull=False) | Q(declined_at__isnull=False)
        over = given_up | Q(slot__ends_at__lte=at)
        rows = rows.exclude(offering__in=day_offerings(), series__isnull=False)  # a stay is told whole, with its days
        rows = rows.exclude(lapsed).filter(over) if is_past else rows.exclude(lapsed).exclude(over)
    ordered = rows.order_by("-slot__starts_at" if is_past else "slot__starts_at", "id")
    return [_row(row) for row in ordered[:limit]]


def offerings_of(booking: UUID, *, residents: Collection[UUID]) -> list[str]:
    """The offering of a time of these ids, then those of the other steps of its visit; none when it is not theirs."""
    whole = Booking.objects.filter(id=booking, series__isnull=False).values("series")
    rows = Booking.objects.filter(Q(id=booking) | Q(series__in=whole), resident_id__in=list(residents))
    found = dict(rows.order_by("slot__starts_at").values_list("id", "offering"))
    return [found.pop(booking), *found.values()] if booking in found else []


def series_of(booking: UUID) -> UUID | None:
    """With which times it was booked as one; None when it was booked alone."""
    return Booking.objects.filter(id=booking).values_list("series", flat=True).first()


def visit_of(booking: UUID) -> tuple[UUID, ...]:
    """The times that make one visit with this and stand as it does, in their order: this alone, or every step. Empty
    for one that is given up. Nobody's right is asked: whoever calls has read the booking.
    """
    this = Booking.objects.filter(id=booking, cancelled_at=None, declined_at=None).first()
    if this is None or this.series is None:
        return (booking,) if this else ()
    same = Booking.objects.filter(series=this.series, resident=this.resident_id, cancelled_at=None, declined_at=None)
    same = same.filter(accepted_at__isnull=this.accepted_at is None, held_at=None, no_show_at=None)
    rows = same.exclude(slot__mode__in=("group", *_DAYS)).select_related("slot")
    placed = [StepTime(row.id, row.slot.unit_id, Span(row.slot.starts_at, row.slot.ends_at)) for row in rows]
    return tuple(one.id for one in one_visit(booking, placed))


def times_by_id(residents: Collection[UUID], ids: Collection[UUID]) -> list[TimeRow]:
    """These times of one person, in their order. One query."""
    rows = Booking.objects.filter(resident_id__in=list(residents), id__in=list(ids))
    return [_row(row) for row in rows.select_related("slot__staff", "slot__plan").order_by("slot__starts_at", "id")]


def steps_at(ids: Collection[UUID]) -> list[TimeRow]:
    """As times_by_id, of times that whoever calls has read one of. One query."""
    rows = Booking.objects.filter(id__in=list(ids)).select_related("slot__staff", "slot__plan")
    return [_row(row) for row in rows.order_by("slot__starts_at", "id")]


_DAYS = ("bed_days", "day_place")


def _row(row: Booking) -> TimeRow:
    slot = row.slot
    return TimeRow(
        id=row.id, resident=row.resident_id, state=rules.booking_state(rules.moments_of(row)),
        starts_at=slot.starts_at, ends_at=slot.ends_at, unit=slot.unit_id, profession=slot.profession, mode=slot.mode,
        staff_name=slot.staff.name if slot.staff else "", offering=row.offering, reason=row.reason,
        kept_until=row.hold_until if row.accepted_at is None else None, cancelled_by=row.cancelled_by,
        series=row.series, cancel_reason=row.cancel_reason, stop=slot.plan.stop if slot.plan else "",
    )  # fmt: skip


@dataclass(frozen=True)
class OfferRow:
    """A freed time on offer, and until when it waits for an answer."""

    id: UUID
    starts_at: datetime
    unit: str
    profession: str
    answer_by: datetime
    stop: str = ""


@dataclass(frozen=True)
class WaitingRow:
    """An open entry of the waiting list. `offer` waits for an answer."""

    id: UUID
    resident: UUID
    subject: UUID | None
    offering: str
    units: tuple[str, ...]
    entered_at: datetime
    due_at: datetime | None
    offer: OfferRow | None
    standing: Standing
    is_invited: bool
    cohort: str
    stops: tuple[str, ...] = ()


def waiting_of(residents: Collection[UUID], *, at: datetime) -> list[WaitingRow]:
    """What these ids of one person are waiting for. One query, two when there is something."""
    rows = list(
        WaitingEntry.objects.filter(resident_id__in=list(residents), closed_at=None)
        .select_related("recall")
        .order_by("entered_at")
    )
    if not rows:
        return []
    offered = SlotOffer.objects.filter(entry__in=rows, answered_at=None, answer_by__gt=at).select_related("slot__plan")
    offers = {
        one.entry_id: OfferRow(
            one.id,
            one.slot.starts_at,
            one.slot.unit_id,
            one.slot.profession,
            one.answer_by,
            one.slot.plan.stop if one.slot.plan else "",
        )
        for one in offered
    }
    return [
        WaitingRow(
            row.id, row.resident_id, row.subject, row.offering, tuple(row.units), row.entered_at, row.due_at,
            offers.get(row.id),
            standing(asked_at=row.asked_at, needed_at=row.needed_at, is_offered=row.id in offers, at=at),
            row.is_invited, row.recall.cohort if row.recall else "", tuple(row.wishes.get("stops", ())),
        )
        for row in rows
    ]  # fmt: skip
