"""Who comes to a group, by name: for the resident's leader, and for nobody who has no reason to know."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from luotsi.base.who import Who
from luotsi.domain.bookings.access import register_of
from luotsi.domain.bookings.definitions import offerings
from luotsi.domain.bookings.models import Booking, Group, Slot
from luotsi.domain.events import actions as events
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.organisation.rules import NotAllowed, check_may, sees_unit
from luotsi.domain.people import access as people_access
from luotsi.domain.people import queries as people


@dataclass(frozen=True)
class Gathered:
    """A group that is over: what it was called, who led it where, and who came at least once."""

    name: str
    unit: str
    leader: UUID | None
    came: tuple[UUID, ...]


def gathered(group: UUID) -> Gathered:
    """For what happens by itself after a group: nobody's right is asked."""
    with as_system():
        row = Group.objects.select_related("plan").get(plan=group)
        held = Booking.objects.filter(slot__plan=group, held_at__isnull=False).order_by()
        came = sorted(held.values_list("resident_id", flat=True).distinct(), key=str)
    known = offerings().get(row.offering)
    name = ": ".join(part for part in (known.name.fi if known else row.offering, row.name) if part)
    return Gathered(name, row.plan.unit_id, row.plan.staff_id, tuple(came))


@dataclass(frozen=True)
class Mark:
    """A place at one meeting, and what was marked. `reason` why they did not come."""

    booking: UUID
    has_come: bool
    reason: str

    @property
    def is_marked(self) -> bool:
        return self.has_come or bool(self.reason)


@dataclass(frozen=True)
class Comer:
    """Somebody who has a place, with their marks by meeting."""

    resident: UUID
    name: str
    marks: dict[UUID, Mark]

    def at(self, meeting: UUID) -> Mark | None:
        return self.marks.get(meeting)


@dataclass(frozen=True)
class Roster:
    """Those who have a place, by name; `others` are those whom the viewer has no reason to see by name."""

    comers: tuple[Comer, ...]
    others: int


def roster(group: UUID, *, viewer: Who) -> Roster:
    """Who has or had a place in the group and has not given all of it up. Raises NotAllowed. The reading is logged."""
    check_may(viewer, "visit.record")
    unit = Group.objects.filter(plan=group).values_list("plan__unit_id", flat=True).first()
    if unit is None or not sees_unit(viewer, unit):
        raise NotAllowed("another unit's group")
    slots = Slot.objects.filter(plan=group).values_list("id", flat=True)
    return _roster(slots, viewer=viewer, register=register_of(unit))


def attendance(meeting: UUID, *, viewer: Who) -> Roster:
    """Who has a place at this meeting. Raises NotAllowed. The reading is logged."""
    check_may(viewer, "visit.record")
    slot = Slot.objects.filter(id=meeting).first()
    if slot is None or not sees_unit(viewer, slot.unit_id):
        raise NotAllowed("another unit's meeting")
    return _roster([slot.id], viewer=viewer, register=register_of(slot.unit_id))


def _roster(slots: Collection[UUID], *, viewer: Who, register: str) -> Roster:
    rows = Booking.objects.filter(slot__in=list(slots), accepted_at__isnull=False, cancelled_at=None).order_by("id")
    with as_system():
        every = rows.order_by().values("resident_id").distinct().count()
    seen = list(rows)
    grounds = people_access.grounds_of(viewer, {row.resident_id for row in seen})
    marks: dict[UUID, dict[UUID, Mark]] = {}
    for row in seen:
        if (row.resident_id, register) in grounds:
            mark = Mark(row.id, row.held_at is not None, row.no_show_reason)
            marks.setdefault(row.resident_id, {})[row.slot_id] = mark
    for resident in marks:
        ground = grounds[resident, register]
        events.saw(viewer, residents=[resident], what="booking", register=register, ground=ground)
    known = people.persons(list(marks))
    comers = [Comer(resident, known[resident].name, told) for resident, told in marks.items()]
    return Roster(tuple(sorted(comers, key=lambda one: (one.name, one.resident))), every - len(comers))
