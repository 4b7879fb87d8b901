"""How far units are from where people live: straight over the map, between the places that the shelf knows."""

from collections.abc import Collection
from math import hypot

from luotsi.domain.catalogue.definitions import places

_METRES = 1_000


def kilometres_from(municipality: str, units: Collection[str]) -> dict[str, float]:
    """By unit how far it is from the middle of the municipality's own places. A unit or municipality that nobody has
    placed on the map is left out. The road is longer.
    """
    points = {one.unit: (one.northing, one.easting) for one in places().values() if one.northing and one.easting}
    home = [points[one.unit] for one in places().values() if one.municipality == municipality and one.unit in points]
    if not home:
        return {}
    north, east = (sum(axis) / len(home) for axis in zip(*home, strict=True))
    return {unit: hypot(points[unit][0] - north, points[unit][1] - east) / _METRES for unit in units if unit in points}
