"""The bare address: on to the reader's own language."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import get_language_from_request


def to_own_language(request: HttpRequest) -> HttpResponse:
    """From / to /fi/, /sv/ or /en/, by what the browser prefers."""
    return redirect(f"/{get_language_from_request(request)}/")


to_own_language.action = "front.read"  # type: ignore[attr-defined]
urlpatterns = [path("", to_own_language, name="door")]
