"""Emergency access: four hours, with a written reason, seen by the privacy officer and by the resident."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.people import actions as people
from luotsi.domain.people.definitions import grounds
from luotsi.rooms.page import page
from luotsi.rooms.team import findings
from luotsi.rooms.team.access import closed_registers, registers_of
from luotsi.rooms.team.accessforms import EmergencyForm
from luotsi.rooms.team.pages.people import again


@page("emergency.open", methods=("GET", "HEAD", "POST"), confirm=True)
def emergency(request: HttpRequest, handle: UUID) -> HttpResponse:
    """What it means, and the form; a POST opens the records of one register to this worker."""
    resident = (findings.residents(request, handle) or {}).get("resident")
    if resident is None:
        return again(request)
    closed, sent = closed_registers(request.viewer, resident), request.POST if request.method == "POST" else None
    asked = (sent or {}).get("register", "")
    if not closed or asked in set(registers_of(request.viewer)) - set(closed):
        return redirect("person", resident)  # a second press, or a relationship that began meanwhile: it is open
    form = EmergencyForm(sent, registers=closed, asks=len(registers_of(request.viewer)) > 1)
    if not form.is_valid():
        context = {"form": form, "handle": handle, "hours": grounds()["emergency"].lasts_hours}
        return render(request, "team/emergency.html", context, status=422 if form.is_bound else 200)
    people.open_emergency(resident=resident, register=form.chosen_register, by=request.viewer, at=now(), **form.said())
    return redirect("person", resident)


@page("emergency.open", methods=("GET", "HEAD", "POST"))
def ending(request: HttpRequest, resident_id: UUID) -> HttpResponse:
    """Close one's own emergency access before its time. A plain visit to this address leads to the person's page."""
    if request.method != "POST":
        return redirect("person", resident_id)
    if people.end_emergency(resident=resident_id, by=request.viewer, at=now()):
        messages.success(request, _("The emergency access is closed. If you need it again, search for the person."))
    else:
        messages.info(request, _("You have no emergency access open to this person."))
    return redirect("people")
