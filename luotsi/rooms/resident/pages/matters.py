"""My matters: what I have asked for, what happens next, and answering an offered time."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.bookings.rules import NotPossible
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases import queries
from luotsi.domain.cases.queries.further import further_in
from luotsi.domain.catalogue import queries as catalogue
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.organisation.rules import may
from luotsi.domain.people import queries as people
from luotsi.domain.questionnaires.definitions import Danger
from luotsi.rooms.page import page
from luotsi.rooms.resident import forwarded
from luotsi.rooms.resident.picker import times_of_matter
from luotsi.rooms.resident.scope import covers, takes_messages
from luotsi.rooms.resident.stages import decisions_of
from luotsi.rooms.resident.steps import steps_of


@page("matters.read")
def matters(request: HttpRequest) -> HttpResponse:
    """Open matters first, then the closed ones."""
    context = {
        "open": queries.my_matters(viewer=request.viewer),
        "closed": queries.my_matters(viewer=request.viewer, is_closed=True),
        "services": catalogue.service_names(get_language()),
        "units": organisation.unit_names(),
        "is_hidden": _hides_place(request),
    }
    return render(request, "resident/matters.html", context)


@page("matters.read")
def matter(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """One matter: where it is, by when, and what I can do."""
    found = queries.read_case(case_id, viewer=request.viewer, language=get_language(), at=now())
    unit = {entry.key: entry for entry in organisation.county().units}[found.unit]
    further = further_in(found, viewer=request.viewer, language=get_language())
    names = catalogue.service_names(get_language())
    context = {
        "case": found,
        "further": further,
        "steps": steps_of(found, acts_for_another=request.viewer.acting_for is not None),
        "dangers": _dangers(request, [*found.dangers, *(danger for one in further for danger in one.dangers)]),
        "unit": unit,
        "is_hidden": people.hides_place(found.person, request.viewer),
        "decisions": decisions_of(found),
        "may_log": may(request.viewer, "log.own"),
        "may_ask": may(request.viewer, "contact.send") and not found.kind.is_request,
        "may_write_more": _may_write_more(request, found) and found.service in names,
        "service_name": names.get(found.service, found.kind.name),
        "times_url": times_of_matter(found, request.viewer),
        **forwarded.told(request, found),
    }
    return render(request, "resident/matter.html", context)


def _dangers(request: HttpRequest, told: list[Danger]) -> list[Danger]:
    """Where to get help now, each sign once."""
    each = list({one.title.fi: one for one in told}.values())
    return [one.for_another() for one in each] if request.viewer.acting_for else each


def _may_write_more(request: HttpRequest, case: queries.CaseView) -> bool:
    kind = case.kind
    is_open = case.closed_at is None and not kind.is_request and takes_messages(kind.key)
    return is_open and covers(request.viewer, "contact.send", kind.key)


@page("booking.answer", methods=("POST",))
def answer(request: HttpRequest, case_id: UUID, booking_id: UUID) -> HttpResponse:
    """Take the offered time, or ask for another one."""
    said = request.POST.get("answer")
    if said not in {"accept", "decline"}:
        return render(request, "errors/400.html", status=400)
    accepts = said == "accept"
    queries.read_case(case_id, viewer=request.viewer, language=get_language(), at=now())
    try:
        cases.answer_offer(case=case_id, booking=booking_id, accepts=accepts, by=request.viewer, at=now())
    except (NotPossible, cases.rules.NotPossible):
        messages.warning(request, _("The offer had changed. Below you see how your matter stands now."))
    else:
        messages.success(request, _told(request, accepts=accepts))
    return redirect("matter", case_id=case_id)


@page("booking.answer", methods=("GET", "HEAD", "POST"))
def cancellation(request: HttpRequest, case_id: UUID, booking_id: UUID) -> HttpResponse:
    """Give up a time one had taken: first what it means, then the press."""
    found = queries.read_case(case_id, viewer=request.viewer, language=get_language(), at=now())
    time = found.waiting_time
    is_theirs = time is not None and time.id == booking_id and time.state == "made"
    if request.method != "POST":
        if not is_theirs:
            return redirect("matter", case_id=case_id)
        is_hidden = people.hides_place(found.person, request.viewer)
        return render(request, "resident/cancellation.html", {"case": found, "time": time, "is_hidden": is_hidden})
    try:
        cases.cancel_time(case=case_id, booking=booking_id, by=request.viewer, at=now())
    except (NotPossible, cases.rules.NotPossible):
        messages.warning(request, _("The time could not be cancelled here. Below you see how your matter stands now."))
    else:
        messages.success(request, _("The time is cancelled and free for somebody else. We look for another one."))
    return redirect("matter", case_id=case_id)


def _told(request: HttpRequest, *, accepts: bool) -> str:
    """What follows from the answer to an offered time."""
    if not accepts:
        return _("We look for another time and tell you when we have one.")
    if request.viewer.acting_for:
        return _("The time is booked. You do not need to do anything else.")
    return _("The time is yours. You do not need to do anything else.")


def _hides_place(request: HttpRequest) -> bool:
    """Whether the one acted for has a protection order: then no unit, and so no place, is named."""
    viewer = request.viewer
    return viewer.acting_for is not None and people.hides_place(people.person(viewer.acting_for), viewer)
