"""Questionnaires and instruments of one person: all of them over time, and one read whole."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from luotsi.domain.cases.queries import answered as cases
from luotsi.domain.people import queries as people
from luotsi.domain.questionnaires.queries import attachments, reading
from luotsi.rooms.filling.serving import as_answer
from luotsi.rooms.page import page
from luotsi.rooms.team import measurepage, personpage


@page("person.read")
def measures(request: HttpRequest, resident_id: UUID) -> HttpResponse:
    """What the person has answered in the registers open to the worker, and each score over time."""
    person = personpage.opened(request, resident_id)
    if person.id != resident_id:
        return redirect("person-measures", person.id)
    filled, series = reading.measured(person.id, viewer=request.viewer)
    told = {
        "filled": measurepage.lines_of(filled),
        "series": [measurepage.series_line(one) for one in series],
    }
    return render(request, "team/measures.html", personpage.about(request, person) | told)


@page("case.read")
def filled(request: HttpRequest, response_id: UUID) -> HttpResponse:
    """One finished questionnaire: the result, what follows, and each answer beside that of the time before."""
    one = reading.read_filled(response_id, viewer=request.viewer, language=get_language() or "fi")
    line = measurepage.filled_line(one)
    told = {
        "line": line,
        "person": people.person(one.resident),
        "case_id": cases.case_about(one.subject, viewer=request.viewer),
    }
    return render(request, "team/filled.html", line | told)


@page("case.read")
def file(request: HttpRequest, response_id: UUID, attachment_id: UUID) -> HttpResponse:
    """A picture or paper among the answers, to be saved. The usage log tells the resident who opened it."""
    return as_answer(attachments.opened(attachment_id, response=response_id, viewer=request.viewer))
