"""What the page of a place reads: where it is, when it is open, and what one gets there."""

from dataclasses import dataclass
from datetime import datetime

from luotsi.base.text import Language, sort_key
from luotsi.domain.catalogue.models import Place, Service
from luotsi.domain.catalogue.queries.pages import Link
from luotsi.domain.catalogue.queries.ways import WayIn, as_text, ways_of_place


@dataclass(frozen=True)
class PlacePage:
    """A place as a resident reads it. `language` is the one its name is really in; metres of EPSG:3067.

    `unit` is "" for a place of another organisation. `ways_in`: the door first. `services` in the order of names.
    """

    key: str
    language: str
    name: str
    unit: str
    street: str
    postcode: str
    post_office: str
    municipality: str
    northing: float | None
    easting: float | None
    ways_in: tuple[WayIn, ...]
    services: tuple[Link, ...]


def place_page(key: str, language: Language, at: datetime) -> PlacePage | None:
    """The place with its hours and services; None when there is none. Three queries."""
    place = Place.objects.published().filter(key=key).first()
    if place is None:
        return None
    name = as_text(place.name)
    services = Service.objects.published().filter(connections__channel__place=place).distinct()
    links = [Link(one.key, as_text(one.name).in_language(language)) for one in services]
    return PlacePage(
        key=place.key,
        language=name.language_of(language),
        name=name.in_language(language),
        unit=place.unit_id or "",
        street=place.street,
        postcode=place.postcode,
        post_office=as_text(place.post_office).in_language(language),
        municipality=place.municipality,
        northing=place.northing,
        easting=place.easting,
        ways_in=tuple(ways_of_place(place.id, language=language, at=at)),
        services=tuple(sorted(links, key=lambda one: sort_key(one.name))),
    )
