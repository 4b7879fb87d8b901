"""Reading who works where."""

from datetime import date
from uuid import UUID

from luotsi.base.who import Who
from luotsi.domain.organisation.models import Assignment


def staff_as_who(staff: UUID, *, on: date) -> Who | None:
    """The staff member in the role and units they have on that day; None when they have none. One query."""
    rows = list(
        Assignment.objects.in_force(on).filter(staff_id=staff).select_related("staff").order_by("valid_from", "id")
    )
    if not rows:
        return None
    return Who(
        kind="staff",
        role=rows[0].role,
        id=staff,
        name=rows[0].staff.name,
        units=frozenset(row.unit_id for row in rows if row.role == rows[0].role),
    )


def names_of(staff: set[UUID]) -> dict[UUID, str]:
    """Names for showing who did what. One query."""
    rows = Assignment.objects.filter(staff_id__in=staff).values_list("staff_id", "staff__name")
    return dict(rows)
