"""Free times of an offering over units and professionals: the earliest, the nearest, my own worker's first."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Least

from luotsi.base.now import in_helsinki
from luotsi.domain.bookings.definitions import Offering
from luotsi.domain.bookings.models import Booking, Slot
from luotsi.domain.bookings.rules import series
from luotsi.domain.bookings.rules.own import MOST_BETWEEN
from luotsi.domain.bookings.rules.waiting import PARTS

Order = Literal["earliest", "nearest", "own"]
AT_ONCE = 60
_AROUND = 400  # times looked at around one moment of a series; one's own worker's first


@dataclass(frozen=True)
class Found:
    """A time that can be booked. `is_own`: with a worker whom the resident has met or has a time with. `is_full`: only
    a worker may still give it, since the offering lets it be overbooked.
    """

    id: UUID
    starts_at: datetime
    ends_at: datetime
    unit: str
    profession: str
    staff: UUID | None
    staff_name: str
    is_own: bool = False
    is_full: bool = False


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
    with_overbooking: bool = False


def find(wanted: Wanted, *, limit: int = AT_ONCE) -> list[Found]:
    """Times with a place left, in the order asked. Each place in the order is read by the index until there are enough:
    one query for the earliest ones, two with one's own workers first, by nearness as many as units are looked at.
    """
    found: list[Found] = []
    for rows in _in_order(wanted):
        ordered = rows.order_by("starts_at", "id").values_list(*_COLUMNS)[: limit - len(found)]
        found += [_found(*row, known=set(wanted.workers)) for row in ordered]
        if len(found) >= limit:
            break
    return found


def _in_order(wanted: Wanted) -> Iterator[QuerySet[Slot]]:
    """The free times in parts: those of the first part come before those of the next."""
    free = _free(wanted)
    if wanted.order == "own" and wanted.workers:
        yield free.filter(staff_id__in=list(wanted.workers))
        yield free.exclude(staff_id__in=list(wanted.workers))
    elif wanted.order == "nearest" and wanted.near:
        for unit in [one for one in wanted.near if one in _units(wanted)]:
            yield free.filter(unit_id=unit)
    else:
        yield free


_COLUMNS = (
    "id", "starts_at", "ends_at", "unit_id", "profession", "staff_id", "staff__name", "capacity", "taken",
)  # fmt: skip


def _found(
    slot: UUID, starts: datetime, ends: datetime, unit: str, profession: str, staff: UUID | None, name: str | None,
    capacity: int, taken: int, *, known: Collection[UUID],
) -> Found:  # fmt: skip
    return Found(slot, starts, ends, unit, profession, staff, name or "", staff in known, taken >= capacity)


def rounds(wanted: Wanted, *, number: int, every_days: int, part: str = "") -> list[list[Found]]:
    """For a series of so many times: those from `after` on, and around the same moment of each next round. A query for
    each, of which there are not many. `part` of the day: a key of rules.waiting.PARTS, for the first one.
    """
    begins, ends = PARTS.get(part, (0, 24))
    first = [one for one in find(wanted, limit=_AROUND) if begins <= in_helsinki(one.starts_at).hour < ends]
    if not first:
        return []
    found, staff = [first], first[0].staff
    for count in range(1, number):
        moment = series.target(first[0].starts_at, count, every_days=every_days)
        around = replace(
            wanted, after=moment - series.AROUND, before=moment + series.AROUND, order="own",
            workers=[staff] if staff else (),
        )  # fmt: skip
        found.append(find(around, limit=_AROUND))
    return found


def joined(steps: Sequence[Wanted], *, limit: int = 8) -> list[tuple[Found, ...]]:
    """One visit with several steps: free times in one unit that follow each other, in the order of the steps. A query
    for each step.
    """
    free = [find(one, limit=_AROUND) for one in steps]
    chains: list[tuple[Found, ...]] = [(one,) for one in free[0]]
    for later in free[1:]:
        chains = [(*chain, after) for chain in chains if (after := _next(chain[-1], later))]
    return chains[:limit]


def _next(before: Found, free: Sequence[Found]) -> Found | None:
    """The first free time that can follow in the same place."""
    until = before.ends_at + MOST_BETWEEN
    fitting = (one for one in free if one.unit == before.unit and before.ends_at <= one.starts_at <= until)
    return min(fitting, key=lambda one: (one.starts_at, str(one.id)), default=None)


def first_day(wanted: Wanted) -> datetime | None:
    """When the first time that suits begins; None when there is none."""
    return _free(wanted).order_by("starts_at").values_list("starts_at", flat=True).first()


def workers_known(residents: Collection[UUID]) -> frozenset[UUID]:
    """The workers with whom the person has or had a time. One query."""
    times = Booking.objects.filter(resident_id__in=residents, accepted_at__isnull=False, slot__staff__isnull=False)
    return frozenset(times.filter(cancelled_at=None).values_list("slot__staff_id", flat=True).distinct())


def _free(wanted: Wanted) -> QuerySet[Slot]:
    offering = wanted.offering
    more = offering.overbook if wanted.with_overbooking else 0
    rows = Slot.objects.filter(
        unit_id__in=_units(wanted), starts_at__gt=wanted.after, starts_at__lt=wanted.before, closed_at=None,
        taken__lt=F("capacity") + Least(F("overbook"), more) if more else F("capacity"), mode=offering.mode,
        offering__in=offering.fits,
        ends_at__gte=F("starts_at") + timedelta(minutes=offering.minutes(wanted.reason)),
    )  # fmt: skip
    if offering.professions:
        rows = rows.filter(profession__in=offering.professions)
    return rows.filter(Q(staff_id=wanted.staff) if wanted.staff else Q())


def _units(wanted: Wanted) -> list[str]:
    return [unit for unit in wanted.units or wanted.offering.units if unit in wanted.offering.units]
