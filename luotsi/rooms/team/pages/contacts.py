"""Writing a contact down while the telephone is warm; another matter of the same contact; joining two matters."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases.queries import CaseView
from luotsi.domain.cases.rules.contact import BadContact
from luotsi.domain.people import access
from luotsi.rooms.page import page
from luotsi.rooms.team import contactpage, findings
from luotsi.rooms.team.casepage import crumb_of, show_changed
from luotsi.rooms.team.casepage import opened as opened_case
from luotsi.rooms.team.contactforms import NEW, ContactForm, MatterForm
from luotsi.rooms.team.desk import is_changed
from luotsi.rooms.team.pages.people import again
from luotsi.rooms.team.personpage import opened_to_change


@page("contact.register", methods=("GET", "HEAD", "POST"))
def contacts(request: HttpRequest, resident_id: UUID) -> HttpResponse:
    """A contact of a person whose page is open to the worker."""
    person = opened_to_change(request, resident_id)
    form = contactpage.contact_form(request, person.id, municipality=person.municipality)
    if not form.is_valid():
        return _show(request, form, person=person)
    return _write_down(request, form, person.id, person=person)


@page("contact.register", methods=("GET", "HEAD", "POST"))
def of_found(request: HttpRequest, handle: UUID) -> HttpResponse:
    """A contact of somebody found by identity code with whom the worker has had nothing to do: it begins here."""
    kept = findings.residents(request, handle)
    resident = (kept or {}).get("resident")
    if resident is None:
        return again(request)
    if access.relationship_of(request.viewer, resident) is not None and request.method != "POST":
        return redirect("person-contacts", resident)
    form = contactpage.contact_form(request, resident)
    if not form.is_valid():
        return _show(request, form)
    return _write_down(request, form, resident)


@page("contact.register", methods=("GET", "HEAD", "POST"))
def other_matters(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Open another matter of the contact that opened this one."""
    case = opened_case(request, case_id)
    form = contactpage.matter_form(request, case)
    if not form.is_valid():
        return render(
            request,
            "team/other_matter.html",
            {"form": form, "case": case, "crumb_of_case": crumb_of(case)},
            status=_status(form),
        )
    chosen = {name: form.cleaned_data[name] for name in ("service", "kind", "unit")}
    try:
        other = cases.open_another(case=case_id, by=request.viewer, at=now(), **chosen)
    except BadContact as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, contactpage.refusal_words(refusal))
        return render(
            request, "team/other_matter.html", {"form": form, "case": case, "crumb_of_case": crumb_of(case)}, status=422
        )
    messages.success(request, _("Another matter is open for the same contact."))
    return _to_case(request, other)


@page("contact.register", methods=("GET", "HEAD", "POST"))
def joining(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Join what was told in this new matter to an earlier one. A plain visit to this address leads to the case."""
    opened_case(request, case_id)
    into = findings.as_handle(request.POST.get("into", ""))
    if request.method != "POST" or into is None:
        return redirect("case", case_id)
    if is_changed(request, case_id, beside=[into]):
        return show_changed(request, case_id)
    try:
        standing = cases.join_matter(case=case_id, into=into, by=request.viewer, at=now())
    except BadContact:
        return show_changed(request, case_id)
    messages.success(request, _("The contact was joined to this matter. The later matter is closed."))
    return redirect("case", standing.id)


def _show_other(request: HttpRequest, case: CaseView, form: MatterForm) -> HttpResponse:
    context = {"form": form, "case": case, "crumb_of_case": crumb_of(case)}
    return render(request, "team/other_matter.html", context, status=_status(form))


def _write_down(request: HttpRequest, form: ContactForm, resident: UUID, **shown: Any) -> HttpResponse:
    try:
        case = _written(request, form, resident)
    except BadContact as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, contactpage.refusal_words(refusal))
        return _show(request, form, **shown)
    contactpage.remember(request, form)
    messages.success(request, contactpage.what_happened(form))
    return _to_case(request, case)


def _written(request: HttpRequest, form: ContactForm, resident: UUID) -> cases.Case:
    given, by = form.cleaned_data, request.viewer
    joins = UUID(given["joins"]) if given.get("joins", NEW) != NEW else None
    if joins is not None:
        place = contactpage.place_of(joins, viewer=by)
    else:
        place = {name: given[name] for name in ("service", "kind", "unit")}
    return cases.write_down(
        resident=resident, said=form.said(), key=given["key"], joins=joins, by=by, at=now(), **place
    )


def _to_case(request: HttpRequest, case: cases.Case) -> HttpResponse:
    """The matter, when it is on a list of the worker's; one that went to another unit is theirs to open."""
    if case.unit_id in request.viewer.units:
        return redirect(f"{reverse('case', args=[case.id])}#contact")
    messages.info(request, contactpage.gone_to(case.unit_id))
    return redirect("worklist")


def _show(request: HttpRequest, form: ContactForm, **shown: Any) -> HttpResponse:
    context = {"form": form, "services": list(form.services.values()), "is_known": "person" in shown, **shown}
    return render(request, "team/contact.html", context, status=_status(form))


def _status(form: Any) -> int:
    return 422 if form.is_bound else 200
