"""A season is planned at once: plans go on as they are between two other days, all of them or none."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction

from luotsi.base.who import Who
from luotsi.domain.bookings.actions.generating import draft_of
from luotsi.domain.bookings.actions.planning import Asked, check_plans, make_plan
from luotsi.domain.bookings.models import Plan
from luotsi.domain.bookings.rules.plans import PlanRefused
from luotsi.domain.organisation.rules import NotAllowed

MOST = 300


class SeasonRefused(Exception):
    """Some of the plans cannot go on: which, and why each. Nothing was made."""

    def __init__(self, refusals: Mapping[UUID, PlanRefused]) -> None:
        self.refusals = dict(refusals)
        super().__init__(f"{len(self.refusals)} of the plans cannot go on")


@transaction.atomic
def plan_season(
    *, key: UUID, unit: str, plans: Sequence[UUID], first: date, last: date, by: Who, at: datetime
) -> tuple[int, int]:  # fmt: skip
    """Each of these plans of the unit holds from the first day to the last one, too, as a plan of its own.

    Answers how many plans and times were made; the same `key` again makes none. Raises NotAllowed, SeasonRefused.
    """
    check_plans(by, unit)
    rows = list(Plan.objects.filter(id__in=plans, unit=unit).prefetch_related("resources").order_by("id")[:MOST])
    if len(rows) != len(set(plans)):
        raise NotAllowed("another unit's plans")
    refused, made, times = {}, 0, 0
    for row in rows:
        draft = replace(draft_of(row), valid_from=first, valid_to=last)
        try:
            with transaction.atomic():
                count = make_plan(key=uuid5(key, str(row.id)), asked=_as(row), draft=draft, by=by, at=at)[1]
        except PlanRefused as refusal:
            refused[row.id] = refusal
        else:
            made, times = made + (count > 0), times + count
    if refused:
        raise SeasonRefused(refused)
    return made, times


def _as(row: Plan) -> Asked:
    """What the plan is for, as it was asked for then."""
    return Asked(
        unit=row.unit_id,
        staff=row.staff_id,
        resource=row.resource_id,
        profession=row.profession,
        offerings=tuple(row.offerings),
        mode=row.mode,
        capacity=row.capacity,
        overbook=row.overbook,
        resources=tuple(one.id for one in row.resources.all()),
        stop=row.stop,
    )
