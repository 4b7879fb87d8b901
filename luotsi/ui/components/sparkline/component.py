"""How a figure has moved, in the size of a word. A screen reader hears the label, the first and the last figure."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from luotsi.ui import words
from luotsi.ui.component import Props, component

WIDTH, HEIGHT, EDGE = 160.0, 36.0, 4.0  # the drawing's own units


@component
def sparkline(
    *,
    values: Sequence[float | None],
    label: str,
    target: float | None = None,
    low: float | None = None,
    high: float | None = None,
) -> Props:
    """Oldest first; None leaves a gap. `low` and `high` fix the scale, so that sparklines in a column compare."""
    known = [value for value in values if value is not None]
    if not known:
        return {"label": f"{label}: {_('No figure yet')}", "lines": [], "dots": []}
    bounds = [*known, *([target] if target is not None else [])]
    bottom, top = (min(bounds) if low is None else low), (max(bounds) if high is None else high)
    points = [
        None if value is None else _point(index, value, len(values), bottom, top) for index, value in enumerate(values)
    ]
    return {
        "label": f"{label}: {words.number(known[0])} → {words.number(known[-1])}",
        "lines": [" ".join(f"{x:.1f},{y:.1f}" for x, y in run) for run in _runs(points) if len(run) > 1],
        "dots": [{"x": f"{x:.1f}", "y": f"{y:.1f}"} for x, y in _dots(points)],
        "target": None if target is None else f"{_height(target, bottom, top):.1f}",
    }


Point = tuple[float, float]


def _dots(points: Sequence[Point | None]) -> list[Point]:
    """The newest point, and points that stand alone between gaps and would not be seen as a line."""
    runs = _runs(points)
    return [run[-1] for run in runs if len(run) == 1 or run is runs[-1]]


def _runs(points: Sequence[Point | None]) -> list[list[Point]]:
    """Points without a gap between them."""
    runs: list[list[Point]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if run]


def _point(index: int, value: float, count: int, bottom: float, top: float) -> Point:
    across = (WIDTH - 2 * EDGE) * (index / (count - 1) if count > 1 else 1.0)
    return EDGE + across, _height(value, bottom, top)


def _height(value: float, bottom: float, top: float) -> float:
    """The place on the drawing, whose zero is at the top; a flat line runs in the middle."""
    share = 0.5 if top == bottom else min(max((value - bottom) / (top - bottom), 0.0), 1.0)
    return HEIGHT - EDGE - share * (HEIGHT - 2 * EDGE)
