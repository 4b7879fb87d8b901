"""Closing a case."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.cases import actions as cases
from luotsi.rooms.page import page
from luotsi.rooms.team.casepage import TOO_LATE, done, opened, show, show_changed
from luotsi.rooms.team.desk import unless_changed
from luotsi.rooms.team.forms import ClosureForm


@page("case.close", methods=("GET", "HEAD", "POST"))
@unless_changed(show_changed)
def closure(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Close for a reason; closing twice for the same reason is closing once."""
    found = opened(request, case_id)
    if request.method != "POST":
        return redirect("case", case_id=case_id)
    form = ClosureForm(found.close_reasons, get_language(), request.POST, auto_id="closure_%s")
    if not form.is_valid():
        return show(request, found, status=422, closure_form=form)
    reason = form.cleaned_data["reason"]
    try:
        cases.close(case=case_id, reason=reason, by=request.viewer, at=now())
    except TOO_LATE:
        if opened(request, case_id).close_reason != reason:
            return show_changed(request, case_id)
    return done(request, case_id, _("The matter is closed and no longer on the list."))
