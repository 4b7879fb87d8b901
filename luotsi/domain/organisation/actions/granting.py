"""Giving a role takes two people; taking it back takes one. A grant by people has a reason and a last day."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.events import actions as events
from luotsi.domain.organisation import rules
from luotsi.domain.organisation.events import (
    AssignmentConfirmed,
    AssignmentDeclined,
    AssignmentEnded,
    AssignmentProposed,
)
from luotsi.domain.organisation.models import Assignment, Staff
from luotsi.domain.organisation.queries.assignments import facts_of
from luotsi.domain.organisation.rules import ADMINISTRATOR, NotAllowed, NotPossible, Wish


@transaction.atomic
def propose_assignment(
    *, staff: UUID, role: str, unit: str, valid_from: date, valid_to: date, reason: str, by: Who, at: datetime
) -> Assignment:
    """Propose a role in a unit. It holds from `valid_from` on, once a second person has confirmed it.

    The same proposal of the same person again is the one that stands. Raises NotAllowed, NotPossible.
    """
    rules.check_may(by, "assignment.propose")
    wish = Wish(role, unit, valid_from, valid_to, reason)
    person = _worker(staff)
    open_ones = list(person.assignments.filter(role=role, unit_id=unit, ended_at=None).exclude(source="directory"))
    if earlier := next((row for row in open_ones if _is_the_same(row, wish, by)), None):
        return earlier
    rules.check_wish(wish, on=local_day(at), standing=[(row.valid_from, row.valid_to) for row in open_ones])
    row = Assignment.objects.create(
        staff=person, unit_id=unit, role=role, valid_from=valid_from, valid_to=valid_to, source="person",
        reason=reason.strip(), proposed_by_id=by.id, proposed_at=at,
    )  # fmt: skip
    _record(row, AssignmentProposed(staff=staff, role=role, valid_from=valid_from, valid_to=valid_to), by=by, at=at)
    return row


@transaction.atomic
def confirm_assignment(*, assignment: UUID, by: Who, at: datetime) -> Assignment:
    """The second person says yes; saying it twice is saying it once. Raises NotAllowed (or gone), NotPossible."""
    rules.check_may(by, "assignment.confirm")
    row = _locked(assignment)
    if row.confirmed_at and row.confirmed_by_id == by.id and row.ended_at is None:
        return row
    rules.check_confirm(facts_of(row), by=by.id, on=local_day(at))
    rules.check_fits(row.role, row.unit_id)
    if row.staff.left_on:
        raise NotPossible("left")
    row.confirmed_by_id, row.confirmed_at = by.id, at
    row.save(update_fields=["confirmed_by", "confirmed_at"])
    _record(row, AssignmentConfirmed(row.staff_id, row.role, proposed_by=_proposer(row)), by=by, at=at)
    return row


@transaction.atomic
def decline_assignment(*, assignment: UUID, by: Who, at: datetime, reason: str = "") -> Assignment:
    """The second person says no. Raises NotAllowed (or gone), NotPossible when it was answered or is one's own."""
    rules.check_may(by, "assignment.confirm")
    row = _locked(assignment)
    if row.ended_at and row.ended_by_id == by.id and row.confirmed_at is None:
        return row
    rules.check_confirm(facts_of(row), by=by.id, on=local_day(at))
    _end(row, by=by, at=at, reason=reason)
    _record(row, AssignmentDeclined(row.staff_id, row.role, proposed_by=_proposer(row)), by=by, at=at)
    return row


@transaction.atomic
def end_assignment(*, assignment: UUID, by: Who, at: datetime, reason: str = "") -> Assignment:
    """Take a role back at once, or withdraw a proposal. Needs no second person.

    What the directory gives comes back at the next sign-in, unless the group is taken away there too.
    Raises NotAllowed (or gone), NotPossible when it is over, or when fewer than two administrators would remain.
    """
    rules.check_may(by, "assignment.end")
    one_ending_at_a_time()
    row = _locked(assignment)
    if row.ended_at and row.ended_by_id == by.id:
        return row
    rules.check_end(facts_of(row), on=local_day(at))
    check_enough_remain([row], on=local_day(at))
    close(row, by=by, at=at, reason=reason)
    return row


def one_ending_at_a_time() -> None:
    """Whoever takes roles back waits here for others who do, until their transactions end: two administrators who
    end each other's at the same moment would otherwise each count the other as still there.
    """
    with connection.cursor() as sql:
        sql.execute("SELECT pg_advisory_xact_lock(hashtextextended('luotsi endings of roles', 0))")


def check_enough_remain(ending: Collection[Assignment], *, on: date) -> None:
    """Raises NotPossible when too few could give roles that day without these. Call `one_ending_at_a_time` before."""
    if any(row.role == ADMINISTRATOR and rules.holds(facts_of(row), on=on) for row in ending):
        left = Assignment.objects.in_force(on).filter(role=ADMINISTRATOR).exclude(id__in=[row.id for row in ending])
        rules.check_enough_remain(left.values("staff").distinct().count())


def close(row: Assignment, *, by: Who, at: datetime, reason: str) -> None:
    """End what stands, or withdraw what waits. `row` is locked, or its worker is."""
    _end(row, by=by, at=at, reason=reason)
    fact = AssignmentEnded(row.staff_id, row.role, row.source, was_in_force=row.confirmed_at is not None)
    _record(row, fact, by=by, at=at)


def _worker(staff: UUID) -> Staff:
    """The worker, locked, so that two proposals for them do not overlap unseen."""
    person = Staff.objects.select_for_update().filter(id=staff).first()
    if person is None:
        raise NotAllowed("there is no such worker")
    if person.left_on:
        raise NotPossible("left")
    return person


def _locked(assignment: UUID) -> Assignment:
    row = Assignment.objects.select_for_update(of=("self",)).select_related("staff").filter(id=assignment).first()
    if row is None:
        raise NotAllowed("there is no such assignment")
    return row


def _is_the_same(row: Assignment, wish: Wish, by: Who) -> bool:
    return (row.valid_from, row.valid_to, row.reason, row.proposed_by_id) == (
        wish.valid_from,
        wish.valid_to,
        wish.reason.strip(),
        by.id,
    )


def _proposer(row: Assignment) -> UUID:
    """Only what a person proposed can be confirmed or declined, so there is one; the database says so too."""
    assert row.proposed_by_id is not None
    return row.proposed_by_id


def _end(row: Assignment, *, by: Who, at: datetime, reason: str) -> None:
    row.ended_by_id, row.ended_at, row.end_reason = by.id, at, reason.strip()
    row.save(update_fields=["ended_by", "ended_at", "end_reason"])


def _record(row: Assignment, fact: events.Fact, *, by: Who, at: datetime) -> None:
    events.record(fact, by=by, at=at, subject=row.id, where=events.Dimensions(unit=row.unit_id))
