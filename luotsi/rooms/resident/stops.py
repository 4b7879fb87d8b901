"""Vehicles that stop in the villages, in words: which days are ahead, what is on board, where the stops lie."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import altair as alt
from django.http import Http404
from django.urls import reverse
from django.utils.translation import get_language

from luotsi.base.dates import start_of
from luotsi.base.now import local_day
from luotsi.domain.bookings.definitions import (
    Offering,
    VehicleStop,
    offerings,
    vehicle_routes,
    vehicle_stops,
    vehicles,
)
from luotsi.domain.bookings.queries.stops import StopDay, stop_days
from luotsi.domain.catalogue.definitions import places
from luotsi.domain.organisation.definitions import municipality_names
from luotsi.ui.charts import QUIET, SERIES, Drawing, to_svg
from luotsi.ui.words import bare_time

AHEAD = timedelta(days=60)
_MAP_WIDTH, _MAP_HEIGHT = 340, 440
_CLOSE = 10  # kilometres


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


def times_address(offering: Offering) -> str:
    """Where free times of the offering are chosen."""
    if offering.mode == "vehicle_stop":
        return reverse("stops")
    return reverse("service-times", kwargs={"key": offering.service})


def draw_map(chosen: str = "") -> Drawing:
    """The stops where they lie among the towns, north up; `chosen` is drawn larger. No map service is asked."""
    names, stops = municipality_names(), vehicle_stops()
    towns = {one.municipality: one for one in places().values() if one.northing and one.easting}
    rows = [_point(_words(one.name), one, here=key == chosen) for key, one in stops.items()]
    rows += [_point(_words(names[code]), one, town=True) for code, one in towns.items()]
    for row in rows:
        row["before"] = any(0 < one["x"] - row["x"] < _CLOSE and abs(one["y"] - row["y"]) < _CLOSE / 2 for one in rows)
    scale = alt.Scale(zero=False, padding=40)
    place = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X("x:Q", axis=None, scale=scale), y=alt.Y("y:Q", axis=None, scale=scale)
    )
    colour = alt.condition("datum.town", alt.value(QUIET), alt.value(SERIES[0]))
    dots = place.mark_circle(opacity=1).encode(
        color=colour, size=alt.condition("datum.here", alt.value(300), alt.value(110))
    )
    # A name stands after its dot; before it where another dot follows at once.
    after = place.transform_filter("!datum.before").mark_text(align="left", dx=9, fontSize=13)
    before = place.transform_filter("datum.before").mark_text(align="right", dx=-9, fontSize=13)
    labels = [one.encode(text="name:N") for one in (after, before)]
    return to_svg(alt.layer(dots, *labels).properties(width=_MAP_WIDTH, height=_MAP_HEIGHT))


def _point(name: str, at: Any, *, here: bool = False, town: bool = False) -> dict[str, Any]:
    return {"x": at.easting / 1000, "y": at.northing / 1000, "name": name, "here": here, "town": town}


def map_rows() -> list[list[Any]]:
    """The same as a table: village, spot, municipality."""
    names = municipality_names()
    return [[_words(one.name), _words(one.spot), _words(names[one.municipality])] for one in vehicle_stops().values()]


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
