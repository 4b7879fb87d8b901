"""Views of the same thing, each with an address of its own: links that work with no script and can be sent on."""

from django.utils.safestring import SafeString

from luotsi.ui.component import Props, component


@component(block=True)
def tabs(content: SafeString, *, label: str) -> Props:
    return {"content": content, "label": label}


@component
def tab(*, label: str, url: str, current: bool = False, count: int | None = None) -> Props:
    """One view; `count` says how many things wait in it."""
    return {"label": label, "url": url, "current": current, "count": count}
