"""A vehicle that comes to the villages: its stops and days, and choosing a time at one of them."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.bookings.actions import keeping
from luotsi.domain.bookings.actions.giving import SlotTaken
from luotsi.domain.bookings.definitions import Offering, vehicle_stops
from luotsi.domain.bookings.queries.stops import StopDay, free_at
from luotsi.domain.bookings.rules import NotPossible
from luotsi.domain.bookings.rules.own import NotBookable
from luotsi.domain.cases import rules as case_rules
from luotsi.domain.cases.actions import own_times
from luotsi.domain.cases.queries.own_times import OwnTime, own_time
from luotsi.rooms.page import page
from luotsi.rooms.resident import stops as found_stops
from luotsi.rooms.resident.pages.booking import problem_words, uuid_in
from luotsi.rooms.resident.picker import why_not
from luotsi.rooms.resident.timewords import refusal_words
from luotsi.ui.forms import Choices


@page("service.read")
def stops(request: HttpRequest) -> HttpResponse:
    """Every coming day at every stop, or at those of one municipality."""
    moving = found_stops.read_moving(request.GET)
    towns = found_stops.town_choices()
    town = request.GET.get("municipality", "")
    town = town if town in dict(towns) else ""
    found = found_stops.coming(at=now(), municipality=town)
    context = {
        "lines": found_stops.lines(found, moving=moving), "towns": towns, "town": town, "moving": moving,
        "town_name": dict(towns).get(town, ""), "vehicles": found_stops.on_board(), "map": found_stops.draw_map(),
        "villages": found_stops.villages(near=town),
    }  # fmt: skip
    return render(request, "resident/stops.html", context)


@page("service.read")
def stop(request: HttpRequest, stop_key: str) -> HttpResponse:
    """One village: where the vehicle stands, when it comes, and what is on board."""
    found = found_stops.stop_or_404(stop_key)
    moving = found_stops.read_moving(request.GET)
    days = found_stops.coming(at=now(), stop=stop_key)
    context = {
        "stop": found, "lines": found_stops.lines(days, moving=moving), "moving": moving,
        "vehicles": found_stops.on_board(stop_key), "map": found_stops.draw_map(stop_key),
        "villages": found_stops.villages(stop_key),
    }  # fmt: skip
    return render(request, "resident/stop.html", context)


@page("booking.make", methods=("GET", "HEAD", "POST"))
def times(request: HttpRequest, stop_key: str, day: str) -> HttpResponse:
    """The free times of one day at a stop. A POST keeps one of them, or moves a booked time there."""
    found_stops.stop_or_404(stop_key)
    told = request.POST if request.method == "POST" else request.GET
    wanted = found_stops.day_or_404(day)
    here = next((one for one in found_stops.coming(at=now(), stop=stop_key) if one.day == wanted), None)
    if here is None:
        messages.warning(request, _("The vehicle does not stop here on that day. Below you see the coming days."))
        return redirect("stop", stop_key=stop_key)
    number = found_stops.read_moving(told)
    moving = own_time(number, viewer=request.viewer, at=now()) if number else None
    asked = _Asked(here, _offering(here, told.get("offering", ""), moving), moving)
    return _choose(request, asked) if request.method == "POST" else _show(request, asked)


class _Asked:
    """A day at a stop, what is wanted there, and the booked time that would move there."""

    def __init__(self, here: StopDay, offering: Offering, moving: OwnTime | None) -> None:
        self.here, self.offering, self.moving = here, offering, moving


class ReasonForm(forms.Form):
    """What the time is about; how long it is follows from the shelf."""

    reason = forms.ChoiceField(
        label=gettext_lazy("What the time is about"), widget=Choices,
        error_messages={"required": gettext_lazy("Choose what the time is about.")},
    )  # fmt: skip

    def __init__(self, offering: Offering, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "fi"
        self.fields["reason"].choices = [(one.reason, one.name.in_language(language)) for one in offering.durations]


def _choose(request: HttpRequest, asked: _Asked) -> HttpResponse:
    form = ReasonForm(asked.offering, request.POST)
    slot, key = uuid_in(request, "slot"), uuid_in(request, "key")
    if (asked.moving is None and not form.is_valid()) or slot is None or key is None:
        missing = "" if slot else _("Choose a time.")
        return _show(request, asked, form=form, status=422, slot_error=missing, chosen=slot)
    try:
        return _move(request, asked, slot, key) if asked.moving else _keep(request, asked, form, slot, key)
    except (SlotTaken, NotBookable) as refusal:
        return _show(request, asked, form=form, status=409, problem=problem_words(refusal))
    except (NotPossible, case_rules.NotPossible):
        messages.warning(request, _("The time had changed. Below you see how it stands now."))
        return redirect("times")


def _keep(request: HttpRequest, asked: _Asked, form: ReasonForm, slot: UUID, key: UUID) -> HttpResponse:
    row, *_rest = keeping.keep(
        slots=[slot], resident=request.viewer.whose, offering=asked.offering.key, reason=form.cleaned_data["reason"],
        key=key, by=request.viewer, at=now(), booker=own_times.booker_for(asked.offering, by=request.viewer),
    )  # fmt: skip
    return redirect("time-confirmation", booking_id=row.id)


def _move(request: HttpRequest, asked: _Asked, slot: UUID, key: UUID) -> HttpResponse:
    new = own_times.move(booking=asked.moving.time.id, slot=slot, key=key, by=request.viewer, at=now())
    messages.success(request, _("The time is moved."))
    return redirect("time", booking_id=new.id)


def _offering(here: StopDay, wanted: str, moving: OwnTime | None) -> Offering:
    """What is booked: as asked, or the first that comes there. A time that moves stays what it is."""
    offered = found_stops.offered_at(here)
    if moving:
        offered = [one for one in offered if moving.offering and one.key == moving.offering.key and moving.can_change]
    if not offered:
        raise Http404
    return next((one for one in offered if one.key == wanted), offered[0])


def _stops_with(offering: Offering, *, but: str) -> list[tuple[str, str]]:
    """At which other stops the same is given, for whoever waits for a time."""
    comes = {one.stop for one in found_stops.coming(at=now()) if offering.key in one.offerings} - {but}
    language = get_language() or "fi"
    return [(key, one.name.in_language(language)) for key, one in vehicle_stops().items() if key in comes]


def _show(request: HttpRequest, asked: _Asked, *, status: int = 200, **more: Any) -> HttpResponse:
    here, offering, moving = asked.here, asked.offering, asked.moving
    reason = moving.time.reason if moving else ""
    free = free_at(here.stop, here.day, offering=offering, reason=reason, asked=now())
    why = None if moving else why_not(offering, request.viewer)
    grid = [{"value": str(one.id), "starts_at": one.starts_at, "full": False} for one in free]
    context = {
        "line": found_stops.lines([here])[0], "offering": offering, "moving": moving, "key": uuid4(),
        "offered": [] if moving else found_stops.offered_at(here), "refused": refusal_words(why) if why else "",
        "days": [{"day": here.day, "slots": grid, "note": ""}] if grid else [], "form": ReasonForm(offering),
        "here": request.path, "other_stops": _stops_with(offering, but=here.stop), "stop_key": here.stop,
    }  # fmt: skip
    return render(request, "resident/stop_times.html", {**context, **more}, status=status)
