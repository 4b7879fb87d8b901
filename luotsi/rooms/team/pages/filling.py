"""Filling a questionnaire with the resident, and asking them to fill one by themselves, from their matter."""

from datetime import time
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.base.dates import start_of
from luotsi.base.now import now
from luotsi.domain.cases.queries import CaseView
from luotsi.domain.questionnaires import actions
from luotsi.domain.questionnaires.definitions import Questionnaire
from luotsi.domain.questionnaires.queries import own
from luotsi.rooms.filling import flow
from luotsi.rooms.filling.sheets import Kept, Places
from luotsi.rooms.page import page
from luotsi.rooms.team.casepage import opened
from luotsi.rooms.team.fillingforms import InvitationForm
from luotsi.rooms.team.fillingpage import ALONE, fitting, own_forms

LAYOUT = "layouts/staff.html"
_END_OF_DAY = time(23, 59)


@page("questionnaire.fill")
def choice(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The forms that fit the matter, those begun in it, and asking the resident to fill one."""
    case = opened(request, case_id)
    return _choice(request, case, InvitationForm(fitting(case, audiences=ALONE)))


@page("questionnaire.fill", methods=("GET", "HEAD", "POST"))
def beginning(request: HttpRequest, case_id: UUID, key: str) -> HttpResponse:
    """What is asked; begun, the answers are the resident's and belong to the matter."""
    case = opened(request, case_id)
    form = next((one for one in fitting(case) if one.key == key), None)
    if form is None:
        raise Http404
    if request.method != "POST":
        shown = {"form": form, "key": uuid4(), "is_kept": True, **_around(case, form)}
        return render(request, "filling/start.html", shown)
    row = actions.start(
        questionnaire=key, resident=case.person.id, key=_key(request), language=get_language(), by=request.viewer,
        at=now(), register=case.kind.register, subject=case.id, unit=case.unit,
    )  # fmt: skip
    return redirect(flow.first_page(request, _sheet(request, case, row.id), row.at_step))


@page("questionnaire.fill", methods=("GET", "HEAD", "POST"))
def question(request: HttpRequest, case_id: UUID, response_id: UUID, number: int) -> HttpResponse:
    case = opened(request, case_id)
    sheet = _sheet(request, case, response_id)
    return flow.question(request, sheet, number, **_around(case, sheet.form))


@page("questionnaire.fill", methods=("GET", "HEAD", "POST"))
def review(request: HttpRequest, case_id: UUID, response_id: UUID) -> HttpResponse:
    """Look through the answers together, and keep them."""
    case = opened(request, case_id)
    status, was_changed = 200, False
    if request.method == "POST":
        try:
            actions.send(response=response_id, revision=flow.revision_in(request.POST), by=request.viewer, at=now())
        except (actions.Incomplete, actions.Stale) as refusal:
            was_changed = isinstance(refusal, actions.Stale)
            status = 409 if was_changed else 422
        else:
            messages.success(request, _("The answers are kept in the matter."))
            return redirect("case", case_id=case_id)
    sheet = _sheet(request, case, response_id)
    drop = reverse("case-discarding", args=[case_id, response_id])
    told = {"was_changed": was_changed, "drop_url": drop, **_around(case, sheet.form)}
    return flow.review(request, sheet, status=status, **told)


@page("questionnaire.fill", methods=("POST",))
def discarding(request: HttpRequest, case_id: UUID, response_id: UUID) -> HttpResponse:
    """What was begun together is not kept."""
    opened(request, case_id)
    actions.drop(response=response_id, by=request.viewer)
    messages.success(request, _("The answers are not kept."))
    return redirect("case-filling", case_id=case_id)


@page("questionnaire.invite", methods=("POST",))
def invitations(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask the resident to fill a form: they have a message, and find it when they sign in."""
    case = opened(request, case_id)
    form = InvitationForm(fitting(case, audiences=ALONE), request.POST)
    if not form.is_valid():
        return _choice(request, case, form, status=422)
    due = form.cleaned_data["due_on"]
    actions.invite(
        questionnaire=form.cleaned_data["questionnaire"], resident=case.person.id, key=form.cleaned_data["key"],
        by=request.viewer, at=now(), register=case.kind.register, subject=case.id, unit=case.unit,
        due_at=start_of(due, _END_OF_DAY) if due else None, message=form.cleaned_data["message"],
    )  # fmt: skip
    messages.success(request, _("The resident was asked to fill in the form."))
    return redirect("case", case_id=case_id)


def _choice(request: HttpRequest, case: CaseView, form: InvitationForm, *, status: int = 200) -> HttpResponse:
    found = fitting(case)
    own_ones = own_forms(case, found)
    context = {
        "case": case,
        "own_forms": own_ones,
        "forms": [form for form in found if form not in own_ones],
        "begun": own.under_way(viewer=request.viewer, subject=case.id),
        "invitation_form": form,
    }
    return render(request, "team/filling.html", context, status=status)


def _sheet(request: HttpRequest, case: CaseView, response: UUID) -> Kept:
    """The answers under way, if they are this worker's and of this matter."""
    found = own.to_fill(response, viewer=request.viewer)
    if found.subject != case.id:
        raise Http404
    places = Places(
        step=lambda number: reverse("case-question", args=[case.id, response, number]),
        review=reverse("case-review", args=[case.id, response]),
        leave=reverse("case-filling", args=[case.id]),
        file=lambda file: reverse("filled-file", args=[response, file]),
    )
    return Kept(found, places, request.viewer, now())


def _around(case: CaseView, form: Questionnaire) -> dict[str, Any]:
    name = case.person.name
    crumbs = [
        {"label": _("Worklist"), "url": reverse("worklist")},
        {"label": name, "url": reverse("case", args=[case.id])},
        {"label": form.name.in_language(get_language() or "fi"), "url": ""},
    ]
    return {"layout": LAYOUT, "about": name, "crumbs": crumbs}


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()
