"""Places where something is given: for the list, and as spots on the drawn county."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from luotsi.base.text import sort_key
from luotsi.domain.catalogue.queries import WayIn, centre_of, kilometres
from luotsi.domain.organisation.definitions import municipality_names
from luotsi.rooms.resident.maps import county_with
from luotsi.ui.maps import DrawnMap, Spot


@dataclass(frozen=True)
class Found:
    """One place with what its ways in say together. `far` in kilometres from where the reader lives, if they said."""

    key: str
    name: str
    address: str
    town: str
    phone: str
    is_open: bool | None
    opens_next: datetime | None
    far: float | None
    at: tuple[float, float] | None


def places_in(ways: Iterable[WayIn], *, near: str = "") -> list[Found]:
    """Each place once, the nearest first; by name where one does not know from where."""
    grouped: dict[str, list[WayIn]] = {}
    for way in ways:
        if way.place_key:
            grouped.setdefault(way.place_key, []).append(way)
    found = [_found(key, of, near) for key, of in grouped.items()]
    return sorted(found, key=lambda one: (one.far if one.far is not None else 0, sort_key(one.name)))


def _found(key: str, ways: list[WayIn], near: str) -> Found:
    first, home = ways[0], centre_of(near)
    at = (first.easting, first.northing) if first.easting and first.northing else None
    names, door = municipality_names(), next((way for way in ways if way.kind == "walk_in"), first)
    return Found(
        key=key,
        name=first.place,
        address=first.address,
        town=names[first.municipality].in_language(get_language() or "fi") if first.municipality in names else "",
        phone=next((way.phone for way in ways if way.phone), ""),
        is_open=door.is_open_now,
        opens_next=door.opens_next,
        far=kilometres(home, (at[1], at[0])) if home and at else None,
        at=at,
    )


def map_of(found: Iterable[Found], *, here: str = "") -> DrawnMap | None:
    """Where they lie, without names: the list has them. None when nobody has told where they are."""
    spots = [Spot(one.at) for one in found if one.at]
    return county_with(spots, here=here) if spots else None


def distances(at: tuple[float, float] | None) -> list[tuple[str, float]]:
    """How far each municipality's middle is, the nearest first; nothing where one does not know where the place is."""
    if at is None:
        return []
    names = municipality_names()
    centres = {code: centre_of(code) for code in names}
    far = [
        (names[code].in_language(get_language() or "fi"), kilometres(centre, (at[1], at[0])))
        for code, centre in centres.items()
        if centre
    ]
    return sorted(far, key=lambda pair: pair[1])
