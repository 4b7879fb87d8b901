"""Waiting for a time: joining the queue, answering a freed time, leaving."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from luotsi.base.dates import start_of
from luotsi.base.now import now
from luotsi.domain.bookings.actions import clearing
from luotsi.domain.bookings.actions import waiting as actions
from luotsi.domain.bookings.actions.giving import SlotTaken
from luotsi.domain.bookings.rules import NotPossible
from luotsi.domain.cases import rules as case_rules
from luotsi.domain.cases.actions import own_times
from luotsi.domain.cases.queries.own_times import promised_by
from luotsi.domain.cases.queries.waiting import own_waiting
from luotsi.domain.organisation.rules import NotAllowed
from luotsi.rooms.page import page
from luotsi.rooms.resident.pages.booking import uuid_in
from luotsi.rooms.resident.picker import BY_ONESELF, bookable, why_not

VEHICLE_STOP = "vehicle_stop"


@page("booking.make", methods=("POST",))
def joining(request: HttpRequest, key: str) -> HttpResponse:
    """Begin to wait for a time of the service, with one's wishes."""
    viewer = request.viewer
    offered = bookable(key, viewer, modes={*BY_ONESELF, VEHICLE_STOP})
    chosen = next((one for one in offered if one.key == request.POST.get("offering")), None)
    sent = uuid_in(request, "key")
    if chosen is None or sent is None or why_not(chosen, viewer):
        raise Http404
    units = [unit for unit in request.POST.getlist("units") if unit in chosen.units]
    matter = own_times.matter_for(chosen, by=viewer)
    due = promised_by(matter)
    entry = actions.join(
        resident=viewer.whose, offering=chosen.key, key=sent, by=viewer, at=now(), units=units, subject=matter,
        due_at=start_of(due + timedelta(days=1)) if due else None,
        wishes={"days": request.POST.getlist("days"), "parts": request.POST.getlist("parts"),
                "stops": request.POST.getlist("stops")},
    )  # fmt: skip
    if entry.key == sent:
        messages.success(request, _("You are in the queue. We tell you when a time becomes free."))
    else:
        messages.info(request, _("You are in this queue already. To wish otherwise, leave it and join it again."))
    return redirect("times")


@page("booking.answer", methods=("POST",))
def answer(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    """Take the freed time, or let it go to the next one."""
    said = request.POST.get("answer")
    if said not in {"accept", "decline"}:
        return render(request, "errors/400.html", status=400)
    try:
        row = own_times.answer_freed(offer=offer_id, accepts=said == "accept", by=request.viewer, at=now())
    except (NotPossible, SlotTaken, case_rules.NotPossible):
        messages.warning(request, _("The time went to somebody else. You wait on, and your place in the queue stays."))
        return redirect("times")
    if row is None:
        messages.success(request, _("The time goes to the next one. You wait on."))
        return redirect("times")
    messages.success(request, _("The time is booked."))
    return redirect("time", booking_id=row.id)


@page("booking.make", methods=("POST",))
def ending(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Wait no longer."""
    if entry_id not in {one.id for one in own_waiting(viewer=request.viewer, at=now())}:
        raise NotAllowed("this waiting is not theirs")
    actions.leave(entry=entry_id, by=request.viewer, at=now())
    messages.success(request, _("You are no longer in the queue."))
    return redirect("times")


@page("booking.make", methods=("POST",))
def need(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Whether one waits still, when the unit has asked."""
    if entry_id not in {one.id for one in own_waiting(viewer=request.viewer, at=now())}:
        raise NotAllowed("this waiting is not theirs")
    said = request.POST.get("answer")
    if said not in {"yes", "no"}:
        return render(request, "errors/400.html", status=400)
    clearing.answer(entry=entry_id, still=said == "yes", by=request.viewer, at=now())
    messages.success(request, _("You wait on.") if said == "yes" else _("You are no longer in the queue."))
    return redirect("times")
