"""A season of a vehicle's route: at each stop times of every worker on board, all or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction

from luotsi.base.who import Who
from luotsi.domain.bookings.actions.planning import Asked, check_plans, make_plan
from luotsi.domain.bookings.definitions import (
    Vehicle,
    VehicleRoute,
    Workplace,
    offerings,
    vehicle_routes,
    vehicles,
)
from luotsi.domain.bookings.models import Resource
from luotsi.domain.bookings.rules.plans import Draft, PlanRefused

VEHICLE = "vehicle"


class RouteRefused(PlanRefused):
    """The route cannot be driven so. `stop` is where the first trouble is; "" where it is the whole."""

    def __init__(self, refusal: PlanRefused, stop: str) -> None:
        super().__init__(refusal.why, refusal.day)
        self.stop = stop


@dataclass(frozen=True)
class Season:
    """Which route is driven from which day to which, and who works on board: a worker by workplace."""

    route: str
    first: date
    last: date
    crew: Mapping[str, UUID]


@transaction.atomic
def plan_route(*, key: UUID, season: Season, by: Who, at: datetime) -> int:
    """Make the plans and times of every stop for those on board; answers how many times. The same `key` makes nothing.

    Raises KeyError (no such route or workplace), NotAllowed (another unit's workplace), RouteRefused.
    """
    route = vehicle_routes()[season.route]
    vehicle = vehicles()[route.vehicle]
    known = {one.key: one for one in vehicle.workplaces}
    manned = [(known[name], staff) for name, staff in sorted(season.crew.items())]
    for workplace, _ in manned:
        check_plans(by, workplace.unit)
    return sum(_plan(vehicle, route, one, staff, season, key=key, by=by, at=at) for one, staff in manned)


def _plan(
    vehicle: Vehicle, route: VehicleRoute, workplace: Workplace, staff: UUID, season: Season, *, key: UUID, by: Who,
    at: datetime,
) -> int:  # fmt: skip
    """One worker's times at every stop of the route."""
    offering, made = offerings()[workplace.offering], 0
    room = _room(vehicle, workplace, on=season.first)
    asked = Asked(
        unit=workplace.unit, staff=staff, profession=workplace.profession, offerings=(offering.key,),
        mode=offering.mode, resources=(room.id,),
    )  # fmt: skip
    for number, halt in enumerate(route.halts):
        draft = Draft(
            route.recurrence(halt), halt.begins, halt.ends, season.first, season.last,
            max(one.minutes for one in offering.durations), offering.buffer_minutes,
        )  # fmt: skip
        own_key = uuid5(key, f"{workplace.key} {number}")
        try:
            made += make_plan(key=own_key, asked=replace(asked, stop=halt.stop), draft=draft, by=by, at=at)[1]
        except PlanRefused as refusal:
            raise RouteRefused(refusal, halt.stop) from None
    return made


def _room(vehicle: Vehicle, workplace: Workplace, *, on: date) -> Resource:
    """The workplace as a thing that one can use at a time; written down when it is planned for the first time."""
    name = f"{vehicle.name.fi}: {workplace.name.fi}"
    return Resource.objects.get_or_create(
        unit_id=workplace.unit, kind=VEHICLE, name=name, active_to=None, type=vehicle.key, defaults={"active_from": on}
    )[0]
