"""My times: what is ahead and what was, one time with what to know before it, moving it and giving it up."""

from dataclasses import replace
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.bookings.actions.giving import SlotTaken
from luotsi.domain.bookings.actions.waiting import GROUP
from luotsi.domain.bookings.queries import groups
from luotsi.domain.bookings.rules import NotPossible
from luotsi.domain.bookings.rules.own import NotBookable, Step
from luotsi.domain.cases import rules as case_rules
from luotsi.domain.cases.actions import own_times
from luotsi.domain.cases.queries.days import has_days
from luotsi.domain.cases.queries.own_times import OwnTime, own_time, own_visit
from luotsi.domain.cases.queries.own_times import own_times as times_of
from luotsi.domain.cases.queries.waiting import own_waiting
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.organisation.rules import may
from luotsi.rooms.calendarfile import MEDIA_TYPE, Entry, calendar_file
from luotsi.rooms.page import page
from luotsi.rooms.resident.pages.booking import problem_words, show, slots_in, uuid_in
from luotsi.rooms.resident.picker import Asked, hides_place, picker_for


@page("matters.read")
def times(request: HttpRequest) -> HttpResponse:
    """What is ahead, what I wait for, and what is over."""
    viewer, at = request.viewer, now()
    waiting = own_waiting(viewer=viewer, at=at)
    context = {
        "ahead": [one for one in times_of(viewer=viewer, at=at) if not _is_offered_in_a_group(one)],
        "past": _groups_once(times_of(viewer=viewer, at=at, is_past=True, limit=40))[:20],
        "waiting": [one for one in waiting if not one.is_invited],
        "invitations": [one for one in waiting if one.is_invited],
        "is_hidden": hides_place(viewer),
        "may_book": may(viewer, "booking.make"),
        "has_days": has_days(viewer),
    }
    return render(request, "resident/times.html", context)


@page("matters.read")
def time(request: HttpRequest, booking_id: UUID) -> HttpResponse:
    """One time, how to prepare for it, and what I can do with it."""
    steps = own_visit(booking_id, viewer=request.viewer, at=now())
    found = next(one for one in steps if one.time.id == booking_id)
    unit = organisation.units().get(found.time.unit)
    group = groups.group_of(booking_id)
    context = {"own": found, "steps": steps, "unit": unit, "is_hidden": hides_place(request.viewer), "group": group}
    return render(request, "resident/time.html", {**context, "may_book": may(request.viewer, "booking.make")})


@page("matters.read")
def calendar(request: HttpRequest, booking_id: UUID) -> HttpResponse:
    """The time as a file for one's own calendar. Asking for it changes nothing."""
    found = own_time(booking_id, viewer=request.viewer, at=now())
    address = f"{settings.PUBLIC_URL.rstrip('/')}{reverse('time', args=[booking_id])}"
    body = calendar_file(
        [Entry(found.time.id, found.time.starts_at, found.time.ends_at)], title=_("A booked time"),
        says=_("Sign in to see what the time is for, and where."), url=address, at=now(),
    )  # fmt: skip
    headers = {"Content-Disposition": 'attachment; filename="time.ics"'}
    return HttpResponse(body, content_type=MEDIA_TYPE, headers=headers)


@page("booking.make", methods=("GET", "HEAD", "POST"))
def cancellation(request: HttpRequest, booking_id: UUID) -> HttpResponse:
    """Give a time up: first what it means, then the press. Of a visit of several steps all of them, or one."""
    steps = own_visit(booking_id, viewer=request.viewer, at=now())
    found = next(one for one in steps if one.time.id == booking_id)
    if request.method != "POST":
        if not found.can_change:
            return redirect("time", booking_id=booking_id)
        return render(request, "resident/time_cancellation.html", {"own": found, "steps": steps})
    give_up = own_times.give_up if request.POST.get("what") == "step" else own_times.give_up_visit
    try:
        give_up(booking=booking_id, by=request.viewer, at=now())  # type: ignore[operator]
    except (NotPossible, case_rules.NotPossible):
        messages.warning(request, _("The time had changed. Below you see how it stands now."))
    except NotBookable as refusal:
        messages.warning(request, problem_words(refusal))
    else:
        messages.success(request, _("The time is cancelled and free for somebody else."))
    return redirect("times")


@page("booking.make", methods=("GET", "HEAD", "POST"))
def moving(request: HttpRequest, booking_id: UUID) -> HttpResponse:
    """Choose another time instead. The new one is yours before the old one is free; else nothing changes."""
    steps = own_visit(booking_id, viewer=request.viewer, at=now())
    found = next(one for one in steps if one.time.id == booking_id)
    if not all(one.can_change and one.offering for one in steps) or found.time.mode == GROUP:
        return redirect("time", booking_id=booking_id)
    if found.time.stop:
        return redirect(f"{reverse('stop', args=[found.time.stop])}?moving={booking_id}")
    if request.method == "POST":
        return _move(request, steps)
    return _show_moving(request, steps)


def _move(request: HttpRequest, steps: list[OwnTime]) -> HttpResponse:
    key = uuid_in(request, "key")
    slots = slots_in(request, _asked(request, steps))
    if not slots or key is None:
        return _show_moving(request, steps, status=422, slot_error=_("Choose a time."))
    try:
        new = _moved(request, steps, slots, key)
    except (SlotTaken, NotBookable) as refusal:
        return _show_moving(request, steps, status=409, problem=problem_words(refusal))
    except (NotPossible, case_rules.NotPossible):
        messages.warning(request, _("The time had changed. Below you see how it stands now."))
        return redirect("times")
    messages.success(request, _("The time is moved."))
    return redirect("time", booking_id=new)


def _moved(request: HttpRequest, steps: list[OwnTime], slots: list[UUID], key: UUID) -> UUID:
    """The new time, or the first step of the visit at its new time."""
    told = {"booking": steps[0].time.id, "key": key, "by": request.viewer, "at": now()}  # type: ignore[attr-defined]
    if len(steps) == 1:
        return UUID(str(own_times.move(slot=slots[0], **told).id))
    return UUID(str(own_times.move_visit(slots=slots, **told)[0].id))


def _asked(request: HttpRequest, steps: list[OwnTime]) -> Asked:
    """What the address says, for what is being moved: every step for its own."""
    first, *further = steps
    asked = Asked.read({**request.GET.dict(), "reason": first.time.reason}, first.offering)  # type: ignore[arg-type]
    return replace(asked, also=tuple(Step(one.time.offering, one.time.reason) for one in further))


def _show_moving(request: HttpRequest, steps: list[OwnTime], *, status: int = 200, **more: object) -> HttpResponse:
    first = steps[0]
    picker = picker_for(first.offering, _asked(request, steps), viewer=request.viewer, at=now())  # type: ignore[arg-type, attr-defined]
    service = first.offering.service if first.offering else ""
    return show(request, picker, service=service, status=status, moving=first, **more)


def _is_offered_in_a_group(one: OwnTime) -> bool:
    """A place in a group that waits for an answer is told above, as a whole."""
    return one.time.mode == GROUP and one.state == "kept"


def _groups_once(past: list[OwnTime]) -> list[OwnTime]:
    """Of all meetings of a group that were given up together, one stands for them."""
    told, seen = [], set()
    for one in past:
        if one.time.mode == GROUP and one.state == "cancelled":
            if one.time.series in seen:
                continue
            seen.add(one.time.series)
        told.append(one)
    return told
