"""Somebody in the role in which they act now."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from luotsi.base.text import sort_key
from luotsi.base.who import Who
from luotsi.domain.organisation.models import Assignment, Staff


@dataclass(frozen=True)
class RoleHeld:
    """A role that a worker may act in now, and where. `until` is the last day of the first of its units to end."""

    role: str
    units: frozenset[str]
    until: date | None


def staff_as_who(staff: UUID, *, on: date, role: str = "") -> Who | None:
    """The staff member in a role and its units on that day; without `role` in the one they have had for longest.

    None when they do not have it. One query.
    """
    rows = [row for row in _in_force(staff, on) if role in {"", row.role}]
    if not rows:
        return None
    return Who(
        kind="staff",
        role=rows[0].role,
        id=staff,
        name=rows[0].staff.name,
        units=frozenset(row.unit_id for row in rows if row.role == rows[0].role),
    )


def roles_of(staff: UUID, *, on: date) -> list[RoleHeld]:
    """Every role that they have on that day, the longest held first. One query."""
    rows = _in_force(staff, on)
    return [
        RoleHeld(
            role=role,
            units=frozenset(row.unit_id for row in rows if row.role == role),
            until=min((row.valid_to for row in rows if row.role == role and row.valid_to), default=None),
        )
        for role in dict.fromkeys(row.role for row in rows)
    ]


def names_of(staff: set[UUID]) -> dict[UUID, str]:
    """Names for showing who did what. One query."""
    return dict(Staff.objects.filter(id__in=staff).values_list("id", "name"))


def everybody() -> list[tuple[UUID, str]]:
    """Every worker by id and name, in the order of the names. One query."""
    return sorted(Staff.objects.values_list("id", "name"), key=lambda row: sort_key(row[1]))


def _in_force(staff: UUID, on: date) -> list[Assignment]:
    rows = Assignment.objects.in_force(on).filter(staff_id=staff).select_related("staff")
    return list(rows.order_by("valid_from", "role", "unit_id"))
