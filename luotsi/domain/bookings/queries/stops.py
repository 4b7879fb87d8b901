"""Where a vehicle stops and when, for everybody; and one day at a stop for those who work on board."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum

from luotsi.base.dates import start_of
from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.bookings import rules
from luotsi.domain.bookings.access import register_of
from luotsi.domain.bookings.definitions import Offering
from luotsi.domain.bookings.models import Booking, HeadCount, Slot
from luotsi.domain.events import actions as events
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.organisation.rules import NotAllowed, check_may
from luotsi.domain.people import access as people_access
from luotsi.domain.people import queries as people

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class StopDay:
    """A day on which a vehicle stands at a stop, from when to when, with how many free places of how many."""

    stop: str
    day: date
    starts_at: datetime
    ends_at: datetime
    free: int
    places: int
    offerings: tuple[str, ...]
    workers: tuple[str, ...]


def stop_days(
    *, after: datetime, before: datetime, stops: Collection[str] = (), units: Collection[str] = ()
) -> list[StopDay]:
    """The days on which a vehicle stops somewhere, in their order. One query. Nobody's data."""
    rows = _on_the_road(after, before)
    rows = rows.filter(plan__stop__in=stops) if stops else rows
    rows = rows.filter(unit__in=units) if units else rows
    found: dict[tuple[date, str], list[Slot]] = defaultdict(list)
    for row in rows.select_related("staff", "plan").order_by("starts_at", "id"):
        found[local_day(row.starts_at), row.plan.stop].append(row)
    days = [_stop_day(stop, day, slots) for (day, stop), slots in found.items()]
    return sorted(days, key=lambda one: (one.starts_at, one.stop))


@dataclass(frozen=True)
class StopTime:
    """A free time at a stop."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    staff_name: str


def free_at(stop: str, day: date, *, offering: Offering, reason: str, asked: datetime) -> list[StopTime]:
    """The times at the stop on that day that somebody who asks now may book. One query."""
    rows = _on_the_road(start_of(day), start_of(day + _DAY)).filter(
        plan__stop=stop, taken__lt=F("capacity"), offering__in=offering.fits, unit__in=offering.units,
        ends_at__gte=F("starts_at") + timedelta(minutes=offering.minutes(reason)),
    )  # fmt: skip
    found = rows.select_related("staff").order_by("starts_at", "id")
    return [
        StopTime(row.id, row.starts_at, row.ends_at, row.staff.name if row.staff else "")
        for row in found
        if offering.can_book(row.starts_at, asked=asked)
    ]


@dataclass(frozen=True)
class Comer:
    """Who has a time. `name` is "" where the viewer has nothing to do with them."""

    booking: UUID
    name: str
    reason: str
    state: rules.BookingState
    is_here: bool


@dataclass(frozen=True)
class TimeAtStop:
    """One time of a worker on board, with who comes. `is_taken`: somebody comes whom the viewer is not told of."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    offering: str
    is_taken: bool
    comer: Comer | None


@dataclass(frozen=True)
class OnBoard:
    """One worker's day at a stop. `counts_at` is the time for which those without one are counted."""

    staff: UUID
    name: str
    profession: str
    unit: str
    times: tuple[TimeAtStop, ...]
    counts_at: UUID
    heads: int | None


def day_at(stop: str, day: date, *, viewer: Who) -> list[OnBoard]:
    """The day at the stop as those of the viewer's units work it; whom they are told of is logged.

    Five queries. Raises NotAllowed: not on a vehicle, or none of theirs stops there that day.
    """
    check_may(viewer, "calendar.read")
    rows = _on_the_road(start_of(day), start_of(day + _DAY)).filter(plan__stop=stop, unit__in=list(viewer.units))
    slots = list(rows.select_related("staff").order_by("staff__name", "staff_id", "starts_at", "id"))
    if not slots:
        raise NotAllowed("no such stop of theirs")
    heads = dict(HeadCount.objects.filter(slot__in=slots).values_list("slot_id", "people"))
    comers = _comers(slots, viewer)
    by_worker: dict[UUID, list[Slot]] = defaultdict(list)
    for slot in slots:
        by_worker[slot.staff_id].append(slot)
    return [_on_board(own, comers, heads) for own in by_worker.values()]


@dataclass(frozen=True)
class StopFigures:
    """What came of the stops of one village: days, times, how many were booked and held, how many came without one."""

    stop: str
    days: int
    places: int
    booked: int
    held: int
    missed: int
    heads: int


def figures_by_stop(*, after: datetime, before: datetime, viewer: Who) -> list[StopFigures]:
    """By village what the viewer's units did there between the two moments. Four queries, nobody's name."""
    check_may(viewer, "calendar.read")
    rows = _on_the_road(after, before).filter(unit__in=list(viewer.units))
    told = {stop: (places, booked) for stop, places, booked in _sums(rows)}
    heads = dict(rows.order_by().values_list("plan__stop").annotate(heads=Sum("heads__people")))
    days: dict[str, set[date]] = defaultdict(set)
    for stop, starts_at in rows.values_list("plan__stop", "starts_at"):
        days[stop].add(local_day(starts_at))
    with as_system():  # numbers only, also of those whom the viewer is not told of
        came = Booking.objects.filter(slot__in=rows).order_by().values("slot__plan__stop")
        counted = came.annotate(
            held=Count("id", Q(held_at__isnull=False)), missed=Count("id", Q(no_show_at__isnull=False))
        )
        visits = {one["slot__plan__stop"]: (one["held"], one["missed"]) for one in counted}
    return [
        StopFigures(stop, len(days[stop]), *told[stop], *visits.get(stop, (0, 0)), heads.get(stop) or 0)
        for stop in sorted(told)
    ]


def _on_the_road(after: datetime, before: datetime) -> "QuerySet[Slot]":
    rows = Slot.objects.filter(plan__stop__gt="", starts_at__gte=after, starts_at__lt=before)
    return rows.filter(Q(closed_at=None) | Q(taken__gt=0))


def _sums(rows: "QuerySet[Slot]") -> Iterable[tuple[str, int, int]]:
    return rows.order_by().values_list("plan__stop").annotate(places=Sum("capacity"), booked=Sum("taken"))


def _stop_day(stop: str, day: date, slots: list[Slot]) -> StopDay:
    return StopDay(
        stop=stop,
        day=day,
        starts_at=min(slot.starts_at for slot in slots),
        ends_at=max(slot.ends_at for slot in slots),
        free=sum(max(slot.capacity - slot.taken, 0) for slot in slots if slot.closed_at is None),
        places=sum(slot.capacity for slot in slots),
        offerings=tuple(dict.fromkeys(slot.offering for slot in slots)),
        workers=tuple(dict.fromkeys(slot.staff.name for slot in slots if slot.staff)),
    )


def _comers(slots: list[Slot], viewer: Who) -> dict[UUID, Comer]:
    """By time who comes, of those with whom the viewer has to do."""
    rows = Booking.objects.filter(slot__in=slots, accepted_at__isnull=False, cancelled_at=None, declined_at=None)
    booked = list(rows.order_by("accepted_at", "id"))
    grounds = people_access.grounds_of(viewer, {row.resident_id for row in booked})
    registers = {slot.id: register_of(slot.unit_id) for slot in slots}
    mine = [row for row in booked if (row.resident_id, registers[row.slot_id]) in grounds]
    persons = people.persons({row.resident_id for row in mine})
    for row in mine:
        register = registers[row.slot_id]
        ground = grounds[row.resident_id, register]
        events.saw(viewer, residents=[row.resident_id], what="list", register=register, ground=ground)
    return {
        row.slot_id: Comer(
            row.id, persons[row.resident_id].name, row.reason, rules.booking_state(rules.moments_of(row)),
            row.arrived_at is not None,
        )
        for row in mine
    }  # fmt: skip


def _on_board(slots: list[Slot], comers: dict[UUID, Comer], heads: dict[UUID, int]) -> OnBoard:
    first = slots[0]
    times = tuple(
        TimeAtStop(one.id, one.starts_at, one.ends_at, one.offering, one.taken > 0, comers.get(one.id)) for one in slots
    )
    counts_at = next((one.id for one in slots if one.closed_at is None), first.id)
    return OnBoard(
        first.staff_id, first.staff.name, first.profession, first.unit_id, times, counts_at, heads.get(counts_at)
    )
