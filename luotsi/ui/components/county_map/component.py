"""A drawn map with its list beside it: the picture for the eye, the list for everyone."""

from django.utils.safestring import SafeString

from luotsi.ui.component import Props, component
from luotsi.ui.maps import DrawnMap


@component(block=True)
def county_map(content: SafeString, *, drawing: DrawnMap, alt: str, caption: str, source: str) -> Props:
    """The content is the list of what the map shows, with its links. `source`: whose the boundaries are."""
    if not isinstance(drawing, DrawnMap):
        raise TypeError("{% county_map %}: drawing is not a DrawnMap; make one with luotsi.ui.maps.draw.")
    ends = {"scale_begins": 10, "scale_ends": round(10 + drawing.scale, 1), "scale_y": drawing.height - 8}
    return {"content": content, "map": drawing, "alt": alt, "caption": caption, "source": source, **ends}
