"""The guidance desk: find any service of the catalogue for a resident, point to it, and write down what came of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.cases.actions import directions as guidance
from luotsi.domain.cases.definitions import direction_results
from luotsi.domain.cases.queries import CaseView
from luotsi.domain.cases.queries import directions as tried
from luotsi.domain.cases.rules import NotPossible
from luotsi.domain.cases.rules.referral import NoConsent
from luotsi.domain.catalogue import queries as catalogue
from luotsi.domain.organisation import definitions as organisation
from luotsi.rooms.page import page
from luotsi.rooms.team import directionpage
from luotsi.rooms.team.casepage import conflict, opened, show_changed, told
from luotsi.rooms.team.desk import is_changed, refilled, sent, words_typed
from luotsi.rooms.team.directionforms import DirectionForm, FinderForm


@page("service.direct", methods=("GET", "HEAD", "POST"))
def directions(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Look for a service in everyday words. The words are of a resident's need, so they are sent in a POST."""
    found = opened(request, case_id)
    form = FinderForm(request.POST or None)
    results: Any = ()
    if form.is_valid():
        municipality = found.person.municipality or None
        asked = {"language": get_language(), "municipality": municipality, "age": found.age, "at": now()}
        fitting = catalogue.find(form.cleaned_data["words"], **asked).results
        results = [one for one in fitting if one.key != found.service]  # not back to where the matter is
    context = {**told(request, found), **directionpage.told(request, found), "form": form, "found": results}
    return render(request, "team/directions.html", context, status=422 if form.errors else 200)


@page("service.direct", methods=("GET", "HEAD", "POST"))
def direction(request: HttpRequest, case_id: UUID, service: str) -> HttpResponse:
    """One service: its contact data, and the form that points the resident to it."""
    found = opened(request, case_id)
    about = catalogue.service_page(service, get_language(), found.person.municipality or None, now())
    if about is None:
        raise Http404
    opens = directionpage.can_open(about, found)
    if request.method != "POST":
        return _show(request, found, about, DirectionForm(opens=opens))
    if is_changed(request, case_id):
        again = conflict(request, found, words_typed(request))
        return _show(request, found, about, DirectionForm(opens=opens), status=409, **again)
    form = DirectionForm(request.POST, opens=opens)
    if not form.is_valid():
        return _show(request, found, about, form, status=422)
    try:
        made = guidance.direct(case=case_id, service=service, by=request.viewer, at=now(), **form.cleaned_data)
    except NoConsent:
        form.add_error("opens", _("The resident has said no to this. Without it they still get the contact data."))
        return _show(request, found, about, form, status=422)
    except NotPossible:
        return show_changed(request, case_id, form)
    sent(request, case_id)
    messages.success(request, _what_happened(about, has_opened=made.opened_id is not None))
    return redirect("case", case_id=case_id)


@page("service.direct", methods=("GET", "HEAD", "POST"))
def result(request: HttpRequest, case_id: UUID, direction_id: UUID) -> HttpResponse:
    """Write down what came of it. A plain visit to this address leads to the case."""
    opened(request, case_id)
    given = {one.id for one in tried.directions_of(case_id, viewer=request.viewer)}
    if direction_id not in given:
        raise Http404
    said = request.POST.get("result", "")
    if is_changed(request, case_id):
        return show_changed(request, case_id, chosen=_result_words(said))
    if request.method == "POST" and said in direction_results():
        guidance.tell_result(direction=direction_id, result=said, by=request.viewer, at=now())
        messages.success(request, _("The result is saved. The resident sees it in their matter."))
    elif request.method == "POST":
        messages.warning(request, _("Choose what came of it."))
    return redirect("case", case_id=case_id)


def _result_words(result: str) -> str:
    known = direction_results().get(result)
    return known.name.in_language(get_language() or "fi") if known else ""


def _what_happened(service: catalogue.ServicePage, *, has_opened: bool) -> str:
    if not has_opened:
        return _("Pointed to: %(service)s. The resident sees the contact data in their matter.") % {
            "service": service.name
        }
    unit = organisation.unit_names()[service.unit].in_language(get_language())
    return _("A matter has opened: %(unit)s. The resident sees it and need not call themselves.") % {"unit": unit}


def _show(
    request: HttpRequest, case: CaseView, about: catalogue.ServicePage, form: DirectionForm, *, status: int = 200,
    **more: Any,
) -> HttpResponse:  # fmt: skip
    unit = organisation.unit_names()[about.unit] if about.unit else ""
    context = {**told(request, case), "about": about, "form": form, "opens": form.opens, "receiver": unit}
    context |= {"route": directionpage.route_to(about, case, viewer=request.viewer)}  # type: ignore[attr-defined]
    context |= refilled(request, case, form, f"direction-{about.key}") | more
    return render(request, "team/direction.html", context, status=status)
