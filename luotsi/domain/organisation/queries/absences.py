"""Who works in a unit, and who of them is away."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from luotsi.base.text import sort_key
from luotsi.domain.organisation.models import Absence, AbsenceQuerySet, Assignment
from luotsi.domain.organisation.rules import works_in


@dataclass(frozen=True)
class Member:
    """A worker of a unit in one role."""

    id: UUID
    name: str
    role: str
    unit: str


@dataclass(frozen=True)
class Away:
    """A worker's absence; both days count. `substitute_name` is "" when nobody looks after their work by name."""

    id: UUID
    staff: UUID
    name: str
    begins_on: date
    ends_on: date
    substitute: UUID | None
    substitute_name: str


def members_of(units: Collection[str], *, on: date, register: str = "") -> list[Member]:
    """Who works in these units on that day, in the order of their names; of a register, those whose role works in it.

    Somebody of two roles stands there once, in the one they have had for longest. One query.
    """
    held = Assignment.objects.in_force(on).filter(unit_id__in=units).order_by("valid_from", "role", "unit_id")
    found: dict[UUID, Member] = {}
    for staff, name, role, unit in held.values_list("staff_id", "staff__name", "role", "unit_id"):
        if not register or works_in(role, register):
            found.setdefault(staff, Member(staff, name, role, unit))
    return sorted(found.values(), key=lambda one: (sort_key(one.name), one.id))


def away_on(staff: Collection[UUID], *, on: date) -> dict[UUID, Away]:
    """Those of these workers who are away on that day. One query."""
    return {row.staff_id: _away(row) for row in _rows().on(on).filter(staff_id__in=staff)}


def absences_from(staff: Collection[UUID], *, on: date) -> list[Away]:
    """Absences of these workers that hold on that day or begin later, the first to begin first. One query."""
    rows = _rows().filter(staff_id__in=staff, ends_on__gte=on, ended_at=None).order_by("begins_on", "staff__name", "id")
    return [_away(row) for row in rows]


def _rows() -> AbsenceQuerySet:
    return Absence.objects.select_related("staff", "substitute")


def _away(row: Absence) -> Away:
    return Away(
        id=row.id,
        staff=row.staff_id,
        name=row.staff.name,
        begins_on=row.begins_on,
        ends_on=row.ends_on,
        substitute=row.substitute_id,
        substitute_name=row.substitute.name if row.substitute else "",
    )
