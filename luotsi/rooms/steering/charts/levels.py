"""What lines and bars share: target and law as dashed lines with their words, the axis of values, and how a chart is
put together from layers that Altair describes once and the rows of today.

Measured: Altair needs 0.3 s for a chart of nine lines, twice what drawing it takes, nearly all of it for copying rows
and comparing them with a schema. So the layers name their data and are described once in a process.
"""

import json
from dataclasses import dataclass
from typing import Any

import altair as alt

from luotsi.domain.indicators.definitions import Unit
from luotsi.rooms.steering.words import goal
from luotsi.ui.charts import BAD, TARGET

Rows = list[dict[str, Any]]
NO_SCALE = {"scale": None, "legend": None}  # the rows say colours and sizes themselves


@dataclass(frozen=True)
class Level:
    """A line that somebody has set: `values` for each place along the chart, and what it is called there."""

    kind: str  # "target" or "law"
    words: str
    values: tuple[float | None, ...]

    @property
    def first(self) -> float | None:
        return next((value for value in self.values if value is not None), None)

    @property
    def colour(self) -> str:
        return BAD if self.kind == "law" else TARGET


DASHES = {"target": [7, 4], "law": [2, 4]}


@dataclass(frozen=True)
class Drawn:
    """Layers with the rows they name, as `luotsi.ui.charts` takes a chart."""

    layers: list[dict[str, Any]]
    rows: dict[str, Rows]
    axes: dict[str, Any]
    width: int
    height: int
    is_fitted: bool = False  # `width` holds the axis too, however long its names are

    def to_dict(self) -> dict[str, Any]:
        """Layers without rows are left out: each costs milliseconds."""
        return {
            "$schema": alt.SCHEMA_URL,
            "layer": [layer for layer in self.layers if self.rows[layer["data"]["name"]]],
            "encoding": self.axes,
            "datasets": self.rows,
            "width": self.width,
            "height": self.height,
            **({"autosize": {"type": "fit-x", "contains": "padding"}} if self.is_fitted else {}),
        }


def layers(*charts: alt.Chart) -> list[dict[str, Any]]:
    """Altair's charts as the layers of one. They name their data and leave the axes to the whole."""
    described = alt.layer(*charts).to_dict(validate=False)
    return list(described["layer"])


def named(rows: str) -> alt.Chart:
    """A layer that shows the rows of this name."""
    return alt.Chart(alt.NamedData(rows))


def words_of(rows: str, **look: Any) -> list[alt.Chart]:
    """Texts in the rows' own ink, with the page's ground around them so that they can be read where lines run."""
    texts = named(rows).encode(text="words:N")
    ground = {"stroke": "white", "strokeWidth": 4, "strokeJoin": "round"}
    return [texts.mark_text(**look, **ground), texts.mark_text(**look).encode(color=alt.Color("ink:N", **NO_SCALE))]


def domain(values: list[float], unit: Unit, *, from_nought: bool = False) -> tuple[float, float]:
    """Where the axis begins and ends. Shares end at 100; they begin at nought unless all of them are high."""
    if unit != "percent":
        return 0.0, max([*values, 1.0]) * 1.08
    lowest = min(values, default=0.0)
    return (0.0 if from_nought or lowest < 50 else max(0.0, (lowest - 4) // 10 * 10)), 100.0


def value_axis(low: float, high: float, unit: Unit) -> dict[str, Any]:
    """The axis of values, its numbers as the page writes them."""
    step = next((step for step in _STEPS if (high - low) / step <= 6), _STEPS[-1])
    places = [int(low) + step * index for index in range(int((high - low) / step) + 1)]
    names = {str(place): goal(place, "percent" if unit == "percent" else "count") for place in places}
    return {"values": places, "labelExpr": lookup(names), "title": None}


_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)


def lookup(names: dict[str, Any]) -> str:
    """A Vega expression that gives each place of an axis its name. A name may have two lines."""
    return f"({json.dumps(names, ensure_ascii=False)})[toString(datum.value)]"
