"""Free times of an offering over units and professionals: the earliest, the nearest, my own worker's first."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from luotsi.domain.bookings.definitions import Offering
from luotsi.domain.bookings.models import Booking, Slot

Order = Literal["earliest", "nearest", "own"]
AT_ONCE = 60


@dataclass(frozen=True)
class Found:
    """A time that can be booked. `is_own`: with a worker whom the resident has met or has a time with."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    unit: str
    profession: str
    staff: UUID | None
    staff_name: str
    is_own: bool = False


@dataclass(frozen=True)
class Wanted:
    """What is looked for. `near` are units in the order of nearness; `workers` those whom the resident knows."""

    offering: Offering
    after: datetime
    before: datetime
    reason: str = ""
    units: Sequence[str] = ()
    staff: UUID | None = None
    order: Order = "earliest"
    near: Sequence[str] = ()
    workers: Collection[UUID] = ()


def find(wanted: Wanted, *, limit: int = AT_ONCE) -> list[Found]:
    """Times with a place left, in the order asked. One query, by the index of free times of a unit."""
    rows = _free(wanted)
    if wanted.order == "own":
        mine = When(staff_id__in=list(wanted.workers), then=Value(0))
        rows = rows.annotate(place=Case(mine, default=Value(1), output_field=IntegerField()))
    elif wanted.order == "nearest":
        whens = [When(unit_id=unit, then=Value(place)) for place, unit in enumerate(wanted.near)]
        rows = rows.annotate(place=Case(*whens, default=Value(len(whens)), output_field=IntegerField()))
    else:
        rows = rows.annotate(place=Value(0, output_field=IntegerField()))
    rows = rows.order_by(*(["place"] if wanted.order != "earliest" else []), "starts_at", "id")
    columns = ("id", "starts_at", "ends_at", "unit_id", "profession", "staff_id", "staff__name")
    known = set(wanted.workers)
    names = ("id", "starts_at", "ends_at", "unit", "profession", "staff", "staff_name")
    found = [dict(zip(names, row, strict=True)) for row in rows.values_list(*columns)[:limit]]
    return [Found(**one | {"staff_name": one["staff_name"] or ""}, is_own=one["staff"] in known) for one in found]


def first_day(wanted: Wanted) -> datetime | None:
    """When the first time that suits begins; None when there is none."""
    return _free(wanted).order_by("starts_at").values_list("starts_at", flat=True).first()


def workers_known(residents: Collection[UUID]) -> frozenset[UUID]:
    """The workers with whom the person has or had a time. One query."""
    times = Booking.objects.filter(resident_id__in=residents, accepted_at__isnull=False, slot__staff__isnull=False)
    return frozenset(times.filter(cancelled_at=None).values_list("slot__staff_id", flat=True).distinct())


def _free(wanted: Wanted) -> QuerySet[Slot]:
    offering = wanted.offering
    units = [unit for unit in wanted.units or offering.units if unit in offering.units]
    rows = Slot.objects.filter(
        unit_id__in=units, starts_at__gt=wanted.after, starts_at__lt=wanted.before, taken__lt=F("capacity"),
        closed_at=None, mode=offering.mode, offering__in=offering.fits,
        ends_at__gte=F("starts_at") + timedelta(minutes=offering.minutes(wanted.reason)),
    )  # fmt: skip
    if offering.professions:
        rows = rows.filter(profession__in=offering.professions)
    return rows.filter(Q(staff_id=wanted.staff) if wanted.staff else Q())
