"""Which rooms and things a unit has."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from luotsi.base.who import Who
from luotsi.domain.bookings.definitions import offerings
from luotsi.domain.bookings.models import Resource
from luotsi.domain.organisation.rules import NotAllowed, check_may, sees_unit


@dataclass(frozen=True)
class Thing:
    """A room, or a thing of a type; `until` is its last day, if it is known."""

    id: UUID
    kind: str
    type: str
    name: str
    until: date | None


def things(*, viewer: Who, unit: str, on: date) -> list[Thing]:
    """The unit's rooms and things in use on that day or later, rooms first. One query. Raises NotAllowed."""
    check_may(viewer, "calendar.read")
    if not sees_unit(viewer, unit):
        raise NotAllowed("another unit's rooms")
    rows = Resource.objects.filter(Q(active_to=None) | Q(active_to__gte=on), unit=unit, kind__in=("room", "equipment"))
    found = [Thing(row.id, row.kind, row.type, row.name, row.active_to) for row in rows]
    return sorted(found, key=lambda one: (one.kind != "room", one.name, one.id))


def equipment_types() -> list[str]:
    """The types of equipment that some offering needs."""
    return sorted({need.type for one in offerings().values() for need in one.needs if need.kind == "equipment"})
