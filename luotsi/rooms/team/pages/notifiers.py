"""Who notified child welfare: kept from everyone, shown to whoever needs it; each time is written in the log."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from luotsi.domain.cases.queries.notifiers import read_notifier
from luotsi.rooms.page import page
from luotsi.rooms.team.casepage import opened, show


@page("notifier.read", methods=("GET", "HEAD", "POST"))
def notifier(request: HttpRequest, case_id: UUID, contact_id: UUID) -> HttpResponse:
    """The case with the notifier's name. A plain visit to this address leads to the case."""
    found = opened(request, case_id)
    if request.method != "POST":
        return redirect("case", case_id=case_id)
    name = read_notifier(case_id, contact_id, viewer=request.viewer)
    return show(request, found, notifier_of=contact_id, notifier_name=name)
