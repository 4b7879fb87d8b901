"""One case: the person, what they told, until when, what was done and what comes next."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luotsi.base.now import now
from luotsi.rooms.page import page
from luotsi.rooms.team.casepage import opened, show


@page("case.read")
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The case whole. A page that is open asks by htmx whether something happened since, and is told in one line."""
    found = opened(request, case_id)
    if not request.htmx:
        return show(request, found)
    if request.headers.get("X-Seen") == str(len(found.story)):
        return HttpResponse(status=204)
    return render(request, "team/case.html#news", {"case": found, "updated_at": now()})
