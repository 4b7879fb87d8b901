"""A minor's matter that is theirs alone: kept from guardians by a professional's judgement, and shared again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases.rules import NotPossible
from luotsi.rooms.page import page
from luotsi.rooms.team.accessforms import PrivateForm
from luotsi.rooms.team.casepage import opened, show, show_changed


@page("case.keep_private", methods=("GET", "HEAD", "POST"))
def privacy(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Keep the matter from guardians, or share it again. A plain visit to this address leads to the case."""
    found = opened(request, case_id)
    if request.method != "POST":
        return redirect("case", case_id=case_id)
    if "share" in request.POST:
        cases.share_again(case=case_id, by=request.viewer, at=now())
        messages.success(request, _("Whoever acts for the person sees this matter again."))
        return redirect("case", case_id=case_id)
    form = PrivateForm(request.POST, auto_id="private_%s")
    if not form.is_valid():
        return show(request, found, status=422, private_form=form)
    try:
        cases.keep_private(case=case_id, why=form.cleaned_data["why"], by=request.viewer, at=now())
    except NotPossible:
        return show_changed(request, case_id)
    messages.success(request, _("Kept from guardians. Nothing of this matter is shown to whoever acts for the person."))
    return redirect("case", case_id=case_id)
