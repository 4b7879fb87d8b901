"""A worker is away, and who looks after their work meanwhile. A manager of a unit in which they work marks it."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.events import actions as events
from luotsi.domain.organisation import rules
from luotsi.domain.organisation.events import AbsenceEnded, AbsenceMarked
from luotsi.domain.organisation.models import Absence, Assignment, Staff
from luotsi.domain.organisation.rules import Days, NotAllowed


@transaction.atomic
def mark_absence(
    *, key: UUID, staff: UUID, begins_on: date, ends_on: date, substitute: UUID | None, by: Who, at: datetime
) -> Absence:
    """The worker is away on these days; both count. The same `key` again changes nothing.

    Raises NotAllowed (another unit's worker), NotPossible (days that make no sense, or somebody away already).
    """
    units = _check_manages(by, staff, at)
    if known := Absence.objects.filter(id=key).first():
        return known
    if substitute and not _works_in(substitute, units, at):
        raise NotAllowed("the substitute works elsewhere")
    list(Staff.objects.select_for_update().filter(id=staff))  # two markings of one worker act one after the other
    rules.check_absence(
        Days(begins_on, ends_on), on=local_day(at), staff=staff, substitute=substitute,
        known=_days_of(staff), of_substitute=_days_of(substitute) if substitute else (),
    )  # fmt: skip
    row = Absence.objects.create(
        id=key, staff_id=staff, begins_on=begins_on, ends_on=ends_on, substitute_id=substitute, marked_by_id=by.id,
        marked_at=at,
    )  # fmt: skip
    fact = AbsenceMarked(staff=staff, begins_on=begins_on, ends_on=ends_on, substitute=substitute)
    _tell(fact, units, by=by, at=at, subject=staff)
    return row


@transaction.atomic
def end_absence(*, absence: UUID, by: Who, at: datetime) -> Absence:
    """They are back, or it was a mistake. Ending it twice changes nothing. Raises NotAllowed (or gone)."""
    row = Absence.objects.select_for_update().filter(id=absence).first()
    if row is None:
        raise NotAllowed("there is no such absence")
    units = _check_manages(by, row.staff_id, at)
    if row.ended_at is None:
        row.ended_at, row.ended_by_id = at, by.id
        row.save(update_fields=["ended_at", "ended_by"])
        _tell(AbsenceEnded(staff=row.staff_id), units, by=by, at=at, subject=row.staff_id)
    return row


def _check_manages(by: Who, staff: UUID, at: datetime) -> list[str]:
    """The manager's units in which this worker works. Raises NotAllowed when there are none."""
    rules.check_may(by, "absence.mark")
    units = sorted(unit for unit in by.units if rules.sees_unit(by, unit))
    if not _works_in(staff, units, at):
        raise NotAllowed("this worker works elsewhere")
    return units


def _works_in(staff: UUID, units: list[str], at: datetime) -> bool:
    return Assignment.objects.in_force(local_day(at)).filter(staff_id=staff, unit_id__in=units).exists()


def _days_of(staff: UUID) -> list[Days]:
    rows = Absence.objects.filter(staff_id=staff, ended_at=None)
    return [Days(*row) for row in rows.values_list("begins_on", "ends_on")]


def _tell(fact: events.Fact, units: list[str], *, by: Who, at: datetime, subject: UUID) -> None:
    """One event, on the list of the first unit that the two share; open lists ask again."""
    events.record(fact, by=by, at=at, subject=subject, where=events.Dimensions(unit=units[0]))
