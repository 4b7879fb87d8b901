"""The thread between two professions: sent, received, answered, returned. Each step is one entry, never changed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.bookings import actions as bookings
from luotsi.domain.cases import access, rules
from luotsi.domain.cases.actions.opening import open_elsewhere
from luotsi.domain.cases.actions.road import keyed, locked
from luotsi.domain.cases.definitions import ReferralRoute, referral_routes
from luotsi.domain.cases.events import ReferralMoved, ReferralSent, ReferralWithdrawn
from luotsi.domain.cases.models import Case, Referral, ReferralEntry
from luotsi.domain.cases.rules import referral as referral_rules
from luotsi.domain.clocks import actions as clocks
from luotsi.domain.events import actions as events
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.people import queries as people

URGENT = "urgent"


@transaction.atomic
def send(
    *, case: UUID, route: str, to_unit: str, question: str, key: UUID, by: Who, at: datetime, urgency: str = "",
    follows: UUID | None = None,
) -> Referral:  # fmt: skip
    """Send the matter on, or ask a colleague. It starts the receiver's clock to answer. The same `key` again answers
    the same referral. `follows`: a referral of this case that came back, sent anew.

    Raises NotAllowed, KeyError (no such route), rules.NotPossible, rules.referral.NoConsent, ValueError (no question).
    What `follows` names and did not come back to this case is left out.
    """
    row = locked(case)
    access.check_write(by, row, "referral.send")
    if earlier := Referral.objects.filter(key=key, case=row).first():
        return earlier
    definition = referral_routes()[route]
    _check_may_send(row, definition, to_unit, by)
    if not question.strip():
        raise ValueError("Write what you ask.")
    with keyed():
        referral = Referral.objects.create(
            key=key, case=row, resident_id=row.resident_id, register=definition.register, route=route,
            from_unit_id=row.unit_id, to_unit_id=to_unit, urgency=urgency, question=question, sent_by_id=by.id,
            sent_at=at, follows=_returned_before(follows, row),
        )  # fmt: skip
    fact = ReferralSent(
        route=route, to_unit=to_unit, case=row.id, follows=referral.follows_id,
        conditions={"urgent": True} if urgency == URGENT else {},
    )  # fmt: skip
    _tell(referral, fact, by=by, at=at)
    _disclose(referral, by)
    return referral


@transaction.atomic
def check_seen(*, referral: UUID, seen: int, by: Who) -> None:
    """Hold the thread for this transaction. Raises NotPossible when somebody else has written in it since it had `seen`
    entries: what they wrote is read before anything is added. Raises NotAllowed.
    """
    row = access.locked_referral(by, referral)
    later = list(row.entries.order_by("written_at", "id").values_list("written_by_id", flat=True))[seen:]
    if any(writer != by.id for writer in later):
        raise rules.NotPossible("somebody else wrote in this thread meanwhile")


def receive(*, referral: UUID, key: UUID, by: Who, at: datetime) -> Referral:
    """The receiver has read it and says so. Raises NotAllowed, NotPossible; so do all steps below."""
    return _step(referral, "received", key=key, by=by, at=at)


@transaction.atomic
def accept(*, referral: UUID, key: UUID, by: Who, at: datetime, note: str = "") -> Referral:
    """The receiver takes it on. Where the route says so their own case opens, and with it their relationship."""
    row = _step(referral, "accepted", key=key, by=by, at=at, note=note)
    route = referral_routes()[row.route]
    if route.opens_kind and row.opened_id is None:
        opened = open_elsewhere(
            source=row.case_id, kind=route.opens_kind, service=route.opens_service, unit=row.to_unit_id,
            told=row.question, by=by, written_by=row.sent_by_id, at=at,
        )  # fmt: skip
        row.opened_id = opened.id
        row.save(update_fields=["opened"])
    return row


def hold(*, referral: UUID, reason: str, until: date, key: UUID, by: Who, at: datetime, note: str = "") -> Referral:
    """The receiver lets it wait, for a reason of the route and until a day. It is no answer: the clock runs on.

    Raises KeyError (unknown reason), ValueError (a day that has passed).
    """
    if until <= local_day(at):
        raise ValueError("Choose a day that is ahead.")
    _route_of(referral, by).hold_reason(reason)
    return _step(referral, "on_hold", key=key, by=by, at=at, reason=reason, note=note, until_on=until)


@transaction.atomic
def return_to_sender(*, referral: UUID, reason: str, key: UUID, by: Who, at: datetime, note: str = "") -> Referral:
    """The receiver sends it back, with a reason of the route. Raises KeyError (unknown reason)."""
    _route_of(referral, by).return_reason(reason)
    row = _step(referral, "returned", key=key, by=by, at=at, reason=reason, note=note)
    _free_time(row)
    return row


def answer(*, referral: UUID, note: str, minutes: int, key: UUID, by: Who, at: datetime) -> Referral:
    """A colleague's answer and how many minutes it took. The care stays with whoever asked. Raises ValueError."""
    most = _route_of(referral, by).most_minutes
    if not note.strip():
        raise ValueError("Write the answer.")
    if not 0 < minutes <= most:
        raise ValueError(f"Minutes are between 1 and {most}.")
    return _step(referral, "answered", key=key, by=by, at=at, note=note, minutes=minutes)


def finish(*, referral: UUID, key: UUID, by: Who, at: datetime, note: str = "", reason: str = "") -> Referral:
    """The receiver has done what was asked; a consultation is finished by whoever asked, when the answer is read.

    `reason`: what came of it, where the route knows such outcomes. Raises KeyError.
    """
    route = _route_of(referral, by)
    if route.outcomes or reason:
        route.outcome(reason)
    return _step(referral, "done", key=key, by=by, at=at, note=note, reason=reason)


@transaction.atomic
def withdraw(*, referral: UUID, key: UUID, by: Who, at: datetime, note: str = "") -> Referral:
    """The sender takes it back before the receiver has said what becomes of it. The clock ends without an answer."""
    row = _step(referral, "withdrawn", key=key, by=by, at=at, note=note)
    _free_time(row)
    return row


def write(*, referral: UUID, note: str, key: UUID, by: Who, at: datetime) -> Referral:
    """A message to the other end of the thread. Raises ValueError when it is empty."""
    if not note.strip():
        raise ValueError("Write the message.")
    return _step(referral, "message", key=key, by=by, at=at, note=note)


@transaction.atomic
def choose_time(*, referral: UUID, slot: UUID, questions: str, key: UUID, by: Who, at: datetime) -> Referral:
    """A consultation time of the receiver at which the question, and these short ones beside it, are read.

    Another time chosen before becomes free. Raises bookings.SlotTaken.
    """
    row = _step(referral, "time_chosen", key=key, by=by, at=at, note=questions, slot_id=slot, before=_free_time)
    return row


def _step(
    referral: UUID, step: referral_rules.ReferralStep, *, key: UUID, by: Who, at: datetime, before: Any = None,
    **told: Any,
) -> Referral:  # fmt: skip
    """Write one entry, if this worker may and the thread stands so. The same `key` again changes nothing."""
    with transaction.atomic():
        row = access.locked_referral(by, referral)
        if ReferralEntry.objects.filter(key=key, referral=row).exists():
            return row
        sides = access.check_sides(by, row)
        _check_step(row, step, sides, told)
        if before:
            before(row)
        if step == "time_chosen":
            bookings.take_place(slot=told["slot_id"], unit=row.to_unit_id, at=at)
        with keyed():
            ReferralEntry.objects.create(key=key, referral=row, step=step, written_by_id=by.id, written_at=at, **told)
        if step in referral_rules.ENDED:
            row.ended_at = at
            row.save(update_fields=["ended_at"])
        moved = ReferralMoved(step=step, reason=told.get("reason", ""), minutes=told.get("minutes"))
        _tell(row, ReferralWithdrawn() if step == "withdrawn" else moved, by=by, at=at)
        if "sender" in sides and told.get("note"):
            _disclose(row, by)
    return row


def _check_step(row: Referral, step: str, sides: Sequence[referral_rules.Side], told: Mapping[str, Any]) -> None:
    """Raises NotPossible: the thread does not stand so, or what the sender writes is no longer allowed to leave."""
    standing = standing_of(row)
    if not any(referral_rules.can(step, standing, side) for side in sides):
        referral_rules.check_can(step, standing, sides[0])
    if "sender" in sides and told.get("note"):
        _check_consent(row.resident_id, referral_routes()[row.route])


def standing_of(row: Referral) -> referral_rules.Standing:
    steps = row.entries.order_by("written_at", "id").values_list("step", flat=True)
    return referral_rules.Standing(referral_routes()[row.route].type, referral_rules.referral_state(steps))


def _check_may_send(row: Case, route: ReferralRoute, to_unit: str, by: Who) -> None:
    role = organisation.roles().get(by.role)
    referral_rules.check_route(
        is_open=row.closed_at is None,
        goes_from=role is not None and role.profession in route.from_professions,
        register=row.register in route.from_registers,
        goes_to=to_unit in route.to_units and to_unit != row.unit_id,
    )
    _check_consent(row.resident_id, route)
    if Referral.objects.filter(case=row, route=route.key, to_unit_id=to_unit, ended_at=None).exists():
        raise rules.NotPossible("the matter has been sent there already, and waits for an answer")


def _check_consent(resident: UUID, route: ReferralRoute) -> None:
    if route.consent and not people.has_allowed(resident, route.consent):
        raise referral_rules.NoConsent(route.consent)


def _returned_before(follows: UUID | None, row: Case) -> Referral | None:
    return Referral.objects.filter(id=follows, case=row, entries__step="returned").first() if follows else None


def _route_of(referral: UUID, by: Who) -> ReferralRoute:
    return referral_routes()[access.locked_referral(by, referral, lock=False).route]


def _free_time(row: Referral) -> None:
    """Give the consultation time chosen last back, when there is one."""
    chosen = row.entries.filter(slot__isnull=False).order_by("-written_at", "-id").values_list("slot_id", flat=True)
    if slot := chosen.first():
        bookings.give_place_back(slot=slot)


def _tell(row: Referral, fact: events.Fact, *, by: Who, at: datetime) -> None:
    """Record what happened, and bring the clock up to it. The receiver does not see the events of the sender's
    register, so they are read as the system does.
    """
    with as_system():
        events.record(fact, by=by, at=at, subject=row.id, resident=row.resident_id, where=_where(row, by))
        follow_clock(row, by=by, at=at)
    events.hint([row.from_unit_id])  # the event itself tells the receiver's open pages


def follow_clock(row: Referral, *, by: Who, at: datetime) -> None:
    """Bring the thread's clock up to its events, as the system does."""
    born = people.person(row.resident_id).birth_date
    clocks.follow(
        subject=row.id, uses=referral_routes()[row.route].clocks, born=born, by=by, at=at, where=_where(row, by),
        resident=row.resident_id,
    )  # fmt: skip


def _where(row: Referral, by: Who) -> events.Dimensions:
    route, role = referral_routes()[row.route], organisation.roles().get(by.role)
    person = people.person(row.resident_id)
    return events.Dimensions(
        unit=row.to_unit_id, service=route.opens_service, case_kind=route.key, register=row.register,
        profession=role.profession if role else "", urgency=row.urgency, municipality=person.municipality,
        language=person.language,
    )  # fmt: skip


def _disclose(row: Referral, by: Who) -> None:
    """What the sender wrote has left its register, by the resident's consent: a row of the disclosure log."""
    route = referral_routes()[row.route]
    if route.is_disclosure:
        name = route.recipient_name(organisation.unit_names()[row.to_unit_id])
        events.disclosed(
            by, resident=row.resident_id, recipient=name, what="referral", ground="consent", subject=row.id
        )
