"""How far things are from where people live: straight over the map, between places that the shelf knows."""

from collections.abc import Collection, Mapping
from math import hypot

from luotsi.domain.catalogue.definitions import places
from luotsi.domain.catalogue.rules import words
from luotsi.domain.catalogue.rules.names import speaks_of

_METRES = 1_000
Point = tuple[float, float]  # north and east in metres (EPSG:3067)


def kilometres_from(municipality: str, units: Collection[str]) -> dict[str, float]:
    """By unit how far it is from the middle of the municipality's own places. A unit or municipality that nobody has
    placed on the map is left out. The road is longer.
    """
    home, points = centre_of(municipality), _points()
    return {unit: kilometres(home, points[unit]) for unit in units if unit in points} if home else {}


def centre_of(municipality: str) -> Point | None:
    """The middle of the municipality's own places; None where it has none."""
    points = _points()
    home = [points[one.unit] for one in places().values() if one.municipality == municipality and one.unit in points]
    if not home:
        return None
    north, east = (sum(axis) / len(home) for axis in zip(*home, strict=True))
    return north, east


def kilometres(one: Point, other: Point) -> float:
    """Straight over the map; the road is longer."""
    return hypot(other[0] - one[0], other[1] - one[1]) / _METRES


def named_in(text: str, names: Mapping[str, str]) -> list[str]:
    """The keys of the places whose names the text has, in any case."""
    said = words.tokens(text)
    return [key for key, name in names.items() if any(speaks_of(word, name.casefold()) for word in said)]


def _points() -> dict[str, Point]:
    return {one.unit: (one.northing, one.easting) for one in places().values() if one.northing and one.easting}
