"""The morning review: yesterday, today's free times against what is due, and what will be missed within a week."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from luotsi.base.now import now, today
from luotsi.base.who import Who
from luotsi.domain.cases import queries
from luotsi.domain.cases.queries.huddle import Part
from luotsi.domain.catalogue import queries as catalogue
from luotsi.domain.organisation.rules import may
from luotsi.rooms.page import page
from luotsi.rooms.team import listpage
from luotsi.rooms.team.lines import Line, line_of
from luotsi.rooms.team.words import profession_words


@page("huddle.read")
def huddle(request: HttpRequest) -> HttpResponse:
    """One's units together, or one of them. It prints on a sheet."""
    units = listpage.units_of(request)
    asked = request.GET.get("unit", "")
    chosen = asked if asked in units else ""
    found = queries.huddle(viewer=request.viewer, units=[chosen] if chosen else list(units), at=now())
    context: dict[str, Any] = {
        "huddle": found,
        "today": today(),
        "units": units,
        "chosen": chosen,
        "unit_names": [name for key, name in units.items() if chosen in {"", key}],
        "places": [(profession_words(one.profession), one.free, one.all) for one in found.places],
        "parts": {
            name: _lines(getattr(found, name), request.viewer, units)
            for name in ("emergencies", "overdue", "due", "at_risk")
        },
    }
    return render(request, "team/huddle.html", context)


def _lines(part: Part, viewer: Who, units: Mapping[str, str]) -> list[Line]:
    services, opens = catalogue.service_names(get_language()), may(viewer, "case.read")
    return [line_of(row, viewer, services=services, units=units, opens=opens, at=now()) for row in part.rows]
