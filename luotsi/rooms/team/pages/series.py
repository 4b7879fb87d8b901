"""Booking for a resident: one time or a series, proposed whole, looked at, and kept whole or not at all."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.base.now import now
from luotsi.domain.bookings import queries as bookings
from luotsi.domain.bookings.actions.giving import SlotTaken
from luotsi.domain.bookings.actions.keeping import SlotsTaken
from luotsi.domain.bookings.rules.own import NotBookable
from luotsi.domain.cases.actions import giving_times
from luotsi.domain.cases.queries import CaseView
from luotsi.domain.cases.rules import can
from luotsi.rooms.page import page
from luotsi.rooms.team.casepage import TOO_LATE, done, opened, show_changed, told
from luotsi.rooms.team.seriespage import SeriesPage, page_for
from luotsi.ui.words import moment


@page("booking.offer", methods=("GET", "HEAD", "POST"))
def times(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Propose times; a POST books those that are chosen, all or none."""
    found = opened(request, case_id)
    asked = page_for(found, request, at=now())
    if request.method == "POST":
        return _booked(request, found, asked)
    if not can("offer_time", found.state):
        messages.info(request, _("A time cannot be offered now. Below you see where the matter stands."))
        return redirect("case", case_id=case_id)
    return _show(request, found, asked)


def _booked(request: HttpRequest, case: CaseView, asked: SeriesPage) -> HttpResponse:
    slots, key = _slots(asked), _uuid(request.POST.get("key", ""))
    if not slots or key is None or not asked.form.is_valid():
        return _show(request, case, asked, status=422, trouble=_("Choose at least one time."))
    if len(set(slots)) < len(slots):
        return _show(request, case, asked, status=422, trouble=_("The same time is chosen twice. Choose another one."))
    try:
        rows = giving_times.book(
            case=case.id, slots=slots, offering=asked.offering.key, reason=asked.reason, key=key, by=request.viewer,
            at=now(), also=asked.also,
        )  # fmt: skip
    except (SlotTaken, NotBookable) as refusal:
        return _show(request, case, asked, status=409, **_refused(refusal))
    except TOO_LATE:
        return show_changed(request, case.id)
    return done(request, case.id, _what_happened(len(rows), min(row.slot.starts_at for row in rows)))


def _what_happened(number: int, first: Any) -> str:
    said = ngettext(
        "The time is booked: %(when)s. The resident gets a message.",
        "%(number)d times are booked, the first one %(when)s. The resident gets a message.",
        number,
    )
    return said % {"number": number, "when": moment(first)}


def _refused(refusal: Exception) -> dict[str, Any]:
    """Why nothing was booked: each time that went meanwhile by its name, or what stands in the way."""
    if isinstance(refusal, SlotsTaken):
        known = bookings.slots(refusal.slots)
        went = [moment(known[slot].starts_at) for slot in refusal.slots if slot in known]
        return {"trouble": _("Nothing is booked yet: somebody else took a time just now."), "went": went}
    if isinstance(refusal, NotBookable) and refusal.why == "overlaps":
        return {"trouble": _("Nothing is booked yet: the person has another time at the same moment.")}
    if isinstance(refusal, NotBookable):
        return {"trouble": _("Nothing is booked yet: one of the times is not for this. Look at the times anew.")}
    return {"trouble": _("Nothing is booked yet: no room or device is free at one of the times. Choose another one.")}


def _show(
    request: HttpRequest, case: CaseView, asked: SeriesPage, *, status: int = 200, **more: Any
) -> HttpResponse:  # fmt: skip
    lines = asked.lines if asked.offering and asked.form.is_valid() else []
    context = {
        **told(request, case), "asked": asked, "form": asked.form, "lines": lines, "key": uuid4(),
        "missing": sum(1 for line in lines if not line.choices),
        "status_of_form": asked.form.errors,
        **more,
    }  # fmt: skip
    return render(request, "team/series.html", context, status=status if lines or status != 200 else 200)


def _slots(asked: SeriesPage) -> list[UUID]:
    found = (_uuid(one) for number in sorted(asked.chosen) for one in asked.chosen[number].split("+"))
    return [slot for slot in found if slot]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
