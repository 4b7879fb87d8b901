"""The times of some days with who comes to them, for those who work there.

A name is told to whoever has a relationship with the resident in the unit's register. A manager, who has none, and a
colleague of another register see that somebody is booked.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from luotsi.base.who import Who
from luotsi.domain.bookings import access, rules
from luotsi.domain.bookings.models import Booking, Slot
from luotsi.domain.bookings.queries import calendar
from luotsi.domain.bookings.queries.calendar import Time
from luotsi.domain.events import actions as events
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.organisation.rules import may
from luotsi.domain.people import access as people
from luotsi.domain.people import queries as persons

# Where the visit is on its day. `kept`: somebody is choosing the time just now.
Stage = Literal["kept", "offered", "made", "arrived", "began", "held", "missed"]


@dataclass(frozen=True)
class Visit:
    """One booking of a time. `resident` and `name` are None and "" where they are not the viewer's to read."""

    id: UUID
    stage: Stage
    offering: str
    reason: str
    resident: UUID | None
    name: str
    since: datetime | None  # when they arrived
    no_show_reason: str
    can_change: bool


@dataclass(frozen=True)
class DayTime:
    """A time of the calendar with its visits, in the order in which they were booked."""

    time: Time
    visits: tuple[Visit, ...]


def day(
    *, viewer: Who, unit: str, after: datetime, before: datetime, at: datetime, staff: UUID | None = None
) -> list[DayTime]:
    """The unit's times that begin between the two moments. Raises NotAllowed. Whose name is shown is logged."""
    times = calendar.week(viewer=viewer, unit=unit, after=after, before=before, staff=staff)
    rows = _standing([one.id for one in times if one.taken], at=at)
    shown = _shown(rows, viewer=viewer, register=access.register_of(unit))
    return [DayTime(one, tuple(shown[row.id] for row in rows.get(one.id, ()))) for one in times]


def one_time(booking: UUID, *, viewer: Who, at: datetime) -> DayTime | None:
    """One visit with its time, for whoever may change it; None for everybody else. The reading is logged."""
    with as_system():
        row = Booking.objects.select_related("slot__staff", "slot__resource").filter(id=booking).first()
    if row is None or row.cancelled_at or row.declined_at:
        return None
    register = access.register_of(row.slot.unit_id)
    if not may(viewer, "booking.offer") or people.relationship_of(viewer, row.resident_id, register=register) is None:
        return None
    visit = _shown({row.slot_id: [row]}, viewer=viewer, register=register)[row.id]
    return DayTime(calendar.time_of(row.slot), (visit,))


def unit_of(slot: UUID) -> str:
    """In which unit a time is; "" for one that is nowhere."""
    return Slot.objects.filter(id=slot).values_list("unit_id", flat=True).first() or ""


def _standing(slots: Collection[UUID], *, at: datetime) -> dict[UUID, list[Booking]]:
    """The bookings of these times that were neither given up nor let lapse, by time."""
    found: dict[UUID, list[Booking]] = defaultdict(list)
    with as_system():
        rows = Booking.objects.filter(slot__in=slots, declined_at=None, cancelled_at=None)
        for row in rows.exclude(accepted_at=None, hold_until__lte=at).order_by("offered_at", "id"):
            found[row.slot_id].append(row)
    return found


def _shown(rows: dict[UUID, list[Booking]], *, viewer: Who, register: str) -> dict[UUID, Visit]:
    every = [row for of_slot in rows.values() for row in of_slot]
    grounds = people.grounds_of(viewer, {row.resident_id for row in every}) if viewer.is_staff else {}
    mine = {resident: ground for (resident, known), ground in grounds.items() if known == register}
    known = persons.persons(mine)
    for resident in known:
        events.saw(viewer, residents=[resident], what="booking", register=register, ground=mine[resident])
    changes = may(viewer, "booking.offer")
    return {row.id: _visit(row, known, can_change=changes and row.resident_id in known) for row in every}


def _visit(row: Booking, known: dict[UUID, persons.Person], *, can_change: bool) -> Visit:
    person = known.get(row.resident_id)
    return Visit(
        id=row.id,
        stage=stage_of(row),
        offering=row.offering,
        reason=row.reason,
        resident=person.id if person else None,
        name=person.name if person else "",
        since=row.arrived_at,
        no_show_reason=row.no_show_reason,
        can_change=can_change,
    )


def stage_of(row: Booking) -> Stage:
    state = rules.booking_state(rules.moments_of(row))
    if state == "made" and (row.began_at or row.arrived_at):
        return "began" if row.began_at else "arrived"
    return state  # type: ignore[return-value]
