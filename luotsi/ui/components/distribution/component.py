"""How answers are shared out: one line for each answer, its bar, its share and how many gave it. Words, not a picture.

Bars are drawn by the page itself: on the same scale everywhere, as wide as there is room, and at no cost at the server.
"""

from collections.abc import Sequence

from luotsi.ui.component import Props, component

Line = tuple[str, float | None, str, str]


@component
def distribution(*, lines: Sequence[Line], label: str) -> Props:
    """A line is a name, its share (0–1, or None where there is no bar), the share in words, and the count in words.
    `label` names the whole for those who hear it.
    """
    drawn = [
        {"name": name, "width": _width(share), "share": words, "count": count} for name, share, words, count in lines
    ]
    return {"lines": drawn, "label": label}


def _width(share: float | None) -> str:
    """As a percentage with a full stop in any language, as SVG wants it."""
    return "" if share is None else f"{min(max(share, 0.0), 1.0) * 100:.2f}"
