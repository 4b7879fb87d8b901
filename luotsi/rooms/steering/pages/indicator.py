"""One indicator: what it says now, how it has moved, how the units stand, and how it is counted."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.domain.indicators import definitions
from luotsi.domain.indicators.definitions import Indicator
from luotsi.domain.indicators.ports import NoFacts
from luotsi.rooms.page import page
from luotsi.rooms.steering.choices import ChoicesForm
from luotsi.rooms.steering.explained import explained
from luotsi.rooms.steering.pages.answers import csv_file
from luotsi.rooms.steering.single import NOW, Single, single
from luotsi.rooms.steering.words import span_words
from luotsi.ui.words import moment


@page("indicator.read")
def indicator(request: HttpRequest, key: str) -> HttpResponse:
    """The indicator with its figures; before there are any, how it will be counted."""
    found = _indicator(key)
    context = {"indicator": found, "explained": explained(found), "boards": _boards_with(key)}
    try:
        context |= _figures(single(found, request.viewer, request.GET))
    except NoFacts:
        context |= {"single": None}
    return render(request, "steering/indicator.html", context)


@page("indicator.read")
def file(request: HttpRequest, key: str, by: str) -> HttpResponse:
    """The table by unit or by month as a file, with the same choices in force."""
    try:
        table = single(_indicator(key), request.viewer, request.GET).table(by)
    except NoFacts:
        raise Http404 from None
    if table is None:
        raise Http404
    return csv_file(table, f"{key}-{by}")


def _indicator(key: str) -> Indicator:
    try:
        return definitions.indicator(key)
    except definitions.UnknownIndicatorError:
        raise Http404 from None


def _boards_with(key: str) -> list[definitions.Board]:
    found = definitions.boards().values()
    return [board for board in found if any(tile.indicator == key for tile in board.tiles)]


def _figures(it: Single) -> dict[str, Any]:
    usual = _("Last %(span)s") % {"span": span_words(NOW)}
    form = ChoicesForm(it.scope.choices, units=it.scope.names, usual=usual, with_order=False)
    return {
        "single": it,
        "choices": it.scope.choices,
        "filters": form,
        "columns": list(zip(it.units.head, it.units.sorts, strict=True)) if it.units else [],
        "here": reverse("indicator", kwargs={"key": it.indicator.key}),
        "as_of": _("As of %(moment)s.") % {"moment": moment(it.as_of)},
    }
