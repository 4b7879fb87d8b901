"""Emergency accesses, each judged by the privacy officer; and legal holds."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.people import actions, queries
from luotsi.rooms.oversight.frame import show
from luotsi.rooms.oversight.holdform import HoldForm
from luotsi.rooms.oversight.verdictform import VerdictForm
from luotsi.rooms.page import page

BACK = timedelta(days=365)


@page("oversight.read")
def emergencies(request: HttpRequest) -> HttpResponse:
    """Those of the last year, the ones not judged yet first."""
    rows = queries.emergencies(viewer=request.viewer, since=now() - BACK)
    waiting = [row for row in rows if not row.verdict]
    judged = [row for row in rows if row.verdict]
    return show(request, "emergencies.html", {"waiting": waiting, "judged": judged}, part="emergencies")


@page("oversight.read", methods=("GET", "HEAD", "POST"))
def verdict(request: HttpRequest, relationship_id: UUID) -> HttpResponse:
    """Judge one: justified at a press, not justified with the reason and after what follows from it was said.

    A later judgement stands instead of an earlier one.
    """
    row = queries.emergency(relationship_id, viewer=request.viewer)
    if row is None:
        raise Http404
    said = request.POST.get("verdict", "")
    form = VerdictForm(request.POST if said == "not_justified" else None)
    if said != "justified" and not form.is_valid():
        context = {"row": row, "form": form, "is_running": row.ends_at > now()}
        return show(request, "verdict.html", context, part="emergencies", status=422 if request.POST else 200)
    why = "" if said == "justified" else form.cleaned_data["why"]
    actions.check_emergency(relationship=relationship_id, verdict=said, why=why, by=request.viewer, at=now())
    told = _("Your judgement is kept, and the person is told. If the access was open, it is closed now.")
    messages.success(request, told if why else _("Your judgement is kept. You can change it here."))
    return redirect("emergencies")


@page("hold.set", methods=("GET", "HEAD", "POST"), confirm=True)
def holds(request: HttpRequest) -> HttpResponse:
    """Residents of whom nothing is erased; a POST sets a new hold."""
    form = HoldForm(request.viewer, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.set_hold(resident=form.resident, reason=form.cleaned_data["reason"], by=request.viewer, at=now())
        messages.success(request, _("Nothing of this person is erased until the hold is lifted."))
        return redirect("holds")
    status = 422 if form.errors else 200
    return show(
        request, "holds.html", {"rows": queries.holds(viewer=request.viewer), "form": form}, part="holds", status=status
    )


@page("hold.set", methods=("POST",), confirm=True)
def lifting(request: HttpRequest, resident_id: UUID) -> HttpResponse:
    """Lift a hold; setting it again undoes this."""
    actions.lift_hold(resident=resident_id, by=request.viewer, at=now())
    messages.success(request, _("The hold is lifted. Set it again to undo this."))
    return redirect("holds")
