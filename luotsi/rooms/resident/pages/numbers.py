"""Waiting at a counter by number: the kiosk that gives one, the ticket, and the screen that calls. Of nobody."""

from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base.now import now, today
from luotsi.domain.bookings.actions import numbers as actions
from luotsi.domain.bookings.actions.numbers import NoNumber
from luotsi.domain.bookings.definitions import Counter, counters
from luotsi.domain.bookings.queries import numbers
from luotsi.rooms import allowance
from luotsi.rooms.page import page
from luotsi.rooms.resident.pages.booking import uuid_in

AT_A_TIME = (40, 600)  # numbers from one address in ten minutes: a kiosk at a busy door gives fewer


@page("number.take", methods=("GET", "HEAD", "POST"), nobody=True)
def kiosk(request: HttpRequest, counter_key: str) -> HttpResponse:
    """One button gives a number. The kiosk shows it, and comes back here by itself."""
    counter = _counter(counter_key)
    if request.method != "POST":
        return _show_kiosk(request, counter)
    limit, seconds = AT_A_TIME
    if not allowance.take("number", request.META.get("REMOTE_ADDR", ""), limit=limit, seconds=seconds):
        return _show_kiosk(
            request, counter, said=_("Many numbers were taken here just now. Ask the staff."), status=429
        )
    try:
        key = uuid_in(request, "key") or uuid4()
        row = actions.take_number(counter=counter_key, key=key, by=request.viewer, at=now())
    except NoNumber as refusal:
        return _show_kiosk(request, counter, said=_said(refusal), status=409)
    is_kiosk = "?kiosk=1" if request.POST.get("kiosk") else ""
    return redirect(reverse("number", args=[counter_key, row.id]) + is_kiosk)


@page("number.take", methods=("GET", "HEAD", "POST"), nobody=True)
def number(request: HttpRequest, counter_key: str, number_id: UUID) -> HttpResponse:
    """One's number, how many are before it, and where one is called to. A POST gives it up."""
    counter = _counter(counter_key)
    if request.method == "POST":
        actions.give_number_up(number=number_id, by=request.viewer, at=now())
        return redirect("number-kiosk", counter_key=counter_key)
    found = numbers.ticket(counter_key, number_id, on=today())
    if found is None:
        raise Http404
    desks = {desk.key: desk.name for desk in counter.desks}
    context = {
        "counter": counter, "ticket": found, "desk": desks.get(found.number.desk), "is_kiosk": "kiosk" in request.GET,
    }  # fmt: skip
    return render(request, "resident/number.html#ticket" if request.htmx else "resident/number.html", context)


@page("number.take", nobody=True)
def screen(request: HttpRequest, counter_key: str) -> HttpResponse:
    """The screen on the wall: who is called where. It asks anew every few seconds."""
    counter = _counter(counter_key)
    found = numbers.queue(counter_key, at=now())
    desks = {desk.key: desk.name for desk in counter.desks}
    called = [(one, desks[one.desk]) for one in found.called[: numbers.ON_SCREEN] if one.desk in desks]
    context = {"counter": counter, "called": called, "waiting": len(found.waiting)}
    return render(
        request, "resident/number_screen.html#numbers" if request.htmx else "resident/number_screen.html", context
    )


def _counter(key: str) -> Counter:
    if key not in counters():
        raise Http404
    return counters()[key]


def _show_kiosk(request: HttpRequest, counter: Counter, *, said: str = "", status: int = 200) -> HttpResponse:
    found = numbers.queue(counter.key, at=now())
    context = {
        "counter": counter, "key": uuid4(), "waiting": len(found.waiting), "is_open": counter.is_open(now()),
        "is_kiosk": "kiosk" in request.GET or bool(request.POST.get("kiosk")), "said": said,
    }  # fmt: skip
    return render(request, "resident/number_kiosk.html", context, status=status)


def _said(refusal: NoNumber) -> str:
    if refusal.why == "closed":
        return _("The counter is closed now. No number was taken.")
    return _("So many wait already that no more numbers are given. Ask the staff.")
