"""Writing down that a child or a guardian was told of the matter."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases.rules import WrongTime
from luotsi.rooms.page import page
from luotsi.rooms.team.casepage import TOO_LATE, done, opened, show, show_changed
from luotsi.rooms.team.desk import unless_changed
from luotsi.rooms.team.moments import WRONG_TIMES
from luotsi.rooms.team.tellingforms import TellingForm


@page("party.tell", methods=("GET", "HEAD", "POST"))
@unless_changed(show_changed)
def tellings(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Save who was told. A plain visit to this address leads to the case."""
    found = opened(request, case_id)
    if request.method != "POST":
        return redirect("case", case_id=case_id)
    form = TellingForm(found.kind, get_language(), request.POST, auto_id="telling_%s")
    if not form.is_valid():
        return show(request, found, status=422, telling_form=form)
    try:
        cases.tell(case=case_id, by=request.viewer, at=now(), **form.cleaned_data)
    except WrongTime as wrong:
        form.add_error("when", WRONG_TIMES[wrong.why])
        return show(request, found, status=422, telling_form=form)
    except TOO_LATE:
        return show_changed(request, case_id, form)
    return done(request, case_id, _("It is written down who was told."))
