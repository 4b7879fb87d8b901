"""The team's list: the open cases of one's units, sorted by what is due, alive while others act."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.cases import queries
from luotsi.domain.cases.queries import Listed
from luotsi.domain.catalogue import queries as catalogue
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.organisation.rules import may
from luotsi.rooms.page import page
from luotsi.rooms.team import choices
from luotsi.rooms.team.forms import NarrowingForm
from luotsi.rooms.team.kindwords import kinds_for, name_of_new, states_for
from luotsi.rooms.team.lines import Line, digest, line_of
from luotsi.rooms.team.words import view_names

PAGE_SIZE = 50


@page("worklist.read", methods=("GET", "HEAD", "POST"))
def worklist(request: HttpRequest) -> HttpResponse:
    """The list; a POST narrows it. A refresh by htmx answers the list alone, or nothing when it is as it was."""
    if request.method == "POST":
        return _narrowed(request)
    wanted = choices.asked(request)
    rows = _listed(request, wanted)
    shown = Paginator(_in_view(rows, wanted.view), PAGE_SIZE).get_page(wanted.page)
    seen = digest(shown, queries.count_by_state(rows), on=now().date())
    if request.htmx and request.headers.get("X-Seen") == seen:
        return HttpResponse(status=204)
    choices.keep_order(request, [row.id for row in shown])
    if not request.htmx:
        choices.keep(request, wanted)
    context = _context(request, wanted, rows, shown) | {"seen": seen}
    return render(request, "team/worklist.html#list" if request.htmx else "team/worklist.html", context)


@page("case.read")
def following(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """On to the case below this one on the list, or back to the list when this was the last."""
    wanted = choices.kept(request)
    still_there = {row.id for row in _in_view(_listed(request, wanted), wanted.view)}
    below = next((case for case in choices.after(request, case_id) if case in still_there and case != case_id), None)
    if below:
        return redirect("case", case_id=below)
    messages.info(request, _("That was the last one on this list."))
    return redirect("worklist")


def _narrowed(request: HttpRequest) -> HttpResponse:
    """Keep the unit and the words and show the list again; "clear" forgets both."""
    given = {} if "clear" in request.POST else request.POST
    form = NarrowingForm(given, units=_units(request))
    form.is_valid()  # what cannot be used is left out; a list is never an error
    choices.narrow(request, unit=form.cleaned_data.get("unit", ""), words=form.cleaned_data.get("words", ""))
    return redirect("worklist")


def _listed(request: HttpRequest, wanted: choices.ListChoices) -> list[Listed]:
    """Every open case of the chosen units, so that each tab knows its count."""
    units = [wanted.unit] if wanted.unit else request.viewer.units
    return queries.listed(viewer=request.viewer, units=units, words=wanted.words, sort=wanted.sort)


def _in_view(rows: list[Listed], view: str) -> list[Listed]:
    return [row for row in rows if row.state in choices.VIEWS[view]]


def _context(request: HttpRequest, wanted: choices.ListChoices, rows: list[Listed], shown: Page) -> dict[str, Any]:
    units = _units(request)
    counts, kinds = queries.count_by_state(rows), kinds_for(request.viewer)  # type: ignore[attr-defined]
    names = {view: name for view, name in zip(choices.VIEWS, view_names(), strict=True)} | {"new": name_of_new(kinds)}
    return {
        "choices": wanted,
        "tabs": [
            (
                names[view],
                wanted.address(view=view, page="1"),
                view == wanted.view,
                sum(counts.get(s, 0) for s in states),
            )
            for view, states in choices.VIEWS.items()
            if view == "all" or states_for(kinds) & set(states) or any(counts.get(state) for state in states)
        ],
        "page": shown,
        "lines": _lines(request, wanted, shown, units),
        "units": units,
        "unit_names": [name for key, name in units.items() if wanted.unit in {"", key}],
        "filters": NarrowingForm(units=units, initial={"unit": wanted.unit, "words": wanted.words}),
        "address": wanted.address(),
        "updated_at": now(),
        "worklist_url": reverse("worklist"),
    }


def _lines(request: HttpRequest, wanted: choices.ListChoices, shown: Page, units: dict[str, str]) -> list[Line]:
    """What stands on this page, whole."""
    services = catalogue.service_names(get_language())
    opens = may(request.viewer, "case.read")
    at, ids = now(), [row.id for row in shown]
    rows = queries.worklist(viewer=request.viewer, units=request.viewer.units, at=at, sort=wanted.sort, only=ids)
    return [line_of(row, request.viewer, services=services, units=units, opens=opens, at=at) for row in rows]


def _units(request: HttpRequest) -> dict[str, str]:
    """The viewer's units with their names, in the order of the county's file."""
    names = organisation.unit_names()
    return {key: name.in_language(get_language()) for key, name in names.items() if key in request.viewer.units}
