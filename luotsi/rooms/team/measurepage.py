"""What a case's page and a person's page of measures say of questionnaires, in words."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.domain.cases.definitions import case_kinds
from luotsi.domain.cases.queries import CaseView
from luotsi.domain.cases.queries.answered import filled_in
from luotsi.domain.catalogue import queries as catalogue
from luotsi.domain.organisation.rules import may
from luotsi.domain.questionnaires.definitions import Outcome
from luotsi.domain.questionnaires.queries.reading import Filled, Reached, Series
from luotsi.rooms.team import measurecharts, words
from luotsi.ui.words import day, in_language, number

_LATEST = 6  # so many of each questionnaire stand on the case's page; the page of measures has them all


def told(request: HttpRequest, case: CaseView) -> dict[str, Any]:
    """For the case's page: what was answered, the warnings of the newest of each, and signs of danger in them.

    The form with which a contact came stands above with its questions, so that only what follows from it is said here.
    """
    lines = lines_of(filled_in(case, viewer=request.viewer))
    return {
        "filled": lines[:_LATEST],
        "filled_warnings": [line for line in lines if line["is_latest"] and line["warnings"]],
        "filled_dangers": [line for line in lines if line["one"].subject == case.id and line["one"].dangers],
        "may_measure": may(request.viewer, "person.read"),
    }


def lines_of(filled: Sequence[Filled]) -> list[dict[str, Any]]:
    """Questionnaires on a list, the newest first; `is_latest` marks the newest of each."""
    lines = [filled_line(one) for one in filled]
    seen: set[str] = set()
    for line in lines:
        key = line["one"].form.key
        line["is_latest"] = key not in seen
        seen.add(key)
    return lines


def filled_line(one: Filled) -> dict[str, Any]:
    """One finished questionnaire on a list."""
    result = one.result
    return {
        "one": one,
        "name": one.form.name,
        "by": _by(one),
        "register": words.register_words(one.register),
        "result": score_words(result) if result else "",
        "band": result.band if result else None,
        "change": change_words(result) if result else "",
        "tone": change_tone(result) if result else "neutral",
        "scores": [_score_line(score) for score in one.scores],
        "warnings": [warning_line(outcome) for outcome in one.warnings],
        "is_latest": False,
    }


def series_line(series: Series) -> dict[str, Any]:
    """A score's line over time with its table."""
    first, last = series.points[0], series.points[-1]
    name = in_language(series.score.name)
    said = {"name": name, "first": _said(first.value), "then": day(first.at), "last": _said(last.value)}
    said |= {"now": day(last.at), "count": len(series.points)}
    return {
        "name": name,
        "form": series.form.name,
        "drawing": measurecharts.draw(series) if len(series.points) > 1 else None,
        "alt": _("%(name)s: %(first)s on %(then)s, %(last)s on %(now)s, %(count)d readings.") % said,
        "head": [_("Answered on"), _("Result"), _("Band")],
        "rows": [
            [day(one.at), _said(one.value), in_language(one.band) if one.band else ""]
            for one in reversed(series.points)
        ],
        "better": _better(series),
    }


def warning_line(outcome: Outcome) -> dict[str, Any]:
    """What an outcome says to staff: the warning, and what the form proposes."""
    kind = case_kinds().get(outcome.case_kind)
    return {
        "text": outcome.warns,
        "service": catalogue.service_names(get_language()).get(outcome.service, ""),
        "kind": kind.name if kind else "",
        "is_proposal": outcome.is_care_level,
    }


def score_words(reached: Reached) -> str:
    """ "17" or, when too much was left unanswered, why there is no number."""
    return _("Not counted: too few answers") if reached.value is None else _said(reached.value)


def change_words(reached: Reached) -> str:
    """ "+5 since last time", or "" when there was no last time."""
    if reached.change is None:
        return ""
    if not reached.change:
        return _("The same as last time")
    sign = "+" if reached.change > 0 else "−"
    return _("%(change)s since last time") % {"change": sign + number(abs(reached.change))}


def change_tone(reached: Reached) -> str:
    return {True: "success", False: "warning", None: "neutral"}[reached.is_better]


def _score_line(reached: Reached) -> dict[str, Any]:
    return {
        "name": reached.score.name,
        "value": score_words(reached),
        "band": reached.band,
        "change": change_words(reached),
        "tone": change_tone(reached),
        "before": _said(reached.before) if reached.before is not None else "",
    }


def _by(one: Filled) -> str:
    if one.by:
        return _("With %(name)s") % {"name": one.by}
    return _("Answered by somebody who acts for them") if one.is_by_guardian else _("Answered by themselves")


def _said(value: Decimal) -> str:
    return number(value)


def _better(series: Series) -> str:
    return {"higher": _("More is better."), "lower": _("Less is better."), "neither": ""}[series.score.better]
