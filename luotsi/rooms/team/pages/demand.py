"""One tap: why somebody got in touch."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases.rules import NotPossible
from luotsi.domain.cases.rules.contact import BadContact
from luotsi.rooms.page import page
from luotsi.rooms.team import contactpage, findings
from luotsi.rooms.team.casepage import opened, show_changed
from luotsi.rooms.team.desk import is_changed


@page("demand.class", methods=("GET", "HEAD", "POST"))
def demand(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Keep the reason that was pressed; "" takes it back, and what somebody else has said meanwhile stands. A plain
    visit to this address leads to the case.
    """
    opened(request, case_id)
    contact = findings.as_handle(request.POST.get("contact", ""))
    if request.method != "POST" or contact is None:
        return redirect("case", case_id)
    chosen = request.POST.get("demand", "")
    shown = {"suggested": request.POST.get("suggested", ""), "seen": request.POST.get("seen")}
    if is_changed(request, case_id):
        return _show_changed(request, case_id, chosen)
    try:
        cases.class_demand(case=case_id, contact=contact, demand=chosen, by=request.viewer, at=now(), **shown)
    except NotPossible:
        return _show_changed(request, case_id, chosen)
    except BadContact:
        return render(request, "errors/400.html", status=400)
    if chosen:
        messages.success(request, _("Marked: %(demand)s.") % {"demand": contactpage.demand_words(chosen)})
    else:
        messages.success(request, _("Taken back. Nobody has said why the person got in touch."))
    return redirect(f"{reverse('case', args=[case_id])}#contact")


def _show_changed(request: HttpRequest, case_id: UUID, chosen: str) -> HttpResponse:
    """The matter as it stands now, with what was pressed."""
    return show_changed(request, case_id, chosen=contactpage.demand_words(chosen) if chosen else "")
