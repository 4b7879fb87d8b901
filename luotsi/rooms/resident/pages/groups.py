"""Groups: what there is and where, signing up for all of one, waiting for a place, leaving."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.bookings.actions import waiting as waiting_actions
from luotsi.domain.bookings.actions.giving import SlotTaken
from luotsi.domain.bookings.queries import groups as queries
from luotsi.domain.bookings.queries.groups import GroupView
from luotsi.domain.bookings.rules.groups import SignUpShut
from luotsi.domain.bookings.rules.own import NotBookable
from luotsi.domain.cases.actions import groups as actions
from luotsi.domain.cases.queries.waiting import own_waiting
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.organisation.rules import NotAllowed, may
from luotsi.rooms.page import page
from luotsi.rooms.resident.groupwords import group_refusal
from luotsi.rooms.resident.pages.booking import uuid_in
from luotsi.rooms.resident.picker import covers, hides_place, why_not


@page("service.read")
def groups(request: HttpRequest) -> HttpResponse:
    """Every group to which one could come, of all services or of one; one's own first."""
    at, service = now(), request.GET.get("service", "")
    found = queries.groups_ahead(at=at, services=[service] if service else ())
    mine = _own(request)
    context = {
        "groups": [one for one in found if one.id not in {own.id for own in mine}],
        "mine": mine,
        "service": service,
        "is_hidden": hides_place(request.viewer),
    }
    return render(request, "resident/groups.html", context)


@page("service.read")
def group(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """What the group is, when it meets, and what one can do."""
    found, viewer = _group(group_id), request.viewer
    is_hidden = hides_place(viewer)
    waits = may(viewer, "matters.read") and viewer.is_resident and _waits(request, found)
    context = {
        "group": found,
        "unit": organisation.units().get(found.unit),
        "is_mine": not is_hidden and group_id in {one.id for one in _own(request)},
        "waits": waits,
        "may_book": may(viewer, "booking.make"),
        "key": uuid4(),
    }
    return render(request, "resident/group.html", context)


@page("booking.make", methods=("GET", "HEAD", "POST"))
def places(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Sign up: first every meeting once more, then the press."""
    found = _group(group_id)
    if request.method == "POST":
        return _sign_up(request, found)
    why = why_not(found.offering, request.viewer)
    if group_id in {one.id for one in _own(request)} or not found.is_open or found.offering.drop_in:
        return redirect("group", group_id=group_id)
    refused = group_refusal(why) if why else ""
    meetings = found.ahead(now())
    context = {"group": found, "meetings": meetings, "refused": refused, "key": uuid4()}
    return render(request, "resident/group_places.html", context)


@page("booking.make", methods=("POST",))
def waiting(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Begin to wait for a place in this group or in the next one of its kind there."""
    found, viewer, key = _group(group_id), request.viewer, uuid_in(request, "key")
    if key is None or not found.is_open or why_not(found.offering, viewer) or not covers(viewer, found.offering):
        raise Http404
    waiting_actions.join(
        resident=viewer.whose, offering=found.offering.key, key=key, by=viewer, at=now(), units=[found.unit],
        why="no_times",
    )  # fmt: skip
    messages.success(request, _("You are in the queue. We tell you when a place becomes free."))
    return redirect("group", group_id=group_id)


@page("booking.make", methods=("GET", "HEAD", "POST"))
def leaving(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Leave the group: first what it means, then the press."""
    _group(group_id)
    mine = next((one for one in _own(request) if one.id == group_id), None)
    if mine is None:
        return redirect("group", group_id=group_id)
    if request.method != "POST":
        return render(request, "resident/group_leaving.html", {"group": mine, "meetings": mine.ahead(now())})
    for resident in sorted(request.viewer.own_ids):
        actions.leave(group=group_id, resident=resident, by=request.viewer, at=now())
    messages.success(request, _("You have left the group. Your places are free for others."))
    return redirect("group", group_id=group_id)


def _sign_up(request: HttpRequest, group: GroupView) -> HttpResponse:
    key = uuid_in(request, "key")
    if key is None or not covers(request.viewer, group.offering):
        raise Http404
    try:
        rows = actions.sign_up(group=group.id, key=key, by=request.viewer, at=now())
    except SlotTaken:
        messages.warning(request, _("The last place went to somebody else just now. You can wait for a place."))
    except SignUpShut:
        messages.warning(request, _("One can no longer sign up for this group."))
    except NotBookable as refusal:
        messages.warning(request, group_refusal(refusal.why))
    else:
        messages.success(request, _("You have a place at %(count)d meetings.") % {"count": len(rows)})
    return redirect("group", group_id=group.id)


def _group(key: UUID) -> GroupView:
    try:
        return queries.group(key, at=now())
    except ObjectDoesNotExist:
        raise NotAllowed("no such group") from None


def _own(request: HttpRequest) -> list[GroupView]:
    viewer = request.viewer  # type: ignore[attr-defined]
    return queries.own_groups(viewer=viewer, at=now()) if viewer.is_resident and may(viewer, "matters.read") else []


def _waits(request: HttpRequest, group: GroupView) -> bool:
    waits = own_waiting(viewer=request.viewer, at=now())  # type: ignore[attr-defined]
    return any(one.offering.key == group.offering.key for one in waits)
