"""One meeting of a group is not held: everybody who has a place is told at once."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.base.now import now
from luotsi.domain.bookings.actions.changing import Undecided
from luotsi.domain.bookings.rules import NotPossible
from luotsi.domain.cases.actions import groups as actions
from luotsi.rooms.page import page
from luotsi.rooms.team import groupwords
from luotsi.rooms.team.groupforms import MeetingOffForm
from luotsi.rooms.team.pages.groups import group_or_refuse


@page("calendar.plan", methods=("GET", "HEAD", "POST"))
def ending(request: HttpRequest, group_id: UUID, meeting_id: UUID) -> HttpResponse:
    """Call one meeting off: first how many had a place, then the reason and the press."""
    found = group_or_refuse(request, group_id)
    this = next((one for one in found.meetings if one.id == meeting_id), None)
    if this is None:
        raise Http404
    if this not in found.ahead(now()):
        return redirect("team-group", group_id=group_id)
    form = MeetingOffForm(request.POST or None, initial={"key": uuid4()})
    if request.method == "POST" and form.is_valid() and _called_off(request, meeting_id, form):
        return redirect("team-group", group_id=group_id)
    context = {**groupwords.line(found), "meeting": this, "day": groupwords.when(this), "form": form}
    return render(request, "team/group_meeting_ending.html", context, status=422 if form.errors else 200)


def _called_off(request: HttpRequest, meeting: UUID, form: MeetingOffForm) -> bool:
    """Whether it is called off, or was already; else the form says what stands in the way."""
    told = form.cleaned_data
    try:
        count = actions.call_off_meeting(
            meeting=meeting, key=told["key"], reason=told["reason"], by=request.viewer, at=now()  # type: ignore[attr-defined]
        )  # fmt: skip
    except Undecided:
        form.add_error(None, _("The leader has another visit booked in that time. Close the time in the calendar: there you choose what becomes of each."))  # fmt: skip  # noqa: E501
        return False
    except NotPossible:
        messages.info(request, _("The meeting had changed. Below you see how it stands now."))
        return True
    said = ngettext("The meeting is called off. %(count)d person is told.", "The meeting is called off. %(count)d people are told.", count)  # fmt: skip  # noqa: E501
    messages.success(request, said % {"count": count})
    return True
