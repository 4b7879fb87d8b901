"""The state of a thing in a word or two. The words carry it; the colour only helps the eye."""

from typing import Literal

from luotsi.ui.component import Props, component


@component
def status_tag(*, label: str, tone: Literal["neutral", "info", "success", "warning", "danger"] = "neutral") -> Props:
    """Not a button and not a link: it only says."""
    return {"label": label, "tone": tone}
