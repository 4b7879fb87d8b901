"""Addresses of the same page with other query parameters: sorting and paging keep the filters in force."""

from django.http import HttpRequest, QueryDict


def same_page(request: HttpRequest | None, **changes: str | int | None) -> str:
    """The page's query string with these parameters changed; None drops one."""
    query = request.GET.copy() if request else QueryDict(mutable=True)
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = str(value)
    return "?" + query.urlencode()
