"""The list of services that a professional handed over, by its link: what was picked, and what came of each.

It names services that everybody may read of, never who, why or where: whoever holds the paper may be somebody else.
"""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from luotsi.base.now import now
from luotsi.domain.bookings.rules.links import NoLink
from luotsi.domain.cases.actions.directions import tell_own_result
from luotsi.domain.cases.definitions import direction_results
from luotsi.domain.cases.queries.picks import Picks, by_link
from luotsi.domain.cases.queries.picks import picks as picks_of
from luotsi.domain.catalogue import queries as catalogue
from luotsi.domain.events import actions as events
from luotsi.rooms.page import page

LINK = "link.answer"


@page(LINK, methods=("GET", "HEAD", "POST"), nobody=True)
def picks(request: HttpRequest, token: str) -> HttpResponse:
    """The list, and the word on one of its services. A link that has stopped working says so."""
    try:
        found = by_link(token, at=now())
    except NoLink:
        raise Http404 from None
    whence = {"request": getattr(request, "request_id", ""), "address": request.META.get("REMOTE_ADDR", "")}
    with events.looking(found.holder, action=LINK, **whence):
        if request.method == "POST" and not found.is_over:
            return _answer(request, found, token)
        return _show(request, found)


def _answer(request: HttpRequest, found: Picks, token: str) -> HttpResponse:
    said, known = request.POST.get("result", ""), {str(one.id): one for one in picks_of(found)}
    pick = known.get(request.POST.get("pick", ""))
    if pick is None or said not in direction_results():
        return _show(request, found, status=422)
    tell_own_result(direction=pick.id, result=said, by=found.holder, at=now())
    return redirect("picks", token=token)


def _show(request: HttpRequest, found: Picks, *, status: int = 200) -> HttpResponse:
    language = get_language() or "fi"
    names, results = catalogue.service_names(language), direction_results()
    lines = [
        {
            "id": one.id,
            "service": one.service if one.service in names else "",
            "name": names.get(one.service, one.service),
            "says": results[one.result].says if one.result in results else None,
            "result": one.result,
        }
        for one in picks_of(found)
    ]
    choices = [(key, one.own) for key, one in results.items()]
    context = {"lines": lines, "choices": choices, "is_over": found.is_over, "is_wrong": status == 422}
    context["wrong"] = _uuid(request.POST.get("pick", "")) if status == 422 else None
    return render(request, "resident/picks.html", context, status=status)


def _uuid(words: str) -> UUID | None:
    try:
        return UUID(words)
    except ValueError:
        return None
