"""What people have said of a unit, and what was answered to them: for everybody to read."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from luotsi.base.now import now
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.questionnaires.queries import feedback
from luotsi.rooms.page import page


@page("front.read")
def unit_feedback(request: HttpRequest, unit: str) -> HttpResponse:
    """The words whose writers let them be shown, with the unit's answers."""
    names = organisation.unit_names()
    if unit not in names:
        raise Http404
    said, rounds = feedback.published_in(unit, at=now())
    return render(request, "resident/feedback.html", {"name": names[unit], "said": said, "rounds": rounds})
