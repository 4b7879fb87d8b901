"""Groups and matters: a place in one can be the care for a matter, whose clocks then follow what becomes of it."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from luotsi.base import bulk
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.bookings.actions import attending, deciding, joining
from luotsi.domain.bookings.actions.changing import Decision
from luotsi.domain.bookings.actions.generating import TURN
from luotsi.domain.bookings.models import Booking
from luotsi.domain.bookings.queries import groups as queries
from luotsi.domain.bookings.queries.calendar import Closing
from luotsi.domain.bookings.rules import NotPossible
from luotsi.domain.bookings.rules.own import Booker
from luotsi.domain.cases import access
from luotsi.domain.cases.actions import calendars
from luotsi.domain.cases.actions.own_times import booker_for, matter_for
from luotsi.domain.cases.actions.road import check_possible, follow_clocks, locked
from luotsi.domain.cases.models import CaseBooking
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.organisation.rules import NotAllowed, check_may, sees_unit


@transaction.atomic
def sign_up(*, group: UUID, key: UUID, by: Who, at: datetime) -> tuple[Booking, ...]:
    """A resident signs up, for the matter of theirs that was judged to need it, if there is one.

    Raises as joining.join.
    """
    offering = queries.group(group, at=at).offering
    matter = matter_for(offering, by=by) if offering.who == "after_assessment" else None
    assert by.whose is not None
    places = joining.join(
        group=group, resident=by.whose, key=key, booker=booker_for(offering, by=by), by=by, at=at, subject=matter
    )
    _link(places, matter, by=by, at=at)
    return places


@transaction.atomic
def refer(*, case: UUID, group: UUID, key: UUID, by: Who, at: datetime) -> tuple[Booking, ...]:
    """A professional signs the resident up for a group, for this matter. Raises as joining.join, and NotPossible."""
    row = locked(case)
    access.check_write(by, row, "booking.offer")
    if known := CaseBooking.objects.filter(case=row, booking__slot__plan=group, booking__cancelled_at=None):
        return tuple(link.booking for link in known.select_related("booking__slot"))
    check_possible("offer_time", row)
    places = joining.join(
        group=group, resident=row.resident_id, key=key, booker=Booker(is_staff=True), by=by, at=at, subject=row.id
    )
    _link(places, row.id, by=by, at=at)
    return places


@transaction.atomic
def leave(*, group: UUID, resident: UUID, by: Who, at: datetime) -> int:
    """They come no more; the clocks of the matter run on. Answers to how many meetings. Raises NotAllowed."""
    matters = _matters_of(deciding.bookings_in(group))
    mine = {row.id for row in joining.places_of(group, resident, at=at)}
    subject = next((case for booking, case in matters.items() if booking in mine), None)
    gone = joining.leave(group=group, resident=resident, by=by, at=at, subject=subject)
    _follow([matters[row.id] for row in gone if row.id in matters], at=at)
    return len(gone)


@transaction.atomic
def mark(*, slot: UUID, came: Collection[UUID], missed: Mapping[UUID, str], by: Who, at: datetime) -> int:
    """Who came to the meeting; the clocks of their matters follow. Answers how many were marked anew. Raises as
    attending.mark.
    """
    matters = _matters_of([*came, *missed])
    changed = attending.mark(slot=slot, came=came, missed=missed, by=by, at=at, subjects=matters)
    _follow([matters[row.id] for row in changed if row.id in matters], at=at)
    return len(changed)


@transaction.atomic
def call_off(*, group: UUID, reason: str, by: Who, at: datetime) -> int:
    """The group is not held after all. Answers how many people had a place. Raises as deciding.call_off."""
    matters = _matters_of(deciding.bookings_in(group))
    gone = deciding.call_off(group=group, reason=reason, by=by, at=at, subjects=dict(matters))
    _follow([matters[row.id] for row in gone if row.id in matters], at=at)
    return len({row.resident_id for row in gone})


@transaction.atomic
def call_off_meeting(*, meeting: UUID, key: UUID, reason: str, by: Who, at: datetime) -> int:
    """The leader does not hold this one meeting: their calendar is closed for its time, and each who had a place is
    told. Answers how many. Raises NotAllowed, bookings.rules.NotPossible (it has begun, or is not held anyhow),
    changing.Undecided (the leader has somebody else in that time).
    """
    check_may(by, "calendar.plan")
    bulk.wait_for_turn(TURN)
    with as_system():
        slot, places = joining.places_at(meeting)
    if slot is None or not sees_unit(by, slot.unit_id):
        raise NotAllowed("no such meeting in their units")
    if slot.closed_at or slot.starts_at <= at:
        raise NotPossible("only a meeting ahead that is to be held is called off")
    closing = Closing(slot.unit_id, slot.starts_at, slot.ends_at, staff=slot.staff_id)
    done = calendars.close_calendar(
        key=key, closing=closing, reason=reason, decisions=dict.fromkeys(places, Decision("message")), by=by, at=at
    )
    return len(done.cancelled)


def tick(*, at: datetime) -> int:
    """Decide about the groups whose day has come, and end those that are over. Answers how many were called off."""
    called_off = 0
    for one in deciding.due(at=at):
        with transaction.atomic():
            matters = _matters_of(one.bookings)
            gone = deciding.decide(group=one.id, at=at, subjects=dict(matters))
            _follow([matters[row.id] for row in gone if row.id in matters], at=at)
            called_off += bool(gone)
    deciding.end_due(at=at)
    return called_off


def _link(places: Collection[Booking], case: UUID | None, *, by: Who, at: datetime) -> None:
    if case is None:
        return
    for one in places:
        CaseBooking.objects.get_or_create(booking=one, defaults={"case_id": case})
    follow_clocks(locked(case), by=by, at=at)


def _matters_of(bookings: Collection[UUID]) -> dict[UUID, UUID]:
    """By booking, the matter that it is for: nothing of it is opened for whoever acts."""
    with as_system():
        return dict(CaseBooking.objects.filter(booking__in=bookings).values_list("booking_id", "case_id"))


def _follow(cases: Collection[UUID], *, at: datetime) -> None:
    with as_system():
        for case in sorted(set(cases)):
            follow_clocks(locked(case), by=SYSTEM, at=at)
