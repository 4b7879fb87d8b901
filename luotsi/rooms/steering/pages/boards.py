"""The boards: which there are, one of them whole and alive, and its tables as files."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.domain.indicators import definitions
from luotsi.domain.indicators.ports import NoFacts
from luotsi.domain.organisation.rules import may
from luotsi.rooms.page import page
from luotsi.rooms.steering.boards import Shown, boards_for, shown, table
from luotsi.rooms.steering.choices import ChoicesForm
from luotsi.rooms.steering.pages.answers import csv_file
from luotsi.ui.addresses import same_page
from luotsi.ui.words import moment


@page("board.read")
def all_boards(request: HttpRequest) -> HttpResponse:
    """The boards, one's own first."""
    told = {"boards": boards_for(request.viewer), "sees_demand": may(request.viewer, "demand.read")}
    told["reads_results"] = may(request.viewer, "results.read")
    return render(request, "steering/boards.html", told)


@page("board.read")
def board(request: HttpRequest, key: str) -> HttpResponse:
    """The board. A refresh by htmx answers only what changes, or nothing when it is as it was."""
    found = _board(key)
    try:
        whole = shown(found, request.viewer, request.GET)
    except NoFacts:
        return render(request, "steering/no_facts.html", {"title": found.name})
    if request.htmx and request.headers.get("X-Seen") == whole.seen:
        return HttpResponse(status=204)
    name = "steering/_refresh.html" if request.htmx else "steering/board.html"
    return render(request, name, _context(request, whole))


@page("board.read")
def file(request: HttpRequest, key: str, place: str) -> HttpResponse:
    """One table of the board as a file, with the same choices in force."""
    try:
        found = table(_board(key), place, request.viewer, request.GET)
    except NoFacts:
        raise Http404 from None
    if found is None:
        raise Http404
    return csv_file(found, f"{key}-{place}")


def _board(key: str) -> definitions.Board:
    try:
        return definitions.board(key)
    except definitions.UnknownBoardError:
        raise Http404 from None


def _context(request: HttpRequest, whole: Shown) -> dict[str, Any]:
    scope, here = whole.scope, reverse("board", kwargs={"key": whole.board.key})
    return {
        "shown": whole,
        "choices": scope.choices,
        "filters": ChoicesForm(scope.choices, units=scope.names, usual=_("As the board shows")),
        "here": here,
        "address": here + scope.choices.query,
        "printable": same_page(request, tables="open"),
        "as_of": _("As of %(moment)s.") % {"moment": moment(whole.as_of)},
    }
