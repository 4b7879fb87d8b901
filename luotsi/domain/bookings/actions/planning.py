"""Making a plan, and ending one. Who has the right plans for the units that they manage."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from luotsi.base import bulk
from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.bookings.actions.generating import TURN, all_sessions, generate
from luotsi.domain.bookings.definitions import offerings
from luotsi.domain.bookings.events import PlanMade
from luotsi.domain.bookings.models import Plan, Resource
from luotsi.domain.bookings.rules.plans import Draft, PlanRefused, check_draft, first_overlap, sessions
from luotsi.domain.events import actions as events
from luotsi.domain.organisation import queries as organisation
from luotsi.domain.organisation.rules import NotAllowed, check_may, sees_unit


@dataclass(frozen=True)
class Asked:
    """What a plan is for: whose times, in which unit, for what, and which rooms and things go with each."""

    unit: str
    staff: UUID | None = None
    resource: UUID | None = None
    profession: str = ""
    offerings: tuple[str, ...] = ()
    mode: str = "visit"
    capacity: int = 1
    overbook: int = 0
    resources: tuple[UUID, ...] = field(default=())
    stop: str = ""


@transaction.atomic
def make_plan(*, key: UUID, asked: Asked, draft: Draft, by: Who, at: datetime) -> tuple[Plan, int]:
    """Make a plan and its times ahead; answers both. The same `key` again makes nothing.

    Raises NotAllowed (another's unit, room or worker), PlanRefused.
    """
    check_plans(by, asked.unit)
    if known := Plan.objects.filter(id=key, unit=asked.unit).first():
        return known, 0
    check_draft(draft, today=local_day(at))
    _check_asked(asked, draft, at)
    bulk.wait_for_turn(TURN)
    beside = Plan.objects.filter(ended_at=None, valid_from__lte=draft.valid_to, valid_to__gte=draft.valid_from)
    beside = beside.filter(staff=asked.staff) if asked.staff else beside.filter(resource=asked.resource)
    if day := first_overlap(sessions(draft), all_sessions(beside)):
        raise PlanRefused("overlaps", day)
    plan = Plan.objects.create(
        id=key, unit_id=asked.unit, staff_id=asked.staff, resource_id=asked.resource, profession=asked.profession,
        offerings=list(asked.offerings), mode=asked.mode, capacity=asked.capacity, overbook=asked.overbook,
        stop=asked.stop,
        made_by_id=by.id, made_at=at, **asdict(draft),
    )  # fmt: skip
    plan.resources.set(asked.resources)
    made = generate([plan.id], at=at)
    fact = PlanMade(plan=plan.id, staff=plan.staff_id, resource=plan.resource_id, times=made)
    events.record(fact, by=by, at=at, subject=plan.id, where=events.Dimensions(unit=asked.unit))
    return plan, made


@transaction.atomic
def make_plans(*, key: UUID, asked: Sequence[Asked], draft: Draft, by: Who, at: datetime) -> int:
    """The same plan for several workers, for all of them or none; answers how many times it made. The same `key` again
    makes nothing. Raises as make_plan: a PlanRefused says for whom.
    """
    made = 0
    for number, one in enumerate(asked):
        own_key = key if number == 0 else uuid5(key, str(one.staff))
        try:
            made += make_plan(key=own_key, asked=one, draft=draft, by=by, at=at)[1]
        except PlanRefused as refusal:
            refusal.staff = one.staff if len(asked) > 1 else None
            raise
    return made


def check_plans(by: Who, unit: str) -> None:
    """Raises NotAllowed unless the calendars of this unit are theirs to plan."""
    if by.kind == "system":
        return
    check_may(by, "calendar.plan")
    if not sees_unit(by, unit):
        raise NotAllowed("this unit's calendars are planned by others")


def _check_asked(asked: Asked, draft: Draft, at: datetime) -> None:
    if asked.staff:
        members = organisation.members_of([asked.unit], on=local_day(at))
        if asked.staff not in {one.id for one in members}:
            raise PlanRefused("nobody")
    things = {*asked.resources, *([asked.resource] if asked.resource else [])}
    if Resource.objects.filter(id__in=things, unit=asked.unit).count() != len(things):
        raise NotAllowed("the room or thing is another unit's")
    for key in asked.offerings:
        known = offerings().get(key)
        if known is None or asked.unit not in known.units:
            raise PlanRefused("offering")
        if asked.staff and asked.profession not in known.professions:
            raise PlanRefused("offering")
        if asked.staff and not set(known.qualifications) <= _qualified(asked.staff, draft):
            raise PlanRefused("qualification")


def _qualified(staff: UUID, draft: Draft) -> frozenset[str]:
    """What the worker is qualified for during the whole plan."""
    found = organisation.qualifications_of([staff], first=draft.valid_from, last=draft.valid_to)
    return found.get(staff, frozenset())
