"""Maps that are drawn, not fetched: areas and spots on a plane, each name where it covers no other. Pure.

    drawn = draw(areas, spots)   # for {% county_map drawing=drawn … %}

Coordinates are metres, east and north, of any projection that keeps them (ETRS-TM35FIN here).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import hypot
from typing import Literal

Point = tuple[float, float]
Anchor = Literal["start", "middle", "end"]

WIDTH = 400  # of the drawing, in its own units; its height follows from the land
_MARGIN, _TEXT, _DOT = 10, 15, 5.5
_LETTER = 0.52  # of the text's size: how wide a letter is on average
_SAME_DOT = 9  # spots nearer than this are one dot with both names
_STEPS = (1, 2, 5, 10, 20, 50, 100)  # kilometres of the scale


@dataclass(frozen=True)
class Area:
    """Land with a name and its outline, once around. `is_here`: it is told apart from the others."""

    name: str
    outline: tuple[Point, ...]
    is_here: bool = False


@dataclass(frozen=True)
class Spot:
    """A place on the land. `name` stands beside it; "" where the list tells it."""

    at: Point
    name: str = ""
    is_chosen: bool = False


@dataclass(frozen=True)
class Words:
    """A name and where it is written."""

    text: str
    x: float
    y: float
    anchor: Anchor


@dataclass(frozen=True)
class DrawnArea:
    path: str
    name: Words
    is_here: bool


@dataclass(frozen=True)
class DrawnSpot:
    x: float
    y: float
    name: Words | None
    is_chosen: bool


@dataclass(frozen=True)
class DrawnMap:
    """Everything in units of the drawing. The scale is a bar `scale` long that stands for so many kilometres."""

    width: int
    height: int
    areas: tuple[DrawnArea, ...]
    spots: tuple[DrawnSpot, ...]
    scale: float
    kilometres: int


@dataclass(frozen=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "_Box") -> bool:
        return not (
            self.right <= other.left or other.right <= self.left or self.bottom <= other.top or other.bottom <= self.top
        )


def draw(areas: Sequence[Area], spots: Iterable[Spot] = ()) -> DrawnMap:
    """North is up. Names of spots are placed first, then those of the areas in what room is left. The area that is told
    apart is drawn last, so that no neighbour covers its edge.
    """
    plane = _Plane([point for area in areas for point in area.outline])
    dots = _together([(plane.place(spot.at), spot) for spot in spots])
    taken = [_Box(x - _DOT, y - _DOT, x + _DOT, y + _DOT) for (x, y), _ in dots]
    drawn_spots = [_drawn_spot(at, spot, taken, plane) for at, spot in dots]
    drawn_areas = [_drawn_area(area, taken, plane) for area in sorted(areas, key=lambda area: area.is_here)]
    kilometres = next((step for step in reversed(_STEPS) if step * 1000 * plane.per_metre <= WIDTH / 4), _STEPS[0])
    return DrawnMap(
        width=WIDTH,
        height=plane.height,
        areas=tuple(drawn_areas),
        spots=tuple(drawn_spots),
        scale=round(kilometres * 1000 * plane.per_metre, 1),
        kilometres=kilometres,
    )


class _Plane:
    """Metres turned into units of the drawing."""

    def __init__(self, points: Sequence[Point]) -> None:
        easts, norths = [east for east, _ in points] or [0.0, 1.0], [north for _, north in points] or [0.0, 1.0]
        self.west, self.north = min(easts), max(norths)
        self.per_metre = (WIDTH - 2 * _MARGIN) / max(max(easts) - self.west, 1)
        self.height = round((self.north - min(norths)) * self.per_metre) + 2 * _MARGIN

    def place(self, at: Point) -> Point:
        x, y = (at[0] - self.west) * self.per_metre, (self.north - at[1]) * self.per_metre
        return round(x + _MARGIN, 1), round(y + _MARGIN, 1)

    def holds(self, box: _Box) -> bool:
        return box.left >= 0 and box.top >= 0 and box.right <= WIDTH and box.bottom <= self.height


def _together(dots: Sequence[tuple[Point, Spot]]) -> list[tuple[Point, Spot]]:
    """Spots that would cover each other are one, with every name once."""
    found: list[tuple[Point, Spot]] = []
    for at, spot in dots:
        near = next(
            (n for n, (other, _) in enumerate(found) if hypot(other[0] - at[0], other[1] - at[1]) < _SAME_DOT), -1
        )
        if near < 0:
            found.append((at, spot))
            continue
        first = found[near][1]
        names = ", ".join(dict.fromkeys(name for name in (first.name, spot.name) if name))
        found[near] = (found[near][0], Spot(first.at, names, first.is_chosen or spot.is_chosen))
    return found


def _drawn_spot(at: Point, spot: Spot, taken: list[_Box], plane: _Plane) -> DrawnSpot:
    x, y = at
    room, middle = _DOT + 4, y + _TEXT / 3
    tried = [
        Words(spot.name, x + room, middle, "start"),
        Words(spot.name, x - room, middle, "end"),
        Words(spot.name, x, y + room + _TEXT * 0.7, "middle"),
        Words(spot.name, x, y - room, "middle"),
    ]
    return DrawnSpot(x, y, _best(tried, taken, plane) if spot.name else None, spot.is_chosen)


def _drawn_area(area: Area, taken: list[_Box], plane: _Plane) -> DrawnArea:
    ring = [plane.place(point) for point in area.outline]
    path = "M" + "L".join(f"{x:g},{y:g}" for x, y in ring) + "Z"
    x, y = _middle(ring)
    around = sorted(
        ((dx, dy) for dx in range(-60, 61, 6) for dy in range(-60, 61, 6)), key=lambda off: hypot(off[0], off[1] * 1.5)
    )
    within = [(x + dx, y + dy) for dx, dy in around if is_inside((x + dx, y + dy), ring)]
    tried = [Words(area.name, px, py, "middle") for px, py in within] or [Words(area.name, x, y, "middle")]
    return DrawnArea(path, _best(tried, taken, plane), area.is_here)


def _best(tried: Sequence[Words], taken: list[_Box], plane: _Plane) -> Words:
    """The first that covers nothing, else the one that covers least; it takes its room."""
    boxes = [(_box(words), words) for words in tried]
    fitting = [(box, words) for box, words in boxes if plane.holds(box)] or boxes
    box, words = min(fitting, key=lambda pair: sum(pair[0].meets(other) for other in taken))
    taken.append(box)
    return Words(words.text, round(words.x, 1), round(words.y, 1), words.anchor)


def _box(words: Words) -> _Box:
    long = len(words.text) * _TEXT * _LETTER
    left = {"start": words.x, "middle": words.x - long / 2, "end": words.x - long}[words.anchor]
    return _Box(left, words.y - _TEXT * 0.8, left + long, words.y + _TEXT * 0.25)


def _middle(ring: Sequence[Point]) -> Point:
    """The centre of gravity of the land within a ring."""
    pairs = [(ring[n - 1], ring[n]) for n in range(len(ring))]
    crosses = [a[0] * b[1] - b[0] * a[1] for a, b in pairs]
    whole = sum(crosses) * 3 or 1.0
    x = sum((a[0] + b[0]) * cross for (a, b), cross in zip(pairs, crosses, strict=True)) / whole
    y = sum((a[1] + b[1]) * cross for (a, b), cross in zip(pairs, crosses, strict=True)) / whole
    return x, y


def is_inside(at: Point, ring: Sequence[Point]) -> bool:
    """Whether a point lies within a ring (even and odd crossings)."""
    x, y = at
    crossings = 0
    for n in range(len(ring)):
        (x1, y1), (x2, y2) = ring[n - 1], ring[n]
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            crossings += 1
    return crossings % 2 == 1
