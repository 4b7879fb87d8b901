"""The team's list: the open cases of one's units, sorted by what is due, alive while others act."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from luotsi.rooms.page import page
from luotsi.rooms.team import choices, listpage


@page("worklist.read", methods=("GET", "HEAD", "POST"))
def worklist(request: HttpRequest) -> HttpResponse:
    """The list; a POST narrows it. A refresh by htmx answers the list alone, or nothing when it is as it was."""
    if request.method == "POST":
        return _narrowed(request)
    wanted = choices.asked(request)
    shown = listpage.read(request, wanted)
    if request.htmx and request.headers.get("X-Seen") == shown.seen:
        return HttpResponse(status=204)
    choices.keep_order(request, shown.ids)
    if request.htmx:
        return render(request, "team/worklist.html#list", listpage.context(request, shown))
    choices.keep(request, wanted)
    context = listpage.context(request, shown) | listpage.around(request, shown)
    return render(request, "team/worklist.html", context)


@page("case.read")
def following(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """On to the case below this one on the list, or back to the list when this was the last."""
    still_there = set(listpage.everything(request, choices.kept(request)))
    below = next((case for case in choices.after(request, case_id) if case in still_there and case != case_id), None)
    if below:
        return redirect("case", case_id=below)
    messages.info(request, _("That was the last one on this list."))
    return redirect("worklist")


def _narrowed(request: HttpRequest) -> HttpResponse:
    """Keep the filters and the words and show the list again; "clear" forgets them. What makes no sense narrows
    nothing: a list is never an error.
    """
    given = {} if "clear" in request.POST else request.POST
    choices.narrow(request, **{name: given.get(name, "") for name in ("words", *choices.FILTERS)})
    return redirect("worklist")
