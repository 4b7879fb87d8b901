"""Taking a role back, and somebody who goes or is back. One person is enough, and it holds at once."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from luotsi.base.now import now, today
from luotsi.domain.organisation import actions as organisation
from luotsi.domain.organisation import queries
from luotsi.domain.organisation.rules import NotPossible
from luotsi.rooms.oversight import words
from luotsi.rooms.oversight.forms import ReasonForm
from luotsi.rooms.oversight.frame import show
from luotsi.rooms.oversight.lines import line_of
from luotsi.rooms.oversight.pages.assignments import show_refused
from luotsi.rooms.page import page


@page("assignment.end", methods=("GET", "HEAD", "POST"))
def ending(request: HttpRequest, assignment_id: UUID) -> HttpResponse:
    """End a role now, or withdraw a proposal."""
    found = queries.story(viewer=request.viewer, assignment=assignment_id, on=today())
    form = ReasonForm(_("Why it ends"), request.POST or None)
    context = {"it": found, "line": line_of(found.given), "is_waiting": found.given.state == "waiting", "form": form}
    if request.method != "POST":
        return show(request, "ending.html", context) if found.can_end else redirect("worker", staff_id=found.staff)
    if form.is_bound and not form.is_valid():
        return show(request, "ending.html", context, status=422)
    try:
        reason = request.POST.get("reason", "")
        organisation.end_assignment(assignment=assignment_id, by=request.viewer, at=now(), reason=reason)
    except NotPossible as refusal:
        return show_refused(request, assignment_id, refusal)
    told = _("Withdrawn.") if context["is_waiting"] else _("Ended. If this was a mistake, propose it again below.")
    messages.success(request, told)
    return redirect("worker", staff_id=found.staff)


@page("assignment.end", methods=("GET", "HEAD", "POST"))
def departure(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """The worker has left: everything they have ends now."""
    found = queries.worker(viewer=request.viewer, staff=staff_id, on=today())
    if found.left_on:
        return redirect("worker", staff_id=staff_id)
    if request.method != "POST":
        return show(request, "departure.html", {"it": found})
    try:
        organisation.leave(staff=staff_id, by=request.viewer, at=now())
    except NotPossible as refusal:
        return show(request, "departure.html", {"it": found, "refused": words.why_words(refusal.why)}, status=409)
    messages.success(request, _("%(name)s no longer works here and opens nothing any more.") % {"name": found.name})
    return redirect("worker", staff_id=staff_id)


@page("assignment.propose", methods=("GET", "HEAD", "POST"))
def coming_back(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """The worker is back; roles are proposed anew. A plain visit to this address leads to their page."""
    found = queries.worker(viewer=request.viewer, staff=staff_id, on=today())
    if request.method == "POST":
        organisation.return_to_work(staff=staff_id, by=request.viewer, at=now())
        messages.success(request, _("%(name)s works here again. Propose the roles they need.") % {"name": found.name})
    return redirect("worker", staff_id=staff_id)
