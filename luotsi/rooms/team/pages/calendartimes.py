"""One visit: who comes, what became of it, and moving or cancelling it."""

from typing import Any, get_args
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from luotsi.base.now import local_day, now
from luotsi.domain.bookings.actions import SlotTaken
from luotsi.domain.bookings.actions.visiting import NO_SHOW_REASONS
from luotsi.domain.bookings.queries import day as days
from luotsi.domain.bookings.rules import WRONG_MARKS, Mark, NotPossible
from luotsi.domain.bookings.rules.own import NotBookable
from luotsi.domain.cases.actions import calendars as cases
from luotsi.domain.cases.queries.calendars import can_unmark, matters_of
from luotsi.domain.cases.rules import NotPossible as CaseNotPossible
from luotsi.rooms.page import page
from luotsi.rooms.team import movepage, visitwords


@page("booking.offer")
def time(request: HttpRequest, booking_id: UUID) -> HttpResponse:
    """The visit, and what can be done with it now."""
    return _show(request, _found(request, booking_id))


@page("booking.offer", methods=("GET", "HEAD", "POST"))
def marks(request: HttpRequest, booking_id: UUID) -> HttpResponse:
    """Mark what became of the visit. A plain visit to this address leads to the visit."""
    found = _found(request, booking_id)
    what, reason = request.POST.get("what", ""), request.POST.get("reason", "")
    if request.method != "POST":
        return redirect("calendar-time", booking_id=booking_id)
    if what not in get_args(Mark):
        return _show(request, found, status=422, trouble=_("Choose what became of the visit."))
    if what == "missed" and reason not in NO_SHOW_REASONS:
        return _show(request, found, status=422, trouble=_("Choose why they did not come."))
    try:
        cases.mark(booking=booking_id, what=what, reason=reason, by=request.viewer, at=now())  # type: ignore[arg-type]
    except (NotPossible, CaseNotPossible):
        return _show(request, found, status=409, trouble=_("This cannot be marked now. Below is how the visit stands."))
    messages.success(request, visitwords.marked_words(what))
    return _onward(request, booking_id)


@page("booking.offer", methods=("GET", "HEAD", "POST"))
def correction(request: HttpRequest, booking_id: UUID) -> HttpResponse:
    """Take a wrong mark back. A plain visit to this address leads to the visit."""
    found = _found(request, booking_id)
    mark, reason = request.POST.get("mark", ""), request.POST.get("reason", "")
    if request.method != "POST":
        return redirect("calendar-time", booking_id=booking_id)
    if reason not in WRONG_MARKS.get(mark, ()):  # type: ignore[call-overload]
        return _show(request, found, status=422, trouble=_("Choose why the mark was wrong."))
    try:
        cases.take_back_mark(booking=booking_id, mark=mark, reason=reason, by=request.viewer, at=now())  # type: ignore[arg-type]
    except (NotPossible, CaseNotPossible):
        return _show(request, found, status=409, trouble=_("This mark stands. Below is how the visit stands."))
    messages.success(request, _("The mark is taken back. The history tells of both."))
    return redirect("calendar-time", booking_id=booking_id)


@page("booking.offer", methods=("GET", "HEAD", "POST"))
def moving(request: HttpRequest, booking_id: UUID) -> HttpResponse:
    """Choose another time for the visit, one worker's at a time; a POST moves it and tells the resident."""
    found = _found(request, booking_id)
    choice = movepage.choice(found, request, at=now())
    if request.method != "POST":
        return _show_moving(request, found, choice)
    try:
        slot, key = UUID(request.POST.get("slot", "")), UUID(request.POST.get("key", ""))
    except ValueError:
        return _show_moving(request, found, choice, status=422, trouble=_("Choose a time."))
    try:
        new = cases.move_time(booking=booking_id, slot=slot, key=key, by=request.viewer, at=now())
    except SlotTaken:
        trouble = _("Somebody else got the time first, or its room is taken. Choose another one. Nothing has changed.")
    except NotBookable as refusal:
        trouble = visitwords.why_not_words(refusal.why)
    except (NotPossible, CaseNotPossible):
        trouble = _("This time cannot be moved any more.")
    else:
        messages.success(request, _("The time is moved. The resident gets a message."))
        return redirect("calendar-time", booking_id=new)
    return _show_moving(request, found, choice, status=409, trouble=trouble)


@page("booking.offer", methods=("GET", "HEAD", "POST"))
def cancellation(request: HttpRequest, booking_id: UUID) -> HttpResponse:
    """Give the time up. A plain visit to this address leads to the visit."""
    found = _found(request, booking_id)
    if request.method != "POST":
        return redirect("calendar-time", booking_id=booking_id)
    cancel = cases.cancel_visit if request.POST.get("what") == "visit" else cases.cancel_time
    try:
        cancel(booking=booking_id, by=request.viewer, at=now())
    except (NotPossible, CaseNotPossible):
        return _show(request, found, status=409, trouble=_("This time cannot be cancelled any more."))
    messages.success(request, _("The time is cancelled and free again. The resident gets a message."))
    return redirect(movepage.day_address(found))


def _found(request: HttpRequest, booking_id: UUID) -> days.DayTime:
    """The visit, if it is theirs to handle; otherwise it does not exist."""
    found = days.one_time(booking_id, viewer=request.viewer, at=now())  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found


def _onward(request: HttpRequest, booking_id: UUID) -> HttpResponse:
    """Back to the list from which the mark came, or to the visit."""
    onward = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(onward, allowed_hosts=None):
        return redirect(onward)
    return redirect("calendar-time", booking_id=booking_id)


def _show(request: HttpRequest, found: days.DayTime, *, status: int = 200, trouble: str = "") -> HttpResponse:
    visit = found.visits[0]
    case = matters_of([visit.id], viewer=request.viewer).get(visit.id)  # type: ignore[attr-defined]
    context = {**movepage.about(found, at=now()), "case": case, "trouble": trouble}
    context["steps"] = movepage.steps_with(visit.id)
    context["can_unmark"] = context["mark"] and can_unmark(visit.id, viewer=request.viewer)  # type: ignore[attr-defined]
    return render(request, "team/calendar_time.html", context, status=status)


def _show_moving(
    request: HttpRequest, found: days.DayTime, choice: movepage.Choice, *, status: int = 200, trouble: str = ""
) -> HttpResponse:  # fmt: skip
    more: dict[str, Any] = {"choice": choice, "key": uuid4(), "trouble": trouble, "today": local_day(now())}
    return render(request, "team/calendar_moving.html", {**movepage.about(found, at=now()), **more}, status=status)
