"""A vehicle's stops in words, for those who work on board."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.base.now import local_day, today
from luotsi.domain.bookings.definitions import offerings, vehicle_stops
from luotsi.domain.bookings.queries.stops import Comer, OnBoard, StopDay, StopFigures, TimeAtStop
from luotsi.domain.organisation.definitions import municipality_names
from luotsi.rooms.team.stopforms import HeadsForm
from luotsi.rooms.team.words import profession_words
from luotsi.ui.words import bare_time


def line(one: StopDay) -> dict[str, Any]:
    """A day ahead on the list."""
    return {
        "day": one.day,
        "hours": f"{bare_time(one.starts_at)}–{bare_time(one.ends_at)}",
        "where": stop_words(one.stop),
        "workers": ", ".join(one.workers),
        "booked": one.places - one.free,
        "places": one.places,
        "address": reverse("stop-day", args=[one.stop, one.day.isoformat()]),
    }


def stop_words(stop: str) -> dict[str, str]:
    """The village, the spot in it and the municipality; a stop that is no longer on the shelf by its key."""
    known, language = vehicle_stops().get(stop), get_language() or "fi"
    if known is None:
        return {"village": stop, "spot": "", "town": ""}
    town = municipality_names()[known.municipality]
    texts = {"village": known.name, "spot": known.spot, "town": town}
    return {name: text.in_language(language) for name, text in texts.items()}


def figure_head() -> list[str]:
    return [
        _("Village"), _("Days"), _("Times"), _("Booked"), _("Visits held"), _("Did not come"),
        _("Came without a time"),
    ]  # fmt: skip


def figure_rows(found: Iterable[StopFigures]) -> list[list[Any]]:
    return [
        [stop_words(one.stop)["village"], one.days, one.places, one.booked, one.held, one.missed, one.heads]
        for one in found
    ]


def crew_line(one: OnBoard, *, bound: HeadsForm | None = None) -> dict[str, Any]:
    """One worker's day, with the form that counts those without a time."""
    is_asked = bound is not None and str(bound.data.get("slot", "")) == str(one.counts_at)
    initial = {"slot": one.counts_at, "people": one.heads}
    form = bound if is_asked else HeadsForm(initial=initial, auto_id=f"{one.staff}_%s")
    return {
        "name": one.name, "profession": profession_words(one.profession), "heads": one.heads, "form": form,
        "times": [_time(time) for time in one.times], "booked": sum(time.is_taken for time in one.times),
    }  # fmt: skip


def count_words(why: str) -> str:
    return {
        "too_many": _("That many cannot have come. Check the number."),
        "too_early": _("Who came is counted on the day."),
        "closed": _("That time was not held."),
    }[why]


def _time(time: TimeAtStop) -> dict[str, Any]:
    offering, language = offerings().get(time.offering), get_language() or "fi"
    reasons = {one.reason: one.name.in_language(language) for one in offering.durations} if offering else {}
    comer = time.comer
    return {
        "hours": f"{bare_time(time.starts_at)}–{bare_time(time.ends_at)}",
        "comer": comer,
        "who": comer.name if comer else _("Booked") if time.is_taken else "",
        "what": reasons.get(comer.reason, "") if comer else "",
        "state": _state(comer) if comer else "",
        "tone": "success" if comer and (comer.is_here or comer.state == "held") else "neutral",
        "next": _next(comer, time),
    }


def _state(comer: Comer) -> str:
    if comer.state == "held":
        return _("Visit held")
    if comer.state == "missed":
        return _("Did not come")
    return _("Arrived") if comer.is_here else _("Booked")


def _next(comer: Comer | None, time: TimeAtStop) -> str:
    """What would be marked next: that they arrived, then that the visit was held."""
    if comer is None or comer.state != "made" or local_day(time.starts_at) > today():
        return ""
    return "done" if comer.is_here else "arrived"
