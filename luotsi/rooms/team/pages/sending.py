"""Sending a matter on to another profession, or asking a colleague."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.cases.actions import referrals as threads
from luotsi.domain.cases.definitions import ReferralRoute
from luotsi.domain.cases.queries import CaseView
from luotsi.domain.cases.queries import referrals as book
from luotsi.domain.cases.rules import NotPossible
from luotsi.domain.cases.rules.referral import NoConsent
from luotsi.domain.catalogue import queries as catalogue
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.people.definitions import consent_purposes
from luotsi.rooms.page import page
from luotsi.rooms.team.casepage import conflict, opened, show_changed, told
from luotsi.rooms.team.desk import is_changed, refilled, sent, words_typed
from luotsi.rooms.team.referralforms import SendingForm
from luotsi.ui.words import day


@page("referral.send", methods=("GET", "HEAD", "POST"))
def sending(request: HttpRequest, case_id: UUID, route: str) -> HttpResponse:
    """The form of one route. Where the resident's word is missing, the page says how to get it, and sends nothing."""
    found = opened(request, case_id)
    way = _way(request, case_id, route)
    if request.method != "POST":
        return _show(request, found, way, _blank(request, found, way))
    if is_changed(request, case_id):
        again = conflict(request, found, words_typed(request))
        return _show(request, found, way, _blank(request, found, way), status=409, **again)
    form = SendingForm(way, found.unit, get_language(), request.POST)
    if not form.is_valid():
        return _show(request, found, way, form, status=422)
    try:
        made = threads.send(case=case_id, route=way.key, by=request.viewer, at=now(), **form.cleaned_data)
    except NoConsent:
        return _show(request, found, way, form, status=422)
    except NotPossible:
        return show_changed(request, case_id, form)
    sent(request, case_id)
    messages.success(request, _what_happened(request, made.id))
    return redirect("referral", referral_id=made.id)


def _way(request: HttpRequest, case_id: UUID, route: str) -> ReferralRoute:
    """The route, if this worker may send this case by it."""
    ways = {one.key: one for one in book.routes_from(case_id, viewer=request.viewer)}
    if route not in ways:
        raise Http404
    return ways[route]


def _blank(request: HttpRequest, case: CaseView, way: ReferralRoute) -> SendingForm:
    """An empty form with the route's template; of one that is sent again, with what was asked before."""
    language = get_language()
    initial: dict[str, Any] = {"question": way.template.in_language(language)}
    if (service := request.GET.get("service", "")) and (name := catalogue.service_names(language).get(service)):
        initial = {"question": f"{name}. ", "to_unit": catalogue.unit_for(service, "")}
    threads_of_case = {str(one.id): one for one in book.referrals_of(case.id, viewer=request.viewer)}
    if before := threads_of_case.get(request.GET.get("follows", "")):
        initial = {"question": before.question, "follows": before.id, "to_unit": before.row.to_unit}
    return SendingForm(way, case.unit, language, initial=initial)


def _what_happened(request: HttpRequest, referral: UUID) -> str:
    thread = book.read_referral(referral, viewer=request.viewer)
    to = organisation.unit_names()[thread.row.to_unit].in_language(get_language())
    told = {"to": to, "day": day(thread.row.due) if thread.row.due else "–"}
    return _("Sent: %(to)s. They answer at the latest %(day)s. The resident sees it in their matter.") % told


def _show(
    request: HttpRequest, case: CaseView, way: ReferralRoute, form: SendingForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    consent = consent_purposes().get(way.consent)
    context = {
        **told(request, case),
        "route": way,
        "form": form,
        "consent": consent,
        "consent_answer": book.consent_to(way, case.person.id, viewer=request.viewer) if consent else "yes",
        "recipient": way.recipient,
        "title": _("Ask a colleague") if way.is_consultation else _("Send on"),
        **refilled(request, case, form, f"sending-{way.key}"),
        **more,
    }
    return render(request, "team/sending.html", context, status=status)
