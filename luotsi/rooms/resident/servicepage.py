"""What the page of a service shows of its ways in: all of them, or a list of places where there are many."""

from typing import Any

from django.utils.translation import get_language

from luotsi.base.now import now
from luotsi.domain.catalogue.queries import ServicePage
from luotsi.domain.organisation.definitions import municipality_names
from luotsi.rooms.resident.servicewords import for_whom
from luotsi.rooms.resident.spots import map_of, places_in
from luotsi.rooms.resident.stops import days_for, has_stops
from luotsi.rooms.resident.waits import wait_for

MANY = 2  # places whose telephones and hours can stand on the page one after another


def shown(service: ServicePage, municipality: str) -> dict[str, Any]:
    """Of many places each is a line that leads to its own page; whoever says where they live sees theirs whole."""
    places = places_in(service.ways_in, near=municipality)
    is_many = len(places) > MANY
    names = {code: name.in_language(get_language() or "fi") for code, name in municipality_names().items()}
    return {
        "ways": [way for way in service.ways_in if way.kind != "form" and not (is_many and way.place_key)],
        "places": places,
        "map": map_of(places, here=municipality),
        "towns": list(names.items()) if is_many or municipality else [],
        "town_name": names.get(municipality, ""),
        "for_whom": for_whom(service),
        "wait": wait_for(service.key, unit=service.unit if municipality else ""),
        "has_stops": has_stops(service.key),
        "stops": days_for([service.key], at=now()),
    }
