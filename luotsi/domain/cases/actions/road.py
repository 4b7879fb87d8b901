"""The way of one case once it is judged: a time offered and answered, the visit held, the case closed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from luotsi.base import bulk
from luotsi.base.bulk import Stream
from luotsi.base.ids import new_id
from luotsi.base.who import Who
from luotsi.domain.bookings import actions as bookings
from luotsi.domain.bookings import queries as booking_queries
from luotsi.domain.bookings.events import VisitHeld
from luotsi.domain.cases import access, rules
from luotsi.domain.cases.definitions import case_kinds
from luotsi.domain.cases.events import CaseClosed
from luotsi.domain.cases.models import (
    Assessment,
    CallAttempt,
    Case,
    CaseBooking,
    CaseContact,
    Contact,
    Handover,
    Referral,
    ReferralEntry,
    Telling,
    VisitNote,
)
from luotsi.domain.clocks import actions as clocks
from luotsi.domain.events import actions as events
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.people import actions as people
from luotsi.domain.people import queries as person_queries


@transaction.atomic
def offer_time(*, case: UUID, slot: UUID, key: UUID, by: Who, at: datetime) -> Case:
    """Offer a time to the resident. The same `key` again changes nothing. Raises NotAllowed, NotPossible, SlotTaken."""
    row = locked(case)
    access.check_write(by, row, "booking.offer")
    if row.times.filter(booking__key=key).exists():
        return row
    check_possible("offer_time", row)
    booking = bookings.offer(
        slot=slot, resident=row.resident_id, key=key, by=by, at=at, subject=row.id, where=dimensions(row, by=by)
    )
    if CaseBooking.objects.filter(booking=booking).exclude(case=row).exists():
        raise rules.NotPossible("this form offered a time in another matter")
    CaseBooking.objects.get_or_create(case=row, booking=booking)
    people.relate(
        resident=row.resident_id, staff=booking.slot.staff_id, register=row.register, ground="booking",
        subject=booking.id, at=at, until=booking.slot.ends_at,
    )  # fmt: skip
    follow_clocks(row, by=by, at=at)
    return row


@transaction.atomic
def withdraw_time(*, case: UUID, booking: UUID, by: Who, at: datetime) -> Case:
    """The provider takes an offered or booked time back; the clocks run on. Withdrawing it twice changes nothing.

    Raises NotAllowed, NotPossible.
    """
    row = locked(case)
    access.check_write(by, row, "booking.offer")
    check_belongs(row, booking)
    if booking_queries.bookings([booking])[booking].cancelled_by == "provider":
        return row
    check_possible("withdraw_time", row)
    bookings.cancel(booking=booking, by=by, at=at, subject=row.id, where=dimensions(row, by=by))
    people.end_relationship(subject=booking, ground="booking", at=at)
    follow_clocks(row, by=by, at=at)
    return row


@transaction.atomic
def record_visit(
    *, case: UUID, note: str, by: Who, at: datetime, booking: UUID | None = None, key: UUID | None = None
) -> Case:
    """The visit was held: by the booked time, or without one (urgent, walk-in).

    The same `key` again changes nothing. Raises NotAllowed, NotPossible.
    """
    row = locked(case)
    access.check_write(by, row, "visit.record")
    if key and (written := VisitNote.objects.filter(id=key).first()):
        if written.case_id != row.id:
            raise rules.NotPossible("this form recorded a visit in another matter")
        return row
    state = check_possible("record_visit", row)
    if booking is None and state in {"offered", "booked"}:
        raise rules.NotPossible("the visit belongs to the given time, or the time is withdrawn first")
    where = dimensions(row, by=by)
    if booking is not None:
        check_belongs(row, booking)
        bookings.hold_visit(booking=booking, by=by, at=at, subject=row.id, where=where)
    else:
        fact = VisitHeld(booking=None)
        events.record(fact, by=by, at=at, subject=row.id, resident=row.resident_id, where=where)
    VisitNote.objects.create(
        id=key or new_id(), case=row, booking_id=booking, note=note, written_by_id=by.id, held_at=at
    )
    follow_clocks(row, by=by, at=at)
    return row


@transaction.atomic
def close(*, case: UUID, reason: str, by: Who, at: datetime) -> Case:
    """Close the case for a reason its kind knows. Raises NotAllowed, NotPossible (the reason asks for something that
    has not happened), KeyError (unknown reason).
    """
    row = locked(case)
    access.check_write(by, row, "case.close")
    check_possible("close", row)
    known = {one.key: one for one in case_kinds()[row.kind].close_reasons}[reason]
    done = set(row.assessments.values_list("stage", flat=True))
    rules.check_can_close_for(known.needs, done=done, is_visited=row.visit_notes.exists())
    close_for(row, reason=reason, by=by, at=at)
    return row


def check_possible(step: rules.Step, case: Case) -> rules.CaseState:
    """Answers the case's state. Raises NotPossible unless the state and the kind of matter allow the step."""
    effects, state = effects_of(case), state_of(case)
    has_times = case_kinds()[case.kind].has_times
    rules.check_can(step, state, has_times=has_times, is_under_way=rules.is_under_way(effects))
    return state


def effects_of(case: Case) -> list[str]:
    """What the judgements of the case do, in the order of its stages."""
    return case_kinds()[case.kind].effects(
        case.assessments.order_by("assessed_at", "id").values_list("outcome", flat=True)
    )


def state_of(case: Case) -> rules.CaseState:
    """The case's state from its rows. Four small queries; lists use queries.worklist instead."""
    times = list(case.times.values_list("booking_id", flat=True))
    return rules.case_state(
        rules.CaseFacts(
            is_closed=case.closed_at is not None,
            effects=effects_of(case),
            bookings=[booking.state for booking in booking_queries.bookings(times).values()],
            is_visited=case.visit_notes.exists(),
        )
    )


def dimensions(case: Case, *, by: Who, urgency: str = "") -> events.Dimensions:
    """What the figures break this case's events down by."""
    person = person_queries.person(case.resident_id)
    return events.Dimensions(
        unit=case.unit_id,
        service=case.service,
        case_kind=case.kind,
        register=case_kinds()[case.kind].register,
        channel=case.contact.channel if case.contact else "",
        profession=profession_of(by),
        urgency=urgency,
        municipality=person.municipality,
        language=person.language,
    )


def record_in(
    case: Case,
    fact: events.Fact,
    *,
    by: Who,
    at: datetime,
    urgency: str = "",
    happened: datetime | None = None,
    corrects: UUID | None = None,
) -> None:
    """Tell what happened in the case, by default now, and bring its clocks up to it."""
    where = dimensions(case, by=by, urgency=urgency)
    events.record(
        fact, by=by, at=happened or at, subject=case.id, resident=case.resident_id, where=where, corrects=corrects
    )
    follow_clocks(case, by=by, at=at)


def follow_clocks(case: Case, *, by: Who, at: datetime) -> None:
    clocks.follow(
        subject=case.id,
        uses=case_kinds()[case.kind].clocks,
        born=person_queries.person(case.resident_id).birth_date,
        by=by,
        at=at,
        where=dimensions(case, by=by),
        resident=case.resident_id,
    )


def close_for(case: Case, *, reason: str, by: Who, at: datetime) -> None:
    """Close the case; what closing for the reason asks for has been checked."""
    case.closed_at, case.close_reason = at, reason
    case.save(update_fields=["closed_at", "close_reason"])
    people.end_relationship(subject=case.id, at=at)
    record_in(case, CaseClosed(reason=reason), by=by, at=at)


def locked(case: UUID) -> Case:
    """The case with its row locked, so that two workers act one after the other."""
    return Case.objects.select_for_update(of=("self",)).select_related("contact").get(id=case)


@contextmanager
def keyed() -> Iterator[None]:
    """What is written inside carries the key of its form. Raises NotPossible when that key has written something
    elsewhere: a form of one matter sent in another.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        raise rules.NotPossible("this form was sent in another matter") from None


def check_belongs(case: Case, booking: UUID) -> None:
    if not case.times.filter(booking_id=booking).exists():
        raise rules.NotPossible("the time does not belong to this case")


def profession_of(by: Who) -> str:
    """The profession of the role in which the worker acts, "" when it has none."""
    role = organisation.roles().get(by.role)
    return role.profession if role else ""


def load(
    *,
    contacts: Stream,
    cases: Stream,
    assessments: Stream,
    times: Stream,
    visit_notes: Stream,
    calls: Stream | None = None,
    joined: Stream | None = None,
    handovers: Stream | None = None,
    tellings: Stream | None = None,
    referrals: Stream | None = None,
    referral_entries: Stream | None = None,
) -> None:
    """Add very many cases with all that belongs to them from CSV, without events: for imports and the demonstration."""
    told = {
        Contact: contacts, Case: cases, Assessment: assessments, CaseBooking: times, VisitNote: visit_notes,
        CallAttempt: calls, CaseContact: joined, Handover: handovers, Telling: tellings,
        Referral: referrals, ReferralEntry: referral_entries,
    }  # fmt: skip
    bulk.load({model: stream for model, stream in told.items() if stream is not None})
