"""What answers to a questionnaire say together: which there are, and one of them whole."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from luotsi.base.now import now
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.organisation.rules import may, sees_unit
from luotsi.domain.questionnaires.queries import counting, feedback, rounds
from luotsi.domain.questionnaires.queries.counting import NOWHERE, Gathered
from luotsi.rooms.page import page
from luotsi.rooms.steering import resultpage
from luotsi.rooms.steering.results import results
from luotsi.ui.words import in_language

ALL = "all"


class PlaceForm(forms.Form):
    """Which unit, or which round; the choice stands in the address, so it can be sent on."""

    place = forms.ChoiceField(label=_("What is counted"), required=False)

    def __init__(self, found: Gathered, names: dict[UUID, str], chosen: str) -> None:
        super().__init__(initial={"place": chosen})
        units = organisation.unit_names()
        known = dict.fromkeys(one.unit for one in found.counted if one.unit != NOWHERE)
        self.fields["place"].choices = [
            (ALL, _("All answers")),
            *((unit, in_language(units[unit])) for unit in known),
            *((str(one), names.get(one, str(one))) for one in found.rounds),
        ]


@page("results.read")
def questionnaires(request: HttpRequest) -> HttpResponse:
    """The questionnaires that have been answered, and the rounds that are gathering."""
    at = now()
    told = {
        "forms": counting.questionnaires_answered(viewer=request.viewer, at=at),
        "may_open": may(request.viewer, "collection.open"),
    }
    return render(request, "steering/questionnaires.html", told)


@page("results.read")
def questionnaire(request: HttpRequest, key: str) -> HttpResponse:
    """One questionnaire's figures, of all answers, of one unit or of one round, and what was said in own words."""
    try:
        found = counting.gathered(key, viewer=request.viewer, at=now())
    except KeyError:
        raise Http404 from None
    known = rounds.rounds(viewer=request.viewer, at=now(), questionnaire=key)
    names = {one.id: one.name for one in known}
    unit, round_ = _place(request.GET.get("place", ALL), found)
    figures = results(found, unit=unit, round_=round_)
    context = {
        "form": found.form, "found": found, "figures": figures, "unit": unit, "rounds": known,
        "panels": [resultpage.panel(one) for one in (*figures.scores, *figures.questions)],
        "moments": resultpage.moments(figures, names), "means": resultpage.means(figures),
        "units": resultpage.units(figures), "by_round": bool(found.rounds),
        "mean": resultpage.mean_words(figures.mean, figures.answers),
        "answers": resultpage.count_words(figures.answers),
        "filters": PlaceForm(found, names, unit or (str(round_) if round_ else ALL)),
        **_said(request, key, unit),
    }  # fmt: skip
    return render(request, "steering/questionnaire.html", context)


def _place(given: str, found: Gathered) -> tuple[str | None, UUID | None]:
    if given in {one.unit for one in found.counted} - {NOWHERE}:
        return given, None
    return None, next((one for one in found.rounds if str(one) == given), None)


def _said(request: HttpRequest, key: str, unit: str | None) -> dict[str, Any]:
    """Words stand with the unit in which they were said, when it is the reader's."""
    if unit is None or not sees_unit(request.viewer, unit):
        return {"said": ()}
    return {"said": feedback.said_in(unit, viewer=request.viewer, at=now(), questionnaire=key, limit=40)}
