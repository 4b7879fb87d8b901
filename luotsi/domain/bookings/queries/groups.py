"""Groups for pages: what meets where and when, how many places are left, and who comes."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.bookings.access import register_of
from luotsi.domain.bookings.definitions import Offering, offerings
from luotsi.domain.bookings.models import Booking, Group, HeadCount, Slot, WaitingEntry
from luotsi.domain.bookings.rules import groups as rules
from luotsi.domain.events import actions as events
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.organisation.rules import NotAllowed, check_may, sees_unit

AT_ONCE = 100
_LONG_AGO = timedelta(days=90)  # how long groups that are over stay on the list of their unit


@dataclass(frozen=True)
class MeetingView:
    """One meeting. `came` are those marked, `heads` those counted without a name; None: nobody has counted."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    is_held: bool
    taken: int
    free: int
    came: int = 0
    heads: int | None = None

    def is_marked_from(self, day: date) -> bool:
        """Whether who came can be marked now: on its day, and later."""
        return self.is_held and local_day(self.starts_at) <= day


@dataclass(frozen=True)
class GroupView:
    """A group. `free`: how many can still sign up; `is_open`: somebody can, or could if there were room."""

    id: UUID
    offering: Offering
    name: str
    unit: str
    leader: UUID | None
    leader_name: str
    state: rules.GroupState
    meetings: tuple[MeetingView, ...]
    places: int
    free: int
    is_open: bool
    fewest: int
    decide_by: date | None
    is_decided: bool
    cancel_reason: str
    signed_up: int = 0
    waiting: int = 0

    @property
    def held(self) -> tuple[MeetingView, ...]:
        return tuple(one for one in self.meetings if one.is_held)

    @property
    def first(self) -> MeetingView | None:
        return self.held[0] if self.held else None

    @property
    def last(self) -> MeetingView | None:
        return self.held[-1] if self.held else None

    @property
    def is_full(self) -> bool:
        return self.is_open and not self.offering.drop_in and self.free == 0

    def ahead(self, at: datetime) -> tuple[MeetingView, ...]:
        return tuple(one for one in self.held if one.starts_at > at)


def groups_ahead(*, at: datetime, services: Collection[str] = ()) -> list[GroupView]:
    """Groups that meet and to which somebody could come, the nearest first. For everybody: nobody is named."""
    keys = [one.key for one in offerings().values() if not services or one.service in services]
    meets = Slot.objects.filter(plan=OuterRef("plan"), closed_at=None, starts_at__gt=at)
    rows = Group.objects.filter(Exists(meets), cancelled_at=None, ended_at=None, offering__in=keys)
    found = [one for one in _views(rows.order_by("pk")[:AT_ONCE], at) if one.is_open]
    return sorted(found, key=lambda one: (next(iter(one.ahead(at))).starts_at, one.id))


def group(key: UUID, *, at: datetime) -> GroupView:
    """One group, over or called off too. Raises Group.DoesNotExist."""
    found = _views(Group.objects.filter(plan=key), at)
    if not found:
        raise Group.DoesNotExist
    return found[0]


def group_of(booking: UUID) -> UUID | None:
    """The group of whose meeting this is a place. Nobody's right is asked: whoever calls has read the booking."""
    return Group.objects.filter(plan__slots__bookings=booking).values_list("plan_id", flat=True).first()


def groups_of(units: Collection[str], *, viewer: Who, at: datetime) -> list[GroupView]:
    """The groups of these units with how many have signed up and wait: those ahead and not long over. Raises
    NotAllowed.
    """
    check_may(viewer, "calendar.read")
    if not all(sees_unit(viewer, unit) for unit in units):
        raise NotAllowed("another unit's groups")
    ahead = Slot.objects.filter(plan=OuterRef("plan"), ends_at__gt=at - _LONG_AGO)
    rows = Group.objects.filter(Exists(ahead), plan__unit__in=list(units))
    found = _with_numbers(_views(rows.order_by("pk")[:AT_ONCE], at))
    order = {"runs": 0, "ahead": 1, "over": 2, "called_off": 3}
    return sorted(found, key=lambda one: (order[one.state], one.meetings[0].starts_at if one.meetings else at, one.id))


def group_of_unit(key: UUID, *, viewer: Who, at: datetime) -> GroupView:
    """One group with its numbers, for its unit. Raises NotAllowed, Group.DoesNotExist."""
    check_may(viewer, "calendar.read")
    found = group(key, at=at)
    if not sees_unit(viewer, found.unit):
        raise NotAllowed("another unit's group")
    return _with_numbers([found])[0]


def own_groups(*, viewer: Who, at: datetime) -> list[GroupView]:
    """The groups in which the resident has a place at a meeting that is not over. The reading is logged."""
    rows = _places(viewer.own_ids).filter(slot__ends_at__gt=at, held_at=None, no_show_at=None)
    mine = rows.filter(slot__plan__group__isnull=False).values_list("slot__plan_id", "resident_id", "slot__unit_id")
    places = {plan: (resident, unit) for plan, resident, unit in mine}
    covered = {
        plan: resident
        for plan, (resident, unit) in places.items()
        if viewer.registers is None or register_of(unit) in viewer.registers
    }
    for plan, resident in covered.items():
        register = register_of(places[plan][1])
        events.saw(viewer, residents=[resident], what="booking", register=register, ground=viewer.ground or "own")
    found = _views(Group.objects.filter(plan__in=covered).order_by("pk"), at)
    return sorted(found, key=lambda one: (one.first.starts_at if one.first else at, one.id))


def _views(rows: Iterable[Group], at: datetime) -> list[GroupView]:
    """Groups with their meetings. Four queries, however many they are."""
    found = list(Group.objects.filter(pk__in=[row.pk for row in rows]).select_related("plan__staff"))
    slots: dict[UUID, list[Slot]] = defaultdict(list)
    for slot in Slot.objects.filter(plan__in=[row.pk for row in found]).order_by("starts_at", "id"):
        slots[slot.plan_id].append(slot)
    ids = [slot.id for every in slots.values() for slot in every]
    heads = dict(HeadCount.objects.filter(slot__in=ids).values_list("slot_id", "people"))
    with as_system():
        marked = Booking.objects.filter(slot__in=ids, held_at__isnull=False).order_by().values("slot_id")
        came = dict(marked.annotate(number=Count("id")).values_list("slot_id", "number"))
    known = offerings()
    return [_view(row, slots[row.pk], came, heads, at) for row in found if row.offering in known]


def _view(
    row: Group, slots: Sequence[Slot], came: dict[UUID, int], heads: dict[UUID, int], at: datetime
) -> GroupView:  # fmt: skip
    offering, plan = offerings()[row.offering], row.plan
    told = [rules.Meeting(one.starts_at, one.ends_at, one.capacity, one.taken, one.closed_at is None) for one in slots]
    state = rules.state(told, cancelled_at=row.cancelled_at, at=at)
    lead = timedelta(hours=offering.lead_hours)
    ahead = rules.joinable(told, at=at, lead=timedelta(0) if offering.drop_in else lead)
    is_open = state in {"ahead", "runs"} and (bool(ahead) or offering.drop_in)
    return GroupView(
        id=row.pk, offering=offering, name=row.name, unit=plan.unit_id, leader=plan.staff_id,
        leader_name=plan.staff.name if plan.staff else "", state=state, places=plan.capacity,
        free=rules.free_places(ahead), is_open=is_open, fewest=row.fewest, decide_by=row.decide_by,
        is_decided=row.decided_at is not None, cancel_reason=row.cancel_reason,
        meetings=tuple(
            MeetingView(
                one.id, one.starts_at, one.ends_at, one.closed_at is None, one.taken,
                max(one.capacity - one.taken, 0), came.get(one.id, 0), heads.get(one.id),
            )
            for one in slots
        ),
    )  # fmt: skip


def _with_numbers(found: Sequence[GroupView]) -> list[GroupView]:
    """How many have signed up and how many wait: numbers, also of those whom the viewer does not see by name."""
    with as_system():
        rows = Booking.objects.filter(slot__plan__in=[one.id for one in found], accepted_at__isnull=False)
        rows = rows.filter(cancelled_at=None).order_by().values("slot__plan_id")
        counted = rows.annotate(number=Count("resident_id", distinct=True))
        signed_up = dict(counted.values_list("slot__plan_id", "number"))
        open_ones = WaitingEntry.objects.filter(closed_at=None, offering__in={one.offering.key for one in found})
        waits = list(open_ones.values_list("offering", "units"))
    return [
        replace(
            one,
            signed_up=signed_up.get(one.id, 0),
            waiting=sum(key == one.offering.key and (not units or one.unit in units) for key, units in waits),
        )
        for one in found
    ]


def _places(residents: Collection[UUID]) -> QuerySet[Booking]:
    standing = Q(accepted_at__isnull=False, cancelled_at=None, declined_at=None)
    return Booking.objects.filter(standing, resident_id__in=list(residents))
