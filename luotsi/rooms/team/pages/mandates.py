"""Who may act for a person: recording it, and ending it. Both work at the next press of whoever acts."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.people import actions as people
from luotsi.domain.people import queries
from luotsi.domain.people.queries import Person
from luotsi.domain.people.rules import NotPossible
from luotsi.rooms.page import page
from luotsi.rooms.team import findings
from luotsi.rooms.team.findings import as_handle
from luotsi.rooms.team.mandateform import MandateForm
from luotsi.rooms.team.personpage import about, mandate_lines, opened_to_change


@page("mandate.record", methods=("GET", "HEAD", "POST"))
def mandates(request: HttpRequest, resident_id: UUID) -> HttpResponse:
    """Record that somebody may act for the person: first the form, then both names to be read, then the press.

    The one who acts is found by their identity code.
    """
    person = opened_to_change(request, resident_id)
    form = MandateForm(_sent(request), person=person)
    if not form.is_valid() or "back" in request.POST:
        return _show(request, person, form)
    agent = _agent(request, person, form)
    if agent is None:
        return _show(request, person, form)
    if "confirmed" not in request.POST:
        return _ask(request, person, form, agent)
    try:
        people.give_mandate(principal=person.id, agent=agent, by=request.viewer, at=now(), **form.said())
    except NotPossible:
        form.add_error(None, _("You cannot record this: it is a right of your own, or it would end before it begins."))
        return _show(request, person, form)
    messages.success(request, _("Recorded. They can act for the person from the first day on."))
    return redirect("person", person.id)


@page("mandate.record", methods=("GET", "HEAD", "POST"))
def ending(request: HttpRequest, resident_id: UUID, mandate_id: UUID) -> HttpResponse:
    """First what it means, then the press."""
    person = opened_to_change(request, resident_id)
    line = next((one for one in mandate_lines(request, person) if one["mandate"].id == mandate_id), None)
    if line is None:
        raise Http404
    if request.method == "POST":
        people.revoke_mandate(mandate=mandate_id, by=request.viewer, at=now())
        messages.success(request, _("Ended. They can no longer act for the person."))
    if request.method == "POST" or line["mandate"].revoked_at:
        return redirect("person", person.id)
    return render(request, "team/mandate_ending.html", {**about(request, person), "line": line})


def _sent(request: HttpRequest) -> QueryDict | None:
    """What was sent. The step that asks for a yes holds the code under a handle, so that it stands in no page."""
    if request.method != "POST":
        return None
    sent = request.POST.copy()
    handle = as_handle(sent.get("handle", ""))
    if handle:
        sent["agent"] = findings.code_of(request, handle)
    return sent


def _agent(request: HttpRequest, person: Person, form: MandateForm) -> UUID | None:
    """The one who acts; None when the form says why not."""
    code = form.cleaned_data["agent"]
    agent = queries.find_by_code(code, viewer=request.viewer)
    if agent is None:
        form.add_error("agent", _("Nobody with this code is registered with us. Search and register them first."))
    elif agent.id == person.id:
        form.add_error("agent", _("This is the person's own code. Nobody needs a right to act for themselves."))
    elif too_young := form.too_young(queries.born_of_agent(agent.id, viewer=request.viewer)):
        form.add_error(*too_young)
    else:
        return agent.id
    return None


def _ask(request: HttpRequest, person: Person, form: MandateForm, agent: UUID) -> HttpResponse:
    """Who will act for whom, by name, before anything is kept."""
    context = {
        **about(request, person),
        "agent_name": queries.name_of_agent(agent, viewer=request.viewer),
        "told": form.told(),
        "hidden": [form[name].as_hidden() for name in form.fields if name != "agent"],
        "handle": findings.keep(request, code=form.cleaned_data["agent"]),
    }
    return render(request, "team/mandate_confirmation.html", context)


def _show(request: HttpRequest, person: Person, form: Any) -> HttpResponse:
    context = {**about(request, person), "form": form, "mandates": mandate_lines(request, person)}
    return render(request, "team/mandates.html", context, status=422 if form.errors else 200)
