"""Somebody else holds what this page needs: after three seconds it says so, and loses nothing that was sent."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

_TOKEN = "csrfmiddlewaretoken"  # noqa: S105 (the name of the form's token)
_LOCK_NOT_AVAILABLE, _DEADLOCK, _NOT_SERIALIZABLE = "55P03", "40P01", "40001"  # of PostgreSQL
_WAIT_OVER = {_LOCK_NOT_AVAILABLE, _DEADLOCK, _NOT_SERIALIZABLE}
AGAIN_SECONDS = 5


def is_wait_over(error: Exception) -> bool:
    """Whether the database only says that two came at once: nothing was written, and the same can be sent again."""
    return getattr(error.__cause__, "sqlstate", None) in _WAIT_OVER


def answer(request: HttpRequest) -> HttpResponse:
    """What was sent is on the page and goes again by one press, under the same key, so that it counts once."""
    context = {"typed": typed(request), "address": request.get_full_path(), "had_files": bool(request.FILES)}
    page = render(request, "errors/busy.html", context, status=503)
    page["Retry-After"] = str(AGAIN_SECONDS)
    return page


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields that were sent, to be sent again. Nothing where nothing was typed, or a file that cannot be kept."""
    fields = [(name, value) for name, values in request.POST.lists() for value in values if name != _TOKEN]
    return [] if request.FILES or not any(value.strip() for _, value in fields) else fields
