"""Consents and refusals: what each is for, what I have said, and changing it in one press."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.people import actions as people
from luotsi.domain.people import queries
from luotsi.domain.people.definitions import consent_purposes
from luotsi.rooms.page import page

ANSWERS = ("yes", "no", "")


@page("consent.change")
def consents(request: HttpRequest) -> HttpResponse:
    """Every purpose with my word on it. After a change, its undoing stands on top."""
    found = queries.consents_of(request.viewer.whose, viewer=request.viewer)
    changed = next((one for one in found if one.purpose.key == request.GET.get("changed")), None)
    before = request.GET.get("before", "")
    is_undoable = changed is not None and before in ANSWERS and changed.answer != before
    context = {"consents": found, "changed": changed if is_undoable else None, "before": before}
    return render(request, "resident/consents.html", context)


@page("consent.change", methods=("POST",))
def consent(request: HttpRequest, purpose: str) -> HttpResponse:
    """Say yes or no to one purpose, or take back what was said."""
    if purpose not in consent_purposes():
        raise Http404
    answer = request.POST.get("answer")
    if answer not in ANSWERS:
        return render(request, "errors/400.html", status=400)
    viewer = request.viewer
    before = next(one for one in queries.consents_of(viewer.whose, viewer=viewer) if one.purpose.key == purpose).answer
    told = {"resident": viewer.whose, "purpose": purpose, "by": viewer, "at": now()}
    if answer:
        people.give_consent(**told, is_refusal=answer == "no")
    else:
        people.withdraw_consent(**told)
    if "undo" in request.POST:
        messages.success(request, _("It is as it was."))
        return redirect("consents")
    return redirect(f"{reverse('consents')}?{urlencode({'changed': purpose, 'before': before})}")
