"""What an open page of a case says by itself: that somebody is here, and what they have typed so far."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases import queries
from luotsi.domain.cases.actions.desk import TooMuch
from luotsi.domain.cases.rules.referral import STEPS
from luotsi.rooms.page import page
from luotsi.rooms.team import desk


@page("case.read", methods=("GET", "HEAD", "POST"))
def presence(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The page is open, or with `left` no longer; answers who else has the case open. It shows nothing of the resident,
    so nothing of it stands in the log.
    """
    if request.method != "POST":
        return redirect("case", case_id=case_id)
    if "left" in request.POST:
        cases.leave_case(case=case_id, by=request.viewer)
        return HttpResponse(status=204)
    cases.stay_on_case(case=case_id, by=request.viewer, at=now())
    names = queries.others_on(case_id, viewer=request.viewer, at=now())
    return render(request, "team/_present.html", {"present": names})


@page("case.read", methods=("GET", "HEAD", "POST"))
def draft(request: HttpRequest, case_id: UUID, form: str) -> HttpResponse:
    """Keep what is typed so far. By htmx the answer is the one line that says so; by a button, the form again."""
    if request.method != "POST":
        return redirect("case", case_id=case_id)
    if "discard" in request.POST:
        cases.forget_draft(case=case_id, form=form, by=request.viewer)
    keep = partial(cases.keep_draft, case=case_id, form=form)
    return _kept(request, keep, desk.page_of(request, case_id, form))


@page("referral.write", methods=("GET", "HEAD", "POST"))
def thread_draft(request: HttpRequest, referral_id: UUID, step: str) -> HttpResponse:
    """The same for a step of a thread between professions."""
    if request.method != "POST" or step not in STEPS:
        return redirect("referral", referral_id=referral_id)
    if "discard" in request.POST:
        cases.forget_thread_draft(referral=referral_id, step=step, by=request.viewer)
    keep = partial(cases.keep_thread_draft, referral=referral_id, step=step)
    return _kept(request, keep, reverse("referral", args=[referral_id]))


def _kept(request: HttpRequest, keep: Callable[..., None], form: str) -> HttpResponse:
    """Keep it, unless it was thrown away. `form` is the address of the page on which it stands."""
    if "discard" in request.POST:
        messages.info(request, _("The draft was thrown away."))
        return redirect(form)
    try:
        keep(fields=desk.typed(request), by=request.viewer, at=now())
    except TooMuch:
        return render(request, "team/_draft_saved.html", {"is_too_long": True}, status=422)
    if request.htmx:
        return render(request, "team/_draft_saved.html", {"saved_at": now()})
    messages.success(request, _("Saved as a draft. Only you see it, and nothing is sent."))
    return redirect(form)
