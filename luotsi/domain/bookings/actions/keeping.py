"""A time is kept for ten minutes while somebody chooses. One that nobody confirmed frees itself.

Locks are taken in one order everywhere: times by ascending id, then rooms and things, then the person.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from luotsi.base.who import SYSTEM, Who
from luotsi.domain.bookings import access
from luotsi.domain.bookings.actions.giving import SlotTaken
from luotsi.domain.bookings.actions.resources import release_resources, use_all
from luotsi.domain.bookings.actions.telling import relate_worker, tell
from luotsi.domain.bookings.definitions import Offering, offerings
from luotsi.domain.bookings.events import BookingKept, BookingLapsed, BookingMade
from luotsi.domain.bookings.models import Booking, Slot, SlotOffer
from luotsi.domain.bookings.rules import own
from luotsi.domain.events.actions.system import as_system

AT_ONCE = 200  # times freed in one round of the worker
LAPSED = "lapse"


class SlotsTaken(SlotTaken):
    """Of several times wanted together these went to somebody else; none was kept. `slots` names each of them."""

    def __init__(self, slots: Collection[UUID]) -> None:
        self.slots = tuple(slots)
        super().__init__(f"{len(self.slots)} of the times have no place left")


class _Repeated(Exception):
    """The same sending is being handled already: what was taken for it the second time goes back."""


def keep(
    *, slots: Sequence[UUID], resident: UUID, offering: str, key: UUID, by: Who, at: datetime,
    booker: own.Booker, reason: str = "", until: datetime | None = None, subject: UUID | None = None,
    as_one_visit: bool = False, at_once: bool = False, also: Sequence[own.Step] = (),
) -> tuple[Booking, ...]:  # fmt: skip
    """Keep these times for the resident until they confirm, all or none. The same `key` again answers the same ones.

    `as_one_visit`: several steps that follow each other; `also` says what the second and later ones are, where they are
    something else. `at_once`: a worker books them, and nothing is left to confirm.
    Raises NotAllowed, KeyError (no such offering), SlotsTaken, rules.own.NotBookable.
    """
    access.check_for(by, resident)
    steps = own.steps_of(own.Step(offering, reason), also, number=len(slots))
    definitions = [offerings()[one.offering] for one in steps]
    overbook = min(one.overbook for one in definitions)
    try:
        with transaction.atomic():
            chosen_before = {} if until or at_once else _chosen_before(resident, offering)
            rows = take(slots, at=at, by=by, instead_of=chosen_before, overbook=overbook)
            for slot, step, definition in zip(rows, steps, definitions, strict=True):
                check_fits([slot], definition, reason=step.reason, by=by, at=at)
            if as_one_visit or also:
                check_adjacent(rows)
            kept = [
                Booking(
                    slot=slot, resident_id=resident, key=own_key, offering=step.offering, reason=step.reason,
                    series=key if len(rows) > 1 else None, made_by_id=by.id if by.is_staff else None,
                    offered_at=at, **({"accepted_at": at} if at_once else {"hold_until": until or at + own.KEPT}),
                )
                for slot, step, own_key in zip(rows, steps, keys_of(key, len(rows)), strict=True)
            ]  # fmt: skip
            use_all([(row.slot, row.id, one.needs) for row, one in zip(kept, definitions, strict=True)])
            _check_person(resident, kept, definitions, booker)
            _write(kept, by=by, at=at, subject=subject)
            return tuple(kept)
    except (_Repeated, SlotsTaken):  # of a sending that came twice the first has it
        if earlier := _earlier(resident, key, len(slots)):
            return earlier
        raise


def take(
    slots: Sequence[UUID], *, at: datetime, by: Who, instead_of: Mapping[UUID, Booking] | None = None,
    overbook: int = 0,
) -> list[Slot]:  # fmt: skip
    """Take a place in each, in the order of their ids, each by one statement. Answers them as asked.

    `instead_of`: what the person had chosen before, by its time; it is let go in the same order of locks. `overbook`:
    how many more than its places the offering lets a worker give of a time.
    Raises SlotsTaken, naming every one that is full, closed, gone or past.
    """
    before, rows = instead_of or {}, {}
    for slot in sorted({*slots, *before}, key=str):
        if slot in before:
            _free_kept(slot, at=at, by=by, only=before[slot])
        if slot in slots:
            rows[slot] = _take(slot, at, by, overbook)
    if lost := [slot for slot, row in rows.items() if row is None]:
        raise SlotsTaken(lost)
    return [row for slot in slots if (row := rows[slot])]


def check_fits(
    slots: Sequence[Slot], definition: Offering, *, reason: str, by: Who, at: datetime
) -> None:  # fmt: skip
    """Raises NotBookable unless these times are of the offering, long enough, and neither too near nor too far."""
    for slot in slots:
        if not _is_of(slot, definition, reason):
            raise own.NotBookable("other_offering")
        if not by.is_staff and not definition.can_book(slot.starts_at, asked=at):
            is_soon = slot.starts_at - at < timedelta(hours=definition.lead_hours)
            raise own.NotBookable("too_soon" if is_soon else "too_far")


def check_adjacent(slots: Sequence[Slot]) -> None:
    """Raises NotBookable unless these are steps of one visit in one unit, in the order in which they were asked."""
    own.check_adjacent([own.Span(slot.starts_at, slot.ends_at) for slot in slots], most_between=own.MOST_BETWEEN)
    if len({slot.unit_id for slot in slots}) > 1:
        raise own.NotBookable("not_adjacent")


def let_go(*, booking: UUID, by: Who, at: datetime) -> None:
    """Whoever chose does not want it after all. Letting go twice, or of a time that was confirmed, changes nothing."""
    with transaction.atomic():
        row = Booking.objects.filter(id=booking).first()
        if row is None:
            return
        access.check_for(by, row.resident_id)
        for slot in sorted(set(together(row).values_list("slot_id", flat=True)), key=str):
            _free_kept(slot, at=at, by=by, only=row)


def let_lapse(*, at: datetime) -> int:
    """Free the times that nobody confirmed in time. Answers how many; two workers free each of them once."""
    with as_system():
        waiting = Booking.objects.filter(hold_until__lte=at, accepted_at=None, cancelled_at=None, declined_at=None)
        slots = sorted(set(waiting.order_by("hold_until").values_list("slot_id", flat=True)[:AT_ONCE]), key=str)
    freed = 0
    for slot in slots:
        with transaction.atomic():
            freed += _free_kept(slot, at=at, by=SYSTEM)
    return freed


def _chosen_before(resident: UUID, offering: str) -> dict[UUID, Booking]:
    """What the person is choosing of this offering now: whoever chooses another time lets the first one go."""
    on_offer = SlotOffer.objects.filter(entry__resident_id=resident, answered_at=None).values("booking_id")
    kept = Booking.objects.filter(resident_id=resident, offering=offering, hold_until__isnull=False)
    kept = kept.filter(accepted_at=None, cancelled_at=None, declined_at=None).exclude(id__in=on_offer)
    return {row.slot_id: row for row in kept}


def together(row: Booking) -> QuerySet[Booking]:
    """The times that were booked as one: a series, or the one alone."""
    same = Q(series=row.series, resident_id=row.resident_id) if row.series else Q(id=row.id)
    return Booking.objects.filter(same)


def lock_person(resident: UUID) -> None:
    """One booking of a person at a time, so that no limit is passed by two at once. The last lock that is taken."""
    with connection.cursor() as sql:
        sql.execute("SELECT pg_advisory_xact_lock(hashtextextended('bookings ' || %s, 0))", [str(resident)])


def _take(slot: UUID, at: datetime, by: Who, overbook: int) -> Slot | None:
    more = overbook if by.is_staff else 0
    return _won(slot, at, more) or (_won(slot, at, more) if _free_kept(slot, at=at, by=SYSTEM) else None)


# The one statement that gives a place, and answers the time as it then stands.
_WON = f"""
UPDATE {Slot._meta.db_table} SET taken = taken + 1
WHERE id = %s AND taken < capacity + least(overbook, %s) AND starts_at > %s AND closed_at IS NULL
RETURNING *
"""  # noqa: S608 (a constant)


def _won(slot: UUID, at: datetime, overbook: int) -> Slot | None:
    """The time with one place more taken. A worker overbooks as far as both the offering and the time let them."""
    return next(iter(Slot.objects.raw(_WON, [slot, overbook, at])), None)


def _free_kept(slot: UUID, *, at: datetime, by: Who, only: Booking | None = None) -> int:
    """Free the places of this time that were kept in vain: those past their moment, or `only` this one now.

    The row of the time is locked first, so that whoever comes at the same moment frees none of them again.
    """
    with as_system():
        if not Slot.objects.select_for_update().filter(id=slot).exists():
            return 0
        kept = Booking.objects.filter(
            slot_id=slot, hold_until__isnull=False, accepted_at=None, cancelled_at=None, declined_at=None
        )
        kept = kept.filter(hold_until__lte=at) if only is None else kept.filter(id__in=together(only).values("id"))
        rows = list(kept.select_for_update(of=("self",)).select_related("slot"))
        if not rows:
            return 0
        who = LAPSED if only is None else "resident" if by.is_resident else "provider"
        Booking.objects.filter(id__in=[row.id for row in rows]).update(cancelled_at=at, cancelled_by=who)
        Slot.objects.filter(id=slot).update(taken=F("taken") - len(rows))
        release_resources([row.id for row in rows])
        for row in rows:
            tell(row, BookingLapsed(booking=row.id, starts_at=row.slot.starts_at), by=by, at=at)
    return len(rows)


def _is_of(slot: Slot, definition: Offering, reason: str) -> bool:
    """Whether the time may be given for this: its own offering, or any that its profession gives in its unit."""
    return (
        slot.offering in definition.fits
        and slot.unit_id in definition.units
        and slot.mode == definition.mode
        and (not definition.professions or slot.profession in definition.professions)
        and slot.ends_at - slot.starts_at >= timedelta(minutes=definition.minutes(reason))
    )


def _check_person(
    resident: UUID, kept: Sequence[Booking], definitions: Sequence[Offering], booker: own.Booker
) -> None:  # fmt: skip
    """What depends on the person's other times, asked when nobody else can book for them any more."""
    lock_person(resident)
    at = kept[0].offered_at
    theirs = _theirs(resident, [row.key for row in kept], at)
    if any(one.is_repeated for one in theirs):
        raise _Repeated
    own.check_apart(_spans(kept), [own.Span(one.starts_at, one.ends_at) for one in theirs if one.fills])
    for definition in {one.key: one for one in definitions}.values():
        has_ahead = sum(one.starts_at > at for one in theirs if one.offering == definition.key)
        own.check_who(definition.who, booker)
        own.check_limit(definition.per_person, replace(booker, has_ahead=has_ahead))


@dataclass(frozen=True)
class _Theirs:
    """Something that the person has booked. `fills`: nothing else fits beside it."""

    is_repeated: bool
    offering: str
    starts_at: datetime
    ends_at: datetime
    fills: bool


def _theirs(resident: UUID, keys: Collection[UUID], at: datetime) -> list[_Theirs]:
    """What the person has ahead, and what came of the same sending. One query."""
    repeated = Q(key__in=list(keys))
    rows = Booking.objects.filter(repeated | Q(id__in=standing(resident, at=at).values("id")), resident_id=resident)
    return [
        _Theirs(key in keys, offering, starts, ends, mode != "bed_days" and ends > at)
        for key, offering, starts, ends, mode in rows.values_list(
            "key", "offering", "slot__starts_at", "slot__ends_at", "slot__mode"
        )
    ]


def check_free_for(resident: UUID, wanted: Sequence[Booking], *, at: datetime, but: UUID | None = None) -> None:
    """Raises NotBookable when the person has something else at the same moment. `but`: what is being moved.

    Whoever stays in short-term care can still go to the dentist.
    """
    ahead = standing(resident, at=at).filter(slot__ends_at__gt=at).exclude(id=but).exclude(slot__mode="bed_days")
    spans = [own.Span(starts, ends) for starts, ends in ahead.values_list("slot__starts_at", "slot__ends_at")]
    own.check_apart(_spans(wanted), spans)


def _spans(rows: Iterable[Booking]) -> list[own.Span]:
    return [own.Span(row.slot.starts_at, row.slot.ends_at) for row in rows]


def standing(resident: UUID, *, at: datetime) -> QuerySet[Booking]:
    """The person's times that are kept, offered or booked, and neither given up nor over."""
    rows = Booking.objects.filter(resident_id=resident, cancelled_at=None, declined_at=None)
    return rows.filter(held_at=None, no_show_at=None).exclude(hold_until__lte=at, accepted_at=None)


def _write(kept: Sequence[Booking], *, by: Who, at: datetime, subject: UUID | None) -> None:
    Booking.objects.bulk_create(kept)
    for row in kept:
        kind = BookingMade if row.accepted_at else BookingKept
        if row.accepted_at:
            relate_worker(row, at)
        tell(row, kind(row.id, row.slot.starts_at, row.slot.mode), by=by, at=at, subject=subject)


def _earlier(resident: UUID, key: UUID, number: int) -> tuple[Booking, ...]:
    keys = keys_of(key, number)
    rows = Booking.objects.filter(resident_id=resident, key__in=keys).select_related("slot__staff")
    return tuple(sorted(rows, key=lambda row: keys.index(row.key)))


def keys_of(key: UUID, number: int) -> list[UUID]:
    """The key of a sending and, when it asks for several times, one made of it for each of the others."""
    return [key, *(uuid5(key, str(place)) for place in range(1, number))]
