"""A score over time as a line: its readings where they stand in time, the limits of its bands across."""

from typing import Any

import altair as alt

from luotsi.domain.questionnaires.queries.reading import Series
from luotsi.ui.charts import QUIET, SERIES, Drawing, to_svg

WIDTH, HEIGHT = 620, 200


def draw(series: Series) -> Drawing:
    """The picture of at least two readings."""
    rows = [{"at": point.at.isoformat(), "value": float(point.value)} for point in series.points]
    limits = [{"value": float(band.least)} for band in series.score.bands[1:] if band.least is not None]
    y = alt.Y("value:Q", title=None, scale=alt.Scale(**_scale(series)))
    across = alt.Chart(alt.Data(values=limits)).mark_rule(color=QUIET, strokeDash=[2, 4], strokeWidth=1).encode(y=y)
    x = alt.X("at:T", title=None, axis=alt.Axis(format="%-d.%-m.%y", labelOverlap=True, tickCount=6))
    line = alt.Chart(alt.Data(values=rows)).encode(x=x, y=y)
    drawn = line.mark_line(color=SERIES[0]) + line.mark_point(color=SERIES[0], filled=True, opacity=1)
    return to_svg((across + drawn).properties(width=WIDTH, height=HEIGHT))


def _scale(series: Series) -> dict[str, Any]:
    span = series.score.span
    return {"domain": [float(span.least), float(span.most)], "nice": False} if span else {"zero": False}
