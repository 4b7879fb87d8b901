"""Where I am and what comes next."""

from typing import Literal

from django.utils.safestring import SafeString

from luotsi.ui.component import Props, component


@component(block=True)
def steps(content: SafeString, *, label: str) -> Props:
    return {"content": content, "label": label}


@component
def step(*, label: str, state: Literal["todo", "done", "current"] = "todo", hint: str = "") -> Props:
    """One step. `hint` says when it comes or by whom."""
    return {"label": label, "state": state, "hint": hint}
