"""Somebody in the role in which they act now."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import connection

from luotsi.base.text import sort_key
from luotsi.base.who import Who
from luotsi.domain.organisation.models import Staff, begin_of


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
    held = _in_force(staff, on)
    rows = [row for row in held if role in {"", row.role}]
    if not rows:
        return None
    return Who(
        kind="staff",
        role=rows[0].role,
        id=staff,
        name=rows[0].name,
        units=frozenset(row.unit for row in rows if row.role == rows[0].role),
        other_roles=frozenset(row.role for row in held) - {rows[0].role},
    )


def roles_of(staff: UUID, *, on: date) -> list[RoleHeld]:
    """Every role that they have on that day, the longest held first. One query."""
    rows = _in_force(staff, on)
    return [
        RoleHeld(
            role=role,
            units=frozenset(row.unit for row in rows if row.role == role),
            until=min((row.valid_to for row in rows if row.role == role and row.valid_to), default=None),
        )
        for role in dict.fromkeys(row.role for row in rows)
    ]


def names_of(staff: set[UUID]) -> dict[UUID, str]:
    """Names for showing who did what. One query."""
    return dict(Staff.objects.filter(id__in=staff).values_list("id", "name"))


def ids_of_mail(mail: str) -> list[UUID]:
    """Who has this mail address, large and small letters alike. More than one where it is shared."""
    return list(Staff.objects.filter(mail__iexact=mail.strip()).order_by("name", "id").values_list("id", flat=True))


@dataclass(frozen=True)
class Colleague:
    """A worker with what tells them from a namesake: the first of their roles and its unit, "" when they have none."""

    id: UUID
    name: str
    role: str = ""
    unit: str = ""


def colleagues(staff: Collection[UUID] | None = None, *, on: date) -> list[Colleague]:
    """These workers, or all of them, in the order of their names. One query."""
    with connection.cursor() as sql:
        sql.execute(_COLLEAGUES, {"some": None if staff is None else list(staff), "on": on})
        return sorted((Colleague(*row) for row in sql.fetchall()), key=lambda one: (sort_key(one.name), one.id))


@dataclass(frozen=True)
class _Held:
    role: str
    unit: str
    valid_to: date | None
    name: str


def _in_force(staff: UUID, on: date) -> list[_Held]:
    """The assignments of models.in_force for one worker. In plain SQL: every request of every worker asks this."""
    with connection.cursor() as sql:
        sql.execute(_IN_FORCE, {"staff": staff, "on": on, "tomorrow": begin_of(on + timedelta(days=1))})
        return [_Held(*row) for row in sql.fetchall()]


_COLLEAGUES = """
SELECT DISTINCT ON (staff.id) staff.id, staff.name, coalesce(held.role, ''), coalesce(held.unit_id, '')
FROM organisation_staff staff LEFT JOIN organisation_assignment held
  ON held.staff_id = staff.id AND held.confirmed_at IS NOT NULL AND held.ended_at IS NULL
  AND held.valid_from <= %(on)s AND (held.valid_to IS NULL OR held.valid_to >= %(on)s)
WHERE %(some)s::uuid[] IS NULL OR staff.id = ANY (%(some)s)
ORDER BY staff.id, held.valid_from, held.role, held.unit_id
"""
_IN_FORCE = """
SELECT held.role, held.unit_id, held.valid_to, staff.name
FROM organisation_assignment held JOIN organisation_staff staff ON staff.id = held.staff_id
WHERE held.staff_id = %(staff)s AND held.confirmed_at IS NOT NULL AND held.valid_from <= %(on)s
  AND (held.valid_to IS NULL OR held.valid_to >= %(on)s) AND (held.ended_at IS NULL OR held.ended_at >= %(tomorrow)s)
  AND (staff.left_on IS NULL OR staff.left_on > %(on)s)
ORDER BY held.valid_from, held.role, held.unit_id
"""
