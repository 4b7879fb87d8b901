"""Guides: pages of advice that the county's editors keep."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from luotsi.domain.catalogue.queries import guides as catalogue
from luotsi.rooms.page import page
from luotsi.rooms.resident.guiding import told


@page("service.read")
def guides(request: HttpRequest) -> HttpResponse:
    """Every guide that stands alone, with those on its page."""
    return render(request, "resident/guides.html", {"guides": catalogue.guides(get_language() or "fi")})


@page("service.read")
def guide(request: HttpRequest, key: str) -> HttpResponse:
    """One guide. A discreet one is kept by no browser."""
    found = catalogue.guide_page(key, get_language() or "fi")
    if found is None:
        raise Http404
    response = render(request, "resident/guide.html", told(found))
    if found.text.discreet:
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
    return response


@page("guide.edit")
def version(request: HttpRequest, guide_id: UUID) -> HttpResponse:
    """A version as residents would read it: a draft before it is published, or an earlier one."""
    found = catalogue.preview(request.viewer, guide_id, get_language() or "fi")  # type: ignore[attr-defined]
    return render(request, "resident/guide.html", {**told(found), "is_preview": True})
