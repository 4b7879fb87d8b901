"""Choosing a free time: by week or as a list; it is kept for ten minutes, looked at once more and confirmed."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.bookings.actions import keeping
from luotsi.domain.bookings.actions.giving import SlotTaken
from luotsi.domain.bookings.definitions import Offering
from luotsi.domain.bookings.rules import NotPossible
from luotsi.domain.bookings.rules.own import NotBookable
from luotsi.domain.cases import rules as case_rules
from luotsi.domain.cases.actions import own_times
from luotsi.domain.cases.queries.own_times import offerings_of, own_visit
from luotsi.domain.catalogue import queries as catalogue
from luotsi.rooms.page import page
from luotsi.rooms.resident import jointvisits
from luotsi.rooms.resident.picker import Asked, Picker, bookable, hides_place, picker_for, why_not
from luotsi.rooms.resident.scope import takes_messages
from luotsi.rooms.resident.stops import times_address
from luotsi.rooms.resident.timeforms import TimesFilter, WaitingForm
from luotsi.rooms.resident.timewords import refusal_words


@page("booking.make", methods=("GET", "HEAD", "POST"))
def times(request: HttpRequest, key: str) -> HttpResponse:
    """The free times of a service. A POST keeps one of them; a time that went meanwhile brings fresh ones."""
    names = catalogue.service_names(get_language(), [key])
    offered = bookable(key, request.viewer)
    if key not in names or not offered:
        raise Http404
    told = request.POST if request.method == "POST" else request.GET
    chosen = next((one for one in offered if one.key == told.get("offering")), offered[0])
    if request.method == "POST" and why_not(chosen, request.viewer) is None:
        return _keep(request, chosen, Asked.read(told, chosen), service=key)
    found = picker_for(chosen, Asked.read(told, chosen), viewer=request.viewer, at=now())
    return show(request, found, service=key, offered=offered)


@page("booking.make", methods=("GET", "HEAD", "POST"))
def confirmation(request: HttpRequest, booking_id: UUID) -> HttpResponse:
    """The kept time once more, with what to know before it; then the press."""
    if request.method == "POST":
        return _answered(request, booking_id)
    steps = own_visit(booking_id, viewer=request.viewer, at=now())
    found = next(one for one in steps if one.time.id == booking_id)
    if found.state == "made":
        return redirect("time", booking_id=booking_id)
    if found.state != "kept" or found.offering is None or found.time.kept_until <= now():
        return _over(request, found.offering)
    context = {"own": found, "steps": steps, "is_hidden": hides_place(request.viewer)}
    return render(request, "resident/time_confirmation.html", context)


def show(
    request: HttpRequest, found: Picker, *, service: str, offered: list[Offering] | None = None, status: int = 200,
    **more: Any,
) -> HttpResponse:  # fmt: skip
    """The picker as a page."""
    why = why_not(found.offering, request.viewer) if "moving" not in more else None
    known = catalogue.service_page(service, get_language(), None, now())
    is_hidden = hides_place(request.viewer)
    context = {
        "picker": found, "offering": found.offering, "asked": found.asked, "offered": offered or [], "key": uuid4(),
        "service": service, "service_name": known.name if known else "",
        "why_not": why, "refused": refusal_words(why) if why else "", "is_hidden": is_hidden,
        "may_write": known is not None and takes_messages(known.case_kind),
        "filters": TimesFilter(found, place=not is_hidden, moving="moving" in more),
        "wishes": WaitingForm(found, place=not is_hidden),
        "also": jointvisits.as_parts(found.asked.also),
        "wanted": jointvisits.offerings_of(found.offering, found.asked.also),
        "tabs": [(view, found.asked.address(found.offering.key, view=view, order="earliest")) for view in _VIEWS],
        **more,
    }  # fmt: skip
    return render(request, "resident/picker.html", context, status=status)


_VIEWS = ("week", "list")


def _keep(request: HttpRequest, offering: Offering, asked: Asked, *, service: str) -> HttpResponse:
    slots, key = slots_in(request, asked), uuid_in(request, "key")
    if not slots or key is None:
        found = picker_for(offering, asked, viewer=request.viewer, at=now())
        return show(request, found, service=service, status=422, slot_error=_("Choose a time."))
    wanted = jointvisits.offerings_of(offering, asked.also)
    try:
        row, *_rest = keeping.keep(
            slots=slots, resident=request.viewer.whose, offering=offering.key, reason=asked.reason, key=key,
            by=request.viewer, at=now(), booker=own_times.booker_for_all(wanted, by=request.viewer), also=asked.also,
        )  # fmt: skip
    except (SlotTaken, NotBookable) as refusal:
        found = picker_for(offering, asked, viewer=request.viewer, at=now())
        return show(request, found, service=service, status=409, problem=problem_words(refusal))
    onward = reverse("time-confirmation", args=[row.id])
    return redirect(f"{onward}?{urlencode({'matter': asked.matter})}" if asked.matter else onward)


def _answered(request: HttpRequest, booking: UUID) -> HttpResponse:
    wanted = offerings_of(booking, viewer=request.viewer, at=now())
    if request.POST.get("answer") == "other":
        keeping.let_go(booking=booking, by=request.viewer, at=now())
        return redirect(times_address(wanted[0]) if wanted else "times")
    return _confirm(request, booking, wanted)


def _confirm(request: HttpRequest, booking: UUID, wanted: list[Offering]) -> HttpResponse:
    """The time, or every step of the visit, belongs to the matter that leads to one of them."""
    found = (_matter(request, one) for one in wanted)
    case = next((one for one in found if one), None)
    try:
        own_times.confirm(booking=booking, by=request.viewer, at=now(), case=case)
    except (SlotTaken, NotPossible, case_rules.NotPossible):
        return _over(request, wanted[0] if wanted else None)
    is_one = len(wanted) < 2
    messages.success(request, _("The time is booked.") if is_one else _("The visit is booked with all its steps."))
    return redirect("time", booking_id=booking)


def _matter(request: HttpRequest, offering: Offering) -> UUID | None:
    asked = Asked.read(request.GET, offering).matter
    return own_times.matter_for(offering, by=request.viewer, asked=asked)


def _over(request: HttpRequest, offering: Offering | None) -> HttpResponse:
    """The ten minutes are over, or it was given up: fresh times."""
    messages.warning(request, _("The time was no longer kept. Choose a time again."))
    return redirect(times_address(offering) if offering else "times")


def problem_words(refusal: Exception) -> str:
    """Why nothing was booked, in words that say what to do."""
    if isinstance(refusal, NotBookable):
        return refusal_words(refusal.why)
    return _("Somebody else took that time just now. Choose another one.")


def slots_in(request: HttpRequest, asked: Asked) -> list[UUID]:
    """The chosen time; of a visit of several steps the time of each, in their order. Empty when nothing was chosen."""
    if not asked.also:
        slot = uuid_in(request, "slot")
        return [slot] if slot else []
    slots = jointvisits.slots_in(request.POST)
    return slots if len(slots) == len(asked.also) + 1 else []


def uuid_in(request: HttpRequest, name: str) -> UUID | None:
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        return None
