"""What the worker was asked to answer: a pulse of the staff, an index of the work, a survey."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luotsi.base.now import now
from luotsi.domain.questionnaires.queries.asked import asked_of
from luotsi.rooms.page import page


@page("invitation.answer")
def surveys(request: HttpRequest) -> HttpResponse:
    """What waits for me, each with its link, and what I have answered. The link leads where nobody knows who I am."""
    found = asked_of(viewer=request.viewer, secret=settings.IDENTITY_KEY, at=now())
    return render(request, "team/surveys.html", {"waiting": found.waiting, "past": found.past})
