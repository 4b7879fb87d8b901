"""A worker's own views of the list: kept under a name, put in order, taken away."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from luotsi.domain.cases import actions as cases
from luotsi.domain.cases.actions.desk import TooMuch
from luotsi.rooms.page import page
from luotsi.rooms.team import choices, listpage
from luotsi.rooms.team.listforms import ViewForm


@page("worklist.read", methods=("GET", "HEAD", "POST"))
def views(request: HttpRequest) -> HttpResponse:
    """Keep the list as it stands now. The words looked for are a name, and are not kept."""
    if request.method != "POST":
        return redirect("worklist")
    wanted, form = choices.kept(request), ViewForm(request.POST, auto_id="view_%s")
    if form.is_valid():
        try:
            cases.keep_view(name=form.cleaned_data["name"], query=wanted.query, by=request.viewer)
        except TooMuch:
            form.add_error("name", _("You have thirty views already. Take one away first."))
        else:
            messages.success(request, _("The view is kept. You find it above the list."))
            return redirect(wanted.address())
    shown = listpage.read(request, wanted)
    context = listpage.context(request, shown) | listpage.around(request, shown) | {"view_form": form}
    return render(request, "team/worklist.html", context, status=422)


@page("worklist.read", methods=("GET", "HEAD", "POST"))
def view(request: HttpRequest, view_id: UUID) -> HttpResponse:
    """Put one to the front by a place, or take it away."""
    if request.method == "POST" and "raise" in request.POST:
        cases.raise_view(view=view_id, by=request.viewer)
    elif request.method == "POST":
        cases.forget_view(view=view_id, by=request.viewer)
        messages.info(request, _("The view was taken away. The matters are where they were."))
    return redirect("worklist")
