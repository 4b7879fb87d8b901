"""Words for a resident: the state of a matter, a profession, a unit."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from luotsi.domain.bookings.definitions import vehicle_stops
from luotsi.domain.cases.definitions import case_kinds
from luotsi.domain.cases.queries import MatterRow
from luotsi.domain.catalogue.queries import FoundService
from luotsi.domain.clocks.queries import ClockChip
from luotsi.domain.organisation import definitions as organisation
from luotsi.ui.words import bare_time, clock_time

register = template.Library()

_TONES = {"offered": "info", "booked": "success", "visited": "success", "closed": "neutral"}


@register.filter
def state_for_resident(state: str, kind: str = "") -> str:
    """Where the matter is, as its resident would say it, or as its kind says on the shelf."""
    if own := _own_words(state, kind):
        return own
    words = {
        "new": _("Sent, not read yet"),
        "under_way": _("We are looking into it"),
        "assessed": _("We look for a time for you"),
        "arranged": _("We arrange the help you need"),
        "urgent": _("We take care of this today"),
        "offered": _("Answer the offered time"),
        "booked": _("You have a time"),
        "visited": _("You have been cared for"),
        "closed": pgettext("matter", "Closed"),
    }
    return words[state]


@register.filter
def state_for_another(state: str, kind: str = "") -> str:
    """The same to whoever acts for the resident."""
    if own := _own_words(state, kind):
        return own
    words = {
        "assessed": _("We look for a time"),
        "arranged": _("We arrange the help that is needed"),
        "offered": _("Answer the offered time"),
        "booked": _("A time is booked"),
        "visited": _("The visit is over"),
    }
    return words.get(state) or state_for_resident(state)


def _own_words(state: str, kind: str) -> str:
    """The kind's own words for the state; "" when it has none."""
    known = case_kinds().get(kind)
    text = {str(name): text for name, text in known.resident_words.items()}.get(state) if known else None
    return text.in_language(get_language() or "fi") if text else ""


@register.filter
def state_tone(state: str) -> str:
    return _TONES.get(state, "neutral")


@register.filter
def profession(key: str) -> str:
    """A profession in words, from the role of the same name."""
    role = next((role for role in organisation.roles().values() if role.profession == key), None)
    return role.name.in_language(get_language() or "fi") if role else key


@register.filter
def hours_of(time: Any) -> str:
    """klo 9.15–9.35"""
    return f"{clock_time(time.starts_at)}–{bare_time(time.ends_at)}"


@register.filter
def stop_name(key: str) -> str:
    """The village in which a vehicle stops."""
    found = vehicle_stops().get(key)
    return found.name.in_language(get_language() or "fi") if found else ""


@register.filter
def unit_name(key: str) -> str:
    name = organisation.unit_names().get(key)
    return name.in_language(get_language() or "fi") if name else key


@register.filter
def of(mapping: Mapping[str, object], key: str) -> object:
    """The value of a key, or the key itself."""
    return mapping.get(key, key)


@register.filter
def matter_title(row: MatterRow, services: Mapping[str, str]) -> str:
    """The service asked for, or the kind of matter where none was."""
    return services.get(row.service) or case_kinds()[row.kind].name.in_language(get_language() or "fi")


@register.filter
def why(found: FoundService) -> str:
    """Why a service was found, in words: what was written and how it was understood."""
    words = ", ".join(str(match) for match in found.why)
    return _("Matches: %(words)s") % {"words": words} if words else ""


@register.filter
def way_name(kind: str) -> str:
    """A way in, in words."""
    words = {
        "message": _("Message"),
        "phone": _("Phone"),
        "book": _("Book a time"),
        "walk_in": _("Come on the spot"),
        "web": _("Website"),
    }
    return words.get(kind, kind)


@register.filter
def chip_state(chip: ClockChip) -> str:
    """The chip's state for the design system: paused, running, met, late or ended."""
    if chip.is_running:
        return "paused" if chip.is_paused else "running"
    return chip.state
