"""Signing in and out. Which ways there are is wired from outside: the cast in the demonstration."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from luotsi.rooms import session as sessions
from luotsi.rooms.page import page


@page("session.choose")
def session(request: HttpRequest) -> HttpResponse:
    """The ways to sign in. `next` is kept, if it is an address of ours."""
    onward = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(onward, allowed_hosts={request.get_host()}):
        onward = reverse("front")
    ways = [(way.label, way.url(onward)) for way in sessions.WAYS]
    return render(request, "resident/session.html", {"ways": ways})


@page("session.choose", methods=("POST",))
def closure(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    sessions.sign_out(request)
    return redirect("front")
