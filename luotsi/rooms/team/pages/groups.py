"""Groups of a unit: which there are, planning one, who comes, marking who came, calling one off."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.base.now import now, today
from luotsi.domain.bookings.actions.grouping import make_group
from luotsi.domain.bookings.actions.heads import CannotCount, count_heads
from luotsi.domain.bookings.actions.planning import Asked
from luotsi.domain.bookings.definitions import offered_in
from luotsi.domain.bookings.queries import groups as queries
from luotsi.domain.bookings.queries import rosters, things
from luotsi.domain.bookings.queries.groups import GroupView, MeetingView
from luotsi.domain.bookings.rules import NotPossible
from luotsi.domain.bookings.rules.groups import GroupRefused
from luotsi.domain.bookings.rules.plans import PlanRefused
from luotsi.domain.cases.actions import groups as actions
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.organisation.rules import NotAllowed, may
from luotsi.rooms.page import page
from luotsi.rooms.team import calendarpage, grouppage, groupwords
from luotsi.rooms.team.groupforms import CallOffForm, GroupForm, HeadsForm
from luotsi.rooms.team.grouppage import NOBODY


@page("calendar.read")
def groups(request: HttpRequest) -> HttpResponse:
    """The groups of the viewer's units, those under way first."""
    units = sorted(request.viewer.units)
    found = queries.groups_of(units, viewer=request.viewer, at=now())
    context = {
        "lines": [groupwords.line(one) for one in found],
        "is_planner": may(request.viewer, "calendar.plan"),
        "offered": [one for unit in units for one in offered_in(unit) if one.mode == "group"],
    }
    return render(request, "team/groups.html", context)


@page("calendar.plan", methods=("GET", "HEAD", "POST"))
def plans(request: HttpRequest) -> HttpResponse:
    """Plan a group of the unit: its meetings are made at once."""
    asked = calendarpage.asked(request)
    form = _form(request, asked.unit)
    if request.method == "POST" and form.is_valid() and (made := _make(request, asked.unit, form)):
        messages.success(request, _("The group is planned, and residents can see it."))
        return redirect("team-group", group_id=made)
    context = {**calendarpage.around(request, asked), "form": form}
    return render(request, "team/group_plans.html", context, status=422 if form.errors else 200)


@page("calendar.read")
def group(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """One group: its numbers, its meetings, and for whoever leads it those who come."""
    found, viewer = group_or_refuse(request, group_id), request.viewer
    roster = grouppage.roster_of(found, viewer=viewer)
    marks = may(viewer, "visit.record")
    context = {
        **groupwords.line(found),
        "lines": grouppage.meeting_lines(found, at=now(), marks=marks, plans=may(viewer, "calendar.plan")),
        "people": grouppage.person_lines(roster.comers, found.meetings),
        "others": roster.others,
        "may_mark": marks,
        "may_call_off": may(viewer, "calendar.plan") and found.state in {"ahead", "runs"},
        "may_remove": may(viewer, "booking.offer") and found.state in {"ahead", "runs"},
    }
    return render(request, "team/group.html", context)


@page("visit.record")
def sheet(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """The group on one sheet to print: those who come and every meeting."""
    found = group_or_refuse(request, group_id)
    roster = rosters.roster(group_id, viewer=request.viewer)
    context = {
        **groupwords.line(found),
        "days": [groupwords.when(one) for one in found.held],
        "people": grouppage.person_lines(roster.comers, found.meetings),
        "others": roster.others,
    }
    return render(request, "team/group_sheet.html", context)


@page("visit.record", methods=("GET", "HEAD", "POST"))
def meeting(request: HttpRequest, group_id: UUID, meeting_id: UUID) -> HttpResponse:
    """Mark who came to a meeting, and count those without a name."""
    found = group_or_refuse(request, group_id)
    this = next((one for one in found.meetings if one.id == meeting_id), None)
    if this is None:
        raise Http404
    form = HeadsForm(request.POST or None, initial={"heads": this.heads})
    if request.method == "POST" and form.is_valid() and _mark(request, meeting_id, form):
        messages.success(request, _("It is marked who came."))
        return redirect("team-group", group_id=group_id)
    return _show_meeting(request, found, this, form)


@page("calendar.plan", methods=("GET", "HEAD", "POST"))
def ending(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Call a group off: first how many have a place, then the reason and the press."""
    found, form = group_or_refuse(request, group_id), CallOffForm(request.POST or None)
    if found.state not in {"ahead", "runs"}:
        return redirect("team-group", group_id=group_id)
    if request.method == "POST" and form.is_valid():
        told = actions.call_off(group=group_id, reason=form.cleaned_data["reason"], by=request.viewer, at=now())
        said = ngettext("The group is called off. %(count)d person is told.", "The group is called off. %(count)d people are told.", told)  # fmt: skip  # noqa: E501
        messages.success(request, said % {"count": told})
        return redirect("team-group", group_id=group_id)
    context = {**groupwords.line(found), "form": form}
    return render(request, "team/group_ending.html", context, status=422 if form.errors else 200)


@page("booking.offer", methods=("POST",))
def leaving(request: HttpRequest, group_id: UUID, booking_id: UUID) -> HttpResponse:
    """Somebody tells by phone that they come no more: their places are free."""
    roster = rosters.roster(group_id, viewer=request.viewer)
    places = {mark.booking: one for one in roster.comers for mark in one.marks.values()}
    if booking_id not in places:
        raise NotAllowed("no such place")
    actions.leave(group=group_id, resident=places[booking_id].resident, by=request.viewer, at=now())
    messages.success(request, _("Their places are free for others."))
    return redirect("team-group", group_id=group_id)


def _form(request: HttpRequest, unit: str) -> GroupForm:
    known = [one for one in offered_in(unit) if one.mode == "group"]
    rooms = things.things(viewer=request.viewer, unit=unit, on=today()) if unit else []  # type: ignore[attr-defined]
    return GroupForm(calendarpage.members(unit), known, rooms, request.POST if request.method == "POST" else None)


def _make(request: HttpRequest, unit: str, form: GroupForm) -> UUID | None:
    """The group that the form asks for; None when it cannot be, and the form says why."""
    told = form.cleaned_data
    role = next(one.role for one in calendarpage.members(unit) if str(one.id) == told["staff"])
    asked = Asked(
        unit=unit, staff=UUID(told["staff"]), profession=organisation.roles()[role].profession,
        capacity=told["places"], resources=tuple(UUID(one) for one in told.get("things") or ()),
    )  # fmt: skip
    try:
        made = make_group(
            key=told["key"], wanted=form.wanted(), asked=asked, draft=form.draft(), by=request.viewer, at=now()  # type: ignore[attr-defined]
        )  # fmt: skip
    except PlanRefused as refusal:
        form.refuse(refusal)
        return None
    except GroupRefused as refusal:
        form.refuse_group(refusal)
        return None
    return UUID(str(made.pk))


def _mark(request: HttpRequest, meeting: UUID, form: HeadsForm) -> bool:
    """Whether the marks and the count were taken; else the form says why not."""
    came, missed = grouppage.marks_in(request.POST)
    heads = form.cleaned_data["heads"]
    try:
        actions.mark(slot=meeting, came=came, missed=missed, by=request.viewer, at=now())  # type: ignore[attr-defined]
        if heads is not None:
            count_heads(slot=meeting, people=heads, by=request.viewer, at=now())  # type: ignore[attr-defined]
    except (NotPossible, CannotCount):
        form.add_error(None, _("Who came is marked on the day of a meeting that is held, and after it."))
        return False
    return True


def _show_meeting(request: HttpRequest, found: GroupView, this: MeetingView, form: HeadsForm) -> HttpResponse:
    can_mark = found.state != "called_off" and this.is_marked_from(today())
    roster = rosters.attendance(this.id, viewer=request.viewer) if can_mark else NOBODY  # type: ignore[attr-defined]
    context: dict[str, Any] = {
        **groupwords.line(found),
        "day": groupwords.when(this),
        "can_mark": can_mark,
        "people": grouppage.mark_lines(roster, this.id),
        "others": roster.others,
        "form": form,
    }
    return render(request, "team/group_meeting.html", context, status=422 if form.errors else 200)


def group_or_refuse(request: HttpRequest, key: UUID) -> GroupView:
    """The group, if it is of the viewer's units. Raises NotAllowed."""
    try:
        return queries.group_of_unit(key, viewer=request.viewer, at=now())  # type: ignore[attr-defined]
    except ObjectDoesNotExist:
        raise NotAllowed("no such group") from None
