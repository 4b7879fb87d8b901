"""A matter is led to a group: the resident gets a place at every meeting of it."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.bookings.access import register_of
from luotsi.domain.bookings.actions.giving import SlotTaken
from luotsi.domain.bookings.queries import groups as queries
from luotsi.domain.bookings.rules.groups import SignUpShut
from luotsi.domain.bookings.rules.own import NotBookable
from luotsi.domain.cases.actions import groups as actions
from luotsi.domain.cases.queries import CaseView
from luotsi.domain.cases.rules import can
from luotsi.rooms.page import page
from luotsi.rooms.team import groupwords
from luotsi.rooms.team.casepage import TOO_LATE, opened, told


@page("booking.offer", methods=("GET", "HEAD", "POST"))
def places(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The groups to which this matter can be led; a POST takes a place in one of them."""
    found = opened(request, case_id)
    if not can("offer_time", found.state, has_times=found.kind.has_times):
        messages.info(request, _("A time cannot be offered now. Below you see where the matter stands."))
        return redirect("case", case_id=case_id)
    return _take(request, found) if request.method == "POST" else _show(request, found)


def _take(request: HttpRequest, case: CaseView) -> HttpResponse:
    try:
        group, key = UUID(request.POST.get("group", "")), UUID(request.POST.get("key", ""))
    except ValueError:
        return _show(request, case, problem=_("Choose a group."), status=422)
    if group not in {one.id for one in _open_to(case)}:
        return _show(request, case, problem=_("One can no longer sign up for that group."), status=409)
    try:
        taken = actions.refer(case=case.id, group=group, key=key, by=request.viewer, at=now())  # type: ignore[attr-defined]
    except SlotTaken:
        return _show(request, case, problem=_("The last place went just now. Choose another group."), status=409)
    except (SignUpShut, *TOO_LATE):
        return _show(request, case, problem=_("One can no longer sign up for that group."), status=409)
    except NotBookable as refusal:
        return _show(request, case, problem=_problem(refusal), status=409)
    said = _("They have a place at %(count)d meetings. The resident gets a message.") % {"count": len(taken)}
    messages.success(request, said)
    return redirect("case", case_id=case.id)


def _problem(refusal: NotBookable) -> str:
    return {
        "too_many": _("They have a place in such a group already."),
        "overlaps": _("They have another time at the same moment as one of the meetings."),
    }.get(refusal.why, _("They cannot be signed up for that group."))


def _open_to(case: CaseView) -> list[queries.GroupView]:
    """Groups of the matter's own register for which one signs up, and which have room."""
    found = queries.groups_ahead(at=now())
    fitting = [one for one in found if register_of(one.unit) == case.kind.register and not one.offering.drop_in]
    return [one for one in fitting if not one.is_full]


def _show(request: HttpRequest, case: CaseView, *, problem: str = "", status: int = 200) -> HttpResponse:
    lines = [groupwords.line(one) for one in _open_to(case)]
    context = {**told(request, case), "lines": lines, "problem": problem, "key": uuid4()}
    return render(request, "team/group_places.html", context, status=status)
