"""What a worker is qualified for besides their profession. Whoever plans the unit's calendars keeps the list."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.events import actions as events
from luotsi.domain.organisation import rules
from luotsi.domain.organisation.definitions import qualifications
from luotsi.domain.organisation.events import QualificationEnded, QualificationRecorded
from luotsi.domain.organisation.models import Assignment, Qualification
from luotsi.domain.organisation.rules import NotAllowed, NotPossible


@transaction.atomic
def record_qualification(
    *, key: UUID, staff: UUID, qualification: str, valid_from: date, valid_to: date | None, by: Who, at: datetime
) -> Qualification:  # fmt: skip
    """The worker has it from the one day to the other. The same `key` again changes nothing.

    Raises NotAllowed (another unit's worker), KeyError (not on the shelf), NotPossible (days that make no sense, or one
    that they have already).
    """
    _check_plans(by, staff, at)
    if known := Qualification.objects.filter(id=key, staff=staff).first():
        return known
    named = qualifications()[qualification]
    if valid_to is not None and valid_to < valid_from:
        raise NotPossible("backwards")
    try:
        with transaction.atomic():
            row = Qualification.objects.create(
                id=key, staff_id=staff, key=named.key, valid_from=valid_from, valid_to=valid_to, recorded_by_id=by.id,
                recorded_at=at,
            )  # fmt: skip
    except IntegrityError:
        raise NotPossible("held_already") from None
    events.record(QualificationRecorded(staff, named.key, valid_from, valid_to), by=by, at=at, subject=staff)
    return row


@transaction.atomic
def end_qualification(*, qualification: UUID, by: Who, at: datetime) -> Qualification:
    """It does not hold any more, or was recorded wrongly. Ending it twice changes nothing. Raises NotAllowed."""
    row = Qualification.objects.select_for_update(of=("self",)).filter(id=qualification).first()
    if row is None:
        raise NotAllowed("there is no such qualification")
    _check_plans(by, row.staff_id, at)
    if row.ended_at is None:
        row.ended_at, row.ended_by_id = at, by.id
        row.save(update_fields=["ended_at", "ended_by"])
        events.record(QualificationEnded(row.staff_id, row.key), by=by, at=at, subject=row.staff_id)
    return row


def _check_plans(by: Who, staff: UUID, at: datetime) -> None:
    """Raises NotAllowed unless the worker works in a unit whose calendars are theirs to plan."""
    if by.kind == "system":
        return
    rules.check_may(by, "calendar.plan")
    held = Assignment.objects.in_force(local_day(at)).filter(staff=staff).values_list("unit_id", flat=True)
    if not any(rules.sees_unit(by, unit) for unit in held):
        raise NotAllowed("another unit's worker")
