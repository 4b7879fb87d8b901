"""Vehicles that stop in the villages, in words: which days are ahead, what is on board, where the stops lie."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils.translation import get_language

from luotsi.base.dates import start_of
from luotsi.base.now import local_day
from luotsi.base.text import sort_key
from luotsi.domain.bookings.definitions import (
    Offering,
    VehicleStop,
    offerings,
    vehicle_routes,
    vehicle_stops,
    vehicles,
)
from luotsi.domain.bookings.queries.stops import StopDay, stop_days
from luotsi.domain.catalogue.queries import centre_of, kilometres, named_in
from luotsi.domain.organisation.definitions import municipality_names
from luotsi.rooms.resident.maps import county_with
from luotsi.ui.maps import DrawnMap, Spot
from luotsi.ui.words import bare_time

AHEAD = timedelta(days=60)
_FEW_DAYS = 3


@dataclass(frozen=True)
class Line:
    """One coming day at a stop as the list shows it."""

    told: StopDay
    village: str
    place: str
    town: str
    what: tuple[str, ...]
    hours: str
    address: str
    stop_address: str


def lines(found: Iterable[StopDay], *, moving: UUID | None = None) -> list[Line]:
    """Days at stops that the shelf still knows, in words."""
    known = vehicle_stops()
    return [_line(one, known[one.stop], moving) for one in found if one.stop in known]


def coming(*, at: datetime, stop: str = "", municipality: str = "") -> list[StopDay]:
    """The days ahead, today among them; of one stop, or of the stops of one municipality."""
    stops = [key for key, one in vehicle_stops().items() if municipality in {"", one.municipality}]
    return stop_days(after=start_of(local_day(at)), before=at + AHEAD, stops=[stop] if stop else stops)


def stop_or_404(key: str) -> VehicleStop:
    found = vehicle_stops().get(key)
    if found is None:
        raise Http404
    return found


def day_or_404(told: str) -> date:
    try:
        return date.fromisoformat(told)
    except ValueError:
        raise Http404 from None


def on_board(stop: str = "") -> list[dict[str, Any]]:
    """The vehicles that come (to this stop), with what is on board."""
    routes = [one for one in vehicle_routes().values() if not stop or stop in {halt.stop for halt in one.halts}]
    named = {one.vehicle for one in routes}
    return [
        {
            "name": _words(one.name), "explains": _words(one.explains), "without_time": _words(one.without_time),
            "equipment": [_words(thing.name) for thing in one.equipment],
            "offerings": [offerings()[place.offering] for place in one.workplaces],
        }
        for key, one in vehicles().items()
        if key in named
    ]  # fmt: skip


def offered_at(one: StopDay) -> list[Offering]:
    """What can be booked there on that day, without a worker's help."""
    known = offerings()
    return [known[key] for key in one.offerings if key in known and known[key].who != "staff_only"]


def town_choices() -> list[tuple[str, str]]:
    """The municipalities in which a vehicle stops."""
    names, with_stops = municipality_names(), {one.municipality for one in vehicle_stops().values()}
    return [(code, _words(name)) for code, name in names.items() if code in with_stops]


def has_stops(service: str) -> bool:
    """Whether the service comes by vehicle."""
    return any(one.service == service and one.mode == "vehicle_stop" for one in offerings().values())


def days_for(services: Collection[str], *, at: datetime, municipality: str = "") -> list[Line]:
    """Of services that come by vehicle the next day at each stop, the earliest first."""
    given = {key for key, one in offerings().items() if one.service in services and one.mode == "vehicle_stop"}
    found: dict[str, StopDay] = {}
    for day in coming(at=at, municipality=municipality) if given else ():
        if given & set(day.offerings):
            found.setdefault(day.stop, day)
    return lines(sorted(found.values(), key=lambda one: one.starts_at))


def days_in(words: str, *, at: datetime) -> tuple[list[Line], list[dict[str, str]]]:
    """The coming days in the villages that the words name, a few of each; and the villages of which none is known."""
    known = vehicle_stops()
    found = named_in(words, {key: _words(one.name) for key, one in known.items()})
    days = {stop: lines(coming(at=at, stop=stop)[:_FEW_DAYS]) for stop in found}
    quiet = [
        {"name": _words(known[key].name), "address": reverse("stop", args=[key])} for key in found if not days[key]
    ]
    return [line for of in days.values() for line in of], quiet


def times_address(offering: Offering) -> str:
    """Where free times of the offering are chosen."""
    if offering.mode == "vehicle_stop":
        return reverse("stops")
    return reverse("service-times", kwargs={"key": offering.service})


def draw_map(chosen: str = "") -> DrawnMap:
    """The stops where they lie in the county, north up; `chosen` is told apart."""
    stops = vehicle_stops()
    here = stops[chosen].municipality if chosen in stops else ""
    spots = [Spot((one.easting, one.northing), _words(one.name), key == chosen) for key, one in stops.items()]
    return county_with(spots, here=here)


def villages(chosen: str = "", *, near: str = "") -> list[dict[str, Any]]:
    """Every stop with its spot and how far it is from the chosen one, or from the middle of a municipality; the nearest
    first, and by name where one does not ask from where.
    """
    stops, names = vehicle_stops(), municipality_names()
    home = (stops[chosen].northing, stops[chosen].easting) if chosen in stops else centre_of(near)
    rows = [
        {
            "name": _words(one.name), "spot": _words(one.spot), "town": _words(names[one.municipality]),
            "address": reverse("stop", args=[key]), "is_here": key == chosen,
            "far": kilometres(home, (one.northing, one.easting)) if home else None,
        }
        for key, one in stops.items()
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row["far"] or 0, sort_key(row["name"])))


def place_words(stop: str) -> str:
    """Where one goes: the village and the spot. "" for a stop that the shelf does not know any more."""
    found = vehicle_stops().get(stop)
    return f"{_words(found.name)}, {_words(found.spot)[:1].lower()}{_words(found.spot)[1:]}" if found else ""


def _line(one: StopDay, stop: VehicleStop, moving: UUID | None) -> Line:
    query = f"?moving={moving}" if moving else ""
    known = offerings()
    return Line(
        told=one,
        village=_words(stop.name),
        place=place_words(one.stop),
        town=_words(municipality_names()[stop.municipality]),
        what=tuple(_words(known[key].name) for key in one.offerings if key in known),
        hours=f"{bare_time(one.starts_at)}–{bare_time(one.ends_at)}",
        address=reverse("stop-times", args=[one.stop, one.day.isoformat()]) + query,
        stop_address=reverse("stop", args=[one.stop]) + query,
    )


def _words(text: Any) -> str:
    return str(text.in_language(get_language() or "fi"))


def read_moving(told: Mapping[str, str]) -> UUID | None:
    """The booked time that is being moved, if the address names one."""
    try:
        return UUID(told.get("moving", ""))
    except ValueError:
        return None
