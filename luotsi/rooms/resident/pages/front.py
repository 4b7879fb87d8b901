"""The front page with the finder, and a service's own page."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from luotsi.base.now import now
from luotsi.domain.bookings.queries.groups import groups_ahead
from luotsi.domain.catalogue import actions as catalogue_actions
from luotsi.domain.catalogue import queries as catalogue
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.organisation.rules import VISITOR, may
from luotsi.domain.people import queries as people
from luotsi.domain.questionnaires.queries import own
from luotsi.rooms.page import page
from luotsi.rooms.resident.picker import bookable
from luotsi.rooms.resident.scope import covers, takes_messages
from luotsi.rooms.resident.servicepage import shown
from luotsi.rooms.resident.stops import days_in

LONGEST_QUESTION = 200


@page("front.read")
def front(request: HttpRequest) -> HttpResponse:
    """One field that understands how people write; the answers stand below it. Works without a script."""
    words = request.GET.get("q", "").strip()[:LONGEST_QUESTION]
    municipality = _known_municipality(request.GET.get("municipality", ""))
    language = get_language()
    found = catalogue.find(words, language=language, municipality=municipality or None) if words else None
    search = catalogue_actions.keep_search(words, language=language, found=found, at=now()) if found else None
    stops, villages = days_in(words, at=now())
    context = {
        "words": words,
        "found": found,
        "led_by": f"?search={search}" if search else "",
        "municipality": municipality,
        "municipalities": _municipalities(language),
        "themes": catalogue.life_themes(language),
        "stops": stops,
        "villages": villages,
    }
    response = render(request, "resident/front.html", context)
    if found and found.is_discreet:  # the words stay out of what the browser keeps, as far as it lets us
        response["Cache-Control"], response["HX-Push-Url"] = "no-store", "false"
    return response


@page("service.read")
def service(request: HttpRequest, key: str) -> HttpResponse:
    """What the service is, for whom, and the ways in."""
    municipality = _known_municipality(request.GET.get("municipality", ""))
    found = catalogue.service_page(key, get_language(), municipality or None, now())
    if found is None:
        raise Http404
    if search := _number(request.GET.get("search", "")):
        catalogue_actions.mark_led(search)
    context = {
        "service": found, "municipality": municipality, "may_send": _may_send(request, found),
        "may_book": _may_book(request, key), "groups": groups_ahead(at=now(), services=[key]),
        **shown(found, municipality),
    }  # fmt: skip
    context["forms"] = own.offered(found.forms, viewer=request.viewer)
    return render(request, "resident/service.html", context)


def _may_send(request: HttpRequest, service: catalogue.ServicePage) -> bool:
    """Whether a message can be sent from here. A visitor signs in first; then where one lives leads to a unit."""
    viewer = request.viewer
    if viewer == VISITOR or not takes_messages(service.case_kind):
        return takes_messages(service.case_kind)
    if not covers(viewer, "contact.send", service.case_kind):
        return False
    lives_in = people.person(viewer.whose).municipality
    theirs = catalogue.service_page(service.key, get_language(), lives_in, now())
    return theirs is not None and bool(theirs.unit)


def _may_book(request: HttpRequest, service: str) -> bool:
    """Whether its times can be chosen here. A visitor signs in first."""
    viewer = request.viewer
    return bool(bookable(service, viewer)) and (viewer == VISITOR or may(viewer, "booking.make"))


def _number(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _known_municipality(code: str) -> str:
    return code if code in organisation.municipality_names() else ""


def _municipalities(language: str) -> list[tuple[str, str]]:
    return [(code, name.in_language(language)) for code, name in organisation.municipality_names().items()]
