"""One consultation time: every question that is read at it, one under another, and an answer to each."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases.actions import referrals as threads
from luotsi.domain.cases.queries.consultations import TimeView, read_time
from luotsi.domain.cases.queries.desk import drafts_of_thread
from luotsi.domain.cases.queries.threads import ReferralView
from luotsi.domain.cases.rules import NotPossible
from luotsi.rooms.page import page
from luotsi.rooms.team.referralforms import StepForm
from luotsi.rooms.team.referralpage import about, is_changed, restored, thread_of


@page("referral.read")
def consultation_time(request: HttpRequest, slot_id: UUID) -> HttpResponse:
    return _show(request, read_time(slot_id, viewer=request.viewer))


@page("referral.write", methods=("GET", "HEAD", "POST"))
def answers(request: HttpRequest, slot_id: UUID, referral_id: UUID) -> HttpResponse:
    """Answer one question, and go on to the next one. A plain visit to this address leads to the time."""
    found = read_time(slot_id, viewer=request.viewer)
    asked = next((one for one in found.questions if one.id == referral_id), None)
    if request.method != "POST" or asked is None:
        return redirect("consultation-time", slot_id=slot_id)
    form = _form(asked, request.POST)
    if not form.is_valid():
        return _show(request, found, status=422, bound={referral_id: form})
    try:
        _check_unchanged(request, asked)
        threads.answer(referral=referral_id, by=request.viewer, at=now(), **form.told)
    except NotPossible:
        return _show(request, read_time(slot_id, viewer=request.viewer), status=409, lost=_lost(asked, form))
    cases.forget_thread_draft(referral=referral_id, step="answered", by=request.viewer)
    messages.success(request, _("Answered. The sender sees it; the care stays with them."))
    return redirect(reverse("consultation-time", args=[slot_id]) + _next_after(found, referral_id))


def _check_unchanged(request: HttpRequest, asked: ReferralView) -> None:
    """Raises NotPossible: somebody wrote in the thread after the page was made."""
    if is_changed(request, asked):
        raise NotPossible("somebody has written in the thread meanwhile")


def _lost(asked: ReferralView, form: StepForm) -> dict[str, Any]:
    return {"id": asked.id, "name": asked.person.name, "text": form.cleaned_data["note"]}


def _next_after(found: TimeView, answered: UUID) -> str:
    """The place of the next question that waits, those after this one first; "" when none is left."""
    order = [one.id for one in found.questions]
    waiting = [one.id for one in found.unanswered if one.id != answered]
    later = [one for one in waiting if order.index(one) > order.index(answered)]
    return f"#question-{(later or waiting)[0]}" if waiting else ""


def _form(asked: ReferralView, data: Any = None) -> StepForm:
    return StepForm("answered", asked.row.route, get_language() or "fi", data, auto_id=f"{asked.id}_%s")


def _begun(request: HttpRequest, asked: ReferralView) -> StepForm:
    """An empty form, or one with what was half written."""
    return restored(_form(asked), drafts_of_thread(asked.id, viewer=request.viewer))


def _show(request: HttpRequest, found: TimeView, *, status: int = 200, bound: Any = None, **more: Any) -> HttpResponse:
    waiting = {one.id for one in found.unanswered}
    questions = [
        {
            **thread_of(one),
            "person": one.person,
            "about": about(one),
            "shorter": [entry.note for entry in one.entries if entry.slot and entry.slot.id == found.slot.id][-1:],
            "form": (bound or {}).get(one.id) or _begun(request, one),
            "is_waiting": one.id in waiting,
        }
        for one in found.questions
    ]
    context = {"time": found.slot, "questions": questions, "left": len(waiting), **more}
    return render(request, "team/consultation_time.html", context, status=status)
