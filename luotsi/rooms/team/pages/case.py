"""One case: the person, what they told, until when, what was done and what comes next."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from luotsi.base.now import now
from luotsi.domain.cases import queries
from luotsi.rooms.page import page
from luotsi.rooms.team.casepage import opened, show


@page("case.read")
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The case whole. A page that is open asks by htmx whether something happened since, and is told in one line.

    That line says nothing of the resident, so asking is no reading of their data.
    """
    if not request.htmx:
        return show(request, opened(request, case_id))
    if request.headers.get("X-Seen") == str(queries.length_of_story(case_id, viewer=request.viewer)):
        return HttpResponse(status=204)
    return render(request, "team/case.html#news", {"case_id": case_id, "updated_at": now()})


@page("case.read", methods=("GET", "HEAD", "POST"), confirm=True)
def answers(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The case with the answers that a protection order hides. A plain visit to this address leads to the case."""
    found = opened(request, case_id)
    if request.method != "POST":
        return redirect("case", case_id=case_id)
    told = queries.read_answers(case_id, viewer=request.viewer, language=get_language())
    return show(request, found, told=told)
