"""Pages of a long list; filters and order stay."""

from django.core.paginator import Page
from django.http import HttpRequest
from django.template import Context

from luotsi.ui.addresses import same_page
from luotsi.ui.component import Props, component


@component(context=True)
def pagination(context: Context, *, page: Page, param: str = "page") -> Props:
    """Draws nothing when everything fits on one page."""
    request = context.get("request")
    marks = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "links": [{"number": mark, "address": _address(request, param, mark)} for mark in marks],
        "before": _address(request, param, page.number - 1) if page.has_previous() else "",
        "after": _address(request, param, page.number + 1) if page.has_next() else "",
    }


def _address(request: HttpRequest | None, param: str, mark: int | str) -> str:
    """Where a page's number leads; the "…" between numbers leads nowhere."""
    return same_page(request, **{param: mark}) if isinstance(mark, int) else ""
