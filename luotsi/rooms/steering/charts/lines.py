"""How figures move: a line for each group, the important ones forward and named where they end.

The whole is a thick line; marked groups have colours and shapes of their own; the others stay quiet. A period that is
still going on is an open point, not joined to the line.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, Literal

import altair as alt

from luotsi.domain.indicators.definitions import Unit
from luotsi.rooms.steering.charts.levels import (
    DASHES,
    NO_SCALE,
    Drawn,
    Level,
    Rows,
    domain,
    layers,
    lookup,
    named,
    value_axis,
    words_of,
)
from luotsi.ui.charts import QUIET, SERIES, TARGET, Drawing, to_svg

HALF, WHOLE, HEIGHT = 530, 680, 280  # about as large as they stand on a page: two beside each other, or one
NAMES = 150  # what the names at the lines' ends take of it
_LINE_OF_TEXT = 17  # pixels between two names at the lines' ends
_SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")
Rank = Literal["whole", "marked", "quiet"]


@dataclass(frozen=True)
class Series:
    """One group's values, None where there is none or it is hidden."""

    name: str
    values: tuple[float | None, ...]
    rank: Rank


@dataclass(frozen=True)
class Lines:
    """What is drawn. `periods` are keys (2026-W12) with their `labels`; `is_running`: the last one still goes on."""

    periods: tuple[str, ...]
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    levels: tuple[Level, ...]
    unit: Unit
    is_running: bool
    is_wide: bool = False

    @property
    def width(self) -> int:
        """Of the drawing itself, without the names beside it."""
        room = WHOLE if self.is_wide else HALF
        return room - NAMES if len(self.series) > 1 else room


@lru_cache(maxsize=256)
def draw(lines: Lines, language: str) -> Drawing:
    """The picture. `language` is that of the page, by which numbers are written."""
    return to_svg(drawn(lines))


def drawn(lines: Lines) -> Drawn:
    """The chart as Vega-Lite sees it."""
    plan = _Plan(lines)
    return Drawn(_layers(), plan.rows(), {"x": plan.x_axis(), "y": plan.y_axis()}, lines.width, HEIGHT)


@cache
def _layers() -> list[dict[str, Any]]:
    colour, shape = alt.Color("colour:N", **NO_SCALE), alt.Shape("shape:N", **NO_SCALE)
    size = alt.Size("size:Q", **NO_SCALE)
    names = {"align": "left", "dx": 12, "baseline": "middle"}
    steps = {"interpolate": "step-after", "strokeWidth": 1.5}
    return layers(
        *(named(kind).mark_line(strokeDash=dash, **steps).encode(color=colour) for kind, dash in DASHES.items()),
        *words_of("levels", align="left", baseline="middle", fontSize=12),
        named("quiet_lines").mark_line(strokeWidth=1.25).encode(color=colour, detail="series:O"),
        named("lines").mark_line(strokeWidth=2.75).encode(color=colour, detail="series:O"),
        named("points").mark_point(filled=True, opacity=1).encode(color=colour, shape=shape, size=size),
        named("running").mark_point(fill="white", strokeWidth=1.5, filled=False, opacity=1).encode(
            stroke=alt.Stroke("colour:N", **NO_SCALE), shape=shape, size=size
        ),
        named("quiet_names").mark_text(**names).encode(text="words:N", color=colour),
        named("names").mark_text(**names, fontWeight=600).encode(text="words:N", color=colour),
    )  # fmt: skip


class _Plan:
    """One chart under way."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        shown = [value for one in lines.series for value in one.values if value is not None]
        self.low, self.high = domain(shown + [v for level in lines.levels for v in level.values if v is not None],
                                     lines.unit)  # fmt: skip
        depth: dict[Rank, int] = {"quiet": 0, "whole": 1, "marked": 2}
        self.series = sorted(lines.series, key=lambda one: depth[one.rank])  # what matters lies in front

    def rows(self) -> dict[str, Rows]:
        return {**self._lines(), **self._names(), **self._levels()}

    def look(self, one: Series) -> dict[str, Any]:
        """Colour and shape: the whole in the first colour when nothing is marked, else dark behind the marked."""
        marked = [other for other in self.lines.series if other.rank == "marked"]
        if one.rank == "quiet":
            return {"colour": QUIET, "shape": "circle", "size": 18}
        if one.rank == "whole":
            return {"colour": TARGET if marked else SERIES[0], "shape": "circle", "size": 42}
        place = marked.index(one)
        shape = _SHAPES[(place + 1) % len(_SHAPES)]  # the whole has the circle
        return {"colour": SERIES[place % len(SERIES)], "shape": shape, "size": 48}

    def _lines(self) -> dict[str, Rows]:
        found: dict[str, Rows] = {"lines": [], "quiet_lines": [], "points": [], "running": []}
        for depth, one in enumerate(self.series):
            finished = one.values[:-1] if self.lines.is_running else one.values
            look = self.look(one) | {"series": depth}
            points = [{"x": key, "y": value, **look} for key, value in zip(self.lines.periods, finished, strict=False)]
            found["quiet_lines" if one.rank == "quiet" else "lines"] += points
            found["points"] += _alone(points) if one.rank == "quiet" else [p for p in points if p["y"] is not None]
            if self.lines.is_running and one.values[-1] is not None:
                found["running"].append({"x": self.lines.periods[-1], "y": one.values[-1], **look})
        return found

    def _names(self) -> dict[str, Rows]:
        """Each line's name where it ends, pushed apart so that none covers another. One line alone needs no name."""
        found: dict[str, Rows] = {"names": [], "quiet_names": []}
        ends = [(one, end) for one in self.series if (end := _last(one.values)) is not None]
        heights = spread([self._height(end) for _, end in ends], apart=_LINE_OF_TEXT, most=HEIGHT)
        for (one, _), height in zip(ends, heights, strict=True):
            colour = TARGET if one.rank == "quiet" else self.look(one)["colour"]
            row = {"x": self.lines.periods[-1], "y": self._value(height), "words": one.name, "colour": colour}
            found["quiet_names" if one.rank == "quiet" else "names"].append(row)
        return found if len(ends) > 1 else {"names": [], "quiet_names": []}

    def _levels(self) -> dict[str, Rows]:
        found: dict[str, Rows] = {**{kind: [] for kind in DASHES}, "levels": []}
        for level in self.lines.levels:
            colour = {"colour": level.colour}
            pairs = zip(self.lines.periods, level.values, strict=True)
            found[level.kind] = [{"x": key, "y": value, **colour} for key, value in pairs]
            if level.first is not None:
                away = 10 if level.kind == "target" and self._is_crowded() else -10
                height = self._value(self._height(level.first) + away)
                row = {"x": self.lines.periods[0], "y": height, "words": level.words, "ink": level.colour}
                found["levels"].append(row)
        return found

    def _is_crowded(self) -> bool:
        """Whether the words of target and law would lie upon each other."""
        starts = [level.first for level in self.lines.levels if level.first is not None]
        return len(starts) > 1 and abs(self._height(starts[0]) - self._height(starts[1])) < 20

    def x_axis(self) -> dict[str, Any]:
        labels = dict(zip(self.lines.periods, self.lines.labels, strict=True))
        every = -(-len(labels) // (self.lines.width // 45))
        shown = list(self.lines.periods)[::-1][::every][::-1]
        names = {key: _with_year(key, labels[key], shown) for key in shown}
        axis = {"values": shown, "labelExpr": lookup(names), "labelAngle": 0, "title": None}
        scale = {"domain": list(self.lines.periods), "padding": 0.3}
        return {"field": "x", "type": "ordinal", "sort": None, "scale": scale, "axis": axis}

    def y_axis(self) -> dict[str, Any]:
        scale = {"domain": [self.low, self.high], "nice": False, "zero": False}
        axis = value_axis(self.low, self.high, self.lines.unit)
        return {"field": "y", "type": "quantitative", "scale": scale, "axis": axis}

    def _height(self, value: float) -> float:
        """Pixels from the top."""
        return HEIGHT * (self.high - value) / (self.high - self.low)

    def _value(self, height: float) -> float:
        return self.high - height * (self.high - self.low) / HEIGHT


def spread(heights: list[float], *, apart: float, most: float) -> list[float]:
    """The same heights moved as little as it takes to stand so far apart, none below `most`."""
    order = sorted(range(len(heights)), key=lambda place: heights[place])
    placed = list(heights)
    for before, place in pairwise(order):
        placed[place] = max(placed[place], placed[before] + apart)
    floor = most
    for place in reversed(order):
        placed[place] = min(placed[place], floor)
        floor = placed[place] - apart
    return placed


def _alone(points: Rows) -> Rows:
    """Points without a neighbour, which no line would show."""
    values = [None, *(point["y"] for point in points), None]
    return [
        point
        for place, point in enumerate(points, start=1)
        if point["y"] is not None and values[place - 1] is None and values[place + 1] is None
    ]


def _with_year(key: str, label: str, shown: list[str]) -> str | list[str]:
    """The year under the first label of each year, where the label does not say it."""
    year = key[:4]
    is_first = next(other for other in shown if other[:4] == year) == key
    return [label, year] if is_first and year not in label else label


def _last(values: tuple[float | None, ...]) -> float | None:
    return next((value for value in reversed(values) if value is not None), None)
