"""Judging the need. The judgement starts the care guarantee's clock, or closes the matter with advice."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases.queries import CaseView
from luotsi.rooms.page import page
from luotsi.rooms.team.casepage import TOO_LATE, done, opened, show, show_changed
from luotsi.rooms.team.forms import AssessmentForm
from luotsi.ui.words import day


@page("case.assess", methods=("GET", "HEAD", "POST"))
def assessments(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Save a judgement. A plain visit to this address leads to the case."""
    found = opened(request, case_id)
    if request.method != "POST":
        return redirect("case", case_id=case_id)
    form = AssessmentForm(found.kind, get_language(), request.POST, auto_id="assess_%s")
    if not form.is_valid():
        return show(request, found, status=422, assess_form=form)
    try:
        cases.assess(case=case_id, by=request.viewer, at=now(), **form.cleaned_data)
    except TOO_LATE:
        return show_changed(request, case_id, form)
    return done(request, case_id, _what_happened(opened(request, case_id), form.cleaned_data["outcome"]))


def _what_happened(case: CaseView, outcome: str) -> str:
    """The decision, the legal date it brought, and what comes next."""
    effect = case.kind.outcome(outcome).effect
    if effect == "answer":
        return _("The answer is saved and the matter is closed. The resident gets a message and reads it.")
    if effect == "advice":
        return _("The judgement is saved and the matter is closed. The resident gets a message.")
    if effect == "urgent":
        return _("The judgement is saved: urgent. Next: care for the person today and record the visit.")
    due = case.care_due.due if case.care_due else None
    if due is None:
        return _("The judgement is saved. Next: offer a time.")
    return _("The judgement is saved. Care at the latest %(day)s. Next: offer a time.") % {"day": day(due)}
