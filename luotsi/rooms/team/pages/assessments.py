"""Judging a matter, stage by stage. The judgement starts the care guarantee's clock, or closes the matter."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases.definitions import Stage
from luotsi.domain.cases.queries import CaseView
from luotsi.domain.cases.rules import WrongTime
from luotsi.rooms.page import page
from luotsi.rooms.team.casepage import TOO_LATE, conflict, done, opened, show, show_changed, told
from luotsi.rooms.team.desk import is_changed, refilled, unless_changed, words_typed
from luotsi.rooms.team.moments import WRONG_TIMES
from luotsi.rooms.team.sheet import AssessmentForm, sheet_of
from luotsi.rooms.team.stagepage import saved_words
from luotsi.ui.words import day


@page("case.assess", methods=("GET", "HEAD", "POST"))
@unless_changed(show_changed)
def assessments(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Save the judgement of the stage whose turn it is. A plain visit to this address leads to the case."""
    found = opened(request, case_id)
    if request.method != "POST":
        return redirect("case", case_id=case_id)
    form = sheet_of(found, get_language(), request.POST)
    return _saved(request, found, form) or show(request, found, status=422, assess_form=form)


@page("case.assess", methods=("GET", "HEAD", "POST"))
def stage(request: HttpRequest, case_id: UUID, key: str) -> HttpResponse:
    """A stage that is judged although it is another one's turn: anew, or for a contact that joined."""
    found = opened(request, case_id)
    wanted = next((one for one in found.kind.open_stages(found.stages_done) if one.key == key), None)
    if wanted is None:
        raise Http404
    if "assess" not in found.steps:
        return redirect("case", case_id=case_id)
    if is_changed(request, case_id):
        return _show_stage(request, found, wanted, status=409, **conflict(request, found, words_typed(request)))
    if request.method != "POST":
        return _show_stage(request, found, wanted)
    form = sheet_of(found, get_language(), request.POST, stage=wanted)
    return _saved(request, found, form) or _show_stage(request, found, wanted, form, status=422)


def _show_stage(
    request: HttpRequest, case: CaseView, stage: Stage, form: AssessmentForm | None = None, *, status: int = 200,
    **more: Any,
) -> HttpResponse:  # fmt: skip
    form = form or sheet_of(case, get_language(), stage=stage)
    context = {**told(request, case), "stage": stage, "assess_form": form, **refilled(request, case, form, form.draft)}
    return render(request, "team/stage.html", context | more, status=status)


def _saved(request: HttpRequest, case: CaseView, form: AssessmentForm) -> HttpResponse | None:
    """Save the sheet; None when it has to be mended first."""
    if not form.is_valid():
        return None
    try:
        cases.assess(case=case.id, by=request.viewer, at=now(), **form.judged)
    except WrongTime as wrong:
        form.add_error("when", WRONG_TIMES[wrong.why])
        return None
    except TOO_LATE:
        return show_changed(request, case.id, form)
    return done(request, case.id, _what_happened(opened(request, case.id), form.cleaned_data["outcome"]))


def _what_happened(case: CaseView, outcome: str) -> str:
    """The decision, the legal date it brought, and what comes next."""
    decision = case.kind.outcome(outcome)
    if decision.effect == "answer":
        return _("The answer is saved and the matter is closed. The resident gets a message and reads it.")
    if decision.effect == "advice" and not case.kind.is_staged:
        return _("The judgement is saved and the matter is closed. The resident gets a message.")
    if decision.effect == "urgent":
        return _("The judgement is saved: urgent. Next: care for the person today and record the visit.")
    if decision.effect != "care_needed":
        return saved_words(case, decision)
    due = case.care_due.due if case.care_due else None
    if due is None:
        return _("The judgement is saved. Next: offer a time.")
    return _("The judgement is saved. Care at the latest %(day)s. Next: offer a time.") % {"day": day(due)}
