"""Taking matters and handing them over, one or many at once: one sending, and one sentence on what became of each."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.base.now import now
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases.actions import HandedOver
from luotsi.rooms.page import note_refusal, page
from luotsi.rooms.team import handpage
from luotsi.rooms.team.lines import marked
from luotsi.rooms.team.listforms import HandoverForm

MOST = 500  # in one sending


@page("case.hand_over", methods=("GET", "HEAD", "POST"))
def handovers(request: HttpRequest) -> HttpResponse:
    """`take` and `give` name one matter, or "chosen" for those that are ticked; `to` says to whom they go."""
    if request.method != "POST":
        return redirect("worklist")
    chosen = _chosen(request)
    if not chosen:
        messages.info(request, _("No matter was chosen. Tick those that you mean."))
        return redirect("worklist")
    if "take" in request.POST:
        done = cases.hand_over_many(cases=chosen, to=request.viewer.id, by=request.viewer, at=now())
        return _answer(request, chosen, done, _taken(len(done.done)))
    form = handpage.form_for(request, chosen, request.POST if "to" in request.POST else None)
    if not form.is_valid():
        return _ask(request, chosen, form)
    to, unit = form.receiver
    note = form.cleaned_data["note"]
    receiver = UUID(to) if to else None
    done = cases.hand_over_many(cases=chosen, to=receiver, unit=unit, note=note, by=request.viewer, at=now())
    return _answer(request, chosen, done, _given(len(done.done)))


def _chosen(request: HttpRequest) -> dict[UUID, UUID | None]:
    if whose := request.POST.get("of", ""):
        return handpage.all_of(request, whose)
    named = request.POST.get("take") or request.POST.get("give") or "chosen"
    marks = request.POST.getlist("chosen") if named == "chosen" else [named]
    return marked(marks[:MOST])


def _ask(request: HttpRequest, chosen: dict[UUID, UUID | None], form: HandoverForm) -> HttpResponse:
    context = {
        "form": form,
        "lines": handpage.lines_of(request, chosen),
        "from_case": request.POST.get("from_case", ""),
    }
    return render(request, "team/handover.html", context, status=422 if form.is_bound else 200)


def _answer(request: HttpRequest, chosen: dict[UUID, UUID | None], done: HandedOver, sentence: str) -> HttpResponse:
    """Back to where the worker was; when some could not go, which and why is said first."""
    if done.stayed:
        for case in (case for case, why in done.stayed if why == "gone"):
            note_refusal(request, "case.hand_over", case)
        context: dict[str, Any] = {
            "stayed": handpage.stayed_of(request, done),
            "sentence": sentence if done.done else "",
        }
        return render(request, "team/stayed.html", context, status=409)
    messages.success(request, sentence)
    if request.POST.get("from_case") and handpage.can_open(request, next(iter(chosen))):
        return redirect("case", case_id=next(iter(chosen)))
    return redirect(reverse("worklist"))


def _taken(count: int) -> str:
    return ngettext("%(count)d matter is yours now.", "%(count)d matters are yours now.", count) % {"count": count}


def _given(count: int) -> str:
    words = ngettext("%(count)d matter was handed over.", "%(count)d matters were handed over.", count)
    return words % {"count": count}
