"""Waiting for a time: joining and leaving, and a freed time offered to one after the other until somebody takes it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import F, QuerySet

from luotsi.base.who import SYSTEM, Who
from luotsi.domain.bookings import access
from luotsi.domain.bookings.actions.confirming import confirm
from luotsi.domain.bookings.actions.keeping import SlotsTaken, check_free_for, lock_person, take, together
from luotsi.domain.bookings.actions.resources import release_resources, use_resources
from luotsi.domain.bookings.actions.telling import dimensions_of_waiting, tell
from luotsi.domain.bookings.definitions import Offering, offerings, vehicle_stops
from luotsi.domain.bookings.events import BookingDeclined, BookingOffered, WaitingJoined, WaitingLeft
from luotsi.domain.bookings.models import Booking, Slot, SlotOffer, WaitingEntry
from luotsi.domain.bookings.rules import NotPossible
from luotsi.domain.bookings.rules import waiting as rules
from luotsi.domain.bookings.rules.own import NotBookable
from luotsi.domain.events import actions as events
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.organisation.rules import NotAllowed

AT_ONCE = 200  # who waits and which times are looked at in one round, of each offering
GROUP = "group"  # a place in a group is a place at each of its meetings: see `placing`


@transaction.atomic
def join(
    *, resident: UUID, offering: str, key: UUID, by: Who, at: datetime, units: Sequence[str] = (),
    subject: UUID | None = None, why: str = "no_suitable", urgency: str = "", due_at: datetime | None = None,
    wishes: dict[str, Any] | None = None,
) -> WaitingEntry:  # fmt: skip
    """Begin to wait for a time. Who waits for the same thing already, waits on. The same `key` changes nothing.

    Raises NotAllowed, KeyError (no such offering), ValueError (a unit that does not give it).
    """
    access.check_for(by, resident)
    definition = offerings()[offering]
    if not set(units) <= set(definition.units):
        raise ValueError("choose units that give these times")
    lock_person(resident)
    open_one = WaitingEntry.objects.filter(resident_id=resident, offering=offering, subject=subject, closed_at=None)
    earlier = WaitingEntry.objects.filter(resident_id=resident, key=key).first() or open_one.first()
    if earlier and not earlier.is_invited:
        return earlier
    if earlier:
        return _wait_instead(earlier, units, wishes or {}, by=by, at=at)
    entry = WaitingEntry.objects.create(
        resident_id=resident, key=key, subject=subject, offering=offering, units=list(units), why=why, urgency=urgency,
        wishes=clean_wishes(wishes or {}), made_by_id=by.id if by.is_staff else None, entered_at=at, due_at=due_at,
    )  # fmt: skip
    record(entry, WaitingJoined(entry=entry.id, offering=offering), by=by, at=at)
    return entry


def _wait_instead(
    row: WaitingEntry, units: Sequence[str], wishes: dict[str, Any], *, by: Who, at: datetime
) -> WaitingEntry:
    """Whoever was invited and found no time that suits waits from now on for one that becomes free."""
    row.is_invited, row.units, row.wishes, row.entered_at = False, list(units), clean_wishes(wishes), at
    row.save(update_fields=["is_invited", "units", "wishes", "entered_at"])
    record(row, WaitingJoined(entry=row.id, offering=row.offering), by=by, at=at)
    return row


@transaction.atomic
def leave(*, entry: UUID, by: Who, at: datetime, reason: str = "left") -> WaitingEntry:
    """Wait no longer. Leaving twice changes nothing. A time on offer goes to the next one. Raises NotAllowed."""
    row = WaitingEntry.objects.get(id=entry)
    access.check_for(by, row.resident_id)
    for offer in row.offers.filter(answered_at=None):
        _end_offer(offer, "declined", by=by, at=at)
    end(row, reason, by=by, at=at)
    return row


@transaction.atomic
def answer(*, offer: UUID, accepts: bool, by: Who, at: datetime) -> Booking | None:
    """Take the offered time, or let it go to the next one. Taking it twice answers the same booking.

    Raises NotAllowed, NotPossible: the time to answer has passed, or it was answered otherwise.
    """
    row = SlotOffer.objects.select_related("entry").get(id=offer)
    access.check_for(by, row.entry.resident_id)
    _lock(row)
    row = SlotOffer.objects.select_for_update(of=("self",)).select_related("entry", "booking").get(id=offer)
    if row.answer == "accepted" and accepts:
        return row.booking
    if row.answered_at or row.answer_by <= at or row.booking is None:
        raise NotPossible("the time to answer has passed")
    if not accepts:
        _end_offer(row, "declined", by=by, at=at)
        return None
    SlotOffer.objects.filter(id=row.id).update(answered_at=at, answer="accepted")
    (taken, *_rest) = confirm(booking=row.booking.id, by=by, at=at, subject=row.entry.subject)
    end(row.entry, "booked", by=by, at=at)
    return taken


def subject_of(offer: UUID, *, by: Who) -> UUID | None:
    """The matter for which the freed time is. Raises NotAllowed for an offer of somebody else, or one there is not."""
    row = SlotOffer.objects.select_related("entry").filter(id=offer).first()
    if row is None:
        raise NotAllowed("no such offer for this viewer")
    access.check_for(by, row.entry.resident_id)
    return row.entry.subject


def tick(*, at: datetime) -> int:
    """End the offers that nobody answered, then offer free times to those who wait. Answers how many were offered.

    Two workers share the work: the row of the time and that of the waiting are locked, and both say what is done.
    """
    _let_offers_lapse(at)
    with as_system():
        wanted = WaitingEntry.objects.filter(closed_at=None).values_list("offering", flat=True).distinct()
        known = [offerings()[key] for key in sorted(wanted) if key in offerings() and offerings()[key].mode != GROUP]
    return sum(_offer(definition, at) for definition in known)


def clean_wishes(told: dict[str, Any]) -> dict[str, Any]:
    """Days of the week, parts of the day and stops of a vehicle, nothing else: a wish holds no words of its own."""
    days = sorted({int(day) for day in told.get("days", ()) if str(day).isdigit() and 0 <= int(day) <= 6})
    parts = sorted(set(told.get("parts", ())) & set(rules.PARTS))
    stops = sorted(set(told.get("stops", ())) & set(vehicle_stops()))
    return {name: value for name, value in (("days", days), ("parts", parts), ("stops", stops)) if value}


def _offer(definition: Offering, at: datetime) -> int:
    """Pair who waits for this offering with the free times, and offer each their own."""
    with as_system():
        entries = who_waits_for(definition)
        times = _free_times(definition, at) if entries else []
        pairs = rules.pair([one for one, _ in entries], times)
    residents = {one.id: row for one, row in entries}
    return sum(_offer_one(residents[entry], slot, definition, at) for entry, slot in pairs)


@transaction.atomic
def _offer_one(entry: WaitingEntry, slot: UUID, definition: Offering, at: datetime) -> bool:
    """Take the place and offer it. False when the place went, or the entry was served by another worker meanwhile."""
    with as_system():
        try:
            with transaction.atomic():
                (row,) = take([slot], at=at, by=SYSTEM)
                held = WaitingEntry.objects.select_for_update(skip_locked=True).filter(id=entry.id, closed_at=None)
                if not held.exists() or SlotOffer.objects.filter(entry=entry, answered_at=None).exists():
                    raise _Served
                until = rules.answer_by(row.starts_at, at=at)
                booking = Booking(
                    slot=row, resident_id=entry.resident_id, key=uuid5(entry.id, str(slot)), offering=definition.key,
                    reason=entry.wishes.get("reason", ""), offered_at=at, hold_until=until,
                )  # fmt: skip
                use_resources(definition.needs, [(row, booking.id)])
                lock_person(entry.resident_id)
                check_free_for(entry.resident_id, [booking], at=at)
                booking.save(force_insert=True)
                SlotOffer.objects.create(entry=entry, slot=row, booking=booking, offered_at=at, answer_by=until)
                fact = BookingOffered(booking=booking.id, starts_at=row.starts_at, mode=row.mode)
                tell(booking, fact, by=SYSTEM, at=at, subject=entry.subject)
        except (_Served, SlotsTaken, NotBookable):
            return False
    return True


class _Served(Exception):
    """Another worker has offered this person a time."""


def _let_offers_lapse(at: datetime) -> None:
    with as_system():
        late = SlotOffer.objects.filter(answered_at=None, answer_by__lte=at).select_related("entry")
        offers = list(late.order_by("answer_by")[:AT_ONCE])
    for offer in offers:
        with transaction.atomic(), as_system():
            _lock(offer)
            held = SlotOffer.objects.select_for_update(of=("self",), skip_locked=True).select_related("entry")
            if (row := held.filter(id=offer.id, answered_at=None).first()) is not None:
                _end_offer(row, "lapsed", by=SYSTEM, at=at)


def _end_offer(offer: SlotOffer, said: str, *, by: Who, at: datetime) -> None:
    """The offer is over and its place free for the next one. Whoever let it pass waits on."""
    with as_system():
        _lock(offer)
        if not SlotOffer.objects.filter(id=offer.id, answered_at=None).update(answered_at=at, answer=said):
            return
        gone = {"cancelled_at": at, "cancelled_by": "lapse"} if said == "lapsed" else {"declined_at": at}
        kept = list(_places(offer).filter(accepted_at=None, cancelled_at=None, declined_at=None).select_related("slot"))
        Booking.objects.filter(id__in=[row.id for row in kept]).update(**gone)
        release_resources([row.id for row in kept])
        for row in kept:
            Slot.objects.filter(id=row.slot_id).update(taken=F("taken") - 1)
            fact = BookingDeclined(booking=row.id, starts_at=row.slot.starts_at)
            tell(row, fact, by=by, at=at, subject=offer.entry.subject)


def _lock(offer: SlotOffer) -> None:
    """The rows of its times first, by ascending id: the one order of locks."""
    slots = {offer.slot_id, *_places(offer).values_list("slot_id", flat=True)}
    list(Slot.objects.select_for_update().filter(id__in=slots).order_by("id").values_list("id", flat=True))


def _places(offer: SlotOffer) -> QuerySet[Booking]:
    """What is kept while the offer waits: the time, or a place at every meeting of a group."""
    return together(offer.booking) if offer.booking else Booking.objects.none()


def end(entry: WaitingEntry, reason: str, *, by: Who, at: datetime) -> None:
    """The waiting is over; ending it twice changes nothing. Who may is asked before."""
    if WaitingEntry.objects.filter(id=entry.id, closed_at=None).update(closed_at=at, closed_reason=reason):
        record(entry, WaitingLeft(entry=entry.id, offering=entry.offering, reason=reason), by=by, at=at)


def record(entry: WaitingEntry, fact: events.Fact, *, by: Who, at: datetime) -> None:
    """Tell what happened to a place in the queue, with what the figures break it down by."""
    where = dimensions_of_waiting(entry)
    events.record(fact, by=by, at=at, subject=entry.subject or entry.id, resident=entry.resident_id, where=where)


def who_waits_for(definition: Offering) -> list[tuple[rules.Waiting, WaitingEntry]]:
    """Those who wait for it and have no offer, with what they were offered before."""
    rows = list(
        WaitingEntry.objects.filter(offering=definition.key, closed_at=None, is_invited=False)
        .exclude(offers__answered_at=None, offers__isnull=False)
        .order_by("due_at", "entered_at")[:AT_ONCE]
    )
    refused: dict[UUID, set[UUID]] = defaultdict(set)
    for entry, slot in SlotOffer.objects.filter(entry__in=rows).values_list("entry_id", "slot_id"):
        refused[entry].add(slot)
    return [(_as_waiting(row, definition, refused[row.id]), row) for row in rows]


def _as_waiting(row: WaitingEntry, definition: Offering, refused: set[UUID]) -> rules.Waiting:
    return rules.Waiting(
        id=row.id, units=frozenset(row.units or definition.units), entered_at=row.entered_at, due_at=row.due_at,
        urgency=rules.URGENCIES.get(row.urgency, 0), days=frozenset(row.wishes.get("days", ())),
        parts=frozenset(row.wishes.get("parts", ())), refused=frozenset(refused),
        stops=frozenset(row.wishes.get("stops", ())),
    )  # fmt: skip


def _free_times(definition: Offering, at: datetime) -> list[rules.Free]:
    rows = Slot.objects.filter(
        unit_id__in=definition.units, starts_at__gte=at + rules.LEAST_AHEAD, taken__lt=F("capacity"), closed_at=None,
        starts_at__lte=at + timedelta(days=definition.horizon_days), mode=definition.mode,
        offering__in=definition.fits, ends_at__gte=F("starts_at") + timedelta(minutes=definition.shortest),
    )  # fmt: skip
    if definition.professions:
        rows = rows.filter(profession__in=definition.professions)
    columns = rows.order_by("starts_at").values_list("id", "unit_id", "starts_at", "capacity", "taken", "plan__stop")
    return [
        rules.Free(id, unit, starts_at, capacity - taken, stop or "")
        for id, unit, starts_at, capacity, taken, stop in columns[:AT_ONCE]
    ]
