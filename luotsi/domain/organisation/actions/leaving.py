"""Somebody goes, or is back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.events import actions as events
from luotsi.domain.organisation import rules
from luotsi.domain.organisation.actions.granting import check_enough_remain, close, one_ending_at_a_time
from luotsi.domain.organisation.events import StaffLeft, StaffReturned
from luotsi.domain.organisation.models import Staff
from luotsi.domain.organisation.queries.assignments import facts_of
from luotsi.domain.organisation.rules import NotAllowed


@transaction.atomic
def leave(*, staff: UUID, by: Who, at: datetime) -> None:
    """They no longer work here: everything they were given ends now, and the directory gives nothing any more.

    Raises NotAllowed (or gone), NotPossible when fewer than two administrators would remain.
    """
    rules.check_may(by, "assignment.end")
    one_ending_at_a_time()
    person, today = _locked(staff), local_day(at)
    if person.left_on:
        return
    held = list(person.assignments.filter(ended_at=None))
    check_enough_remain(held, on=today)
    for row in held:
        if rules.can_end(facts_of(row), on=today):
            close(row, by=by, at=at, reason="")
    person.left_on = today
    person.save(update_fields=["left_on"])
    events.record(StaffLeft(staff=staff, left_on=today), by=by, at=at, subject=staff)


@transaction.atomic
def return_to_work(*, staff: UUID, by: Who, at: datetime) -> None:
    """They work here again. Roles are proposed anew, or come from the directory. Raises NotAllowed (or gone)."""
    rules.check_may(by, "assignment.propose")
    person = _locked(staff)
    if person.left_on is None:
        return
    person.left_on = None
    person.save(update_fields=["left_on"])
    events.record(StaffReturned(staff=staff), by=by, at=at, subject=staff)


def _locked(staff: UUID) -> Staff:
    person = Staff.objects.select_for_update().filter(id=staff).first()
    if person is None:
        raise NotAllowed("there is no such worker")
    return person
