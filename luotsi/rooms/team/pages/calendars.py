"""Calendars of a unit: the week, the plans from which times are made, and what closes them."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.base.dates import start_of
from luotsi.base.now import now, today
from luotsi.domain.bookings.actions import planning
from luotsi.domain.bookings.actions.changing import Undecided
from luotsi.domain.bookings.actions.giving import SlotTaken
from luotsi.domain.bookings.definitions import offered_in, offerings
from luotsi.domain.bookings.queries import calendar, day
from luotsi.domain.bookings.rules.plans import PlanRefused
from luotsi.domain.cases.actions import calendars as cases
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.organisation.queries import Member
from luotsi.rooms.page import page
from luotsi.rooms.team import calendarpage, dayboard
from luotsi.rooms.team.calendarforms import ClosingForm, PlanForm


@page("calendar.read")
def week(request: HttpRequest) -> HttpResponse:
    """A week of the unit, or of one worker."""
    asked = calendarpage.asked(request)
    span = {"after": start_of(asked.monday), "before": start_of(asked.monday + calendarpage.WEEK)}
    context = {
        **calendarpage.around(request, asked, "calendar"),
        "members": calendarpage.members(asked.unit),
        "before_url": asked.address(monday=asked.monday - calendarpage.WEEK),
        "after_url": asked.address(monday=asked.monday + calendarpage.WEEK),
        "now_url": calendarpage.today_address(asked, "calendar"),
        "sunday": asked.monday + calendarpage.WEEK * 6 / 7,
    }
    viewer = request.viewer
    if asked.staff:
        times = day.day(viewer=viewer, unit=asked.unit, staff=asked.staff, at=now(), **span)
        context["columns"] = dayboard.week_columns(times, asked, at=now())
    else:
        context["rows"] = dayboard.unit_rows(calendar.week(viewer=viewer, unit=asked.unit, **span), asked)
        context["days"] = [(one, calendarpage.holiday(one)) for one in dayboard.week_days(asked)]
    return render(request, "team/calendar.html", context)


@page("calendar.plan", methods=("GET", "HEAD", "POST"))
def plans(request: HttpRequest) -> HttpResponse:
    """The plans of the unit; a POST makes one, and its times with it."""
    asked = calendarpage.asked(request)
    people = calendarpage.members(asked.unit)
    form = PlanForm(people, offered_in(asked.unit), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = _make(request, asked.unit, people, form)
        except PlanRefused as refusal:
            form.refuse(refusal)
        else:
            said = ngettext("%(count)d time was made.", "%(count)d times were made.", made)
            messages.success(request, said % {"count": made})
            return redirect(asked.address(monday=form.draft().valid_from))
    found = calendar.plans(viewer=request.viewer, unit=asked.unit, on=today())
    context = {
        **calendarpage.around(request, asked),
        "form": form,
        "lines": [calendarpage.plan_line(one) for one in found],
    }
    return render(request, "team/calendar_plans.html", context, status=422 if form.errors else 200)


def _make(request: HttpRequest, unit: str, people: list[Member], form: PlanForm) -> int:
    """The plan that the form asks for; answers how many times it made. Raises PlanRefused."""
    told = form.cleaned_data
    role = next(one.role for one in people if str(one.id) == told["staff"])
    known = offerings().get(told["offering"])
    wanted = planning.Asked(
        unit=unit,
        staff=UUID(told["staff"]),
        profession=organisation.roles()[role].profession,
        offerings=(known.key,) if known else (),
        mode=known.mode if known else "visit",
        capacity=known.places if known else 1,
        overbook=known.overbook if known else 0,
    )
    return planning.make_plan(key=told["key"], asked=wanted, draft=form.draft(), by=request.viewer, at=now())[1]


@page("calendar.plan", methods=("GET", "HEAD", "POST"))
def closing(request: HttpRequest) -> HttpResponse:
    """Close some days: first who is booked inside, then what becomes of each, all at once."""
    asked = calendarpage.asked(request)
    is_sent = request.method == "POST"
    form = ClosingForm(calendarpage.members(asked.unit), request.POST if is_sent else None)
    if not is_sent or not form.is_valid():
        return _show_closing(request, asked, form, status=422 if is_sent else 200)
    told = form.cleaned_data
    starts_at, ends_at = calendarpage.span_of(told["first"], told["last"])
    what = calendar.Closing(asked.unit, starts_at, ends_at, staff=UUID(told["staff"]) if told["staff"] else None)
    return _close(request, asked, form, what)


def _close(request: HttpRequest, asked: Any, form: ClosingForm, what: calendar.Closing) -> HttpResponse:
    chosen, trouble = calendarpage.decisions(request.POST), ""
    try:
        key = UUID(request.POST.get("key", ""))
    except ValueError:
        key = uuid4()
    try:
        done = cases.close_calendar(
            key=key, closing=what, reason=form.cleaned_data["reason"], decisions=chosen, by=request.viewer, at=now()
        )
    except Undecided:
        trouble = _("Choose for each booked time what becomes of it.") if chosen else ""
    except SlotTaken:
        trouble = _("A time that you chose has just been taken. Choose another one. Nothing has been changed yet.")
    else:
        told = {"moved": len(done.moved), "cancelled": len(done.cancelled), "kept": done.kept, "closed": done.closed}
        said = _(
            "The calendar is closed: %(closed)d times. Moved: %(moved)d, cancelled: %(cancelled)d, kept: %(kept)d."
        )
        messages.success(request, said % told)
        return redirect(asked.address(monday=form.cleaned_data["first"]))
    booked = calendar.booked(what, viewer=request.viewer, at=now())
    lines = [calendarpage.booked_line(one, chosen) for one in booked]
    more = {"lines": lines, "trouble": trouble, "key": key}
    return _show_closing(request, asked, form, status=409 if trouble else 200, **more)


def _show_closing(request: HttpRequest, asked: Any, form: ClosingForm, *, status: int, **more: Any) -> HttpResponse:
    found = calendar.changes(viewer=request.viewer, unit=asked.unit, after=now())
    context = {**calendarpage.around(request, asked), "form": form, "changes": found, "key": uuid4(), **more}
    return render(request, "team/calendar_closing.html", context, status=status)
