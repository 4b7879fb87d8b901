"""Something the reader should know now."""

from typing import Literal

from django.utils.safestring import SafeString

from luotsi.ui.component import Props, component

Tone = Literal["info", "success", "warning", "danger"]
ICONS = {"info": "info", "success": "check", "warning": "alert", "danger": "danger"}


@component(block=True)
def notice(
    content: SafeString,
    *,
    tone: Tone = "info",
    title: str = "",
    level: Literal[2, 3, 4] = 2,
    live: bool = False,
    focus: bool = False,
) -> Props:
    """A `live` notice is read out when it appears: at once when it is a danger, after the sentence otherwise.

    One with `focus` is where the reader is when the page has loaded: the answer to what they sent.
    """
    role = {True: "alert" if tone == "danger" else "status", False: ""}[live]
    known = {"content": content, "tone": tone, "title": title, "level": level, "role": role, "focus": focus}
    return known | {"icon": ICONS[tone]}
