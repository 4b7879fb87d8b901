"""Filling a form page by page, looking once more, sending; afterwards the result, a copy and a correction."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.questionnaires import actions, rules
from luotsi.domain.questionnaires.queries import attachments, own
from luotsi.rooms.filling import flow, results
from luotsi.rooms.filling.pdf import as_pdf
from luotsi.rooms.filling.reviewing import reviewed
from luotsi.rooms.filling.serving import as_answer
from luotsi.rooms.filling.sheets import Kept
from luotsi.rooms.page import page
from luotsi.rooms.resident.responses import crumbs, opens, sheet


@page("questionnaire.answer", methods=("GET", "HEAD", "POST"))
def question(request: HttpRequest, response_id: UUID, number: int) -> HttpResponse:
    found = sheet(request, response_id)
    return flow.question(request, found, number, crumbs=crumbs(found.form))


@page("questionnaire.answer", methods=("GET", "HEAD", "POST"))
def review(request: HttpRequest, response_id: UUID) -> HttpResponse:
    """Everything once more; sent, the result."""
    if request.method == "POST":
        return _sent(request, response_id)
    found = sheet(request, response_id)
    reaches = _reaches(found.answers, found.read())
    return flow.review(request, found, reaches_people=reaches, **_around(response_id, found))


@page("questionnaire.answer")
def result(request: HttpRequest, response_id: UUID) -> HttpResponse:
    """Help at once when an answer signals danger; what the answers mean; what comes next."""
    found = own.read(response_id, viewer=request.viewer)
    state = found.read()
    context = {
        **results.told(state), "rows": list(reviewed(state, opens=opens(response_id))),
        "sent_at": found.completed_at, "key": uuid4(),
        "is_corrected": found.is_corrected, "crumbs": crumbs(found.form), "onward": reverse("questionnaires"),
        "paper": reverse("response-paper", args=[response_id]),
        "amend_url": reverse("response-correction", args=[response_id]), "reaches_people": _reaches(found, state),
    }  # fmt: skip
    return render(request, "filling/result.html", context)


@page("questionnaire.answer")
def file(request: HttpRequest, response_id: UUID, attachment_id: UUID) -> HttpResponse:
    """A picture or paper among one's own answers, to be saved."""
    return as_answer(attachments.opened(attachment_id, response=response_id, viewer=request.viewer))


@page("questionnaire.answer", methods=("POST",))
def correction(request: HttpRequest, response_id: UUID) -> HttpResponse:
    """Begin to correct what was sent; what was sent stays as it was."""
    row = actions.amend(response=response_id, key=_key(request), by=request.viewer, at=now())
    return redirect("response-review", response_id=row.id)


@page("questionnaire.answer", methods=("POST",))
def discarding(request: HttpRequest, response_id: UUID) -> HttpResponse:
    """What was begun goes; what was sent does not."""
    actions.drop(response=response_id, by=request.viewer)
    messages.success(request, _("The answers were not sent, and are not kept."))
    return redirect("questionnaires")


@page("questionnaire.answer")
def paper(request: HttpRequest, response_id: UUID) -> HttpResponse:
    """The answers for printing."""
    found = own.read(response_id, viewer=request.viewer)
    rows = list(reviewed(found.read()))
    context = {"form": found.form, "rows": rows, "sent_at": found.completed_at, "about": request.viewer.acting_name}
    return render(request, "filling/paper.html", {**context, "pdf": reverse("response-pdf", args=[response_id])})


@page("questionnaire.answer")
def paper_pdf(request: HttpRequest, response_id: UUID) -> HttpResponse:
    found = own.read(response_id, viewer=request.viewer)
    return as_pdf(found.form, rows=list(reviewed(found.read())), sent_at=found.completed_at)


def _sent(request: HttpRequest, response_id: UUID) -> HttpResponse:
    try:
        actions.send(response=response_id, revision=flow.revision_in(request.POST), by=request.viewer, at=now())
    except (actions.Incomplete, actions.Stale) as refusal:
        found = sheet(request, response_id)
        told = {"was_changed": isinstance(refusal, actions.Stale), **_around(response_id, found)}
        return flow.review(request, found, status=409 if told["was_changed"] else 422, **told)
    return redirect("response-result", response_id=response_id)


def _reaches(found: own.Answers, state: rules.State) -> bool:
    return results.reaches_people(state, register=found.register, is_about_something=found.subject is not None)


def _around(response_id: UUID, found: Kept) -> dict[str, Any]:
    return {"crumbs": crumbs(found.form), "drop_url": reverse("response-discarding", args=[response_id])}


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()
