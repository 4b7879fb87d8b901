"""A page names its action. Whoever's role does not list it does not get in: deny by default.

@page("case.read")
def case(request, case_id): ...

What a page reads of residents is read in one transaction with the rows of the usage log, which commits before the
answer leaves. Without its rows there is no answer.
"""

import functools
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from typing import Any

from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.http import urlencode

from luotsi.base.who import Who
from luotsi.domain.events import actions as events
from luotsi.domain.organisation.rules import VISITOR, NotAllowed, may
from luotsi.rooms import busy, kept, session, whose

View = Callable[..., HttpResponse]
# What somebody may send although the right by which they acted for another has just ended: leaving.
_ALWAYS = {"acting.choose", "session.choose"}


class NotHere(Http404):
    """A foreign object answers like a missing one."""


def page(
    action: str, *, methods: Sequence[str] = ("GET", "HEAD"), confirm: bool = False, nobody: bool = False
) -> Callable[[View], View]:
    """Guard a view by the action it names, and refuse other methods than these.

    `confirm`: the person has shown within a quarter of an hour, by passkey or one-time code, that it is still them.
    `nobody`: what is done here carries nobody. Whoever may be signed in is a visitor to this page: it is not told who
    they are, and writes nothing in a transaction that knows them.
    """

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if nobody:
                request.viewer, request.is_nobodys = VISITOR, True  # type: ignore[attr-defined]
            viewer: Who = request.viewer  # type: ignore[attr-defined]
            if request.method not in methods:
                return _not_by_this_method(request, methods)
            if refusal := _refusal(request, action, confirm=confirm):
                return refusal
            try:
                with _looking(request, viewer, _done(request, viewer, action, methods)):
                    return view(request, *args, **kwargs)
            except NotAllowed:
                note_refusal(request, action, *kwargs.values())
                raise NotHere from None
            except (events.LogUnavailable, OperationalError) as error:
                return _try_again(request, error)

        guarded.action = action  # type: ignore[attr-defined]
        guarded.methods = tuple(methods)  # type: ignore[attr-defined]
        guarded.confirm = confirm  # type: ignore[attr-defined]
        return guarded

    return wrap


def _try_again(request: HttpRequest, error: Exception) -> HttpResponse:
    """Nothing was done or shown: the log could not be written, or somebody else holds what the page needs."""
    if isinstance(error, events.LogUnavailable):
        return render(request, "errors/503.html", status=503)
    if not busy.is_wait_over(error):
        raise error
    return busy.answer(request)


def _not_by_this_method(request: HttpRequest, methods: Sequence[str]) -> HttpResponse:
    """A form that came back with its errors stands at an address that only takes forms. Whoever then changes the
    language, reloads or follows a bookmark asks for it by GET, and is led to the page to which it belongs.
    """
    takes_only_forms = "GET" not in methods and request.method in {"GET", "HEAD"}
    return redirect(page_of(request.path)) if takes_only_forms else HttpResponseNotAllowed(methods)


def page_of(address: str) -> str:
    """The nearest address above this one that is a page. Addresses are nouns, so that is where its form stands."""
    steps = address.strip("/").split("/")
    for count in range(len(steps) - 1, 0, -1):
        above = f"/{'/'.join(steps[:count])}/"
        try:
            view = resolve(above).func
        except Resolver404:
            continue
        if "GET" in getattr(view, "methods", ()):
            return above
    return reverse("front")


def _refusal(request: HttpRequest, action: str, *, confirm: bool) -> HttpResponse | None:
    """What is answered instead of the page; None when the page may be shown."""
    if not may(request.viewer, action):  # type: ignore[attr-defined]
        return refuse(request, action)
    if request.method == "POST" and action not in _ALWAYS and session.has_lost_mandate(request):
        return render(request, "errors/mandate_over.html", status=409)
    return ask_to_confirm(request) if confirm and not session.is_confirmed(request) else None


def refuse(request: HttpRequest, action: str = "") -> HttpResponse:
    """A visitor is shown the way to sign in; somebody signed in is told that the room is not theirs, and whoever acts
    for another that the mandate does not cover what they could do for themselves.

    A part of a page that refreshes itself asks the browser to load the whole page, which then shows either.
    """
    is_visitor = request.viewer == VISITOR  # type: ignore[attr-defined]
    if is_visitor and request.method not in {"GET", "HEAD"}:
        return _interrupted(request)
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(status=401, headers={"HX-Refresh": "true"})
    if is_visitor:
        return redirect(f"{reverse('session')}?{urlencode({'next': request.get_full_path()})}")
    is_covered = request.viewer.only is None or not may(replace(request.viewer, only=None), action)  # type: ignore[attr-defined]
    return render(request, "errors/403.html" if is_covered else "errors/not_covered.html", status=403)


def _interrupted(request: HttpRequest) -> HttpResponse:
    """A form met a session that is over: nothing is done, and what was typed waits for whoever had been signed in."""
    is_kept = kept.keep(request)
    onward = reverse("session-kept") if is_kept else request.headers.get("Referer", "")
    address = f"{reverse('session')}?{urlencode({'next': onward})}"
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(status=401, headers={"HX-Redirect": address})
    return render(request, "errors/session_over.html", {"is_kept": is_kept, "onward": address}, status=403)


def ask_to_confirm(request: HttpRequest) -> HttpResponse:
    """Off to show that it is still the same person; then back to the page, or to what they were sending."""
    if request.method in {"GET", "HEAD"}:
        onward = request.get_full_path()
    else:
        onward = reverse("session-kept") if kept.keep(request) else request.headers.get("Referer", "")
    return redirect(f"{reverse('session-confirmation')}?{urlencode({'next': onward})}")


def _done(request: HttpRequest, viewer: Who, action: str, methods: Sequence[str]) -> str:
    """What the log says was done: whoever only opened the form of an act has read, and not yet acted."""
    if "POST" not in methods or request.method == "POST" or not viewer.is_staff:
        return action
    reads = (f"{action.split('.')[0]}.read", "person.read" if "resident_id" in _slots(request) else "case.read")
    return next((read for read in reads if may(viewer, read)), action)


def _slots(request: HttpRequest) -> dict[str, Any]:
    return request.resolver_match.kwargs if request.resolver_match else {}


def _looking(request: HttpRequest, viewer: Who, action: str) -> AbstractContextManager[Any]:
    if viewer == VISITOR:
        return nullcontext()
    return events.looking(viewer, action=action, **_whence(request))


def note_refusal(request: HttpRequest, action: str, *asked: Any) -> None:
    """Somebody signed in asked for what is not theirs: the log knows that they were there. A page that answers others
    of many things says so itself of these.
    """
    viewer: Who = request.viewer  # type: ignore[attr-defined]
    if viewer != VISITOR:
        subject, resident = whose.named(asked)
        events.refused(viewer, action=action, subject=subject, resident=resident, **_whence(request))


def _whence(request: HttpRequest) -> dict[str, str]:
    return {"request": getattr(request, "request_id", ""), "address": request.META.get("REMOTE_ADDR", "")}
