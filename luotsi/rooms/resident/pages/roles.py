"""Choosing in which role one works, for whoever has several: right after signing in, and from the header later."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from luotsi.base.now import now, today
from luotsi.domain.organisation import actions as organisation
from luotsi.domain.organisation import definitions, queries
from luotsi.domain.organisation.rules import NotAllowed
from luotsi.rooms import session as sessions
from luotsi.rooms.home import home_of, ours
from luotsi.rooms.page import page


@page("session.choose", methods=("GET", "HEAD", "POST"))
def role(request: HttpRequest) -> HttpResponse:
    """The roles that are mine today. POST: from now on I work in this one."""
    viewer = request.viewer
    if not viewer.is_staff:
        return redirect(home_of(viewer))
    onward = ours(request, request.POST.get("next") or request.GET.get("next", ""))
    if request.method == "POST":
        return _work_as(request, request.POST.get("role", ""), onward)
    names, units = definitions.roles(), definitions.unit_names()
    choices = [
        {"held": held, "name": names[held.role].name, "units": [units[unit] for unit in sorted(held.units)]}
        for held in queries.roles_of(viewer.id, on=today())
    ]
    return render(request, "resident/role.html", {"choices": choices, "next": onward})


def _work_as(request: HttpRequest, asked: str, onward: str) -> HttpResponse:
    """What was begun in the other role stays as it was; a form that is open there is refused afterwards."""
    try:
        chosen = organisation.choose_role(role=asked, by=request.viewer, at=now())
    except NotAllowed:
        return render(request, "errors/400.html", status=400)
    sessions.work_as(request, chosen.role)
    rotate_token(request)
    name = definitions.roles()[chosen.role].name.in_language(request.LANGUAGE_CODE)
    messages.success(request, _("You now work as: %(role)s.") % {"role": name.lower()})
    return redirect(onward or home_of(chosen))
