"""Who of the unit is away: marked and ended by the manager, seen by the team on its list."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base.now import now, today
from luotsi.domain.cases import queries as cases
from luotsi.domain.organisation import actions as organisation
from luotsi.domain.organisation import definitions, queries
from luotsi.domain.organisation.rules import NotPossible
from luotsi.rooms.page import page
from luotsi.rooms.team.absenceforms import AbsenceForm


@page("absence.mark", methods=("GET", "HEAD", "POST"))
def absences(request: HttpRequest) -> HttpResponse:
    """Who is away and will be, with how many matters wait for them; a POST marks one more."""
    members = [one for one in queries.members_of(request.viewer.units, on=today()) if _has_matters(one.role)]
    if request.method != "POST":
        return _show(request, members, AbsenceForm(members))
    form = AbsenceForm(members, request.POST)
    if not form.is_valid():
        return _show(request, members, form, status=422)
    told = form.cleaned_data | {"staff": UUID(form.cleaned_data["staff"])}
    told["substitute"] = UUID(told["substitute"]) if told["substitute"] else None
    try:
        organisation.mark_absence(**told, by=request.viewer, at=now())
    except NotPossible as refusal:
        form.refuse(refusal.why)
        return _show(request, members, form, status=422)
    messages.success(request, _("The absence is marked. The team sees it on its list when it begins."))
    return redirect("absences")


@page("absence.mark", methods=("GET", "HEAD", "POST"))
def ending(request: HttpRequest, absence_id: UUID) -> HttpResponse:
    """They are back, or it was a mistake. A plain visit to this address leads to the page."""
    if request.method == "POST":
        organisation.end_absence(absence=absence_id, by=request.viewer, at=now())
        messages.success(request, _("The absence has ended."))
    return redirect("absences")


def _show(request: HttpRequest, members: list[queries.Member], form: AbsenceForm, *, status: int = 200) -> HttpResponse:
    rows = queries.absences_from([one.id for one in members], on=today())
    waiting = cases.count_by_worker(viewer=request.viewer, units=request.viewer.units)
    context: dict[str, Any] = {
        "form": form,
        "lines": [
            {
                "absence": row,
                "is_now": row.begins_on <= today(),
                "waiting": waiting.get(row.staff, 0),
                "list_url": f"{reverse('worklist')}?scope=team&view=all&who={row.staff}",
            }
            for row in rows
        ],
    }
    return render(request, "team/absences.html", context, status=status)


def _has_matters(role: str) -> bool:
    """Whether a role opens records, and so can have matters of its own."""
    return bool(definitions.roles()[role].grounds)
