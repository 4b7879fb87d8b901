"""Changing what is known of a person: contact data, a protection order, a death."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.people import actions as people
from luotsi.domain.people import queries
from luotsi.domain.people.queries import Person
from luotsi.rooms import session
from luotsi.rooms.page import ask_to_confirm, page
from luotsi.rooms.team.personforms import BirthForm, DeathForm, DetailsForm, ProtectionForm
from luotsi.rooms.team.personpage import about, opened_to_change


@page("person.register", methods=("GET", "HEAD", "POST"))
def details(request: HttpRequest, resident_id: UUID) -> HttpResponse:
    """Contact points, address, municipality and language. A new number or address is not verified.

    Whoever guesses must not learn from the answer what a protection order hides, so it asks who one is first.
    """
    found = opened_to_change(request, resident_id)
    is_hidden = queries.hides_place(found, request.viewer)
    if is_hidden and not session.is_confirmed(request):
        return ask_to_confirm(request)
    form = DetailsForm(_sent(request), person=found, is_hidden=is_hidden)
    if not form.is_valid():
        return _show(request, "details", found, form)
    changed = people.change_details(resident=found.id, by=request.viewer, at=now(), **form.said())
    messages.success(request, _("The details are saved.") if changed or is_hidden else _("Nothing had changed."))
    return redirect("person", found.id)


@page("person.register", methods=("GET", "HEAD", "POST"))
def protection(request: HttpRequest, resident_id: UUID) -> HttpResponse:
    """Record a protection order, or lift it. Both hold at once."""
    found = opened_to_change(request, resident_id)
    form = ProtectionForm(_sent(request))
    if not form.is_valid():
        return _show(request, "protection", found, form)
    is_on = "lift" not in request.POST
    if not is_on and not session.is_confirmed(request):
        return ask_to_confirm(request)
    people.set_protection(resident=found.id, is_on=is_on, until=form.cleaned_data["until"], by=request.viewer, at=now())
    told = _("The protection order is recorded. Where the person can be found is hidden everywhere from now on.")
    messages.success(request, told if is_on else _("The protection order is lifted."))
    return redirect("person", found.id)


@page("person.register", methods=("GET", "HEAD", "POST"))
def death(request: HttpRequest, resident_id: UUID) -> HttpResponse:
    """Record a death, or take it back when it was a mistake."""
    found = opened_to_change(request, resident_id)
    sent = _sent(request)
    form = DeathForm(sent, born=found.birth_date)
    is_undone = sent is not None and "undo" in sent
    if not is_undone and not form.is_valid():
        return _show(request, "death", found, form)
    died_on = None if is_undone else form.cleaned_data["died_on"]
    people.record_death(resident=found.id, died_on=died_on, by=request.viewer, at=now())
    messages.success(request, _("Taken back: the person is alive.") if is_undone else _("The death is recorded."))
    return redirect("person", found.id)


@page("person.register", methods=("GET", "HEAD", "POST"))
def birth(request: HttpRequest, resident_id: UUID) -> HttpResponse:
    """Record when somebody was born who was registered without it, or mend what was recorded."""
    found = opened_to_change(request, resident_id)
    if not queries.is_date_open(found.id):
        raise Http404
    form = BirthForm(_sent(request), person=found)
    if not form.is_valid():
        return _show(request, "birth", found, form)
    born = form.cleaned_data["birth_date"]
    is_new = people.record_birth_date(resident=found.id, birth_date=born, by=request.viewer, at=now())
    told = _("The birth date is recorded. The time limits of the person's matters are counted anew.")
    messages.success(request, told if is_new else _("Nothing had changed."))
    return redirect("person", found.id)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _show(request: HttpRequest, what: str, person: Person, form: Any) -> HttpResponse:
    context = {**about(request, person), "form": form}
    return render(request, f"team/{what}.html", context, status=422 if form.is_bound else 200)
