"""A resident books by themselves: a time for a matter of theirs, or one that needs none. The clocks follow."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from luotsi.base.who import Who
from luotsi.domain.bookings.actions import confirming, jointly, waiting
from luotsi.domain.bookings.definitions import Offering
from luotsi.domain.bookings.models import Booking
from luotsi.domain.bookings.rules.own import Booker
from luotsi.domain.cases import access, rules
from luotsi.domain.cases.actions.road import check_possible, follow_clocks, locked, state_of
from luotsi.domain.cases.definitions import case_kinds
from luotsi.domain.cases.models import Case, CaseBooking
from luotsi.domain.organisation import definitions as organisation


def matter_for(offering: Offering, *, by: Who, asked: UUID | None = None) -> UUID | None:
    """The open matter of theirs for which a time of this offering may be booked now: the oldest one, None without.

    `asked` is the one from which they came. What anybody may book is booked for it before it is judged, too.
    """
    found = list(access.visible_to(by).filter(closed_at=None).order_by("opened_at", "id"))
    if judged := next((row.id for row in found if _leads_to(row, offering)), None):
        return judged
    if offering.who != "anyone":
        return None
    return next((row.id for row in found if row.id == asked and _is_of(row, offering)), None)


def booker_for(offering: Offering, *, by: Who) -> Booker:
    """What the offering asks of whoever books: cared for in one of its units, judged to need it. What it does not ask
    is not looked up.
    """
    if offering.who in {"anyone", "staff_only"}:
        return Booker(is_staff=by.is_staff)
    is_known = access.visible_to(by).filter(closed_at=None, unit__in=offering.units).exists()
    return Booker(is_staff=by.is_staff, is_known=is_known, has_decision=matter_for(offering, by=by) is not None)


def booker_for_all(wanted: Sequence[Offering], *, by: Who) -> Booker:
    """What several offerings ask of whoever books them as one visit: each asks its own."""
    told = [(one, booker_for(one, by=by)) for one in wanted]
    return Booker(
        is_staff=by.is_staff,
        is_known=all(booker.is_known for one, booker in told if one.who == "known_client"),
        has_decision=all(booker.has_decision for one, booker in told if one.who == "after_assessment"),
    )


def confirm(*, booking: UUID, by: Who, at: datetime, case: UUID | None = None) -> tuple[Booking, ...]:
    """The kept time is theirs, and belongs to the matter for which it was booked. Confirming twice changes nothing.

    Raises NotAllowed, rules.NotPossible (the matter has a time already), confirming.Lapsed.
    """
    return (
        _confirm_for(case, booking=booking, by=by, at=at) if case else confirming.confirm(booking=booking, by=by, at=at)
    )


@transaction.atomic
def _confirm_for(case: UUID, *, booking: UUID, by: Who, at: datetime) -> tuple[Booking, ...]:
    row = _own(case, by)
    if row.times.filter(booking_id=booking).exists():
        return confirming.confirm(booking=booking, by=by, at=at, subject=row.id)
    if state_of(row) != "new":
        check_possible("offer_time", row)
    times = confirming.confirm(booking=booking, by=by, at=at, subject=row.id)
    for time in times:
        CaseBooking.objects.get_or_create(booking=time, defaults={"case": row})
    follow_clocks(row, by=by, at=at)
    return times


@transaction.atomic
def give_up(*, booking: UUID, by: Who, at: datetime) -> Booking:
    """The time is given up, and the clocks of its matter run on. Raises NotAllowed, NotPossible, NotBookable."""
    row = _matter_of(booking, by)
    time = confirming.give_up(booking=booking, by=by, at=at, subject=row.id if row else None)
    if row:
        follow_clocks(row, by=by, at=at)
    return time


@transaction.atomic
def move(*, booking: UUID, slot: UUID, key: UUID, by: Who, at: datetime) -> Booking:
    """Another time instead, in the same matter. Raises NotAllowed, NotPossible, NotBookable, SlotTaken."""
    row = _matter_of(booking, by)
    time = confirming.move(booking=booking, slot=slot, key=key, by=by, at=at, subject=row.id if row else None)
    if row:
        CaseBooking.objects.get_or_create(booking=time, defaults={"case": row})
        follow_clocks(row, by=by, at=at)
    return time


@transaction.atomic
def give_up_visit(*, booking: UUID, by: Who, at: datetime) -> tuple[Booking, ...]:
    """Every step of the visit is given up, and the clocks of its matter run on. Raises as give_up."""
    row = _matter_of(booking, by)
    times = jointly.give_up_visit(booking=booking, by=by, at=at, subject=row.id if row else None)
    if row and times:
        follow_clocks(row, by=by, at=at)
    return times


@transaction.atomic
def move_visit(
    *, booking: UUID, slots: Sequence[UUID], key: UUID, by: Who, at: datetime
) -> tuple[Booking, ...]:  # fmt: skip
    """Other times for every step of the visit, in the same matter. Raises as jointly.move_visit."""
    row = _matter_of(booking, by)
    times = jointly.move_visit(
        booking=booking, slots=slots, key=key, by=by, at=at, subject=row.id if row else None
    )  # fmt: skip
    if row:
        for time in times:
            CaseBooking.objects.get_or_create(booking=time, defaults={"case": row})
        follow_clocks(row, by=by, at=at)
    return times


@transaction.atomic
def answer_freed(*, offer: UUID, accepts: bool, by: Who, at: datetime) -> Booking | None:
    """Take the freed time that the queue offered, for the matter that waited for it, or let it go to the next one.

    Raises NotAllowed, NotPossible (the time to answer has passed, or the matter has a time already).
    """
    case = waiting.subject_of(offer, by=by)
    row = _own(case, by) if case else None
    time = waiting.answer(offer=offer, accepts=accepts, by=by, at=at)
    if row and time and not row.times.filter(booking=time).exists():
        check_possible("offer_time", row)
        CaseBooking.objects.create(case=row, booking=time)
        follow_clocks(row, by=by, at=at)
    return time


def _leads_to(row: Case, offering: Offering) -> bool:
    """Whether the matter was judged to need such a time, and has none yet."""
    return _is_of(row, offering) and rules.can("offer_time", state_of(row), has_times=True)


def _is_of(row: Case, offering: Offering) -> bool:
    """Whether such a time could be for the matter: of its register and its professions."""
    kind = case_kinds()[row.kind]
    registers = {organisation.units()[unit].register for unit in offering.units if unit in organisation.units()}
    is_of_it = kind.register in registers and bool(set(kind.professions) & set(offering.professions))
    return is_of_it and kind.has_times


def _own(case: UUID, by: Who) -> Case:
    row = locked(case)
    access.check_own(by, row)
    return row


def _matter_of(booking: UUID, by: Who) -> Case | None:
    """The matter of this time, its row locked, None when it is for none. Raises NotAllowed for one kept from them."""
    link = CaseBooking.objects.filter(booking_id=booking).values_list("case_id", flat=True).first()
    return _own(link, by) if link else None
