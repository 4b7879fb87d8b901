"""A chart with its table: the picture for the eye, one sentence for the ear, the numbers for everyone."""

from django.utils.safestring import SafeString

from luotsi.ui.charts import Drawing
from luotsi.ui.component import Props, component


@component(block=True)
def chart(
    content: SafeString, *, drawing: Drawing, alt: str, caption: str = "", open: bool = False, newest: bool = False
) -> Props:
    """The content is the chart's table (`figure_table`). `alt` says what the picture shows, not that it is one.
    `newest`: a line over time, of which a phone shows the end first.
    """
    if not isinstance(drawing, Drawing):
        raise TypeError("{% chart %}: drawing is not a Drawing; make one with luotsi.ui.charts.to_svg.")
    return {"content": content, "drawing": drawing, "alt": alt, "caption": caption, "open": open, "newest": newest}
