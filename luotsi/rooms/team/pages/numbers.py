"""A counter's queue for those who call: the next number, one that does not come, and how the day goes."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.base.now import now, today
from luotsi.domain.bookings.actions import numbers as actions
from luotsi.domain.bookings.actions.numbers import NoNumber
from luotsi.domain.bookings.definitions import Counter
from luotsi.domain.bookings.definitions import counters as on_shelf
from luotsi.domain.bookings.queries import numbers
from luotsi.domain.bookings.rules import NotPossible
from luotsi.rooms.page import page


@page("number.call")
def counters(request: HttpRequest) -> HttpResponse:
    """The counters of the viewer's units; where there is one alone, its page."""
    mine = [one for one in on_shelf().values() if one.unit in request.viewer.units]
    if len(mine) == 1:
        return redirect("team-counter", counter_key=mine[0].key)
    lines = [(one, len(numbers.queue(one.key, at=now()).waiting)) for one in mine]
    return render(request, "team/counters.html", {"lines": lines})


@page("number.call")
def counter(request: HttpRequest, counter_key: str) -> HttpResponse:
    """Who is called, who waits, and how long. An open page refreshes itself."""
    found = _found(request, counter_key)
    context = _told(request, found)
    return render(request, "team/counter.html#queue" if request.htmx else "team/counter.html", context)


@page("number.call", methods=("POST",))
def calls(request: HttpRequest, counter_key: str) -> HttpResponse:
    """Call the next one to a desk; whoever is there was served."""
    found = _found(request, counter_key)
    desk = request.POST.get("desk", "")
    if desk not in {one.key for one in found.counter.desks}:
        messages.warning(request, _("Choose the desk to which you call."))
        return redirect("team-counter", counter_key=counter_key)
    after = _uuid(request.POST.get("after", ""))
    row = actions.call_next(counter=counter_key, desk=desk, after=after, by=request.viewer, at=now())
    if row is None:
        messages.info(request, _("Nobody waits."))
    return redirect(_address(counter_key, desk))


@page("number.call", methods=("POST",))
def tickets(request: HttpRequest, counter_key: str) -> HttpResponse:
    """Give a number to somebody who stands here."""
    found, desk = _found(request, counter_key), request.POST.get("desk", "")
    try:
        key = _uuid(request.POST.get("key", "")) or uuid4()
        row = actions.take_number(counter=counter_key, key=key, by=request.viewer, at=now())
    except NoNumber as refusal:
        is_closed = refusal.why == "closed"
        messages.warning(request, _("The counter is closed now.") if is_closed else _("Too many wait already."))
    else:
        label = f"{found.counter.letter}{row.number}"
        messages.success(request, _("Given: number %(label)s.") % {"label": label})
    return redirect(_address(counter_key, desk))


@page("number.call", methods=("POST",))
def ticket(request: HttpRequest, counter_key: str, number_id: UUID) -> HttpResponse:
    """Call once more, or say what became of it."""
    _found(request, counter_key)
    what = request.POST.get("what", "")
    try:
        if what == "again":
            actions.call_again(number=number_id, by=request.viewer, at=now())
        elif what in {"served", "absent"}:
            actions.end_number(number=number_id, how=what, by=request.viewer, at=now())  # type: ignore[arg-type]
    except NotPossible:
        messages.warning(request, _("Somebody else acted first. Below is how it stands now."))
    return redirect(_address(counter_key, request.POST.get("desk", "")))


def _found(request: HttpRequest, key: str) -> numbers.Queue:
    try:
        return numbers.own_queue(key, viewer=request.viewer, at=now())
    except KeyError:
        raise Http404 from None


def _told(request: HttpRequest, found: numbers.Queue) -> dict[str, Any]:
    definition = found.counter
    desk = request.GET.get("desk", "")
    desk = desk if desk in {one.key for one in definition.desks} else definition.desks[0].key
    here = next((one for one in found.called if one.desk == desk), None)
    names = dict(_desks(definition))
    return {
        "counter": definition, "desks": _desks(definition), "desk": desk, "here": here, "key": uuid4(),
        "desk_name": names[desk],
        "others": [(one, names[one.desk]) for one in found.called if one.desk in names and one.desk != desk],
        "waiting": [(one, max(int((now() - one.taken_at).total_seconds() // 60), 0)) for one in found.waiting],
        "today": numbers.today(definition.key, on=today()), "is_open": definition.is_open(now()),
        "address": _address(definition.key, desk),
    }  # fmt: skip


def _desks(definition: Counter) -> list[tuple[str, str]]:
    return [(one.key, one.name.in_language(get_language() or "fi")) for one in definition.desks]


def _address(counter: str, desk: str) -> str:
    known = {one.key for one in on_shelf()[counter].desks}
    return reverse("team-counter", args=[counter]) + (f"?desk={desk}" if desk in known else "")


def _uuid(told: str) -> UUID | None:
    try:
        return UUID(told)
    except ValueError:
        return None
