"""Groups side by side: a bar each, its number at its end, target and law across. Bars always begin at nought."""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

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
    named,
    value_axis,
    words_of,
)
from luotsi.ui.charts import QUIET, SERIES, TARGET, Drawing, to_svg

WIDTH, ROW = 660, 34  # with the names: what stands beside charts of longer names is as large
_FAINT = 0.35


@dataclass(frozen=True)
class Bar:
    """`words` stand at the bar's end: the number, or why there is none. A faint bar speaks of too few."""

    name: str
    value: float | None
    words: str
    is_marked: bool = False
    is_faint: bool = False


@dataclass(frozen=True)
class Bars:
    bars: tuple[Bar, ...]
    levels: tuple[Level, ...]
    unit: Unit


@lru_cache(maxsize=256)
def draw(bars: Bars, language: str) -> Drawing:
    """The picture. `language` is that of the page, by which numbers are written."""
    return to_svg(drawn(bars))


def drawn(bars: Bars) -> Drawn:
    """The chart as Vega-Lite sees it."""
    values = [bar.value for bar in bars.bars if bar.value is not None]
    levels = [level.first for level in bars.levels if level.first is not None]
    low, high = domain(values + levels, bars.unit, from_nought=True)
    scale = {"domain": [low, high], "nice": False}
    rows = {"bars": _rows(bars), **_across(bars, high)}
    x = {"field": "x", "type": "quantitative", "scale": scale, "axis": value_axis(low, high, bars.unit)}
    return Drawn(_layers(), rows, {"x": x}, WIDTH, ROW * len(bars.bars), is_fitted=True)


@cache
def _layers() -> list[dict[str, Any]]:
    colour, strength = alt.Color("colour:N", **NO_SCALE), alt.Opacity("strength:Q", **NO_SCALE)
    names = alt.Y("name:N", sort=None, title=None, axis=alt.Axis(domain=False, ticks=False))
    above = alt.Y("height:Q", scale=None)
    at_end = words_of("bars", align="left", baseline="middle", dx=6)
    return layers(
        named("bars").mark_bar(height=20).encode(y=names, color=colour, opacity=strength),
        *(named(kind).mark_rule(strokeDash=dash).encode(color=colour) for kind, dash in DASHES.items()),
        *(text.encode(y=names) for text in at_end),
        *(text.encode(y=above) for side in ("left", "right")
          for text in words_of(f"levels_{side}", align=side, baseline="bottom", fontSize=12)),
    )  # fmt: skip


def _rows(bars: Bars) -> Rows:
    is_any_marked = any(bar.is_marked for bar in bars.bars)
    return [
        {
            "name": bar.name,
            "x": bar.value or 0.0,
            "words": bar.words,
            "ink": TARGET,
            "colour": SERIES[0] if bar.is_marked or not is_any_marked else QUIET,
            "strength": _FAINT if bar.is_faint else 1.0,
        }
        for bar in bars.bars
    ]


def _across(bars: Bars, high: float) -> dict[str, Rows]:
    """Target and law across the bars, their words above them and away from the nearer edge."""
    found: dict[str, Rows] = {**{kind: [] for kind in DASHES}, "levels_left": [], "levels_right": []}
    for level in bars.levels:
        if level.first is None:
            continue
        row = {"x": level.first, "colour": level.colour, "ink": level.colour}
        found[level.kind].append(row)
        side = "right" if level.first > 0.6 * high else "left"
        found[f"levels_{side}"].append({**row, "words": level.words, "height": -18 if level.kind == "law" else -3})
    return found
