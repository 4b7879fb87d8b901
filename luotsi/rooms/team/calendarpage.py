"""A week of a unit as its page shows it, and the decisions that a form sends of each booked time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.base.dates import holiday_name, start_of
from luotsi.base.now import local_day, today
from luotsi.domain.bookings.actions.changing import Decision
from luotsi.domain.bookings.definitions import offerings
from luotsi.domain.bookings.queries.calendar import Booked, PlanView, Time
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.organisation import queries
from luotsi.domain.organisation.queries import Member
from luotsi.rooms.team.calendarforms import WEEKDAYS
from luotsi.rooms.team.words import mode_words, profession_words
from luotsi.ui.words import bare_time, moment

WEEK = timedelta(days=7)
_EARLIEST, _LATEST = date(2000, 1, 10), date(2100, 1, 10)


@dataclass(frozen=True)
class Asked:
    """Whose week is asked for, in which of the viewer's units, from which Monday on."""

    unit: str
    monday: date
    staff: UUID | None

    def address(self, *, monday: date | None = None) -> str:
        who = f"&who={self.staff}" if self.staff else ""
        return f"{reverse('calendar')}?unit={self.unit}&from={monday or self.monday}{who}"


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
    return Asked(unit if unit in units else next(iter(units), ""), day - timedelta(days=day.weekday()), staff)


def unit_choices(request: HttpRequest) -> list[tuple[str, str]]:
    names = organisation.unit_names()
    return [(key, names[key].in_language(get_language())) for key in sorted(request.viewer.units)]  # type: ignore[attr-defined]


def members(unit: str) -> list[Member]:
    """Who of the unit can be booked: those whose role has a profession and opens records."""
    roles = organisation.roles()
    found = queries.members_of([unit], on=today()) if unit else []
    return [one for one in found if roles[one.role].profession and roles[one.role].grounds]


def days(asked: Asked, times: Iterable[Time]) -> list[dict[str, Any]]:
    """The seven days with the lines of their times; a holiday says its name."""
    found: list[dict[str, Any]] = []
    every = list(times)
    for day in (asked.monday + timedelta(days=step) for step in range(7)):
        holiday = holiday_name(day)
        lines = [_line(one) for one in every if local_day(one.starts_at) == day]
        found.append({"day": day, "holiday": holiday, "lines": lines, "free": sum(line["is_free"] for line in lines)})
    return found


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


def _line(one: Time) -> dict[str, Any]:
    if one.is_closed:
        state = _("Closed, still booked")
    elif one.capacity > 1:
        state = _("%(free)d free of %(all)d") % {"free": max(one.capacity - one.taken, 0), "all": one.capacity}
    else:
        state = _("Free") if one.is_free else _("Booked")
    return {
        "time": f"{bare_time(one.starts_at)}–{bare_time(one.ends_at)}",
        "name": one.name,
        "what": _offering(one.offering) or profession_words(one.profession),
        "mode": mode_words(one.mode),
        "state": state,
        "tone": "success" if one.is_free else "neutral",
        "is_free": one.is_free,
    }


def _offering(key: str) -> str:
    known = offerings().get(key)
    return known.name.in_language(get_language()) if known else key
