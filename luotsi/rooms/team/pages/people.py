"""Finding a person by identity code. The code travels in a POST, what was found waits under a handle."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from luotsi.domain.organisation.rules import may
from luotsi.domain.people import access, queries
from luotsi.rooms.page import page
from luotsi.rooms.team import findings
from luotsi.rooms.team.access import closed_registers
from luotsi.rooms.team.personforms import CodeForm


@page("person.find", methods=("GET", "HEAD", "POST"))
def people(request: HttpRequest) -> HttpResponse:
    """The one field; a POST looks the person up and leads to what was found."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"form": form, "may_register": may(request.viewer, "person.register")}
        return render(request, "team/people.html", context, status=422 if form.is_bound else 200)
    code = form.cleaned_data["code"]
    found = queries.find_by_code(code, viewer=request.viewer)
    handle = findings.keep(request, resident=found.id) if found else findings.keep(request, code=code)
    return redirect("found", handle)


@page("person.find")
def found(request: HttpRequest, handle: UUID) -> HttpResponse:
    """The person, for those who have a relationship; else nothing about them, and the ways on."""
    kept = findings.residents(request, handle)
    if kept is None:
        return again(request)
    resident = kept.get("resident")
    if resident is None:
        may_register = may(request.viewer, "person.register")
        return render(request, "team/unknown.html", {"handle": handle, "may_register": may_register})
    reason = access.relationship_of(request.viewer, resident)
    person = queries.read_person(resident, viewer=request.viewer) if reason else None
    closed = closed_registers(request.viewer, resident) if may(request.viewer, "emergency.open") else []
    told = {
        "person": person,
        "handle": handle,
        "closed": closed,
        "may_contact": may(request.viewer, "contact.register"),
    }
    return render(request, "team/found.html", told)


def again(request: HttpRequest) -> HttpResponse:
    """What was found is kept for an hour, for the one who searched."""
    messages.info(request, _("Search again: what you found earlier is no longer kept."))
    return redirect("people")
