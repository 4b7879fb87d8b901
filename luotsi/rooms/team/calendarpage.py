"""A week of a unit as its page shows it, and the decisions that a form sends of each booked time."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from luotsi.base.dates import holiday_name, start_of
from luotsi.base.now import today
from luotsi.domain.bookings.actions.changing import Decision
from luotsi.domain.bookings.definitions import offerings
from luotsi.domain.bookings.queries.calendar import Booked, PlanView
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.organisation import queries
from luotsi.domain.organisation.queries import Member
from luotsi.domain.organisation.rules import may
from luotsi.rooms.team.calendarforms import WEEKDAYS
from luotsi.rooms.team.words import mode_words, profession_words
from luotsi.ui.words import bare_time, moment

DAY, WEEK = timedelta(days=1), timedelta(days=7)
_EARLIEST, _LATEST = date(2000, 1, 10), date(2100, 1, 10)


@dataclass(frozen=True)
class Asked:
    """Whose calendar is asked for, in which of the viewer's units, on which day or in the week of that day."""

    unit: str
    day: date
    staff: UUID | None

    @property
    def monday(self) -> date:
        return self.day - timedelta(days=self.day.weekday())

    @property
    def query(self) -> str:
        told = {"unit": self.unit, "from": self.day.isoformat(), "who": str(self.staff or "")}
        return "?" + urlencode({name: value for name, value in told.items() if value})

    def address(self, *, monday: date | None = None, of: str = "calendar", staff: UUID | None = None) -> str:
        """Where this stands, or another day of it, or of another worker."""
        other = replace(self, day=monday or self.day, staff=staff or self.staff)
        return f"{reverse(of)}{other.query}"


def asked(request: HttpRequest) -> Asked:
    """What the address says; what it says wrongly is left out."""
    units = sorted(request.viewer.units)  # type: ignore[attr-defined]
    unit = request.GET.get("unit", "")
    try:
        day = min(max(date.fromisoformat(request.GET.get("from", "")), _EARLIEST), _LATEST)
    except ValueError:
        day = today()
    try:
        staff = UUID(request.GET.get("who", ""))
    except ValueError:
        staff = None
    return Asked(unit if unit in units else next(iter(units), ""), day, staff)


def around(request: HttpRequest, asked: Asked, current: str = "") -> dict[str, Any]:
    """What every page of calendars shows around its own: the unit, the views and the way to plan."""
    units = unit_choices(request)
    views = [(of, words, asked.address(of=of)) for of, words in _views()]
    return {
        "asked": asked,
        "units": units,
        "unit_name": dict(units).get(asked.unit, ""),
        "views": [(words, address, of == current) for of, words, address in views],
        "plans_here": may(request.viewer, "calendar.plan"),  # type: ignore[attr-defined]
        "back_url": asked.address(),
        "query": f"?unit={asked.unit}",
    }


def _views() -> list[tuple[str, str]]:
    return [
        ("calendar-day", _("Day")),
        ("calendar-list", _("List of the day")),
        ("calendar", pgettext("calendar", "Week")),
        ("calendar-gaps", _("Room in the calendar")),
        ("calendar-figures", _("Figures of times")),
    ]


def unit_choices(request: HttpRequest) -> list[tuple[str, str]]:
    names = organisation.unit_names()
    return [(key, names[key].in_language(get_language())) for key in sorted(request.viewer.units)]  # type: ignore[attr-defined]


def members(unit: str) -> list[Member]:
    """Who of the unit can be booked: those whose role has a profession and opens records."""
    roles = organisation.roles()
    found = queries.members_of([unit], on=today()) if unit else []
    return [one for one in found if roles[one.role].profession and roles[one.role].grounds]


def today_address(asked: Asked, of: str) -> str:
    return asked.address(monday=today(), of=of)


def address_of(name: str, unit: str) -> str:
    return f"{reverse(name)}?{urlencode({'unit': unit})}"


def as_day(text: str) -> date:
    """A day that the page itself wrote into a list."""
    return date.fromisoformat(text)


def holiday(day: date) -> str:
    """What holiday the day is; "" for none."""
    name = holiday_name(day)
    return name.in_language(get_language()) if name else ""


def plan_line(plan: PlanView) -> dict[str, Any]:
    names = dict(WEEKDAYS)
    byday = dict(part.split("=", 1) for part in plan.recurrence.split(";")).get("BYDAY", "")
    return {
        "plan": plan,
        "days": ", ".join(str(names.get(code, code)) for code in byday.split(",")) or plan.recurrence,
        "times": f"{bare_time(plan.begins)}–{bare_time(plan.ends)}",
        "what": ", ".join(_offering(key) for key in plan.offerings) or profession_words(plan.profession),
        "every_other": "INTERVAL=2" in plan.recurrence,
    }


def booked_line(one: Booked, chosen: dict[UUID, Decision]) -> dict[str, Any]:
    """A booked time with its three choices; the nearest free time is proposed."""
    told = chosen.get(one.id)
    proposed = told.slot if told and told.slot else next((time.id for time in one.choices), None)
    return {
        "id": one.id,
        "when": moment(one.time.starts_at),
        "who": one.time.name,
        "what": _offering(one.offering) or mode_words(one.time.mode),
        "is_answered": one.is_answered,
        "choices": [(time.id, f"{moment(time.starts_at)}, {time.name}") for time in one.choices],
        "what_chosen": told.what if told else "",
        "proposed": proposed,
    }


def decisions(sent: QueryDict) -> dict[UUID, Decision]:
    """What the form says of each booked time. One that says nothing that can be done is left out."""
    found: dict[UUID, Decision] = {}
    for name, what in sent.items():
        if not name.startswith("what-"):
            continue
        try:
            booking = UUID(name.removeprefix("what-"))
            slot = UUID(sent.get(f"slot-{booking}", "")) if what == "move" else None
        except ValueError:
            continue
        if what in {"keep", "move", "message"}:
            found[booking] = Decision(what, slot)  # type: ignore[arg-type]
    return found


def span_of(first: date, last: date) -> tuple[Any, Any]:
    return start_of(first), start_of(last + timedelta(days=1))


def _offering(key: str) -> str:
    known = offerings().get(key)
    return known.name.in_language(get_language()) if known else key
