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
from luotsi.rooms.page import page

BACK = timedelta(days=365)


@page("oversight.read")
def emergencies(request: HttpRequest) -> HttpResponse:
    """Those of the last year, the ones not judged yet first."""
    rows = queries.emergencies(viewer=request.viewer, since=now() - BACK)
    waiting = [row for row in rows if not row.verdict]
    judged = [row for row in rows if row.verdict]
    return show(request, "emergencies.html", {"waiting": waiting, "judged": judged}, part="emergencies")


@page("oversight.read", methods=("POST",))
def verdict(request: HttpRequest, relationship_id: UUID) -> HttpResponse:
    """Judge one. A later judgement stands instead of an earlier one."""
    said = request.POST.get("verdict", "")
    try:
        actions.check_emergency(relationship=relationship_id, verdict=said, by=request.viewer, at=now())
    except actions.NoSuchRelationship:
        raise Http404 from None
    except ValueError:
        messages.warning(request, _("Choose whether it was justified."))
    else:
        messages.success(request, _("Your judgement is kept. You can change it here."))
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
