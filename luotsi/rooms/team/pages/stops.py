"""A vehicle's stops for its crew: which days are ahead, who comes to one of them, and planning a season."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.base.dates import start_of
from luotsi.base.now import local_day, now, today
from luotsi.domain.bookings.actions.driving import RouteRefused, plan_route
from luotsi.domain.bookings.actions.heads import CannotCount, count_heads
from luotsi.domain.bookings.definitions import vehicle_stops
from luotsi.domain.bookings.queries import stops as found_stops
from luotsi.domain.organisation.rules import may
from luotsi.rooms.page import page
from luotsi.rooms.team import stoppage
from luotsi.rooms.team.stopforms import HeadsForm, SeasonForm, workplaces

AHEAD, BEHIND = timedelta(days=60), timedelta(days=365)


@page("calendar.read")
def stops(request: HttpRequest) -> HttpResponse:
    """The days ahead, and what came of the last year by village."""
    at, units = now(), request.viewer.units
    begins = start_of(local_day(at))
    ahead = found_stops.stop_days(after=begins, before=at + AHEAD, units=units) if units else []
    before = found_stops.figures_by_stop(after=at - BEHIND, before=at, viewer=request.viewer)
    context = {
        "lines": [stoppage.line(one) for one in ahead],
        "head": stoppage.figure_head(),
        "rows": stoppage.figure_rows(before),
        "plans_here": may(request.viewer, "calendar.plan") and bool(workplaces(units)),
    }
    return render(request, "team/stops.html", context)


@page("calendar.plan", methods=("GET", "HEAD", "POST"))
def plans(request: HttpRequest) -> HttpResponse:
    """A season of a route: a POST makes the times of every stop, or none."""
    form = SeasonForm(request.viewer.units, request.POST if request.method == "POST" else None)
    if not form.places:
        raise Http404
    if request.method == "POST" and form.is_valid():
        try:
            key = form.cleaned_data["key"]
            made = plan_route(key=key, season=form.season(), by=request.viewer, at=now())
        except RouteRefused as refusal:
            form.refuse(refusal)
        else:
            said = ngettext("%(count)d time was made.", "%(count)d times were made.", made)
            messages.success(request, said % {"count": made})
            return redirect("team-stops")
    return render(request, "team/stop_plans.html", {"form": form}, status=422 if form.errors else 200)


@page("calendar.read")
def day(request: HttpRequest, stop_key: str, day: str) -> HttpResponse:
    """One day at a stop: who comes when, and how many came without a time. It is printed for the road."""
    return _show(request, stop_key, _day(day))


@page("visit.record", methods=("POST",))
def heads(request: HttpRequest, stop_key: str, day: str) -> HttpResponse:
    """So many came without a time."""
    form = HeadsForm(request.POST)
    if not form.is_valid():
        return _show(request, stop_key, _day(day), status=422, bound=form)
    told = form.cleaned_data
    try:
        count_heads(slot=told["slot"], people=told["people"], by=request.viewer, at=now())
    except CannotCount as refusal:
        form.add_error("people", stoppage.count_words(refusal.why))
        return _show(request, stop_key, _day(day), status=422, bound=form)
    messages.success(request, _("Counted: %(people)d came without a time.") % {"people": told["people"]})
    return redirect("stop-day", stop_key=stop_key, day=day)


def _show(
    request: HttpRequest, stop: str, on: date, *, status: int = 200, bound: HeadsForm | None = None
) -> HttpResponse:
    if stop not in vehicle_stops():
        raise Http404
    found = found_stops.day_at(stop, on, viewer=request.viewer)
    context: dict[str, Any] = {
        "stop": stoppage.stop_words(stop), "day": on, "here": request.path,
        "counts": may(request.viewer, "visit.record") and on <= today(),
        "crew": [stoppage.crew_line(one, bound=bound) for one in found], "failed": bound,
        "stop_key": stop, "is_today": on == today(),
    }  # fmt: skip
    return render(request, "team/stop_day.html", context, status=status)


def _day(told: str) -> date:
    try:
        return date.fromisoformat(told)
    except ValueError:
        raise Http404 from None
