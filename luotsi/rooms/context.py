"""What every layout knows: who is signed in and which rooms they may enter."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from luotsi.base.who import Who
from luotsi.domain.bookings.definitions import counters, vehicles
from luotsi.domain.bookings.queries.places import units_with_places
from luotsi.domain.bookings.queries.rounds import units_with_rounds
from luotsi.domain.cases.queries.handling import units_of as child_welfare_units
from luotsi.domain.organisation import definitions
from luotsi.domain.organisation.rules import VISITOR, may
from luotsi.rooms import session


def navigation(request: HttpRequest) -> dict[str, Any]:
    """`viewer`, the name of their role, whom they act for, and the links to the rooms that their role opens."""
    viewer = getattr(request, "viewer", VISITOR)
    links = [{"url": reverse(name), "label": label} for action, name, label in _rooms(viewer) if may(viewer, action)]
    here = max((link["url"] for link in links if request.path.startswith(link["url"])), key=len, default="")
    for link in links:
        link["current"] = link["url"] == here
    role = definitions.roles().get(viewer.role)
    return {
        "viewer": viewer,
        "is_signed_in": viewer != VISITOR,
        "role_name": role.name if role else None,
        "role_url": reverse("session-role") if viewer.other_roles else "",
        "navigation": links,
        "acting_for": viewer.acting_name,
        "has_lost_mandate": viewer.is_resident and session.has_lost_mandate(request),
        "acting_url": reverse("acting") if may(viewer, "acting.choose") else "",
        "sign_in_url": reverse("session"),
        "standing_url": reverse("session-standing"),
        "sign_out_url": reverse("session-closure"),
        "footer_links": [{"url": reverse("accessibility"), "label": _("Accessibility")}],
    }


def _rooms(viewer: Who) -> list[tuple[str, str, str]]:
    """The action that opens a room, its address, and what its link says."""
    rooms = [
        ("worklist.read", "worklist", _("Worklist")),
        ("calendar.read", "calendar", pgettext("navigation", "Calendar")),
        ("call.record", "calls", pgettext("navigation", "Call list")),
        ("queue.read", "queue", pgettext("navigation", "Queues")),
        ("referral.read", "referrals", pgettext("navigation", "Referrals")),
        ("person.find", "people", pgettext("navigation", "Find a person")),
        ("person.merge", "pairs", pgettext("navigation", "Join records")),
        ("invitation.answer", "surveys", pgettext("navigation", "Surveys")),
        ("board.read", "boards", _("Boards")),
        ("form.read", "forms", pgettext("navigation", "Forms")),
        ("catalogue.read", "catalogue-desk", pgettext("navigation", "Services")),
        ("entry.read", "entries", pgettext("navigation", "Wellbeing tray")),
        ("programme.read", "programmes", _("Programmes")),
        ("assignment.read", "assignments", pgettext("navigation", "Access rights")),
        ("oversight.read", "emergencies", pgettext("navigation", "Oversight")),
        ("matters.read", "matters", _("Matters") if viewer.acting_for else _("My matters")),
        ("booking.make", "times", pgettext("navigation", "Times")),
        ("questionnaire.answer", "questionnaires", pgettext("navigation", "Forms")),
        ("own.read", "own", _("Details") if viewer.acting_for else _("My details")),
        ("log.own", "own-log", _("Who looked")),
        ("acting.choose", "acting", pgettext("navigation", "For another")),
    ]
    if viewer.is_staff and any(place.unit in viewer.units for one in vehicles().values() for place in one.workplaces):
        rooms.insert(4, ("calendar.read", "team-stops", pgettext("navigation", "Stops")))
    if viewer.is_staff and any(one.unit in viewer.units for one in counters().values()):
        rooms.insert(4, ("number.call", "team-counters", pgettext("navigation", "Counters")))
    if units_with_places(viewer):
        rooms.insert(2, ("days.read", "places", pgettext("navigation", "Places by day")))
    if units_with_rounds(viewer):
        rooms.insert(2, ("round.read", "home-rounds", pgettext("navigation", "Home rounds")))
    if child_welfare_units(viewer):
        rooms.append(("board.read", "child-welfare", pgettext("navigation", "Child welfare")))
    return rooms
