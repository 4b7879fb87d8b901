"""The picture of an indicator's series for a document that cannot draw one itself."""

import altair as alt

from luotsi.domain.programmes.queries import Followed
from luotsi.ui import charts

WIDTH, HEIGHT = 620, 230  # in CSS pixels; drawn at twice that for print


def series_png(line: Followed) -> bytes | None:
    """The series as a line with its goal as a dashed rule; None when there is nothing to draw. Shares as percent."""
    figure = line.figure
    if figure is None or not any(value is not None for _, value in figure.series):
        return None
    times = 100 if figure.unit == "share" else 1
    rows = [{"at": at, "value": None if value is None else value * times} for at, value in figure.series]
    x = alt.X("at:O", title=None, sort=None, axis=alt.Axis(labelOverlap="greedy", labelAngle=0))
    top = alt.Scale(domain=[0, 100]) if figure.unit in ("share", "percent") else alt.Scale(zero=True)
    y = alt.Y("value:Q", title=None, scale=top, axis=alt.Axis(tickCount=5))
    drawn = alt.Chart(alt.Data(values=rows)).mark_line(point=len(rows) <= 30).encode(x=x, y=y)
    if line.aim is None:
        return charts.to_png(drawn.properties(width=WIDTH, height=HEIGHT))
    goal = alt.Chart(alt.Data(values=[{"goal": float(line.aim.value or 0)}])).mark_rule(strokeDash=[6, 4])
    rule = goal.encode(y=alt.Y("goal:Q", title=None))
    return charts.to_png((drawn + rule).properties(width=WIDTH, height=HEIGHT))
