"""A place where people are met: where it is, when it is open, and what one gets there."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from luotsi.base.now import now
from luotsi.domain.catalogue import queries as catalogue
from luotsi.rooms.page import page
from luotsi.rooms.resident.maps import county_with
from luotsi.rooms.resident.spots import distances
from luotsi.rooms.resident.waits import wait_at
from luotsi.ui.maps import Spot


@page("service.read")
def place(request: HttpRequest, key: str) -> HttpResponse:
    """One place, of the county or of another organisation; made to be printed too."""
    found = catalogue.place_page(key, get_language(), now())
    if found is None:
        raise Http404
    at = (found.easting, found.northing) if found.easting and found.northing else None
    context = {
        "place": found,
        "wait": wait_at(found.unit),
        "map": county_with([Spot(at, found.name, is_chosen=True)], here=found.municipality) if at else None,
        "distances": distances(at),
    }
    return render(request, "resident/place.html", context)
