"""Giving a role: one person proposes, a second one confirms or declines."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from luotsi.base.now import now, today
from luotsi.domain.organisation import actions as organisation
from luotsi.domain.organisation import definitions, queries
from luotsi.domain.organisation.rules import NotPossible
from luotsi.rooms.oversight.forms import ProposalForm, ReasonForm
from luotsi.rooms.oversight.frame import show
from luotsi.rooms.oversight.pages.assignments import show_assignment, show_refused
from luotsi.rooms.page import page
from luotsi.ui.words import day


@page("assignment.propose", methods=("GET", "HEAD", "POST"), confirm=True)
def proposals(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """Propose a role for this worker. `again` in the address: as that ended one was."""
    found = queries.worker(viewer=request.viewer, staff=staff_id, on=today())
    if request.method != "POST":
        form = ProposalForm(initial=_as_before(found, request.GET.get("again", "")))
        return show(request, "proposal.html", {"worker": found, "form": form})
    form = ProposalForm(request.POST)
    if form.is_valid():
        try:
            organisation.propose_assignment(staff=staff_id, **form.cleaned_data, by=request.viewer, at=now())
        except NotPossible as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Proposed. The role begins to hold when a second person has confirmed it."))
            return redirect("worker", staff_id=staff_id)
    return show(request, "proposal.html", {"worker": found, "form": form}, status=422)


@page("assignment.confirm", methods=("GET", "HEAD", "POST"), confirm=True)
def confirmation(request: HttpRequest, assignment_id: UUID) -> HttpResponse:
    """The second person says yes. A plain visit to this address leads to the assignment."""
    found = queries.story(viewer=request.viewer, assignment=assignment_id, on=today())
    if request.method != "POST":
        return redirect("assignment", assignment_id=assignment_id)
    try:
        organisation.confirm_assignment(assignment=assignment_id, by=request.viewer, at=now())
    except NotPossible as refusal:
        return show_refused(request, assignment_id, refusal)
    told = {"name": found.staff_name, "day": day(max(today(), found.given.valid_from))}
    messages.success(request, _("Confirmed. %(name)s has the role from %(day)s on.") % told)
    return redirect("worker", staff_id=found.staff)


@page("assignment.confirm", methods=("GET", "HEAD", "POST"))
def refusal(request: HttpRequest, assignment_id: UUID) -> HttpResponse:
    """The second person says no. A plain visit to this address leads to the assignment."""
    found = queries.story(viewer=request.viewer, assignment=assignment_id, on=today())
    if request.method != "POST":
        return redirect("assignment", assignment_id=assignment_id)
    form = ReasonForm(_("Why you decline"), request.POST)
    if not form.is_valid():
        return show_assignment(request, found, form=form, status=422)
    try:
        reason = form.cleaned_data["reason"]
        organisation.decline_assignment(assignment=assignment_id, by=request.viewer, at=now(), reason=reason)
    except NotPossible as refused:
        return show_refused(request, assignment_id, refused)
    messages.success(request, _("Declined. %(name)s does not get the role.") % {"name": found.staff_name})
    return redirect("worker", staff_id=found.staff)


def _as_before(found: queries.Worker, again: str) -> dict[str, Any]:
    """The first values of the form: from today, or as the ended assignment was."""
    before = next((one for one in (*found.earlier, *found.now) if str(one.given.id) == again), None)
    if before is None:
        return {"valid_from": today()}
    longest = today() + timedelta(days=definitions.county().grants.longest_days)
    last = before.given.valid_to
    return {
        "role": before.given.role,
        "unit": before.given.unit,
        "valid_from": max(today(), before.given.valid_from),
        "valid_to": last if last and today() <= last <= longest else None,
        "reason": before.reason,
    }
