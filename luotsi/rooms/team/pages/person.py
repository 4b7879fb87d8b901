"""One person: who they are, what of them is open to the worker and why, and what the law hides."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.people import actions as people
from luotsi.domain.people import queries
from luotsi.rooms import session
from luotsi.rooms.page import ask_to_confirm, page
from luotsi.rooms.team.personpage import opened, opened_to_change, show

CONTACT_POINTS = ("phone", "mail")


@page("person.read")
def person(request: HttpRequest, resident_id: UUID) -> HttpResponse:
    """The person's page. A record that was joined into another leads there."""
    found = opened(request, resident_id)
    return redirect("person", found.id) if found.id != resident_id else show(request, found)


@page("identity_code.read", methods=("GET", "HEAD", "POST"), confirm=True)
def identity_code(request: HttpRequest, resident_id: UUID) -> HttpResponse:
    """The page with the whole code, which is written in the log. A plain visit to this address leads to the page."""
    found = opened(request, resident_id)
    if request.method != "POST":
        return redirect("person", found.id)
    return show(request, found, code=queries.show_identity_code(found.id, viewer=request.viewer))


@page("person.read", methods=("GET", "HEAD", "POST"), confirm=True)
def contact_data(request: HttpRequest, resident_id: UUID) -> HttpResponse:
    """The page with the contact data that a protection order hides. A plain visit to this address leads to the page."""
    found = opened(request, resident_id)
    if request.method != "POST":
        return redirect("person", found.id)
    place = queries.show_place(found.id, viewer=request.viewer)
    return show(request, place, is_shown=True, is_hidden=False)


@page("person.register", methods=("GET", "HEAD", "POST"))
def verification(request: HttpRequest, resident_id: UUID) -> HttpResponse:
    """The worker has checked in person that a number or address is theirs. One that changed meanwhile is not.

    Whether a guess is right tells what a protection order hides, so that it asks who one is first.
    """
    found = opened_to_change(request, resident_id)
    if request.method != "POST":
        return redirect("person", found.id)
    if queries.hides_place(found, request.viewer) and not session.is_confirmed(request):
        return ask_to_confirm(request)
    kind = request.POST.get("kind", "")
    if kind not in CONTACT_POINTS:
        return render(request, "errors/400.html", status=400)
    seen, known = request.POST.get("seen", ""), getattr(queries.show_place(found.id, viewer=request.viewer), kind)
    if not seen or seen != known:
        return show(request, found, status=409, is_changed=True)
    people.vouch_for_contact(resident=found.id, kind=kind, by=request.viewer, at=now())
    messages.success(request, _("Written down: you have checked it."))
    return redirect("person", found.id)
