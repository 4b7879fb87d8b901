"""A place in a group that became free, or a new group, is offered to those who wait: at every meeting ahead, or not."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from luotsi.base.who import SYSTEM
from luotsi.domain.bookings.actions.joining import meeting_of, slots_ahead
from luotsi.domain.bookings.actions.keeping import SlotsTaken, check_free_for, keys_of, lock_person, take
from luotsi.domain.bookings.actions.telling import tell
from luotsi.domain.bookings.actions.waiting import AT_ONCE, GROUP, who_waits_for
from luotsi.domain.bookings.definitions import Offering, offerings
from luotsi.domain.bookings.events import BookingOffered
from luotsi.domain.bookings.models import Booking, Group, Slot, SlotOffer, WaitingEntry
from luotsi.domain.bookings.rules import waiting as rules
from luotsi.domain.bookings.rules.groups import SignUpShut, free_places
from luotsi.domain.bookings.rules.own import NotBookable
from luotsi.domain.events.actions.system import as_system


class _Served(Exception):
    """Another worker has offered this person a place, or the group is no longer open."""


def tick(*, at: datetime) -> int:
    """Offer free places in groups to those who wait, in the order of every queue. Answers how many were offered."""
    with as_system():
        wanted = WaitingEntry.objects.filter(closed_at=None).values_list("offering", flat=True).distinct()
        known = [offerings()[key] for key in sorted(wanted) if key in offerings() and offerings()[key].mode == GROUP]
    return sum(_offer(definition, at) for definition in known)


def _offer(definition: Offering, at: datetime) -> int:
    with as_system():
        entries = who_waits_for(definition)
        groups = _open_groups(definition, at) if entries else {}
        groups_of = dict(Slot.objects.filter(plan__in=groups).values_list("id", "plan_id"))
        waiting = [_without_refused(one, groups_of) for one, _ in entries]
        pairs = rules.pair(waiting, list(groups.values()))
    rows = {one.id: row for one, row in entries}
    return sum(_offer_one(rows[entry], group, definition, at) for entry, group in pairs)


def _open_groups(definition: Offering, at: datetime) -> dict[UUID, rules.Free]:
    """The groups with room at every meeting ahead, each as one time with so many places."""
    found = {}
    rows = Group.objects.filter(offering=definition.key, cancelled_at=None, ended_at=None).select_related("plan")
    for group in rows.order_by("pk")[:AT_ONCE]:
        try:
            slots = slots_ahead(group, at=at, lead=rules.LEAST_AHEAD)
        except SignUpShut:
            continue
        if places := free_places([meeting_of(slot) for slot in slots]):
            found[group.pk] = rules.Free(group.pk, slots[0].unit_id, slots[0].starts_at, places)
    return found


def _without_refused(one: rules.Waiting, groups_of: dict[UUID, UUID]) -> rules.Waiting:
    """Who let a place in a group go is not offered the same group again."""
    return replace(one, refused=frozenset(groups_of[slot] for slot in one.refused if slot in groups_of))


@transaction.atomic
def _offer_one(entry: WaitingEntry, group: UUID, definition: Offering, at: datetime) -> bool:
    """Take the places and offer them. False when they went, or the entry was served by another worker meanwhile."""
    with as_system():
        try:
            with transaction.atomic():
                _take_and_offer(entry, Group.objects.select_related("plan").get(plan=group), definition, at)
        except (_Served, SignUpShut, SlotsTaken, NotBookable):
            return False
    return True


def _take_and_offer(entry: WaitingEntry, group: Group, definition: Offering, at: datetime) -> None:
    rows = take([slot.id for slot in slots_ahead(group, at=at, lead=rules.LEAST_AHEAD)], at=at, by=SYSTEM)
    held = WaitingEntry.objects.select_for_update(skip_locked=True).filter(id=entry.id, closed_at=None)
    if not held.exists() or SlotOffer.objects.filter(entry=entry, answered_at=None).exists():
        raise _Served
    until = rules.answer_by(rows[0].starts_at, at=at)
    key = uuid5(entry.id, str(rows[0].id))
    places = [
        Booking(
            slot=slot, resident_id=entry.resident_id, key=own_key, offering=definition.key, series=key, offered_at=at,
            hold_until=until,
        )
        for slot, own_key in zip(rows, keys_of(key, len(rows)), strict=True)
    ]  # fmt: skip
    lock_person(entry.resident_id)
    check_free_for(entry.resident_id, places, at=at)
    Booking.objects.bulk_create(places)
    SlotOffer.objects.create(entry=entry, slot=rows[0], booking=places[0], offered_at=at, answer_by=until)
    fact = BookingOffered(booking=places[0].id, starts_at=rows[0].starts_at, mode=rows[0].mode)
    tell(places[0], fact, by=SYSTEM, at=at, subject=entry.subject)
