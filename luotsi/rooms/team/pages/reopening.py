"""Undoing a wrong close, within the hour."""

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
from luotsi.rooms.team.tellingforms import ReopeningForm


@page("case.close", methods=("GET", "HEAD", "POST"))
@unless_changed(show_changed)
def reopening(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Undo the close; the close and its undoing stay in the history. A plain visit leads to the case."""
    found = opened(request, case_id)
    if request.method != "POST":
        return redirect("case", case_id=case_id)
    form = ReopeningForm(get_language(), request.POST, auto_id="reopening_%s")
    if not form.is_valid():
        return show(request, found, status=422, reopening_form=form)
    try:
        cases.reopen(case=case_id, reason=form.cleaned_data["reason"], by=request.viewer, at=now())
    except TOO_LATE:
        return show_changed(request, case_id)
    return done(request, case_id, _("The matter is open again. Its time limits run as if it had not been closed."))
