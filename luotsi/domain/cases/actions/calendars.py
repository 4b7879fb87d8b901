"""What workers do with times in a calendar: the matter that a time is for follows, and its clocks run on."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from luotsi.base.who import SYSTEM, Who
from luotsi.domain.bookings import queries as bookings
from luotsi.domain.bookings.actions import changing, confirming, jointly, replanning, visiting
from luotsi.domain.bookings.actions.changing import Decision, Done
from luotsi.domain.bookings.actions.planning import Asked, check_plans
from luotsi.domain.bookings.actions.replanning import Changed
from luotsi.domain.bookings.queries.calendar import Closing
from luotsi.domain.bookings.rules import Mark
from luotsi.domain.bookings.rules.own import NotBookable
from luotsi.domain.bookings.rules.plans import Draft
from luotsi.domain.cases import access, rules
from luotsi.domain.cases.actions.road import follow_clocks, locked, record_visit
from luotsi.domain.cases.models import Case, CaseBooking, VisitNote
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.organisation.rules import NotAllowed, sees_unit


@transaction.atomic
def close_calendar(
    *, key: UUID, closing: Closing, reason: str, decisions: Mapping[UUID, Decision], by: Who, at: datetime
) -> Done:
    """Close the times and do with each booked one as was decided; the clocks of their matters run on.

    Whoever plans calendars opens no matter: nothing of one is read for them. Raises as changing.close_calendar.
    """
    check_plans(by, closing.unit)
    cases = _subjects(decisions)
    done = changing.close_calendar(
        key=key, closing=closing, reason=reason, decisions=decisions, subjects=cases, by=by, at=at
    )
    return _followed(done, cases, at)


@transaction.atomic
def end_plan(*, plan: UUID, last: date, decisions: Mapping[UUID, Decision], by: Who, at: datetime) -> Done:
    """End the plan and do with each time booked after it as was decided. Raises as replanning.end_plan."""
    cases = _subjects(decisions)
    done = replanning.end_plan(plan=plan, last=last, decisions=decisions, subjects=cases, by=by, at=at)
    return _followed(done, cases, at)


@transaction.atomic
def change_plan(
    *, key: UUID, plan: UUID, asked: Asked, draft: Draft, decisions: Mapping[UUID, Decision], by: Who, at: datetime
) -> Changed:
    """Let the plan go on otherwise, and do with what is booked outside of it as was decided. Raises as
    replanning.change_plan.
    """
    cases = _subjects(decisions)
    changed = replanning.change_plan(
        key=key, plan=plan, asked=asked, draft=draft, decisions=decisions, subjects=cases, by=by, at=at
    )
    _followed(changed.done, cases, at)
    return changed


def _subjects(decisions: Mapping[UUID, Decision]) -> dict[UUID, UUID]:
    """Which matter each of the booked times is for. Of no use to whoever has not the right that is asked for next."""
    with as_system():
        return dict(CaseBooking.objects.filter(booking__in=decisions).values_list("booking_id", "case_id"))


def _followed(done: Done, cases: Mapping[UUID, UUID], at: datetime) -> Done:
    """The moved time belongs to the matter of the old one, and the clocks of each matter run on."""
    with as_system():
        CaseBooking.objects.bulk_create(
            CaseBooking(case_id=cases[old], booking_id=new) for old, new in done.moved.items() if old in cases
        )
        for case in sorted({cases[one] for one in [*done.moved, *done.cancelled] if one in cases}):
            follow_clocks(locked(case), by=SYSTEM, at=at)
    return done


@transaction.atomic
def mark(*, booking: UUID, what: Mark, by: Who, at: datetime, reason: str = "") -> None:
    """What became of a visit on its day. Marking it twice changes nothing.

    Raises NotAllowed, bookings.rules.NotPossible, cases.rules.NotPossible, ValueError (no such reason).
    """
    case = _matter_of(booking, by, "visit.record" if what == "held" else "booking.offer")
    subject = case.id if case else None
    if what == "arrived":
        visiting.arrive(booking=booking, by=by, at=at, subject=subject)
    elif what == "began":
        visiting.begin(booking=booking, by=by, at=at, subject=subject)
    elif what == "missed":
        visiting.miss(booking=booking, reason=reason, by=by, at=at, subject=subject)
    elif case is None:
        visiting.hold(booking=booking, by=by, at=at)
    elif bookings.states([booking]).get(booking) != "held":
        record_visit(case=case.id, note="", booking=booking, by=by, at=at)
    if case:
        follow_clocks(case, by=by, at=at)


@transaction.atomic
def take_back_mark(*, booking: UUID, mark: Mark, reason: str, by: Who, at: datetime) -> None:
    """What was marked of the visit was wrong: the matter, its limits and the figures stand as before it.

    Raises NotAllowed, bookings.rules.NotPossible (another mark came after it), cases.rules.NotPossible (the matter is
    closed, or something is written of the visit), ValueError (no such reason).
    """
    case = _matter_of(booking, by, "visit.record" if mark == "held" else "booking.offer")
    if case:
        written = VisitNote.objects.filter(case=case, booking=booking)
        rules.check_can_unmark(is_closed=case.closed_at is not None, is_written=written.exclude(note="").exists())
    visiting.take_back(booking=booking, mark=mark, reason=reason, by=by, at=at, subject=case.id if case else None)
    if case:
        if mark == "held":
            written.delete()
        follow_clocks(case, by=by, at=at)


@transaction.atomic
def move_time(*, booking: UUID, slot: UUID, key: UUID, by: Who, at: datetime) -> UUID:
    """Another time of the same kind instead, in the same matter; the resident is told. Answers the new booking.

    Raises NotAllowed, NotPossible, NotBookable (another kind of time), SlotTaken.
    """
    case = _matter_of(booking, by, "booking.offer")
    _check_same_kind(booking, slot, by)
    time = confirming.move(booking=booking, slot=slot, key=key, by=by, at=at, subject=case.id if case else None)
    if case:
        CaseBooking.objects.get_or_create(booking=time, defaults={"case": case})
        follow_clocks(case, by=by, at=at)
    return time.id


@transaction.atomic
def cancel_time(*, booking: UUID, by: Who, at: datetime) -> None:
    """The provider gives a booked time up; the resident is told. Raises NotAllowed, NotPossible."""
    case = _matter_of(booking, by, "booking.offer")
    confirming.give_up(booking=booking, by=by, at=at, subject=case.id if case else None)
    if case:
        follow_clocks(case, by=by, at=at)


@transaction.atomic
def cancel_visit(*, booking: UUID, by: Who, at: datetime) -> int:
    """The provider gives up every step of the visit that this time is one of; the resident is told once. Answers how
    many. Raises NotAllowed, NotPossible.
    """
    case = _matter_of(booking, by, "booking.offer")
    gone = jointly.give_up_visit(booking=booking, by=by, at=at, subject=case.id if case else None)
    if case and gone:
        follow_clocks(case, by=by, at=at)
    return len(gone)


def _matter_of(booking: UUID, by: Who, action: str) -> Case | None:
    """The matter that the time is for, its row locked; None when it is for none. Raises NotAllowed."""
    with as_system():
        link = CaseBooking.objects.filter(booking=booking).values_list("case_id", flat=True).first()
    if link is None:
        return None
    if not access.visible_to(by).filter(id=link).exists():
        raise NotAllowed("the matter of this time is not open to them")
    case = locked(link)
    access.check_write(by, case, action)
    return case


def _check_same_kind(booking: UUID, slot: UUID, by: Who) -> None:
    """Whoever moves somebody's time stays in their own units, and with the same profession and way of meeting."""
    found = bookings.bookings([booking]).get(booking)
    target = bookings.slots([slot]).get(slot)
    if found is None or target is None or not sees_unit(by, target.unit):
        raise NotAllowed("another unit's calendar")
    if (target.profession, target.mode) != (found.slot.profession, found.slot.mode):
        raise NotBookable("other_offering")
