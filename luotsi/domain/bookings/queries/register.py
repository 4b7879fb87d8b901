"""The queue register of a unit: who waits for what since when, why, how urgently and by when."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db.models import Q, QuerySet

from luotsi.base.who import Who
from luotsi.domain.bookings import access
from luotsi.domain.bookings.definitions import offered_in, offerings
from luotsi.domain.bookings.models import SlotOffer, WaitingEntry
from luotsi.domain.bookings.rules import clearing
from luotsi.domain.bookings.rules import waiting as rules
from luotsi.domain.events import actions as events
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.organisation.rules import NotAllowed, check_may, sees_unit
from luotsi.domain.people import access as relations
from luotsi.domain.people import queries as people

READ = "queue.read"
Sort = Literal["turn", "entered", "due", "urgency"]
SORTS: tuple[Sort, ...] = ("turn", "entered", "due", "urgency")


@dataclass(frozen=True)
class Place:
    """One place in a queue. `turn` is its number in the order in which freed times are offered.

    `name` only where the viewer has a relationship with the person; a manager reads the queue and nobody in it.
    """

    id: UUID
    turn: int
    name: str
    subject: UUID | None
    offering: str
    units: tuple[str, ...]
    entered_at: datetime
    due_at: datetime | None
    urgency: str
    why: str
    standing: clearing.Standing
    answer_by: datetime | None

    def is_overdue(self, at: datetime) -> bool:
        return self.due_at is not None and self.due_at <= at


def queue(
    *, viewer: Who, unit: str, at: datetime, offering: str = "", sort: Sort = "turn", names: bool = True
) -> list[Place]:  # fmt: skip
    """Everybody who waits for a time in the unit; without `names` of nobody. At most five queries; names are logged.

    Raises NotAllowed.
    """
    check_may(viewer, READ)
    if not sees_unit(viewer, unit):
        raise NotAllowed("another unit's queue")
    with as_system():
        rows = list(in_unit(unit, offering))
        until = dict(SlotOffer.objects.filter(entry__in=rows, answered_at=None).values_list("entry_id", "answer_by"))
        places = [_place(row, until.get(row.id), at) for row in rows]
    turns = {one.id: number for number, one in enumerate(rules.order(_as_waiting(row) for row in rows), start=1)}
    known = _names(viewer, unit, rows) if names else {}
    told = [replace(one, turn=turns[one.id], name=known.get(one.id, "")) for one in places]
    return sorted(told, key=lambda one: _key(one, sort))


def offerings_waited_for(*, viewer: Who, unit: str) -> dict[str, int]:
    """How many wait for a time of what, by its key. One query. Raises NotAllowed."""
    check_may(viewer, READ)
    if not sees_unit(viewer, unit):
        raise NotAllowed("another unit's queue")
    with as_system():
        keys = list(in_unit(unit).values_list("offering", flat=True))
    return {key: keys.count(key) for key in sorted(set(keys))}


def in_unit(unit: str, offering: str = "") -> QuerySet[WaitingEntry]:
    """Who waits for a time in this unit: by choice, or because anywhere will do. For actions and for `queue`."""
    here = [one.key for one in offered_in(unit)]
    rows = WaitingEntry.objects.filter(Q(units__contains=[unit]) | Q(units=[], offering__in=here), closed_at=None)
    rows = rows.filter(is_invited=False)  # who was invited chooses, and waits for nothing
    return rows.filter(offering=offering) if offering else rows


def units_of(row: WaitingEntry) -> list[str]:
    """Where the time that they wait for can be."""
    known = offerings().get(row.offering)
    return list(row.units) or list(known.units if known else ())


def _names(viewer: Who, unit: str, rows: Collection[WaitingEntry]) -> dict[UUID, str]:
    """The names that this viewer may read; the reading is logged."""
    register = access.register_of(unit)
    open_to = relations.grounds_of(viewer, {row.resident_id for row in rows}) if rows else {}
    mine = [row for row in rows if (row.resident_id, register) in open_to]
    if not mine:
        return {}
    known = people.persons({row.resident_id for row in mine})
    for row in mine:
        ground = open_to[row.resident_id, register]
        events.saw(viewer, residents=[row.resident_id], what="list", register=register, ground=ground)
    return {row.id: known[row.resident_id].name for row in mine}


def _place(row: WaitingEntry, until: datetime | None, at: datetime) -> Place:
    told = {"asked_at": row.asked_at, "needed_at": row.needed_at, "is_offered": until is not None and until > at}
    return Place(
        id=row.id, turn=0, name="", subject=row.subject, offering=row.offering, units=tuple(row.units),
        entered_at=row.entered_at, due_at=row.due_at, urgency=row.urgency, why=row.why,
        standing=clearing.standing(**told, at=at), answer_by=until,
    )  # fmt: skip


def _as_waiting(row: WaitingEntry) -> rules.Waiting:
    return rules.Waiting(
        id=row.id, units=frozenset(row.units), entered_at=row.entered_at, due_at=row.due_at,
        urgency=rules.URGENCIES.get(row.urgency, 0),
    )  # fmt: skip


def _key(one: Place, sort: Sort) -> tuple[object, ...]:
    keys: dict[str, tuple[object, ...]] = {
        "turn": (),
        "entered": (one.entered_at,),
        "due": (one.due_at is None, one.due_at),
        "urgency": (-rules.URGENCIES.get(one.urgency, 0),),
    }
    return (*keys[sort], one.turn)
