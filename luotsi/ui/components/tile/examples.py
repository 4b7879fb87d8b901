"""Figures of a board."""

from luotsi.ui.components.sparkline.examples import WEEKS
from luotsi.ui.example import Example

EXAMPLES = [
    Example(
        "A row of a board; one figure is not known",
        """\
{% tile_row %}
  {% tile label=words.within_week value=93 unit="%" target="≥ 90 %" tone="success" verdict=words.on_target url="#" %}
    {% sparkline values=weeks label=words.last_weeks target=90 %}
  {% endtile %}
  {% tile label=words.within_limit value=87.4 unit="%" target="≥ 95 %" tone="warning" verdict=words.below_target %}
    {% sparkline values=flat label=words.last_weeks target=95 %}
  {% endtile %}
  {% tile label=words.median_wait value=None unit=words.days target="≤ 7" trend=words.up_from %}{% endtile %}
{% endtile_row %}""",
        {"weeks": WEEKS, "flat": [88, 87, None, 86, 88, 87, 89, 87, 86, 88, 87, 87.4]},
    ),
]
