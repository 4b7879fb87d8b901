"""Taking the county's structure from the shelf, and workers from an import."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from luotsi.base.who import Who
from luotsi.domain.events import actions as events
from luotsi.domain.organisation import definitions, rules
from luotsi.domain.organisation.events import AssignmentGranted
from luotsi.domain.organisation.models import Assignment, Staff, Unit


@transaction.atomic
def load_units() -> int:
    """Make a row for each unit on the shelf. Safe to run again. Answers how many units there are."""
    rows = [Unit(key=unit.key, register=unit.register) for unit in definitions.county().units]
    Unit.objects.bulk_create(rows, update_conflicts=True, unique_fields=["key"], update_fields=["register"])
    return len(rows)


@transaction.atomic
def employ(*, id: UUID, name: str, unit: str, role: str, since: date, by: Who, at: datetime, mail: str = "") -> Staff:
    """Add a staff member (or find the one with this id) and grant a role in a unit until further notice.

    For imports and the demonstration: no page leads here. Raises NotPossible when the role does not fit the unit.
    """
    rules.check_fits(role, unit)
    staff, _ = Staff.objects.get_or_create(id=id, defaults={"name": name, "mail": mail})
    row, is_new = Assignment.objects.get_or_create(
        staff=staff, unit_id=unit, role=role, valid_from=since, source="system", ended_at=None,
        defaults={"confirmed_at": at},
    )  # fmt: skip
    if is_new:
        fact = AssignmentGranted(staff=staff.id, role=role)
        events.record(fact, by=by, at=at, subject=row.id, where=events.Dimensions(unit=unit))
    return staff
