"""Something the reader should know now."""

from typing import Literal

from django.utils.safestring import SafeString

from luotsi.ui.component import Props, component

Tone = Literal["info", "success", "warning", "danger"]
ICONS = {"info": "info", "success": "check", "warning": "alert", "danger": "danger"}


@component(block=True)
def notice(
    content: SafeString, *, tone: Tone = "info", title: str = "", level: Literal[2, 3, 4] = 2, live: bool = False
) -> Props:
    """A `live` notice is read out when it appears: at once when it is a danger, after the sentence otherwise."""
    role = {True: "alert" if tone == "danger" else "status", False: ""}[live]
    return {"content": content, "tone": tone, "title": title, "level": level, "role": role, "icon": ICONS[tone]}
