"""Signing in and out, and what was being written when a session ended. Which ways in there are is wired elsewhere."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from luotsi.domain.organisation.rules import VISITOR
from luotsi.rooms import kept as keeping
from luotsi.rooms import session as sessions
from luotsi.rooms.home import home_of, ours
from luotsi.rooms.page import page


@page("session.choose")
def session(request: HttpRequest) -> HttpResponse:
    """The ways to sign in. `next` is kept, if it is an address of ours."""
    onward = ours(request, request.GET.get("next", ""))
    context = {
        "for_residents": ways("resident", onward),
        "for_staff": ways("staff", onward),
        "for_both": ways("", onward),
        "why_over": sessions.why_over(request),
        "has_asked": bool(onward),
    }
    return render(request, "resident/session.html", context)


@page("session.choose", methods=("POST",))
def closure(request: HttpRequest) -> HttpResponse:
    """Sign out, here and then at the identification service by which one came, if it can be."""
    leaving = request.session.get("leave_at", "")
    sessions.sign_out(request)
    if not leaving:
        return redirect("front")
    return render(request, "resident/signed_out.html", {"leaving": leaving})


@page("session.choose", methods=("GET", "HEAD", "POST"))
def kept(request: HttpRequest) -> HttpResponse:
    """What was not sent because the session had ended: look at it and send it. POST: throw it away."""
    if request.method == "POST":
        keeping.forget(request)
        return redirect(home_of(request.viewer))
    if not request.session.signed:
        return redirect(f"{reverse('session')}?next={reverse('session-kept')}")
    return render(request, "resident/kept.html", {"kept": keeping.find(request, request.viewer)})


def standing(request: HttpRequest) -> HttpResponse:
    """Whether the session still holds: 204 or 401. An open page asks by itself, so asking keeps nobody signed in."""
    is_over = request.viewer == VISITOR  # type: ignore[attr-defined]
    return HttpResponse(status=401 if is_over else 204, headers={"Cache-Control": "no-store"})


standing.action = "session.choose"  # type: ignore[attr-defined]


def ways(for_whom: str, onward: str) -> list[tuple[Any, str]]:
    """The label and address of each way that leads these people in."""
    return [(way.label, way.url(onward)) for way in sessions.WAYS if way.for_whom == for_whom]
