"""A day of home rounds as its pages show it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.base.dates import holiday_name
from luotsi.base.now import in_helsinki, today
from luotsi.domain.bookings.definitions.homerounds import home_rounds
from luotsi.domain.bookings.queries.givenup import visits_given_up
from luotsi.domain.bookings.queries.rounds import Round, RoundsDay, Stop, VisitView, units_with_rounds
from luotsi.domain.organisation import definitions as organisation
from luotsi.rooms.team.roundwords import STATES, TROUBLES, WHY_LEFT, what_words
from luotsi.ui.words import bare_time

_EARLIEST, _LATEST = date(2000, 1, 10), date(2100, 1, 10)


@dataclass(frozen=True)
class Asked:
    """Which unit's day is asked for."""

    unit: str
    day: date

    def address(self, day: date | None = None) -> str:
        return f"{reverse('home-rounds')}?{urlencode({'unit': self.unit, 'day': day or self.day})}"


def asked(request: HttpRequest) -> Asked:
    """What the address, or a form, says; what it says wrongly is left out."""
    told = request.POST if request.method == "POST" else request.GET
    units = units_with_rounds(request.viewer)  # type: ignore[attr-defined]
    unit = told.get("unit", "")
    return Asked(unit if unit in units else next(iter(units), ""), day_of(told.get("day", "")))


def day_of(text: str) -> date:
    try:
        return min(max(date.fromisoformat(text), _EARLIEST), _LATEST)
    except ValueError:
        return today()


def around(request: HttpRequest, told: Asked) -> dict[str, Any]:
    """What every page of rounds says of its day and unit."""
    names = organisation.unit_names()
    units = [(key, names[key].in_language(get_language())) for key in units_with_rounds(request.viewer)]  # type: ignore[attr-defined]
    return {
        "asked": told, "units": units, "unit_name": dict(units).get(told.unit, ""), "holiday": holiday_name(told.day),
        "is_past": told.day < today(), "before_url": told.address(told.day - timedelta(days=1)),
        "now_url": told.address(today()), "after_url": told.address(told.day + timedelta(days=1)),
    }  # fmt: skip


def round_line(one: Round) -> dict[str, Any]:
    """A worker's round with the lines of its stops."""
    hours = f"{bare_time(one.begins_at)}–{bare_time(one.ends_at)}" if one.begins_at and one.ends_at else ""
    return {
        "round": one, "hours": hours, "drive": one.drive_minutes,
        "lines": [stop_line(stop) for stop in one.stops if stop.kind != "back" or stop.drive_minutes or stop.troubles],
    }  # fmt: skip


def stop_line(stop: Stop) -> dict[str, Any]:
    visit = stop.visit
    return {
        "kind": stop.kind, "time": f"{bare_time(stop.starts_at)}–{bare_time(stop.ends_at)}",
        "drive": stop.drive_minutes, "visit": visit, "what": what_words(visit.offering, visit.reason) if visit else "",
        "place": place_of(visit) if visit else "", "troubles": [TROUBLES[one] for one in stop.troubles],
        "state": _state(visit) if visit else "", "window": window(visit) if visit else "",
        "tone": _tone(visit) if visit else "neutral",
    }  # fmt: skip


def left_line(one: VisitView) -> dict[str, Any]:
    why = WHY_LEFT.get(one.why_left)  # type: ignore[call-overload]
    return {
        "visit": one, "what": what_words(one.offering, one.reason), "window": window(one), "place": place_of(one),
        "why": why or _("Not looked at yet. Plan the day."), "was_told": one.given_at,
    }  # fmt: skip


def given_up(request: HttpRequest, told: Asked) -> list[dict[str, Any]]:
    """What residents gave up themselves on this day and in the week after it."""
    last = told.day + timedelta(days=6)
    found = visits_given_up(viewer=request.viewer, unit=told.unit, first=told.day, last=last)  # type: ignore[attr-defined]
    return [{"one": one, "what": what_words(one.offering, one.reason), "url": told.address(one.day)} for one in found]


def begins(one: VisitView) -> time:
    """The time of day at which it is laid, or at which it may begin."""
    return in_helsinki(one.starts_at).time() if one.starts_at else one.earliest


def window(one: VisitView) -> str:
    return f"{bare_time(one.earliest)}–{bare_time(one.latest)}"


def place_of(one: VisitView) -> str:
    """The address on one line; "" where a protection order hides it or none is known."""
    town = f"{one.person.postal_code} {one.person.town}".strip()
    return ", ".join(part for part in (one.person.street, town) if part)


def change_words(changes: Counter[str]) -> list[str]:
    """What giving the times would do, as words."""
    words = (
        ("given", _("New times: %(n)d")), ("moved", _("Moved: %(n)d")), ("cancelled", _("Given up: %(n)d")),
    )  # fmt: skip
    return [text % {"n": changes[key]} for key, text in words if changes[key]]


def worker_choices(day: RoundsDay) -> list[tuple[Any, str]]:
    return [(one.staff, one.name) for one in day.rounds if not one.is_away]


def settings_words(unit: str) -> str:
    """By what the drives are reckoned."""
    travel = home_rounds()[unit].travel
    told = {
        "detour": f"{travel.detour:g}".replace(".", ","),
        "speed": f"{travel.speed_kmh:g}",
        "least": travel.least_minutes,
    }
    return (
        _(
            "Drives are estimates, not from a map: the straight line times %(detour)s at %(speed)s km/h, and "
            "%(least)s minutes for parking and the door."
        )
        % told
    )


def _tone(one: VisitView) -> str:
    return "success" if one.state == "held" else "warning" if one.is_changed else "neutral"


def _state(one: VisitView) -> str:
    if one.is_changed:
        return str(_("Not told yet")) if one.given_at is None else str(_("Another time was told"))
    return str(STATES.get(one.state, ""))
