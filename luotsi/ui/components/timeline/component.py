"""What has happened, in order: the story of a matter."""

from datetime import date, datetime
from typing import Literal

from django.utils.safestring import SafeString

from luotsi.ui.component import Props, component


@component(block=True)
def timeline(content: SafeString) -> Props:
    return {"content": content}


@component(block=True)
def happening(
    content: SafeString,
    *,
    at: datetime | date,
    title: str,
    by: str = "",
    tone: Literal["neutral", "info", "success", "warning", "danger"] = "neutral",
) -> Props:
    """One thing that happened; `by` is who did it, as the reader may know them."""
    return {"content": content, "at": at, "title": title, "by": by, "tone": tone}
