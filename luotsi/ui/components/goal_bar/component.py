"""How far towards a target: a bar with the target's mark on it, and the same in words and numbers."""

from decimal import Decimal

from django.utils.translation import gettext as _

from luotsi.ui import words
from luotsi.ui.component import Props, component

Figure = int | float | Decimal


@component
def goal_bar(
    *,
    label: str,
    value: Figure | None,
    target: Figure,
    maximum: Figure | None = None,
    unit: str = "",
    lower_is_better: bool = False,
    decimals: int | None = None,
) -> Props:
    """`maximum` is where the bar ends, without it a little past the larger figure. An unknown value draws no bar."""
    end = float(maximum if maximum is not None else max(float(value or 0), float(target)) * 1.1) or 1.0
    reached = None if value is None else (value <= target if lower_is_better else value >= target)
    return {
        **{"label": label, "value": words.number(value, decimals), "target": words.number(target, decimals)},
        **{"unit": unit, "sign": "≤" if lower_is_better else "≥", "is_known": value is not None},
        **{"width": _place(float(value or 0), end), "mark": _place(float(target), end)},
        **{"tone": {None: "neutral", True: "success", False: "warning"}[reached]},
        **{"verdict": {None: _("No figure yet"), True: _("On target"), False: _("Not yet on target")}[reached]},
    }


def _place(figure: float, end: float) -> str:
    """A place on the bar as a percentage with a full stop in any language, as SVG wants it."""
    return f"{min(max(figure / end, 0.0), 1.0) * 100:.2f}"
