"""Charts with their tables."""

from typing import Any

import altair as alt

from luotsi.ui import charts
from luotsi.ui.components.sparkline.examples import WEEKS
from luotsi.ui.example import Example
from luotsi.ui.example_words import WORDS
from luotsi.ui.words import in_language

PERCENT = alt.Axis(labelExpr="datum.label + ' %'")


def _line() -> dict[str, Any]:
    rows = [{"week": week, "share": share} for week, share in enumerate(WEEKS, start=1)]
    axes = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X("week:O", title=in_language(WORDS["week"]), axis=alt.Axis(labelAngle=0)),
        y=alt.Y("share:Q", title=None, scale=alt.Scale(domain=[60, 100]), axis=PERCENT),
    )
    target = alt.Chart(alt.Data(values=[{"target": 90}])).mark_rule(strokeDash=[5, 4]).encode(y="target:Q")
    return {
        "alt": WORDS["chart_alt"],
        "drawing": charts.to_svg(axes.mark_line(point=True) + target),
        "head": [WORDS["week"], WORDS["within_week"]],
        "rows": [[row["week"], row["share"]] for row in rows],
    }


def _bars() -> dict[str, Any]:
    rows = [
        {"unit": in_language(WORDS[unit]), "kind": in_language(WORDS[kind]), "share": share}
        for unit, kind, share in (
            *(("sotkamo", "within_week", 93), ("sotkamo", "within_limit", 99)),
            *(("kuhmo", "within_week", 88), ("kuhmo", "within_limit", 98)),
            *(("kajaani", "within_week", 71), ("kajaani", "within_limit", 91)),
        )
    ]
    bars = (
        alt.Chart(alt.Data(values=rows))
        .mark_bar()
        .encode(
            x=alt.X("share:Q", title=None, axis=PERCENT),
            y=alt.Y("unit:N", title=None),
            yOffset="kind:N",
            color=alt.Color("kind:N"),
        )
    )
    return {
        "alt": WORDS["bars_alt"],
        "drawing": charts.to_svg(bars),
        "head": [WORDS["unit"], "%"],
        "rows": [[f"{row['unit']}, {row['kind']}", row["share"]] for row in rows],
    }


SOURCE = (
    "{% chart drawing=drawing alt=alt caption=words.within_week %}\n"
    "  {% figure_table caption=words.within_week head=head rows=rows caption_hidden=True %}\n"
    "{% endchart %}"
)
EXAMPLES = [Example("A line with its target", SOURCE, _line), Example("Groups side by side", SOURCE, _bars)]
