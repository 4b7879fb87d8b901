"""Words for a resident: how a time is held, where it stands, what it is for."""

from datetime import date
from typing import Any

from django import template
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from luotsi.base.dates import holiday_name
from luotsi.domain.bookings.definitions import Offering
from luotsi.domain.bookings.queries.own import TimeRow
from luotsi.domain.bookings.rules import BookingState
from luotsi.domain.cases.queries.own_times import OwnTime
from luotsi.domain.catalogue.rules import DayHours, UnusualHours
from luotsi.domain.catalogue.rules.hours import OpenSpan
from luotsi.rooms.resident.stops import place_words
from luotsi.rooms.resident.templatetags.matters import profession, unit_name
from luotsi.rooms.resident.timewords import mode_words, time_state_words
from luotsi.ui.words import bare_time, clock_time, day

register = template.Library()

_TONES = {"kept": "warning", "offered": "info", "made": "success"}


@register.filter
def mode_name(mode: str) -> str:
    return mode_words(mode)


@register.filter
def far_words(far: dict[str, float], unit: str) -> str:
    """about 35 km · nothing where one does not know, or where it is at home."""
    return kilometre_words(far.get(unit))


@register.filter
def kilometre_words(kilometres: float | None) -> str:
    """about 35 km · nothing where one does not know, or where it is near."""
    return _("(about %(number)d km)") % {"number": round(kilometres, -1) or 5} if (kilometres or 0) >= 3 else ""


@register.filter
def day_note(one: DayHours) -> str:
    """Why a day is not as others: the holiday's name, and what was told of the exception."""
    return ", ".join(part for part in (_holiday(one.day), one.note) if part)


@register.filter
def span_words(span: OpenSpan) -> str:
    """klo 8.00–16.00"""
    return f"{clock_time(span.start)}–{bare_time(span.end)}"


@register.filter
def unusual_words(one: UnusualHours) -> str:
    """Wed 24 December 2026 (Christmas Eve): closed · Mon 6 July 2026 – Fri 31 July 2026: 9:00–12:00 (summer)"""
    named = _holiday(one.first) if one.first == one.last else ""
    days = day(one.first) if one.first == one.last else f"{day(one.first)} – {day(one.last)}"
    hours = ", ".join(f"{bare_time(opens)}–{bare_time(closes)}" for opens, closes in one.times)
    why = ", ".join(part for part in (named, one.note) if part)
    said = f"{days}: {hours or pgettext('opening hours', 'Closed').lower()}"
    return f"{said} ({why})" if why else said


def _holiday(on: date) -> str:
    """In small letters, as Finnish and Swedish write it within a sentence."""
    language, name = get_language() or "fi", holiday_name(on)
    words = name.in_language(language) if name else ""
    return words if language == "en" else words[:1].lower() + words[1:]


@register.filter
def time_state(state: BookingState) -> str:
    return time_state_words(state)


@register.filter
def time_tone(state: str) -> str:
    return _TONES.get(state, "neutral")


@register.filter
def view_name(view: str) -> str:
    return _("A week") if view == "week" else _("A list")


@register.filter
def reason_name(offering: Offering, reason: str) -> str:
    """What the time is about, in the words of the shelf."""
    found = next((one.name for one in offering.durations if one.reason == reason), None)
    return found.in_language(get_language() or "fi") if found else ""


@register.filter
def offering_url(offering: Offering) -> str:
    return f"?offering={offering.key}"


@register.filter
def time_lead(own: OwnTime) -> str:
    """What the time is for, or with whom where it has no offering."""
    return own.offering.name.in_language(get_language() or "fi") if own.offering else profession(own.time.profession)


@register.filter
def time_place(time: TimeRow) -> str:
    """Where one goes: the stop of a vehicle, else the unit."""
    return place_words(time.stop) or unit_name(time.unit)


@register.filter
def time_meta(own: OwnTime, is_hidden: bool) -> str:
    parts = [mode_words(own.time.mode), "" if is_hidden else time_place(own.time)]
    return " · ".join(part for part in parts if part)


@register.filter
def same(one: Any, other: Any) -> bool:
    return bool(one == other)


@register.filter
def text(value: Any) -> str:
    return str(value)
