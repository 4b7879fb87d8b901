"""For pages about violence: one press leaves to a page that tells nothing."""

from luotsi.ui.component import Props, component


@component
def quick_exit(*, url: str = "https://www.ilmatieteenlaitos.fi/") -> Props:
    """A plain link. With script the page is emptied at once and taken out of the browser's "back", and Escape pressed
    twice does the same.
    """
    return {"url": url}
