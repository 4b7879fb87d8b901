"""A page names its action. Whoever's role does not list it does not get in: deny by default.

@page("case.read")
def case(request, case_id): ...
"""

import functools
from collections.abc import Callable, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from luotsi.domain.organisation.rules import VISITOR, NotAllowed, may

View = Callable[..., HttpResponse]


class NotHere(Http404):
    """A foreign object answers like a missing one."""


def page(action: str, *, methods: Sequence[str] = ("GET", "HEAD")) -> Callable[[View], View]:
    """Guard a view by the action it names, and refuse other methods than these."""

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            if not may(request.viewer, action):  # type: ignore[attr-defined]
                return refuse(request)
            try:
                return view(request, *args, **kwargs)
            except NotAllowed:
                raise NotHere from None

        guarded.action = action  # type: ignore[attr-defined]
        guarded.methods = tuple(methods)  # type: ignore[attr-defined]
        return guarded

    return wrap


def refuse(request: HttpRequest) -> HttpResponse:
    """A visitor is shown the way to sign in; somebody signed in is told that the room is not theirs.

    A part of a page that refreshes itself asks the browser to load the whole page, which then shows either.
    """
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(status=401, headers={"HX-Refresh": "true"})
    if request.viewer == VISITOR and request.method in {"GET", "HEAD"}:  # type: ignore[attr-defined]
        return redirect(f"{reverse('session')}?{urlencode({'next': request.get_full_path()})}")
    return render(request, "errors/403.html", status=403)
