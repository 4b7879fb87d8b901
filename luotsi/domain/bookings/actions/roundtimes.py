"""The laid rounds become times in the workers' calendars, and the residents hear of what changed. All or nothing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.db.models import F

from luotsi.base.ids import new_id
from luotsi.base.who import Who
from luotsi.domain.bookings.actions import confirming, keeping
from luotsi.domain.bookings.actions.giving import SlotTaken, open_slots
from luotsi.domain.bookings.actions.homevisits import check_plans_rounds
from luotsi.domain.bookings.definitions.homerounds import HomeRounds
from luotsi.domain.bookings.events.rounds import RoundsGiven
from luotsi.domain.bookings.models import Booking, HomeVisit, Slot
from luotsi.domain.bookings.queries import roundsday
from luotsi.domain.bookings.queries.roundsday import has_begun
from luotsi.domain.bookings.rules.own import KEPT, Booker, NotBookable
from luotsi.domain.events import actions as events
from luotsi.domain.events.actions.system import as_system

_REASON = "rounds"
_SPACE = UUID("0d3c0000-0000-4000-9000-00000000bed0")  # one subject for each unit's day


class NotGiven(Exception):
    """A worker has another time at that moment, or the resident has: nothing was given. Plan the day again."""


@dataclass(frozen=True)
class Given:
    """How many times were given, how many were moved so far that it is told, moved a little, and given up."""

    given: int = 0
    moved: int = 0
    shifted: int = 0
    cancelled: int = 0


def give_times(*, unit: str, day: date, by: Who, at: datetime) -> Given:
    """Each laid visit gets its time; one that was given another time moves there. Once more changes nothing.

    A time that found no place any more is given up and the resident told. Raises NotAllowed, NotGiven.
    """
    rounds = check_plans_rounds(by, unit)
    try:
        with transaction.atomic(), as_system():
            done = _give(rounds, day, by=by, at=at)
            fact = RoundsGiven(day, done.given, done.moved, done.cancelled)
            if done != Given():
                events.record(fact, by=by, at=at, subject=uuid5(_SPACE, f"{unit} {day}"), where=_where(unit))
            return done
    except (IntegrityError, SlotTaken, NotBookable) as error:
        raise NotGiven(str(error)) from error


def _give(rounds: HomeRounds, day: date, *, by: Who, at: datetime) -> Given:
    rows = roundsday.needed(rounds.unit, day).order_by("resident_id", "id")
    rows = list(rows.select_for_update(of=("self",)).select_related("booking__slot"))
    changed = [row for row in rows if not has_begun(row, at=at) and _differs(row) and not _is_past(row, at)]
    _close([row.booking.slot_id for row in changed if _stands(row.booking)], at=at)
    professions = roundsday.load(rounds, day, at=at).professions
    told = timedelta(minutes=rounds.tell_minutes)
    counts = {"given": 0, "moved": 0, "shifted": 0, "cancelled": 0}
    for row in changed:
        before = row.booking if _stands(row.booking) else None
        if row.staff_id is None or row.starts_at is None:
            confirming.give_up(booking=row.booking_id, by=by, at=at, reason=_REASON)
            counts["cancelled"] += 1
            continue
        slot = _slot(row, rounds, professions)
        if before is None:
            _make(row, slot, by=by, at=at)
            counts["given"] += 1
        elif row.staff_id == before.slot.staff_id and abs(row.starts_at - before.slot.starts_at) < told:
            _shift(before, slot, by=by, at=at)
            counts["shifted"] += 1
        else:
            _move(row, before, slot, by=by, at=at)
            counts["moved"] += 1
    return Given(**counts)


def _make(row: HomeVisit, slot: UUID, *, by: Who, at: datetime) -> None:
    (kept,) = keeping.keep(
        slots=[slot], resident=row.resident_id, offering=row.offering, key=uuid5(row.id, str(slot)), by=by, at=at,
        booker=Booker(is_staff=True), reason=row.reason, until=at + KEPT,
    )  # fmt: skip
    confirming.confirm(booking=kept.id, by=by, at=at)
    HomeVisit.objects.filter(id=row.id).update(booking=kept.id)


def _move(row: HomeVisit, before: Booking, slot: UUID, *, by: Who, at: datetime) -> None:
    new = confirming.move(booking=before.id, slot=slot, key=uuid5(row.id, str(slot)), by=by, at=at)
    HomeVisit.objects.filter(id=row.id).update(booking=new.id)


def _shift(before: Booking, slot: UUID, *, by: Who, at: datetime) -> None:
    """The same worker comes a little earlier or later: the booking stays the same one, and nobody is disturbed."""
    keeping.take([slot], at=at, by=by)
    Booking.objects.filter(id=before.id).update(slot=slot)
    Slot.objects.filter(id=before.slot_id).update(taken=F("taken") - 1)


def _slot(row: HomeVisit, rounds: HomeRounds, professions: dict[UUID, str]) -> UUID:
    """A time of its own for the visit in the worker's calendar."""
    made = {
        "id": new_id(), "unit_id": rounds.unit, "staff_id": row.staff_id, "offering": row.offering, "mode": "home",
        "profession": professions.get(row.staff_id, ""), "starts_at": row.starts_at,
        "ends_at": row.starts_at + timedelta(minutes=row.minutes),
    }  # fmt: skip
    open_slots([made])
    return made["id"]


def _differs(row: HomeVisit) -> bool:
    if not _stands(row.booking):
        return row.staff_id is not None and row.starts_at is not None
    return (row.booking.slot.staff_id, row.booking.slot.starts_at) != (row.staff_id, row.starts_at)


def _is_past(row: HomeVisit, at: datetime) -> bool:
    return row.starts_at is not None and row.starts_at <= at


def _stands(booking: Booking | None) -> bool:
    return booking is not None and booking.accepted_at is not None and booking.cancelled_at is None


def _close(slots: Collection[UUID], *, at: datetime) -> None:
    """The old times close first, by ascending id, so that two visits may change places."""
    for slot in Slot.objects.select_for_update().filter(id__in=slots).order_by("id"):
        Slot.objects.filter(id=slot.id).update(closed_at=at, closed_reason=_REASON)


def _where(unit: str) -> events.Dimensions:
    return events.Dimensions(unit=unit)
