"""A small drawing beside words. It decorates: the words carry the meaning, so screen readers do not hear it."""

from typing import Literal

from luotsi.ui.component import Props, component

Name = Literal[
    "alert", "arrow", "calendar", "check", "clock", "close", "cross", "danger",
    "external", "info", "mail", "pause", "person", "phone", "place", "search",
]  # fmt: skip


@component
def icon(*, name: Name) -> Props:
    """Drawn on a 24-unit grid in the colour of the text around it."""
    return {"name": name}
