"""The contact form of a service: a questionnaire from the shelf becomes a case on a team's list."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.base.now import now, today
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases.definitions import CaseKind, case_kinds
from luotsi.domain.cases.queries.further import own_open, sent_before
from luotsi.domain.cases.rules.contact import BadContact
from luotsi.domain.catalogue import queries as catalogue
from luotsi.domain.people import queries as people
from luotsi.domain.questionnaires.queries import forms
from luotsi.rooms.filling.reviewing import reviewed
from luotsi.rooms.page import page
from luotsi.rooms.resident.contactform import FIELD, ContactForm
from luotsi.rooms.resident.promises import last_day
from luotsi.rooms.resident.scope import covers, takes_messages

COMMON = "contact"  # the form of a kind of matter that names no other


@page("contact.send", methods=("GET", "HEAD", "POST"))
def contact(request: HttpRequest, key: str) -> HttpResponse:
    """Ask, show once more, receive. What was typed stays when something is missing."""
    person = people.person(request.viewer.whose)
    phone = people.shown(person, request.viewer).phone  # the municipality only leads to the right unit
    service = catalogue.service_page(key, get_language(), person.municipality, now())
    if service is None or not takes_messages(service.case_kind):
        raise Http404
    if not service.unit:  # nobody reads messages for where this person lives; the service's page has the other ways in
        return redirect("service", key=key)
    if not covers(request.viewer, "contact.send", service.case_kind):
        return render(request, "errors/not_covered.html", status=403)
    if request.method == "POST" and (sent := sent_before(request.POST.get("key", ""), viewer=request.viewer)):
        return redirect("matter", case_id=sent)
    kind = case_kinds()[service.case_kind]
    form = _form(request, kind, service, phone)
    go = request.POST.get("go", "")
    if go == "send" and form.is_valid() and (case := _receive(request, form, service)):
        _say(request, form)
        return redirect("matter", case_id=case.id)
    line = kind.care_line if kind.is_request else "contact"
    context = {"form": form, "definition": form.definition, "service": service, "kind": kind}
    if request.method == "POST" and go != "change" and form.is_valid():
        return render(request, "resident/contact_review.html", context | _looked_through(request, form))
    due = last_day(line, now())
    return render(request, "resident/contact.html", context | {"due": due}, status=400 if form.errors else 200)


def _looked_through(request: HttpRequest, form: ContactForm) -> dict[str, Any]:
    """What was written, once more before it is sent, with help at once when an answer signals danger. The page carries
    the answers itself, so that nothing is kept before it is sent.
    """
    fields = [(name, one) for name, many in request.POST.lists() if name not in {"csrfmiddlewaretoken", "go"}
              for one in many]  # fmt: skip
    return {
        "rows": list(reviewed(form.state)), "dangers": form.state.told_dangers, "fields": fields,
        "matter": form.chosen_matter,
    }  # fmt: skip


def _form(request: HttpRequest, kind: CaseKind, service: catalogue.ServicePage, phone: str) -> ContactForm:
    """The kind's questions, and whether it belongs to a matter of this service that is open."""
    acting = request.viewer.acting_for is not None
    return ContactForm(
        forms.worded(_form_of(kind), for_another=acting),
        on=today(),
        data=request.POST or None,
        phone=phone,
        matter=request.GET.get("matter", ""),
        open_matters=own_open(kind.key, service.key, viewer=request.viewer),
        acting_for=request.viewer.acting_name if acting else "",
    )


def _say(request: HttpRequest, form: ContactForm) -> None:
    """What became of it. Where somebody is in danger, the matter's page begins with where to get help now."""
    if form.has_danger:
        return
    if form.is_too_late:
        messages.info(request, _("The earlier matter has been closed. Your message became a new matter."))
    elif form.joins:
        messages.success(request, _("We have added your message to the open matter."))
    else:
        messages.success(request, _("We have received your message."))


def _form_of(kind: CaseKind) -> str:
    """The questionnaire with which a resident opens a matter of that kind."""
    return next(iter(kind.forms), COMMON)


def _receive(request: HttpRequest, form: ContactForm, service: catalogue.ServicePage) -> cases.Case | None:
    """The matter that it opened or joined; None when the one to join was closed this very moment."""
    try:
        return cases.receive(
            resident=request.viewer.whose,
            kind=service.case_kind,
            service=service.key,
            unit=service.unit,
            channel="form",
            language=get_language(),
            key=form.cleaned_data["key"],
            questionnaire=_form_of(case_kinds()[service.case_kind]),
            answers=form.answers,
            joins=form.joins,
            by=request.viewer,
            at=now(),
        )
    except BadContact:
        form.add_error(FIELD, form.fields[FIELD].error_messages["invalid_choice"])
        return None
