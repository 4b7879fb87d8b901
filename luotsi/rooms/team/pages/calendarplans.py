"""Plans, from which times are made: made, changed from some day on, ended."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.base.now import now, today
from luotsi.domain.bookings.actions import planning
from luotsi.domain.bookings.actions.changing import Done, Undecided
from luotsi.domain.bookings.actions.giving import SlotTaken
from luotsi.domain.bookings.queries import calendar
from luotsi.domain.bookings.queries.calendar import PlanView
from luotsi.domain.bookings.rules.plans import PlanRefused
from luotsi.domain.cases.actions import calendars as cases
from luotsi.rooms.page import page
from luotsi.rooms.team import calendarpage, planpage
from luotsi.rooms.team.calendarforms import PlanChangeForm, PlanEndForm, is_simple
from luotsi.rooms.team.calendarpage import DAY


@page("calendar.plan", methods=("GET", "HEAD", "POST"))
def plans(request: HttpRequest) -> HttpResponse:
    """The plans of the unit; a POST makes one, and its times with it."""
    asked = calendarpage.asked(request)
    form = planpage.plan_form(request, asked.unit)
    if request.method == "POST" and form.is_valid():
        told = planpage.all_wanted(asked.unit, form, calendarpage.members(asked.unit))
        try:
            made = planning.make_plans(
                key=form.cleaned_data["key"], asked=told, draft=form.draft(), by=request.viewer, at=now()
            )
        except PlanRefused as refusal:
            form.refuse(refusal)
        else:
            _say_made(request, made)
            return redirect(asked.address(monday=form.draft().valid_from))
    found = calendar.plans(viewer=request.viewer, unit=asked.unit, on=today())
    lines = [calendarpage.plan_line(one) for one in found]
    context = {**calendarpage.around(request, asked), "form": form, "lines": lines}
    return render(request, "team/calendar_plans.html", context, status=422 if form.errors else 200)


@page("calendar.plan", methods=("GET", "HEAD", "POST"))
def plan(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """One plan: it goes on otherwise from some day, or ends; who is booked after it is asked about one by one."""
    found = calendar.plan_of(plan_id, viewer=request.viewer)
    changes = planpage.change_form(request, found)
    ends = PlanEndForm(request.POST if request.POST.get("what") == "end" else None, auto_id="end_%s")
    if request.method == "POST" and ends.is_bound:
        return _end(request, found, changes, ends)
    if request.method == "POST":
        return _change(request, found, changes, ends)
    return _show(request, found, changes, ends)


def _change(request: HttpRequest, found: PlanView, form: PlanChangeForm, ends: PlanEndForm) -> HttpResponse:
    if not form.is_valid():
        return _show(request, found, form, ends, status=422)
    draft = form.draft()
    asked = planpage.wanted(found.unit, form.cleaned_data, calendarpage.members(found.unit), plan=found)
    try:
        done = cases.change_plan(
            key=form.cleaned_data["key"], plan=found.id, asked=asked, draft=draft,
            decisions=calendarpage.decisions(request.POST), by=request.viewer, at=now(),
        )  # fmt: skip
    except PlanRefused as refusal:
        form.refuse(refusal)
        return _show(request, found, form, ends, status=422)
    except (Undecided, SlotTaken) as stop:
        lines = planpage.asked_of(request, found, draft.valid_from, draft, at=now())
        return _show(request, found, form, ends, status=409, lines=lines, stop=stop, what="change")
    _say_made(request, done.made)
    return _done(request, found, done.done)


def _end(request: HttpRequest, found: PlanView, form: PlanChangeForm, ends: PlanEndForm) -> HttpResponse:
    if not ends.is_valid():
        return _show(request, found, form, ends, status=422)
    last = ends.cleaned_data["last"]
    try:
        done = cases.end_plan(
            plan=found.id, last=last, decisions=calendarpage.decisions(request.POST), by=request.viewer, at=now()
        )
    except PlanRefused:
        ends.add_error("last", _("This day has passed, or a room is needed at the same time."))
        return _show(request, found, form, ends, status=422)
    except (Undecided, SlotTaken) as stop:
        lines = planpage.asked_of(request, found, last + DAY, None, at=now())
        return _show(request, found, form, ends, status=409, lines=lines, stop=stop, what="end")
    messages.success(request, _("The plan ends."))
    return _done(request, found, done)


def _trouble(request: HttpRequest, stop: Exception) -> str:
    if isinstance(stop, SlotTaken):
        return _("A time that you chose has just been taken. Choose another one. Nothing has been changed yet.")
    return _("Choose for each booked time what becomes of it.") if calendarpage.decisions(request.POST) else ""


def _done(request: HttpRequest, found: PlanView, done: Done) -> HttpResponse:
    if done.kept or done.moved or done.cancelled:
        said = _("Moved: %(moved)d, cancelled: %(cancelled)d, kept: %(kept)d.")
        messages.success(request, " ".join([said % planpage.told(done), planpage.withdrawn_words(done)]).strip())
    return redirect(f"{calendarpage.address_of('calendar-plans', found.unit)}")


def _say_made(request: HttpRequest, made: int) -> None:
    said = ngettext("%(count)d time was made.", "%(count)d times were made.", made)
    messages.success(request, said % {"count": made})


def _show(
    request: HttpRequest, found: PlanView, form: PlanChangeForm, ends: PlanEndForm, *, status: int = 200, **more: Any
) -> HttpResponse:  # fmt: skip
    line = calendarpage.plan_line(found)
    trouble = _trouble(request, more["stop"]) if "stop" in more else ""
    context = {"form": form, "ends": ends, "line": line, "is_simple": is_simple(found), "trouble": trouble, **more}
    asked = calendarpage.Asked(found.unit, today(), None)
    return render(request, "team/calendar_plan.html", calendarpage.around(request, asked) | context, status=status)
