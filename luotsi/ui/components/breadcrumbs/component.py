"""Where this page stands, from the front page down."""

from django.utils.safestring import SafeString

from luotsi.ui.component import Props, component


@component(block=True)
def breadcrumbs(content: SafeString, *, label: str = "") -> Props:
    """Once on a page; a second one needs a label of its own."""
    return {"content": content, "label": label}


@component
def crumb(*, label: str, url: str = "") -> Props:
    """One step; the last one is the page itself and has no address."""
    return {"label": label, "url": url}
