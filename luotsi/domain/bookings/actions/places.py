"""The places of a house: how many can be taken in on each day, for a season."""

from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction

from luotsi.base.who import Who
from luotsi.domain.bookings.actions.planning import Asked, check_plans, make_plan
from luotsi.domain.bookings.definitions import offerings
from luotsi.domain.bookings.models import Resource
from luotsi.domain.bookings.rules.plans import Draft, PlanRefused

KINDS = {"bed_days": "beds", "day_place": "day_places"}
MOST_PLACES = 200


@transaction.atomic
def open_places(
    *, key: UUID, unit: str, offering: str, name: str, places: int, recurrence: str, begins: time, ends: time,
    first: date, last: date, by: Who, at: datetime,
) -> int:  # fmt: skip
    """Open so many places of the house on each day of the recurrence; answers on how many days.

    A stay is counted by its days; their hours say when the day is, away from the night in which clocks change. The same
    `key` again opens nothing. Raises NotAllowed, PlanRefused.
    """
    check_plans(by, unit)
    known = offerings().get(offering)
    if known is None or unit not in known.units or known.mode not in KINDS:
        raise PlanRefused("offering")
    if not 0 < places <= MOST_PLACES or not name.strip():
        raise PlanRefused("zero")
    house, _ = Resource.objects.get_or_create(
        unit_id=unit, kind=KINDS[known.mode], name=name.strip(), active_to=None, defaults={"active_from": first}
    )
    minutes = (ends.hour - begins.hour) * 60 + ends.minute - begins.minute
    draft = Draft(recurrence, begins, ends, first, last, minutes)
    asked = Asked(unit=unit, resource=house.id, offerings=(offering,), mode=known.mode, capacity=places)
    return make_plan(key=key, asked=asked, draft=draft, by=by, at=at)[1]
