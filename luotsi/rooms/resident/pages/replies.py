"""Answering by the link in a message, without signing in: I cannot come, I take the freed time, I wait still.

The page says when, never what for or where: whoever reads the mail may be somebody else. Opening it changes nothing.
"""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from luotsi.base.now import now
from luotsi.base.who import Who
from luotsi.domain.bookings.actions import clearing, waiting
from luotsi.domain.bookings.actions.giving import SlotTaken
from luotsi.domain.bookings.queries.linked import Linked, by_link, taken_by
from luotsi.domain.bookings.rules import NotPossible
from luotsi.domain.bookings.rules.links import NoLink
from luotsi.domain.bookings.rules.own import NotBookable
from luotsi.domain.cases import rules as case_rules
from luotsi.domain.cases.actions import own_times
from luotsi.domain.cases.queries.own_times import own_time
from luotsi.domain.cases.queries.waiting import own_waiting
from luotsi.domain.events import actions as events
from luotsi.domain.organisation.rules import NotAllowed
from luotsi.domain.people import queries as people
from luotsi.rooms.page import page

LINK = "link.answer"
_MAY = frozenset({LINK, "booking.make", "booking.answer"})  # what the link lets its holder do for its one thing
_REFUSALS = (NotPossible, NotBookable, SlotTaken, case_rules.NotPossible)


@page(LINK, methods=("GET", "HEAD", "POST"), nobody=True)
def reply(request: HttpRequest, token: str) -> HttpResponse:
    """What is asked, and the answer. A link that has stopped working says so; one that never was is a missing page."""
    try:
        link = by_link(token, at=now())
    except NoLink:
        raise Http404 from None
    holder = people.resident_as_who(link.resident)
    if holder is None:
        raise Http404
    holder = replace(holder, only=_MAY)
    whence = {"request": getattr(request, "request_id", ""), "address": request.META.get("REMOTE_ADDR", "")}
    with events.looking(holder, action=LINK, **whence):
        if request.method == "POST" and not link.is_over:
            return _answer(request, link, holder, token)
        return _show(request, link, holder)


def _answer(request: HttpRequest, link: Linked, holder: Who, token: str) -> HttpResponse:
    said = request.POST.get("answer", "")
    if said not in _ANSWERS[link.what]:
        return render(request, "errors/400.html", status=400)
    try:
        _ACTS[link.what](link, said, holder)
    except _REFUSALS:
        return _show(request, link, holder, status=409, was_refused=True)
    return redirect("reply", token=token)


def _show(request: HttpRequest, link: Linked, holder: Who, *, status: int = 200, **more: Any) -> HttpResponse:
    try:
        told = _TOLD[link.what](link, holder)
    except NotAllowed:
        raise Http404 from None
    context = {"link": link, "is_over": link.is_over, **told, **more}
    return render(request, f"resident/reply_{link.what}.html", context, status=status)


def _time(link: Linked, holder: Who) -> dict[str, Any]:
    return {"own": own_time(link.subject, viewer=holder, at=now())}


def _offer(link: Linked, holder: Who) -> dict[str, Any]:
    """The offer while it waits for its answer; answered, what came of it."""
    found = own_waiting(viewer=holder, at=now())
    offer = next((one.offer for one in found if one.offer and one.offer.id == link.subject), None)
    booking = taken_by(link.subject)
    taken = own_time(booking, viewer=holder, at=now()) if booking else None
    return {"offer": offer, "taken": taken}


def _give_up(link: Linked, said: str, holder: Who) -> None:
    own_times.give_up(booking=link.subject, by=holder, at=now())


def _take(link: Linked, said: str, holder: Who) -> None:
    own_times.answer_freed(offer=link.subject, accepts=said == "accept", by=holder, at=now())


def _need(link: Linked, holder: Who) -> dict[str, Any]:
    """The place in the queue; None when they wait no longer."""
    found = own_waiting(viewer=holder, at=now())
    return {"waiting": next((one for one in found if one.id == link.subject), None)}


def _keep(link: Linked, said: str, holder: Who) -> None:
    clearing.answer(entry=link.subject, still=said == "yes", by=holder, at=now())


def _decline(link: Linked, said: str, holder: Who) -> None:
    waiting.leave(entry=link.subject, by=holder, at=now(), reason="declined")


_ANSWERS = {
    "time": {"cannot_come"}, "offer": {"accept", "decline"}, "need": {"yes", "no"}, "invitation": {"no"},
}  # fmt: skip
_ACTS = {"time": _give_up, "offer": _take, "need": _keep, "invitation": _decline}
_TOLD = {"time": _time, "offer": _offer, "need": _need, "invitation": _need}
