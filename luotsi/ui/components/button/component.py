"""Something to press: a link where it leads somewhere, a button where it does something."""

from typing import Literal

from django.utils.safestring import SafeString

from luotsi.ui.component import Props, component


@component
def button(
    *,
    label: str,
    url: str = "",
    kind: Literal["primary", "secondary", "quiet", "danger"] = "primary",
    name: str = "",
    value: str = "",
    form: str = "",
    icon: str = "",
    hint: str = "",
) -> Props:
    """One primary button on a page. `hint` tells a screen reader which of many equal buttons this is."""
    return {
        **{"label": label, "url": url, "kind": kind, "name": name, "value": value},
        **{"form": form, "icon": icon, "hint": hint},
    }


@component(block=True)
def button_row(content: SafeString) -> Props:
    """Buttons side by side, under each other on a narrow screen."""
    return {"content": content}
