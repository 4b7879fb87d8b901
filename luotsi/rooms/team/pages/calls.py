"""The call list, and keeping what came of each call."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases.definitions.contacts import call_outcomes
from luotsi.domain.cases.queries.calls import call_list, waiting_now
from luotsi.domain.cases.rules.contact import BadContact
from luotsi.rooms.page import page
from luotsi.rooms.team import contactpage
from luotsi.rooms.team.casepage import opened, show, show_changed
from luotsi.rooms.team.contactcalls import CallForm, call_lines, outcome_choices, seen
from luotsi.rooms.team.desk import is_changed


@page("call.record")
def calls(request: HttpRequest) -> HttpResponse:
    """Who waits for a call in the worker's units.

    A page that is open asks by htmx whether the list changed, and is told in one line: what is being written down is
    not swept away.
    """
    if request.htmx:
        is_same = request.headers.get("X-Seen") == seen(waiting_now(viewer=request.viewer, units=request.viewer.units))
        return HttpResponse(status=204) if is_same else render(request, "team/calls.html#news")
    waiting = call_list(viewer=request.viewer, units=request.viewer.units, at=now())
    context = {
        "lines": call_lines(waiting, request.viewer),
        "call_outcomes": outcome_choices(),
        "seen": seen({(one.contact, len(one.calls)) for one in waiting}),
    }
    return render(request, "team/calls.html", context)


@page("call.record", methods=("GET", "HEAD", "POST"))
def attempts(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Keep what came of a call. A plain visit to this address leads to the case."""
    found = opened(request, case_id)
    if request.method != "POST":
        return redirect("case", case_id)
    form = CallForm(request.POST)
    if is_changed(request, case_id):
        return show_changed(request, case_id, form)
    if not form.is_valid():
        return show(request, found, status=422, call_form=form)
    try:
        cases.record_call(case=case_id, by=request.viewer, at=now(), **form.cleaned_data)
    except BadContact as refusal:
        if refusal.why == "is_closed":
            return show_changed(request, case_id, form)
        form.add_error(None, contactpage.refusal_words(refusal))
        return show(request, found, status=422, call_form=form)
    messages.success(request, _what_happened(form.cleaned_data["outcome"]))
    is_from_list = request.POST.get("then") == "calls"
    return redirect("calls") if is_from_list else redirect(f"{reverse('case', args=[case_id])}#contact")


def _what_happened(outcome: str) -> str:
    known = call_outcomes()[outcome]
    told = {"outcome": known.name.in_language(get_language() or "fi").lower()}
    if known.ends_duty:
        return _("The call is kept: %(outcome)s. Next: judge the need today.") % told
    return _("The call is kept: %(outcome)s. The person stays on the call list.") % told
