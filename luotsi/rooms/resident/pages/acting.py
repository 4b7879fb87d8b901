"""Acting for another: choosing for whom, leaving it, and who may act for me."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.organisation.rules import NotAllowed
from luotsi.domain.people import actions as people
from luotsi.domain.people import queries
from luotsi.domain.people.queries import MandateView
from luotsi.rooms import session
from luotsi.rooms.page import page


@page("acting.choose", methods=("GET", "HEAD", "POST"))
def acting(request: HttpRequest) -> HttpResponse:
    """Whom I may act for, and who may act for me. POST: from now on act for this person, or for myself (no id)."""
    viewer = request.viewer
    choices = queries.people_to_act_for(viewer)
    if request.method == "POST":
        return _switch(request, request.POST.get("resident", ""), choices)
    about_me = () if viewer.acting_for else queries.mandates_about(viewer.id, viewer=viewer)
    context = {
        "choices": [one for one in choices if one.principal != viewer.acting_for],
        "in_force": [one for one in about_me if one.is_in_force],
        "over": [one for one in about_me if not one.is_in_force],
    }
    return render(request, "resident/acting.html", context)


@page("acting.choose", methods=("GET", "HEAD", "POST"))
def ending(request: HttpRequest, mandate_id: UUID) -> HttpResponse:
    """End a mandate that I gave. First what it means, then the press."""
    viewer = request.viewer
    found = next((one for one in queries.mandates_about(viewer.id, viewer=viewer) if one.id == mandate_id), None)
    if found is None or viewer.acting_for or found.kind.key != "mandate":
        raise NotAllowed("this mandate is not theirs to end")
    if request.method == "POST":
        people.revoke_mandate(mandate=mandate_id, by=viewer, at=now())
        messages.success(request, _("%(name)s can no longer act for you.") % {"name": found.agent_name})
        return redirect("acting")
    return render(request, "resident/mandate_ending.html", {"mandate": found})


def _switch(request: HttpRequest, asked: str, choices: Sequence[MandateView]) -> HttpResponse:
    """A form that was opened for somebody else is refused afterwards: it belongs to that person's matters."""
    chosen = next((one for one in choices if str(one.principal) == asked), None)
    if asked and chosen is None:
        raise NotAllowed("there is no right to act for this person")
    session.act_for(request, chosen.principal if chosen else None)
    rotate_token(request)
    if chosen:
        told = _("You now act for %(name)s. What you read and do is written in their log with your name.")
        messages.success(request, told % {"name": chosen.principal_name})
    else:
        messages.success(request, _("You take care of your own matters again."))
    return redirect("matters")
