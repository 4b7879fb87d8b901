"""Recording a held visit: by the booked time, or without one."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.cases import actions as cases
from luotsi.rooms.page import page
from luotsi.rooms.team.casepage import TOO_LATE, done, opened, show, show_changed
from luotsi.rooms.team.desk import unless_changed
from luotsi.rooms.team.forms import VisitForm


@page("visit.record", methods=("GET", "HEAD", "POST"))
@unless_changed(show_changed)
def visits(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Save a visit. A plain visit to this address leads to the case."""
    found = opened(request, case_id)
    if request.method != "POST":
        return redirect("case", case_id=case_id)
    form = VisitForm(request.POST, auto_id="visit_%s")
    if not form.is_valid():
        return show(request, found, status=422, visit_form=form)
    given = form.cleaned_data
    try:
        cases.record_visit(
            case=case_id, note=given["note"], booking=given["booking"], key=given["key"], by=request.viewer, at=now()
        )
    except TOO_LATE:
        return show_changed(request, case_id, form)
    return done(request, case_id, _("The visit is recorded. Next: close the matter, or offer another time."))
