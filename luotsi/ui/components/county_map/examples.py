"""Land with spots on it and the list of them."""

from typing import Any

from luotsi.ui.example import Example
from luotsi.ui.example_words import WORDS
from luotsi.ui.maps import Area, Spot, draw
from luotsi.ui.words import in_language

_WEST = ((0.0, 0.0), (60_000.0, 5_000.0), (55_000.0, 70_000.0), (4_000.0, 60_000.0))
_EAST = ((60_000.0, 5_000.0), (120_000.0, 15_000.0), (105_000.0, 90_000.0), (55_000.0, 70_000.0))


def _land() -> dict[str, Any]:
    names = [in_language(WORDS[key]) for key in ("sotkamo", "kuhmo")]
    spots = [Spot((20_000.0, 30_000.0), names[0], is_chosen=True), Spot((90_000.0, 50_000.0), names[1])]
    return {"drawing": draw([Area("A", _WEST, is_here=True), Area("B", _EAST)], spots), "names": names}


EXAMPLES = [
    Example(
        "Two places, one of them chosen",
        "{% county_map drawing=drawing alt=words.place caption=words.place source=words.municipality %}\n"
        "  <ul>{% for name in names %}<li>{{ name }}</li>{% endfor %}</ul>\n"
        "{% endcounty_map %}",
        _land,
    ),
]
