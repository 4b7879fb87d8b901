"""What a unit can book with: its rooms and things, and what its workers are qualified for."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.base.now import now, today
from luotsi.domain.bookings.actions import things
from luotsi.domain.organisation import actions as organisation
from luotsi.domain.organisation import definitions, queries
from luotsi.domain.organisation.rules import NotPossible
from luotsi.rooms.page import page
from luotsi.rooms.team import calendarpage, planpage
from luotsi.rooms.team.calendarpage import Asked
from luotsi.rooms.team.thingforms import QualificationForm, ThingForm, thing_words


@page("calendar.plan", methods=("GET", "HEAD", "POST"))
def rooms(request: HttpRequest) -> HttpResponse:
    """The unit's rooms and things; a POST adds one."""
    asked = calendarpage.asked(request)
    form = ThingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        kind, _sep, sort = told["kind"].partition(":")
        try:
            things.add_thing(
                key=told["key"], unit=asked.unit, kind=kind, type=sort, name=told["name"], by=request.viewer, at=now()
            )
        except things.NotPossible:
            form.add_error("name", _("The unit has another one of this name. Write another name."))
        else:
            messages.success(request, _("It can be used from today on."))
            return redirect(calendarpage.address_of("calendar-rooms", asked.unit))
    lines = [(one, thing_words(one)) for one in planpage.things_of(request, asked.unit)]
    return _shown(request, asked, form, lines, "team/calendar_rooms.html")


@page("calendar.plan", methods=("GET", "HEAD", "POST"))
def room_ending(request: HttpRequest, thing_id: UUID) -> HttpResponse:
    """Take a room or thing out of use from tomorrow on. A plain visit to this address leads to the list."""
    asked = calendarpage.asked(request)
    if request.method == "POST":
        try:
            things.end_thing(resource=thing_id, last=today(), by=request.viewer, at=now())
        except things.NotPossible:
            said = _("It is in use after today. End the plans and move the times that use it first.")
            messages.error(request, said)
        else:
            messages.success(request, _("Today is its last day."))
    return redirect(calendarpage.address_of("calendar-rooms", asked.unit))


@page("calendar.plan", methods=("GET", "HEAD", "POST"))
def qualifications(request: HttpRequest) -> HttpResponse:
    """What the unit's workers are qualified for besides their profession; a POST records one."""
    asked = calendarpage.asked(request)
    people = calendarpage.members(asked.unit)
    form = QualificationForm(people, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            organisation.record_qualification(
                key=told["key"], staff=UUID(told["staff"]), qualification=told["qualification"],
                valid_from=told["valid_from"], valid_to=told["valid_to"], by=request.viewer, at=now(),
            )  # fmt: skip
        except NotPossible as refusal:
            form.refuse(refusal.why)
        else:
            messages.success(request, _("The qualification is recorded."))
            return redirect(calendarpage.address_of("calendar-qualifications", asked.unit))
    names = definitions.qualifications()
    held = queries.qualifications_held([one.id for one in people])
    lines = [(one, names[one.key].name.in_language(get_language()) if one.key in names else one.key) for one in held]
    return _shown(request, asked, form, lines, "team/calendar_qualifications.html")


@page("calendar.plan", methods=("GET", "HEAD", "POST"))
def qualification_ending(request: HttpRequest, qualification_id: UUID) -> HttpResponse:
    """It does not hold any more. A plain visit to this address leads to the list."""
    asked = calendarpage.asked(request)
    if request.method == "POST":
        organisation.end_qualification(qualification=qualification_id, by=request.viewer, at=now())
        messages.success(request, _("The qualification has ended. Times that were given stay given."))
    return redirect(calendarpage.address_of("calendar-qualifications", asked.unit))


def _shown(request: HttpRequest, asked: Asked, form: Any, lines: list[Any], template: str) -> HttpResponse:
    context = {**calendarpage.around(request, asked), "form": form, "lines": lines}
    return render(request, template, context, status=422 if form.errors else 200)
