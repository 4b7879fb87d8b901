"""What closes a calendar or opens it on a holiday, and taking either back."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.base.dates import start_of
from luotsi.base.now import now
from luotsi.domain.bookings.actions import reopening
from luotsi.domain.bookings.actions.changing import Undecided
from luotsi.domain.bookings.actions.giving import SlotTaken
from luotsi.domain.bookings.queries import calendar
from luotsi.domain.bookings.rules.plans import PlanRefused
from luotsi.domain.cases.actions import calendars as cases
from luotsi.rooms.page import page
from luotsi.rooms.team import calendarpage, planpage
from luotsi.rooms.team.calendarforms import ClosingForm, OpeningForm


@page("calendar.plan", methods=("GET", "HEAD", "POST"))
def closing(request: HttpRequest) -> HttpResponse:
    """Close some days or a part of one: first who is booked inside, then what becomes of each, all at once."""
    asked = calendarpage.asked(request)
    is_sent = request.method == "POST"
    things = planpage.things_of(request, asked.unit)
    form = ClosingForm(calendarpage.members(asked.unit), things, request.POST if is_sent else None)
    if not is_sent or not form.is_valid():
        return _show_closing(request, asked, form, status=422 if is_sent else 200)
    told = form.cleaned_data
    starts_at, ends_at = calendarpage.span_of(told["first"], told["last"])
    if told["begins"]:
        starts_at, ends_at = start_of(told["first"], told["begins"]), start_of(told["first"], told["ends"])
    who = UUID(told["staff"]) if told["staff"] else None
    is_thing = who in {one.id for one in things}
    what = calendar.Closing(
        asked.unit, starts_at, ends_at, staff=None if is_thing else who, resource=who if is_thing else None
    )
    return _close(request, asked, form, what)


@page("calendar.plan", methods=("GET", "HEAD", "POST"))
def openings(request: HttpRequest) -> HttpResponse:
    """Open a public holiday. A plain visit to this address leads to the page of closings."""
    asked = calendarpage.asked(request)
    form = OpeningForm(calendarpage.members(asked.unit), request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return redirect(calendarpage.address_of("calendar-closing", asked.unit))
    if not form.is_valid():
        return _show_closing(request, asked, _closing_form(request, asked), status=422, opening=form)
    told = form.cleaned_data
    day, who = calendarpage.as_day(told["day"]), UUID(told["who"]) if told["who"] else None
    try:
        made = reopening.open_day(key=told["key"], unit=asked.unit, day=day, staff=who, by=request.viewer, at=now())
    except PlanRefused:
        form.add_error("day", _("Choose the day."))
        return _show_closing(request, asked, _closing_form(request, asked), status=422, opening=form)
    said = ngettext("The day is open: %(count)d time was made.", "The day is open: %(count)d times were made.", made)
    messages.success(request, said % {"count": made})
    return redirect(asked.address(monday=day, of="calendar-day"))


@page("calendar.plan", methods=("GET", "HEAD", "POST"))
def ending(request: HttpRequest, change_id: UUID) -> HttpResponse:
    """Take a closing or an opening back. A plain visit to this address leads to the page of closings."""
    asked = calendarpage.asked(request)
    address = calendarpage.address_of("calendar-closing", asked.unit)
    if request.method != "POST":
        return redirect(address)
    try:
        times = reopening.take_back(change=change_id, by=request.viewer, at=now())
    except Undecided:
        said = _("Somebody is booked on that day. Close the day: then you choose what becomes of each.")
        messages.error(request, said)
    else:
        said = ngettext("Taken back: %(count)d time.", "Taken back: %(count)d times.", times)
        messages.success(request, said % {"count": times})
    return redirect(address)


def _close(request: HttpRequest, asked: Any, form: ClosingForm, what: calendar.Closing) -> HttpResponse:
    chosen, trouble, key = calendarpage.decisions(request.POST), "", planpage.key_of(request)
    try:
        done = cases.close_calendar(
            key=key, closing=what, reason=form.cleaned_data["reason"], decisions=chosen, by=request.viewer, at=now()
        )
    except Undecided:
        trouble = _("Choose for each booked time what becomes of it.") if chosen else ""
    except SlotTaken:
        trouble = _("A time that you chose has just been taken. Choose another one. Nothing has been changed yet.")
    else:
        said = _(
            "The calendar is closed: %(closed)d times. Moved: %(moved)d, cancelled: %(cancelled)d, kept: %(kept)d."
        )
        messages.success(request, " ".join([said % planpage.told(done), planpage.withdrawn_words(done)]).strip())
        return redirect(asked.address(monday=form.cleaned_data["first"]))
    booked = calendar.booked(what, viewer=request.viewer, at=now())
    lines = [calendarpage.booked_line(one, chosen) for one in booked]
    more = {"lines": lines, "trouble": trouble, "key": key}
    return _show_closing(request, asked, form, status=409 if trouble else 200, **more)


def _closing_form(request: HttpRequest, asked: calendarpage.Asked) -> ClosingForm:
    return ClosingForm(calendarpage.members(asked.unit), planpage.things_of(request, asked.unit))


def _show_closing(request: HttpRequest, asked: Any, form: ClosingForm, *, status: int, **more: Any) -> HttpResponse:
    found = calendar.changes(viewer=request.viewer, unit=asked.unit, after=now())
    opening = OpeningForm(calendarpage.members(asked.unit))
    context = {"form": form, "changes": found, "key": uuid4(), "opening": opening, **more}
    around = calendarpage.around(request, asked)
    return render(request, "team/calendar_closing.html", around | context, status=status)
