"""One figure with what makes it readable: its unit, its target, how it moves, and a verdict in words."""

from decimal import Decimal
from typing import Literal

from django.utils.safestring import SafeString

from luotsi.ui import words
from luotsi.ui.component import Props, component

ICONS = {"success": "check", "warning": "alert", "danger": "danger", "neutral": ""}


@component(block=True)
def tile_row(content: SafeString) -> Props:
    """Tiles side by side, as many as there is room for."""
    return {"content": content}


@component(block=True)
def tile(
    content: SafeString,
    *,
    label: str,
    value: str | int | float | Decimal | None,
    unit: str = "",
    target: str = "",
    trend: str = "",
    tone: Literal["neutral", "success", "warning", "danger"] = "neutral",
    verdict: str = "",
    url: str = "",
) -> Props:
    """A number is written in the page's language; None is a dash, never a zero. The content is usually a sparkline."""
    shown = value if isinstance(value, str) else words.number(value)
    return {
        **{"content": content, "label": label, "value": shown, "unit": unit if value is not None else ""},
        **{"target": target, "trend": trend, "tone": tone, "verdict": verdict, "icon": ICONS[tone], "url": url},
    }
