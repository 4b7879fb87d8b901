"""A minor's matter that is theirs alone: kept from guardians by a professional's judgement, and shared again."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases.queries import CaseView
from luotsi.domain.cases.rules import NotPossible, can_keep_private
from luotsi.domain.organisation.rules import NotAllowed
from luotsi.rooms.page import page
from luotsi.rooms.team.accessforms import PrivateForm, SharingForm
from luotsi.rooms.team.casepage import can_keep, conflict, done, opened, show, show_changed, steps_of, told
from luotsi.rooms.team.desk import is_changed, refilled, unless_changed, words_typed


@page("case.keep_private", methods=("GET", "HEAD", "POST"))
@unless_changed(show_changed)
def privacy(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Keep the matter from guardians. A plain visit to this address leads to the case."""
    found = opened(request, case_id)
    if request.method != "POST":
        return redirect("case", case_id=case_id)
    form = PrivateForm(request.POST, auto_id="private_%s")
    if not form.is_valid():
        return show(request, found, status=422, private_form=form)
    try:
        cases.keep_private(case=case_id, why=form.cleaned_data["why"], by=request.viewer, at=now())
    except NotPossible:
        return show_changed(request, case_id)
    return done(
        request, case_id, _("Kept from guardians. Nothing of this matter is shown to whoever acts for the person.")
    )


@page("case.keep_private", methods=("GET", "HEAD", "POST"))
def sharing(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Share it with guardians again: what it means and why, then the press. A matter that is not kept leads back."""
    found = opened(request, case_id)
    if not can_keep(found, request.viewer):
        raise NotAllowed("this matter is not theirs to judge")
    if not found.is_private or not can_keep_private(found.age):
        return redirect("case", case_id=case_id)
    if is_changed(request, case_id):
        return _show(request, found, SharingForm(), status=409, **conflict(request, found, words_typed(request)))
    form = SharingForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _show(request, found, form, status=422 if form.is_bound else 200)
    cases.share_again(case=case_id, why=form.cleaned_data["why"], by=request.viewer, at=now())
    return done(request, case_id, _("Whoever acts for the person sees this matter again."))


def _show(request: HttpRequest, case: CaseView, form: SharingForm, *, status: int, **more: Any) -> HttpResponse:
    context = {**told(request, case), **steps_of(request, case), "form": form}
    context |= refilled(request, case, form, "sharing") | more
    return render(request, "team/sharing.html", context, status=status)
