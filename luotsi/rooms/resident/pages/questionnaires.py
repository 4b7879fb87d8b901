"""The resident's forms: what waits, what was begun, what was sent; and beginning one."""

from uuid import UUID, uuid4

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language

from luotsi.base.now import now
from luotsi.domain.organisation.rules import NotAllowed
from luotsi.domain.people import queries as people
from luotsi.domain.questionnaires import access, actions
from luotsi.domain.questionnaires.definitions import Questionnaire
from luotsi.domain.questionnaires.queries import forms, own
from luotsi.rooms.filling import flow
from luotsi.rooms.filling import paper as papers
from luotsi.rooms.filling.pdf import as_pdf
from luotsi.rooms.page import page
from luotsi.rooms.resident.responses import crumbs, sheet


@page("questionnaire.answer")
def questionnaires(request: HttpRequest) -> HttpResponse:
    """What waits for me, what I began, what I answered, and what I may fill without being asked."""
    viewer = request.viewer
    context = {
        "waiting": own.waiting(viewer=viewer, secret=settings.IDENTITY_KEY),
        "begun": own.under_way(viewer=viewer),
        "sent": own.sent(viewer=viewer),
        "startable": own.startable(viewer=viewer),
    }
    return render(request, "resident/questionnaires.html", context)


@page("questionnaire.answer", methods=("GET", "HEAD", "POST"))
def questionnaire(request: HttpRequest, key: str) -> HttpResponse:
    """What is asked, by whom and for how long; then begin, or go on where one stopped."""
    if (known := _known_form(key)).only_oneself and request.viewer.acting_for:
        return render(request, "filling/shut.html", {"form": known, "why": "oneself"}, status=403)
    form = _form(request, key)
    waiting = own.waiting(viewer=request.viewer, secret=settings.IDENTITY_KEY)
    asked = next((one for one in waiting if one.form.key == key), None)
    if request.method == "POST":
        return _begun(request, form, asked)
    begun = next((one for one in own.under_way(viewer=request.viewer) if one.form.key == key), None)
    url = flow.first_page(request, sheet(request, begun.id), begun.at_step) if begun else ""
    context = {
        "form": form, "key": uuid4(), "begun": url, "begun_at": begun and (begun.saved_at or begun.started_at),
        "is_kept": True, "message": asked.message if asked else "", "crumbs": crumbs(form),
        "paper": reverse("questionnaire-paper", args=[key]),
    }  # fmt: skip
    return render(request, "filling/start.html", context)


@page("service.read")
def paper(request: HttpRequest, key: str) -> HttpResponse:
    """The questions to be filled with a pen."""
    form = _printable(key)
    return render(request, "filling/paper.html", {**papers.told(form), "pdf": reverse("questionnaire-pdf", args=[key])})


@page("service.read")
def paper_pdf(request: HttpRequest, key: str) -> HttpResponse:
    return as_pdf(_printable(key))


def _begun(request: HttpRequest, form: Questionnaire, asked: own.Waiting | None) -> HttpResponse:
    row = actions.start(
        questionnaire=form.key, resident=request.viewer.whose, key=_key(request), language=get_language(),
        by=request.viewer, at=now(), known=_known(request, form), invitation=asked.id if asked else None,
    )  # fmt: skip
    return redirect(flow.first_page(request, sheet(request, row.id), row.at_step))


def _form(request: HttpRequest, key: str) -> Questionnaire:
    """The questionnaire, if a resident answers it under their name. Raises NotAllowed."""
    form = _known_form(key, for_another=request.viewer.acting_for is not None)
    if not access.is_for_resident(form, request.viewer):
        raise NotAllowed("not this person's to answer")
    return form


def _printable(key: str) -> Questionnaire:
    form = _known_form(key)
    if form.audience == "staff":
        raise Http404
    return form


def _known_form(key: str, *, for_another: bool = False) -> Questionnaire:
    if key not in forms.current():
        raise Http404
    return forms.worded(key, for_another=for_another)


def _known(request: HttpRequest, form: Questionnaire) -> dict[str, str]:
    """What need not be asked again: the phone number that we know, to be checked."""
    person = people.shown(people.person(request.viewer.whose), request.viewer)
    return {item.key: person.phone for item in form.every_item if item.type == "phone" and person.phone}


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()
