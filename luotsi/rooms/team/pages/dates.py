"""Why these dates: each time limit of a case with its rule, its law and the days that were counted."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luotsi.domain.clocks.definitions import clock_words
from luotsi.rooms.page import page
from luotsi.rooms.team import choices
from luotsi.rooms.team.casepage import opened
from luotsi.rooms.team.clocks import why


@page("case.read")
def dates(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Works without script: a chip leads here, and the case's page has the short form behind its summary."""
    case = opened(request, case_id)
    told = {"case": case, "every": [why(chip) for chip in case.chips], "labels": clock_words().labels}
    return render(request, "team/why.html", told | {"list_address": choices.kept(request).address()})
