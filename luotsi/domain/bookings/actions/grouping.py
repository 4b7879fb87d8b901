"""Planning a group: its plan, its meetings, with how many it is held and by when that is decided."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from luotsi.base.who import Who
from luotsi.domain.bookings.access import register_of
from luotsi.domain.bookings.actions.planning import Asked, check_plans, make_plan
from luotsi.domain.bookings.definitions import offerings
from luotsi.domain.bookings.events.groups import GroupPlanned
from luotsi.domain.bookings.models import Group, Slot
from luotsi.domain.bookings.rules.groups import GroupRefused, check_group
from luotsi.domain.bookings.rules.plans import Draft
from luotsi.domain.events import actions as events

GROUP = "group"  # the mode of times that are a group's meetings


@dataclass(frozen=True)
class Wanted:
    """What the group is: of which offering, what tells it from others, with how many it is held, decided by when.

    `decide_by` None: it is held whoever comes.
    """

    offering: str
    name: str = ""
    fewest: int = 1
    decide_by: date | None = None


@transaction.atomic
def make_group(*, key: UUID, wanted: Wanted, asked: Asked, draft: Draft, by: Who, at: datetime) -> Group:
    """Plan a group and its meetings: one for each day of the plan, from its beginning to its end.

    The same `key` again makes nothing. Raises NotAllowed, PlanRefused, GroupRefused.
    """
    check_plans(by, asked.unit)
    if known := Group.objects.filter(plan=key, plan__unit=asked.unit).first():
        return known
    definition = offerings().get(wanted.offering)
    if definition is None or definition.mode != GROUP:
        raise GroupRefused("not_a_group")
    if asked.staff is None:
        raise GroupRefused("nobody_leads")
    plan, _ = make_plan(
        key=key, asked=replace(asked, offerings=(definition.key,), mode=GROUP), draft=_whole(draft), by=by, at=at
    )
    meetings = list(Slot.objects.filter(plan=plan).order_by("starts_at").values_list("starts_at", flat=True))
    check_group(meetings, places=plan.capacity, fewest=wanted.fewest, decide_by=wanted.decide_by, at=at)
    group = Group.objects.create(
        plan=plan, offering=definition.key, name=wanted.name.strip(), fewest=wanted.fewest, decide_by=wanted.decide_by
    )
    day = wanted.decide_by.isoformat() if wanted.decide_by else ""
    tell_group(
        group, GroupPlanned(plan.id, definition.key, len(meetings), plan.capacity, wanted.fewest, day), by=by, at=at
    )
    return group


def tell_group(group: Group, fact: events.Fact, *, by: Who, at: datetime) -> None:
    """Record what happened to the group as a whole: it is about nobody."""
    known, plan = offerings().get(group.offering), group.plan
    where = events.Dimensions(
        unit=plan.unit_id, service=known.service if known else "", register=register_of(plan.unit_id),
        profession=plan.profession,
    )  # fmt: skip
    events.record(fact, by=by, at=at, subject=group.pk, where=where)


def _whole(draft: Draft) -> Draft:
    """A meeting lasts from the beginning to the end: it is one time. A length that is none is refused with the plan."""
    if draft.ends <= draft.begins:
        return draft
    begins, ends = (hour.hour * 60 + hour.minute for hour in (draft.begins, draft.ends))
    return replace(draft, slot_minutes=ends - begins, buffer_minutes=0)
