"""Charts drawn on the server: Vega-Lite through vl-convert, one picture for page, report and slides, and no script.

    drawing = to_svg(alt.Chart(frame).mark_line().encode(x="week:T", y="share:Q"))   # for {% chart drawing=… %}
    picture = to_png(chart, scale=2)                                                 # for a document

The SVG's colours become the page's own custom properties, so a chart follows dark mode, the county and print.
"""

import hashlib
import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import vl_convert
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from luotsi.ui import colours

FONTS = Path(__file__).parent / "fonts"
FONT = "'Source Sans 3'"  # the quotes belong: without them Vega loses every text, silently
_LIGHT = colours.palette("light")
SERIES = [_LIGHT[f"chart-{number}"] for number in range(1, 7)]  # told apart with any colour vision, in this order
TARGET, GOOD, BAD, QUIET = _LIGHT["chart-text"], _LIGHT["success-line"], _LIGHT["danger-line"], _LIGHT["chart-axis"]
CACHED_DRAWINGS = 512

# What Vega draws with. Anything else in an SVG (script, foreignObject, a link) is refused, not cleaned.
_ALLOWED = {"svg", "g", "path", "text", "tspan", "rect", "line", "circle", "defs", "clipPath", "title"}
_ALLOWED |= {"linearGradient", "stop"}
_ALTAIR_VIEW = {"continuousWidth": 300, "continuousHeight": 300}  # what Altair puts in every chart; ours is wider


class Chart(Protocol):
    """An Altair chart of any kind."""

    def to_dict(self) -> dict[str, Any]: ...


class UnsafeDrawing(ValueError):
    """The chart drew something that has no place on a page: a script, a link or a foreign element."""


class Drawing(SafeString):
    """An SVG that this module drew and looked through; templates put it on the page as it is."""


def to_svg(chart: Chart) -> Drawing:
    """The chart for a page. The same data, theme and language are drawn once."""
    return _svg(_spec(chart), _locale())


def to_png(chart: Chart, *, scale: float = 2.0) -> bytes:
    """The chart for a document, light on white; `scale` 2 is 144 dots per inch."""
    return _png(_spec(chart), _locale(), scale)


def theme() -> dict[str, Any]:
    """The configuration every chart gets; a chart's own settings win."""
    quiet = {"labelFont": FONT, "titleFont": FONT, "labelFontSize": 13, "titleFontSize": 13, "labelColor": TARGET}
    return {
        "aria": False,  # the figure around it says what it shows, once
        "background": None,
        "font": FONT,
        "padding": 4,
        "view": {"stroke": None, "continuousWidth": 620, "continuousHeight": 260, "discreteWidth": 620},
        "range": {"category": SERIES, "ramp": {"scheme": "blues"}, "ordinal": {"scheme": "blues"}},
        "axis": {
            **{**quiet, "titleColor": TARGET, "titleFontWeight": 600, "titlePadding": 10, "labelPadding": 6},
            **{"grid": False, "domainColor": QUIET, "tickColor": QUIET, "tickSize": 4, "labelLimit": 240},
        },
        "axisQuantitative": {
            **{"grid": True, "gridColor": _LIGHT["chart-grid"], "domain": False, "ticks": False, "tickCount": 6}
        },
        "legend": {**quiet, "orient": "top", "symbolStrokeWidth": 3, "title": None, "labelLimit": 320},
        "header": {**quiet, "titleColor": TARGET},
        "title": {"font": FONT, "color": TARGET, "fontSize": 16, "fontWeight": 600, "anchor": "start"},
        "text": {"font": FONT, "fontSize": 13, "fill": TARGET},
        "mark": {"color": SERIES[0]},
        "bar": {"cornerRadiusEnd": 2},
        "line": {"strokeWidth": 2.5, "strokeCap": "round", "strokeJoin": "round"},
        "point": {"size": 48, "filled": True},
        "rule": {"color": TARGET, "strokeWidth": 1.5},
        "area": {"opacity": 0.18, "line": True},
    }


@lru_cache(maxsize=CACHED_DRAWINGS)
def _svg(spec: str, language: str) -> Drawing:
    _fonts()
    drawn = vl_convert.vegalite_to_svg(spec, config=theme(), **_limits(language))
    return Drawing(_own_ids(_page_colours(_checked(drawn)), spec))


@lru_cache(maxsize=CACHED_DRAWINGS // 8)
def _png(spec: str, language: str, scale: float) -> bytes:
    _fonts()
    config = {**theme(), "background": "white"}
    return bytes(vl_convert.vegalite_to_png(spec, scale=scale, config=config, **_limits(language)))


def _spec(chart: Chart) -> str:
    """The chart as text, the key of the cache: equal data and settings give equal text."""
    spec = chart.to_dict()
    if spec.get("config", {}).get("view") == _ALTAIR_VIEW:
        del spec["config"]["view"]
    if outward := _leads_out(spec):
        raise UnsafeDrawing(f"The chart uses {outward!r}; a chart on a page neither links nor fetches.")
    return json.dumps(spec, sort_keys=True, default=str)


def _leads_out(part: Any) -> str:
    """The first "href" or "url" in the chart's own settings; fields of its data may be called anything.

    Vega would follow them, and a link that it refuses breaks the next chart drawn in the same process.
    """
    if isinstance(part, list):
        return next(filter(None, map(_leads_out, part)), "")
    if not isinstance(part, dict):
        return ""
    own = {name: value for name, value in part.items() if name not in {"values", "datasets"}}
    return next((name for name in own if name in {"href", "url"}), "") or _leads_out(list(own.values()))


def _locale() -> str:
    return {"sv": "sv-SE", "en": "en-GB"}.get((get_language() or "fi")[:2], "fi-FI")


def _limits(language: str) -> dict[str, Any]:
    """Numbers and days in the page's language, and no data from anywhere but the chart itself."""
    return {"format_locale": language, "time_format_locale": language, "allowed_base_urls": []}


@lru_cache(maxsize=1)
def _fonts() -> None:
    """Vega measures texts with the files the page shows; once in a process."""
    vl_convert.register_font_directory(str(FONTS))


def _checked(svg: str) -> str:
    """The same SVG, when all of it is drawing. Vega escapes texts; the CSP stands behind."""
    foreign = set(re.findall(r"<([A-Za-z][\w:.-]*)", svg)) - _ALLOWED
    foreign |= set(re.findall(r"<[^>]*?\s(on\w+|style|(?:xlink:)?href)\s*=", svg))
    if foreign:
        raise UnsafeDrawing(f"The chart draws {', '.join(sorted(foreign))}, which is not allowed on a page.")
    return re.sub(r' (?:role|aria-[a-z]+|xmlns(?::\w+)?)="[^"]*"', "", svg)


def _page_colours(svg: str) -> str:
    """Colours of the light palette become the page's custom properties; other colours stay."""
    charts_last = sorted(_LIGHT.items(), key=lambda colour: colour[0].startswith("chart-"))
    names = {value: name for name, value in charts_last} | {"white": "surface", "#fff": "surface"}

    def named(found: re.Match[str]) -> str:
        name = names.get(found["colour"].lower())
        return f'{found["what"]}="var(--{name})"' if name else found[0]

    return re.sub(r'(?P<what>\b(?:fill|stroke|stop-color))="(?P<colour>[^"]*)"', named, svg)


def _own_ids(svg: str, spec: str) -> str:
    """Ids that no other chart on the page has: two charts both name their first clip path clip0."""
    prefix = "c" + hashlib.sha256(spec.encode()).hexdigest()[:8]
    return re.sub(r'(\bid="|url\(#)', rf"\g<1>{prefix}-", svg)
