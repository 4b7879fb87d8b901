"""Offering a time, and taking it back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.bookings.actions import SlotTaken
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases.queries import CaseView
from luotsi.domain.cases.rules import can
from luotsi.domain.organisation import definitions as organisation
from luotsi.rooms.page import page
from luotsi.rooms.team.casepage import TOO_LATE, conflict, done, opened, show_changed, told
from luotsi.rooms.team.desk import is_changed, unless_changed
from luotsi.rooms.team.forms import OfferForm
from luotsi.rooms.team.freetimes import FreeTimes, With, free_times
from luotsi.rooms.team.words import mode_words, profession_words
from luotsi.ui.words import moment, short_day


@page("booking.offer", methods=("GET", "HEAD", "POST"))
def offers(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The free times; a POST offers one of them. A time that went meanwhile brings fresh ones."""
    found = opened(request, case_id)
    if request.method == "POST":
        return _offered(request, found)
    if not can("offer_time", found.state):
        messages.info(request, _("A time cannot be offered now. Below you see where the matter stands."))
        return redirect("case", case_id=case_id)
    return _show(request, found, free_times(found, request, at=now()), OfferForm())


@page("booking.offer", methods=("GET", "HEAD", "POST"))
@unless_changed(show_changed)
def withdrawal(request: HttpRequest, case_id: UUID, booking_id: UUID) -> HttpResponse:
    """Take an offered or booked time back. A plain visit to this address leads to the case."""
    found = opened(request, case_id)
    time = next((time for time in found.times if time.id == booking_id), None)
    if time is None:
        raise Http404
    if request.method != "POST":
        return redirect("case", case_id=case_id)
    if time.state == "made" and request.POST.get("seen") == "offered":  # the resident has just taken it
        return show_changed(request, case_id)
    try:
        cases.withdraw_time(case=case_id, booking=booking_id, by=request.viewer, at=now())
    except TOO_LATE:
        return show_changed(request, case_id)
    return done(
        request,
        case_id,
        _("The time is withdrawn and free again. The resident gets a message. Next: offer another time."),
    )


def _offered(request: HttpRequest, case: CaseView) -> HttpResponse:
    form = OfferForm(request.POST)
    free = free_times(case, request, at=now())
    if is_changed(request, case.id):
        return _show_changed(request, case, free)
    if not form.is_valid():
        return _show(request, case, free, form, status=422)
    slot = form.cleaned_data["slot"]
    holds_it = any(time.slot.id == slot for time in case.times if time.state in {"offered", "made"})
    if not (holds_it or free.holds(slot)) and can("offer_time", case.state):
        return _show_taken(request, case, free)
    try:
        cases.offer_time(case=case.id, slot=slot, key=form.cleaned_data["key"], by=request.viewer, at=now())
    except SlotTaken:
        return _show_taken(request, case, free_times(case, request, at=now()))
    except TOO_LATE:
        return show_changed(request, case.id)
    return done(request, case.id, _what_happened(opened(request, case.id)))


def _what_happened(case: CaseView) -> str:
    when = moment(case.waiting_time.slot.starts_at) if case.waiting_time else ""
    return _("Offered: %(when)s. The resident gets a message and answers. The time is held until then.") % {
        "when": when
    }


def _show(
    request: HttpRequest, case: CaseView, free: FreeTimes, form: OfferForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        **told(request, case),
        "free": free,
        "form": form,
        "ways": [
            (_way_words(way, case, first), free.address(way), way == free.chosen) for way, first in free.first.items()
        ],
        "chosen": ": ".join(part for part in (_with_words(free.chosen), mode_words(free.mode).lower()) if part),
        "modes": [
            (f"{mode_words(mode)}, {short_day(when)}", free.address(free.chosen, mode), mode == free.mode)
            for mode, when in free.modes.items()
        ],
        "later": free.address(free.chosen, free.mode, free.later) if free.later else "",
        "earliest": free.address(free.chosen, free.mode) if request.GET.get("from") else "",
        "slot_error": next(iter(form.errors.get("slot", [])), ""),
        **more,
    }
    return render(request, "team/offers.html", context, status=status)


def _show_taken(request: HttpRequest, case: CaseView, free: FreeTimes) -> HttpResponse:
    """Fresh times with a clear sentence; nothing else is lost."""
    return _show(request, case, free, OfferForm(), status=409, is_taken=True)


def _show_changed(request: HttpRequest, case: CaseView, free: FreeTimes) -> HttpResponse:
    """What happened meanwhile, and the time that was chosen, still chosen. Where none can be offered now, the case."""
    if not can("offer_time", case.state):
        return show_changed(request, case.id)
    chosen = next((slot for slot in free.slots if str(slot.id) == request.POST.get("slot")), None)
    said = conflict(request, case)
    if chosen:
        words = _("The time that you chose: %(when)s.") % {"when": moment(chosen.starts_at)}
        said |= {"still_chosen": words, "selected": chosen.id}
    return _show(request, case, free, OfferForm(), status=409, **said)


def _way_words(way: With, case: CaseView, first: Any) -> str:
    unit, profession = way
    name = profession_words(profession) if unit == case.unit else _with_words(way)
    return f"{name}, {short_day(first)}"


def _with_words(way: With) -> str:
    unit, profession = way
    return f"{profession_words(profession)}, {organisation.unit_names()[unit].in_language(get_language())}"
