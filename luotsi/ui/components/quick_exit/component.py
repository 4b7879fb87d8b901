"""For pages about violence: one press leaves to a page that tells nothing."""

from luotsi.ui.component import Props, component


@component
def quick_exit(*, url: str = "https://www.ilmatieteenlaitos.fi/") -> Props:
    """A plain link. With script the page is also taken out of the browser's "back"."""
    return {"url": url}
