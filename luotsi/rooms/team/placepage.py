"""What the pages of places show: the board by day, who comes, and a proposal of how places are shared out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext_noop, pgettext
from django.utils.translation import gettext as _

from luotsi.base.dates import add_months, holiday_name
from luotsi.base.now import today
from luotsi.domain.bookings.actions.sharing import Period, Proposal
from luotsi.domain.bookings.actions.visiting import NO_SHOW_REASONS
from luotsi.domain.bookings.definitions import Offering, offerings
from luotsi.domain.bookings.definitions.days import day_offerings
from luotsi.domain.bookings.queries import places
from luotsi.domain.bookings.queries.days import GrantView, WishView
from luotsi.domain.bookings.queries.givenup import days_given_up
from luotsi.domain.bookings.queries.places import Guest, PlaceDay
from luotsi.domain.bookings.rules import Mark
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.people import queries as people
from luotsi.rooms.team.placeforms import JOURNEYS, per_words
from luotsi.rooms.team.visitwords import wrong_mark_reasons
from luotsi.ui.words import day as day_words

_EARLIEST, _LATEST = date(2000, 1, 10), date(2100, 1, 10)
REASONS = {
    "no_word": gettext_noop("No word"), "ill": gettext_noop("Ill"), "forgot": gettext_noop("Forgot"),
    "no_way_to_come": gettext_noop("No way to come"),
    "wrong_time": gettext_noop("Understood the day wrongly"),
}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """Of which of the viewer's units, from which day on, a week or a month."""

    unit: str
    first: date
    span: str

    @property
    def last(self) -> date:
        return add_months(self.first, 1) - timedelta(days=1) if self.span == "month" else self.first + timedelta(days=6)

    def address(self, name: str = "places", **other: Any) -> str:
        told = {"unit": self.unit, "from": self.first.isoformat(), "span": self.span} | other
        return f"{reverse(name)}?{urlencode(told)}"

    @property
    def before(self) -> str:
        first = self.first - timedelta(days=1)
        return self.address(
            **{"from": (first.replace(day=1) if self.span == "month" else first - timedelta(days=6)).isoformat()}
        )

    @property
    def after(self) -> str:
        return self.address(**{"from": (self.last + timedelta(days=1)).isoformat()})


def asked(request: HttpRequest) -> Asked:
    """What the address says; what it says wrongly is left out."""
    units = places.units_with_places(request.viewer)  # type: ignore[attr-defined]
    unit = request.GET.get("unit", "")
    span = "month" if request.GET.get("span") == "month" else "week"
    day = day_in(request, "from") or today()
    first = day.replace(day=1) if span == "month" else day - timedelta(days=day.weekday())
    return Asked(unit if unit in units else next(iter(units), ""), first, span)


def day_in(request: HttpRequest, name: str) -> date | None:
    return _day(request.GET.get(name, ""))


def around(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    """What every page of places has."""
    names = organisation.unit_names()
    units = places.units_with_places(request.viewer)  # type: ignore[attr-defined]
    return {
        "asked": asked,
        "units": [(key, names[key].in_language(get_language())) for key in units],
        "unit_name": names[asked.unit].in_language(get_language()) if asked.unit else "",
        "board_url": asked.address(),
    }


def lines(found: Iterable[PlaceDay], asked: Asked) -> list[dict[str, Any]]:
    """The board by day, with the houses of each."""
    told = []
    for day, rows in groupby(found, key=lambda one: one.day):
        houses = [house_line(one) for one in rows]
        free = sum(line["one"].free for line in houses)
        told.append({
            "day": day, "holiday": holiday_name(day), "houses": houses, "free": free, "is_today": day == today(),
            "url": asked.address("place-day", day=day.isoformat()),
        })  # fmt: skip
    return told


def given_up(request: HttpRequest, told: Asked) -> list[dict[str, Any]]:
    """What families gave up themselves of the days shown."""
    if not told.unit:
        return []
    found = days_given_up(viewer=request.viewer, unit=told.unit, first=told.first, last=told.last)  # type: ignore[attr-defined]
    return [
        {"one": one, "what": offering_words(one.offering), "url": told.address("place-day", day=one.day.isoformat())}
        for one in found
    ]


def house_line(one: PlaceDay) -> dict[str, Any]:
    return {
        "one": one,
        "what": offering_words(one.offering),
        "guests": [guest_line(guest, one.day) for guest in one.guests],
        "journeys": sum(guest.travels for guest in one.guests),
        "state": _("Full") if not one.free else _("%(free)d free of %(all)d") % {"free": one.free, "all": one.places},
        "tone": "warning" if not one.free else "success",
    }


def guest_line(guest: Guest, day: date) -> dict[str, Any]:
    is_open = guest.state == "made" and not guest.has_come
    if guest.has_come:
        state, tone = _("Came"), "success"
    elif guest.state == "missed":
        state, tone = f"{_('Did not come')}: {_(REASONS.get(guest.reason, guest.reason))}", "warning"
    else:
        state, tone = _("Expected"), "neutral"
    mark: Mark | None = "arrived" if guest.has_come else "missed" if guest.state == "missed" else None
    return {
        "mark": {"arrived": "came"}.get(mark, mark) if mark else "",
        "wrong_reasons": wrong_mark_reasons(mark) if mark else [],
        "guest": guest, "state": state, "tone": tone, "may_mark": is_open and day <= today(),
        "may_free": is_open and day > today(), "journey": journey_today(guest),
    }  # fmt: skip


def journey_today(guest: Guest) -> str:
    if guest.goes and guest.returns:
        return _("There and back")
    return pgettext("journey", "Here") if guest.goes else pgettext("journey", "Home") if guest.returns else ""


def period(request: HttpRequest, unit: str) -> Period:
    """Of which offering and between which days places are shared out: by default the next month."""
    known = [one.key for one in kinds_of(unit)]
    told = request.POST if request.method == "POST" else request.GET
    offering = told.get("offering", "")
    first, last = _day(told.get("first", "")), _day(told.get("last", ""))
    first = first or today() + timedelta(days=1)
    last = last if last and first <= last <= first + timedelta(days=400) else add_months(first, 2)
    return Period(unit, offering if offering in known else next(iter(known), ""), first, last)


def kinds_of(unit: str) -> list[Offering]:
    """What the unit gives as granted days, stays first."""
    found = [offerings()[key] for key in sorted(day_offerings()) if unit in offerings()[key].units]
    return sorted(found, key=lambda one: one.mode != "bed_days")


def proposal_lines(found: Proposal) -> list[dict[str, Any]]:
    """Who would get what, and why not."""
    persons = people.persons({row.grant.resident_id for row in found.wishes.values()})
    told = []
    for answer in found.answers:
        row = found.wishes[answer.wish]
        told.append({
            "name": persons[row.grant.resident_id].name,
            "first": row.first_day, "last": row.last_day,
            "place": found.names.get(answer.place) if answer.place else "",
            "days": len(answer.days), "journey": dict(JOURNEYS).get(row.transport, "") if row.transport else "",
            "why": why_words(answer.why, answer.day, answer.decided_by),
            "is_given": answer.place is not None,
        })  # fmt: skip
    return sorted(told, key=lambda line: (not line["is_given"], line["first"], line["name"]))


def why_words(why: str, day: date | None, by: str) -> str:
    said = {
        "full": _("Full on %(day)s") % {"day": day_words(day) if day else ""},
        "not_open": _("No places are open on these days"),
        "no_days_left": _("Not enough granted days"),
        "same_days": _("Elsewhere on some of these days"),
    }.get(why, "")
    step = step_words(by)
    return f"{said}: {step}" if step and why == "full" else said


def step_words(step: str) -> str:
    return {
        "share_had": _("others have had a smaller part of their days"),
        "left_without": _("others have been left without more often"),
        "ends_first": _("the decisions of others end sooner"),
        "waited": _("others asked before"),
        "lot": _("drawn by lot"),
    }.get(step, "")


def grant_line(grant: GrantView) -> dict[str, Any]:
    return {
        "grant": grant,
        "granted": f"{grant.granted.days} {per_words(grant.granted.per)}",
        "wishes": [wish_line(one) for one in grant.wishes if one.answer != "withdrawn"],
    }


def wish_line(wish: WishView) -> dict[str, Any]:
    states = {"": pgettext("days", "Waits"), "given": pgettext("wish", "Given"), "not_given": _("No place yet")}
    tones = {"given": "success", "not_given": "warning"}
    why = wish.why
    day = _day(str(why.get("day", "")))
    return {
        "wish": wish, "what": offering_words(wish.offering), "state": states[wish.answer],
        "tone": tones.get(wish.answer, "neutral"), "place": next((one.place for one in wish.days), wish.place),
        "why": why_words(str(why.get("why", "")), day, str(why.get("by", ""))) if wish.answer == "not_given" else "",
    }  # fmt: skip


def offering_words(key: str) -> str:
    known = offerings().get(key)
    return known.name.in_language(get_language()) if known else key


def reason_choices() -> list[tuple[str, str]]:
    return [(key, _(REASONS[key])) for key in NO_SHOW_REASONS]


def uuid_of(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        return min(max(date.fromisoformat(text), _EARLIEST), _LATEST)
    except ValueError:
        return None
