"""Places by day: the board, who comes today, sharing places out among those who wish for them, and opening more."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.base.now import now, today
from luotsi.domain.bookings.actions import attending_days, sharing
from luotsi.domain.bookings.actions import places as opening
from luotsi.domain.bookings.definitions import offered_in
from luotsi.domain.bookings.definitions.days import sharing_rule
from luotsi.domain.bookings.queries import places
from luotsi.domain.bookings.rules import NotPossible
from luotsi.domain.bookings.rules.plans import PlanRefused
from luotsi.domain.organisation.rules import may
from luotsi.rooms.page import page
from luotsi.rooms.team import placepage
from luotsi.rooms.team.placeforms import OpeningForm, PeriodForm


@page("days.read")
def board(request: HttpRequest) -> HttpResponse:
    """A week or a month of the unit's places, with who comes."""
    asked = placepage.asked(request)
    found = _board(request, asked.unit, asked.first, asked.last)
    context = {
        **placepage.around(request, asked),
        "days": placepage.lines(found, asked),
        "given_up": placepage.given_up(request, asked),
        "may_share": may(request.viewer, "days.decide"),
        "may_open": may(request.viewer, "calendar.plan"),
        "today_url": asked.address("place-day", day=today().isoformat()),
        "wishes_url": asked.address("place-wishes"),
        "openings_url": asked.address("place-openings"),
        "week_url": asked.address(span="week"),
        "month_url": asked.address(span="month"),
    }
    return render(request, "team/places.html", context)


@page("days.read")
def day(request: HttpRequest) -> HttpResponse:
    """One day: who comes to which house, whose journey is when, and who came."""
    asked = placepage.asked(request)
    on = placepage.day_in(request, "day") or today()
    lines = [placepage.house_line(one) for one in _board(request, asked.unit, on, on)]
    journeys = [guest for line in lines for guest in line["guests"] if guest["journey"]]
    context = {
        **placepage.around(request, asked), "day": on, "houses": lines, "journeys": journeys,
        "may_mark": may(request.viewer, "days.decide"), "reasons": placepage.reason_choices(),
        "query": f"?unit={asked.unit}&day={on.isoformat()}",
    }  # fmt: skip
    return render(request, "team/place_day.html", context)


@page("days.decide", methods=("POST",))
def attendance(request: HttpRequest, booking_id: UUID) -> HttpResponse:
    """Somebody came, did not come, or their day ahead is given up."""
    asked, on = placepage.asked(request), placepage.day_in(request, "day") or today()
    what, reason = request.POST.get("what", ""), request.POST.get("reason", "")
    try:
        attending_days.mark(booking=booking_id, what=what, reason=reason, by=request.viewer, at=now())
    except NotPossible:
        messages.warning(request, _("The day had changed. Below you see how it stands now."))
    except ValueError:
        messages.warning(request, _("Choose why they did not come."))
    else:
        messages.success(request, _("It is marked."))
    return redirect(asked.address("place-day", day=on.isoformat()))


@page("days.decide", methods=("POST",))
def correction(request: HttpRequest, booking_id: UUID) -> HttpResponse:
    """It was marked wrongly that somebody came, or did not come."""
    asked, on = placepage.asked(request), placepage.day_in(request, "day") or today()
    what, reason = request.POST.get("what", ""), request.POST.get("reason", "")
    try:
        attending_days.take_back(booking=booking_id, what=what, reason=reason, by=request.viewer, at=now())
    except NotPossible:
        messages.warning(request, _("The day had changed. Below you see how it stands now."))
    except ValueError:
        messages.warning(request, _("Choose why the mark was wrong."))
    else:
        messages.success(request, _("The mark is taken back. The history tells of both."))
    return redirect(asked.address("place-day", day=on.isoformat()))


@page("days.decide", methods=("GET", "HEAD", "POST"))
def wishes(request: HttpRequest) -> HttpResponse:
    """What the rule makes of the wishes; a POST carries out what was shown, or shows what has changed."""
    asked = placepage.asked(request)
    period = placepage.period(request, asked.unit)
    if request.method != "POST" or not asked.unit:
        return _show_wishes(request, asked, period)
    try:
        done = sharing.carry_out(period, seen=request.POST.get("seen", ""), by=request.viewer, at=now())
    except sharing.Changed:
        said = _("A wish or a place has changed since. Nothing was given. Look at the new proposal.")
        return _show_wishes(request, asked, period, status=409, trouble=said)
    given = sum(answer.place is not None for answer in done.answers)
    said = ngettext(
        "%(given)d wish was given. Each family gets a message.",
        "%(given)d wishes were given. Each family gets a message.",
        given,
    )
    messages.success(request, said % {"given": given})
    return redirect(asked.address(**{"from": period.first.isoformat()}))


@page("calendar.plan", methods=("GET", "HEAD", "POST"))
def openings(request: HttpRequest) -> HttpResponse:
    """Open places of a house for a season."""
    asked = placepage.asked(request)
    known = [one for one in offered_in(asked.unit) if one.mode in opening.KINDS]
    form = OpeningForm(known, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = opening.open_places(unit=asked.unit, by=request.viewer, at=now(), **form.told())
        except PlanRefused as refusal:
            form.refuse(refusal)
        else:
            said = ngettext("Places were opened on %(made)d day.", "Places were opened on %(made)d days.", made)
            messages.success(request, said % {"made": made})
            return redirect(asked.address(**{"from": form.cleaned_data["first"].isoformat()}))
    context = {**placepage.around(request, asked), "form": form, "query": f"?unit={asked.unit}"}
    return render(request, "team/place_openings.html", context, status=422 if form.errors else 200)


def _board(request: HttpRequest, unit: str, first: Any, last: Any) -> list[places.PlaceDay]:
    return places.board(viewer=request.viewer, unit=unit, first=first, last=last) if unit else []


def _show_wishes(
    request: HttpRequest, asked: placepage.Asked, period: sharing.Period, *, status: int = 200, trouble: str = ""
) -> HttpResponse:
    found = sharing.propose(period, by=request.viewer, at=now()) if asked.unit else None
    chosen = PeriodForm(period, placepage.kinds_of(asked.unit))
    context = {
        **placepage.around(request, asked), "period": period, "period_form": chosen, "rule": sharing_rule(),
        "what": placepage.offering_words(period.offering), "trouble": trouble, "query": f"?unit={asked.unit}",
        "lines": placepage.proposal_lines(found) if found else [], "seen": found.print if found else "",
    }  # fmt: skip
    return render(request, "team/place_wishes.html", context, status=status)
