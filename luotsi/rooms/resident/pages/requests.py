"""Asking the privacy officer: what is recorded to be corrected, or why somebody looked. A request is a matter."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.base.now import now, today
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases import queries
from luotsi.domain.cases.definitions import case_kinds
from luotsi.domain.catalogue import queries as catalogue
from luotsi.domain.events import queries as log
from luotsi.domain.organisation.rules import NotAllowed, check_may, may
from luotsi.domain.questionnaires.queries import forms
from luotsi.rooms.filling.whole import WholeForm
from luotsi.rooms.page import page
from luotsi.rooms.resident.looks import in_words
from luotsi.rooms.resident.promises import last_day
from luotsi.ui.words import day

UNIT = "tietosuoja"


@page("contact.send", methods=("GET", "HEAD", "POST"))
def correction(request: HttpRequest) -> HttpResponse:
    """Ask that something be corrected: in one's details, or in the matter that the address names."""
    case = _matter(request)
    if case is None:
        back = reverse("own" if may(request.viewer, "own.read") else "matters")
        about = _("Details") if request.viewer.acting_for else _("My details")
        return ask(request, "correction_request", known={"about": about}, back=back)
    name = catalogue.service_names(get_language()).get(case.service) or case.kind.name.in_language(get_language())
    back = reverse("matter", kwargs={"case_id": case.id})
    return ask(request, "correction_request", known={"about": f"{name}, {day(case.opened_at)}"}, back=back)


@page("contact.send", methods=("GET", "HEAD", "POST"))
def question(request: HttpRequest) -> HttpResponse:
    """Ask why somebody looked, about the row of the log that the address names."""
    viewer, row = request.viewer, request.GET.get("row", "")
    check_may(viewer, "log.own")
    number = int(row) if row.isascii() and row.isdigit() and len(row) < 19 else 0
    found = log.look_at(number, viewer.own_ids, viewer=viewer, kept=queries.kept_from(viewer))
    if found is None:
        raise NotAllowed("no such row for this resident")
    line = in_words([found], viewer=viewer)[0]
    about = f"{day(line.day)} {line.when}\n{line.who}\n{line.did}"
    return ask(request, "log_question", known={"about": about, "row": row}, back=reverse("own-log"))


def ask(request: HttpRequest, kind: str, *, known: dict[str, str], back: str) -> HttpResponse:
    """The form of a request; when it is whole, the matter that it opened. `known` are answers that the page gives."""
    definition = forms.worded(kind, for_another=request.viewer.acting_for is not None)
    form = WholeForm(definition, on=today(), data=request.POST or None, known=known)
    if request.method == "POST" and form.is_valid():
        case = _receive(request, kind, form)
        messages.success(request, _("We have received your request. The answer comes here."))
        return redirect("matter", case_id=case.id)
    due = last_day(case_kinds()[kind].care_line, now())
    context = {"form": form, "definition": definition, "about": known["about"], "due": due, "back": back}
    return render(request, "resident/request.html", context, status=400 if form.errors else 200)


def _receive(request: HttpRequest, kind: str, form: WholeForm) -> cases.Case:
    return cases.receive(
        resident=request.viewer.whose,
        kind=kind,
        service="",
        unit=UNIT,
        channel="form",
        language=get_language(),
        key=form.cleaned_data["key"],
        questionnaire=kind,
        answers=form.answers,
        by=request.viewer,
        at=now(),
    )


def _matter(request: HttpRequest) -> queries.CaseView | None:
    """The matter that the address names, if it names one and it is theirs."""
    asked = request.GET.get("matter", "")
    try:
        case = UUID(asked) if asked else None
    except ValueError:
        raise Http404 from None
    return queries.read_case(case, viewer=request.viewer, language=get_language(), at=now()) if case else None
