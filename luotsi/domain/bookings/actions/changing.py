"""Somebody is away or a unit is shut: the times close, and what becomes of each booked one is said with it.

All of it is one transaction. A booking of which nothing is said, because it was made while somebody was deciding, stops
everything: nothing that was given is lost.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import F

from luotsi.base import bulk
from luotsi.base.who import Who
from luotsi.domain.bookings.actions.generating import TURN
from luotsi.domain.bookings.actions.giving import SlotTaken
from luotsi.domain.bookings.actions.planning import check_plans
from luotsi.domain.bookings.actions.resources import release_resources, use_resources
from luotsi.domain.bookings.actions.withdrawing import unanswered_with, withdraw
from luotsi.domain.bookings.definitions import offerings
from luotsi.domain.bookings.events import BookingCancelled, BookingMoved, CalendarChanged
from luotsi.domain.bookings.models import Booking, CalendarChange, Slot
from luotsi.domain.bookings.queries.calendar import Closing, booked_inside, slots_inside, waiting_inside
from luotsi.domain.events import actions as events
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.people import actions as people

REASONS = ("away", "training", "meeting", "shut", "repair", "other")


@dataclass(frozen=True)
class Decision:
    """What becomes of one booked time: it stays, it moves to another slot, or it is given up and the resident told."""

    what: Literal["keep", "move", "message"]
    slot: UUID | None = None


@dataclass(frozen=True)
class Done:
    """What was closed, and by booking what it became: the moved ones with their new booking."""

    closed: int
    kept: int
    cancelled: tuple[UUID, ...]
    moved: Mapping[UUID, UUID]
    withdrawn: int = 0  # offered by the queue and not answered


class Undecided(Exception):
    """There are booked times inside of which nothing was said. The page shows them."""


@transaction.atomic
def close_calendar(
    *, key: UUID, closing: Closing, reason: str, decisions: Mapping[UUID, Decision], subjects: Mapping[UUID, UUID],
    by: Who, at: datetime,
) -> Done:  # fmt: skip
    """Close the times inside and carry out what was decided of each booked one. The same `key` again does nothing.

    `subjects` names the matter that a booking is for. Raises NotAllowed, Undecided, SlotTaken.
    """
    check_plans(by, closing.unit)
    bulk.wait_for_turn(TURN)
    if CalendarChange.objects.filter(id=key).exists():
        return Done(0, 0, (), {})
    row = CalendarChange.objects.create(
        id=key, staff_id=closing.staff, resource_id=closing.resource, unit_id=closing.unit, starts_at=closing.starts_at,
        ends_at=closing.ends_at, reason=reason, made_by_id=by.id, made_at=at,
    )  # fmt: skip
    done = settle(closing, decisions, subjects, reason=reason, by=by, at=at)
    told = CalendarChanged(row.id, False, done.closed, done.kept, len(done.moved), len(done.cancelled))
    events.record(told, by=by, at=at, subject=row.id, where=events.Dimensions(unit=closing.unit))
    return done


def settle(
    closing: Closing, decisions: Mapping[UUID, Decision], subjects: Mapping[UUID, UUID], *, reason: str, by: Who,
    at: datetime, stays: Collection[UUID] = (),
) -> Done:  # fmt: skip
    """Close what is inside and carry out what was decided of each booked time; `stays` are those of which nothing need
    be said. What nobody has taken yet is taken back. Called in a transaction, by whoever has asked for the right.
    Raises Undecided, SlotTaken.
    """
    with as_system():
        _lock(closing, decisions.values(), at=at)
        waiting = [one for one in waiting_inside(closing, at=at) if one.id not in stays]
        booked = [one for one in booked_inside(closing, at=at) if one.id not in stays]
        if {one.id for one in booked} != set(decisions):
            raise Undecided
        withdrawn = withdraw(waiting, by=by, at=at)
        closed = slots_inside(closing, at=at).filter(taken=0).update(closed_at=at, closed_reason=reason)
        done = _carry_out(booked, decisions, subjects, closed, closing, by=by, at=at)
        return replace(done, withdrawn=withdrawn)


def _carry_out(
    booked: Collection[Booking], decisions: Mapping[UUID, Decision], subjects: Mapping[UUID, UUID], closed: int,
    closing: Closing, *, by: Who, at: datetime,
) -> Done:  # fmt: skip
    cancelled, moved, kept = [], {}, 0
    for old in booked:
        decision = decisions[old.id]
        if decision.what == "keep":
            kept += 1
            continue
        subject = subjects.get(old.id, old.id)
        if decision.what == "move" and decision.slot:
            new = _moved(old, decision.slot, by=by, at=at)
            moved[old.id] = new.id
            fact = BookingMoved(booking=new.id, was=old.id, starts_at=new.slot.starts_at, mode=new.slot.mode)
            _tell(fact, new, by=by, at=at, subject=subjects.get(old.id, new.id))
        else:
            cancelled.append(old.id)
            _tell(BookingCancelled(old.id, old.slot.starts_at, "provider"), old, by=by, at=at, subject=subject)
        _give_up(old, at=at)
    emptied = slots_inside(closing, at=at).filter(taken=0)
    return Done(closed + emptied.update(closed_at=at, closed_reason="calendar"), kept, tuple(cancelled), moved)


def _moved(old: Booking, slot: UUID, *, by: Who, at: datetime) -> Booking:
    """The same booking at another free time of the same kind. Raises SlotTaken."""
    fitting = Slot.objects.filter(
        id=slot, unit=old.slot.unit_id, profession=old.slot.profession, mode=old.slot.mode, starts_at__gt=at,
        taken__lt=F("capacity"), closed_at=None,
    )  # fmt: skip
    if not fitting.update(taken=F("taken") + 1):
        raise SlotTaken(f"slot {slot} has no place left")
    new = Booking.objects.create(
        slot_id=slot, resident_id=old.resident_id, key=uuid5(old.id, str(slot)), offering=old.offering,
        reason=old.reason, series=old.series, moved_from=old, made_by_id=by.id, offered_at=at,
        accepted_at=at if old.accepted_at else None,
    )  # fmt: skip
    if definition := offerings().get(old.offering):
        use_resources(definition.needs, [(new.slot, new.id)])
    if new.slot.staff_id:
        people.relate(
            resident=new.resident_id, staff=new.slot.staff_id, register=_register(new.slot), ground="booking",
            subject=new.id, at=at, until=new.slot.ends_at,
        )  # fmt: skip
    return new


def _give_up(row: Booking, *, at: datetime) -> None:
    Booking.objects.filter(id=row.id).update(cancelled_at=at, cancelled_by="provider", cancel_reason="calendar")
    Slot.objects.filter(id=row.slot_id).update(taken=F("taken") - 1)
    release_resources([row.id])
    people.end_relationship(subject=row.id, ground="booking", at=at)


def _lock(closing: Closing, decisions: Collection[Decision], *, at: datetime) -> None:
    """Every slot that may change, by ascending id: also those that wait for the same answer as one inside."""
    targets = [one.slot for one in decisions if one.slot]
    targets += [row.slot_id for one in waiting_inside(closing, at=at) for row in unanswered_with(one)]
    rows = Slot.objects.filter(id__in=[*targets, *slots_inside(closing).values_list("id", flat=True)])
    list(rows.select_for_update().order_by("id").values_list("id", flat=True))


def _register(slot: Slot) -> str:
    return organisation.units()[slot.unit_id].register


def _tell(fact: events.Fact, row: Booking, *, by: Who, at: datetime, subject: UUID) -> None:
    known = offerings().get(row.offering)
    where = events.Dimensions(
        unit=row.slot.unit_id, service=known.service if known else "", register=_register(row.slot),
        profession=row.slot.profession,
    )  # fmt: skip
    events.record(fact, by=by, at=at, subject=subject, resident=row.resident_id, where=where)
