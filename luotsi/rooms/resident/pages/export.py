"""A copy of everything held on me: to read and print, or to take elsewhere."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luotsi.base.now import now
from luotsi.domain.cases.queries.held import held_on
from luotsi.rooms.page import page
from luotsi.rooms.resident import exported


@page("own.export")
def export(request: HttpRequest) -> HttpResponse:
    """What the copy holds and the two ways to take it. Nothing is read yet."""
    return render(request, "resident/export.html")


@page("own.export", methods=("POST",))
def copy(request: HttpRequest) -> HttpResponse:
    """The copy: a page to read and print, or a file for another program. The log keeps that it was taken."""
    held, at = held_on(viewer=request.viewer), now()
    if request.POST.get("form") == "data":
        answer = HttpResponse(exported.as_json(held, at=at), content_type="application/json")
        answer["Content-Disposition"] = 'attachment; filename="luotsi-data.json"'
        return answer
    return render(request, "resident/export_copy.html", {"sections": exported.sections(held), "at": at})
