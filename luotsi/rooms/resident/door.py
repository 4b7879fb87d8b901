"""Addresses without a language: the bare one, on to the reader's own, and where identification services answer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import get_language_from_request

from luotsi.rooms.resident.pages import identity, session


def to_own_language(request: HttpRequest) -> HttpResponse:
    """From / to /fi/, /sv/ or /en/, by what the browser prefers."""
    return redirect(f"/{get_language_from_request(request)}/")


to_own_language.action = "front.read"  # type: ignore[attr-defined]
urlpatterns = [
    path("", to_own_language, name="door"),
    path("session/standing/", session.standing, name="session-standing"),
    # Registered with the identification services, so they never change and carry no language.
    path("oidc/<slug:way>/answer/", identity.answer, name="oidc-answer"),
    path("oidc/<slug:way>/leavings/", identity.leavings, name="oidc-leavings"),
]
