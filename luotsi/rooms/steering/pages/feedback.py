"""Feedback as it comes: the units' boards, what was said, and the manager's public answer."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.base.now import now
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.organisation.rules import NotAllowed, may, sees_unit
from luotsi.domain.questionnaires import actions as questionnaires
from luotsi.domain.questionnaires.queries import counting, feedback, forms, rounds
from luotsi.domain.questionnaires.rules.published import is_live
from luotsi.rooms.page import page
from luotsi.rooms.steering import resultpage
from luotsi.rooms.steering.replyform import ReplyForm
from luotsi.rooms.steering.results import results
from luotsi.ui.words import in_language

_NEWEST = 20  # so many stand on the board; the questionnaire's own page has more


@page("results.read")
def boards(request: HttpRequest) -> HttpResponse:
    """The reader's units in which feedback has been given."""
    found = feedback.units_with_feedback(viewer=request.viewer, at=now())
    names = organisation.unit_names()
    units = sorted(((key, in_language(names[key])) for key in found), key=lambda pair: pair[1])
    return render(request, "steering/feedback_boards.html", {"units": units})


@page("results.read")
def board(request: HttpRequest, unit: str) -> HttpResponse:
    """A unit's feedback. A refresh by htmx answers only what moves."""
    _check(request, unit)
    name = "steering/feedback.html#moving" if request.htmx else "steering/feedback.html"
    return render(request, name, _context(request, unit))


@page("results.read")
def week(request: HttpRequest, unit: str) -> HttpResponse:
    """The digest of the last whole week: what was said, and what has been answered. No counts: those of a week and of
    its month could be taken from each other.
    """
    _check(request, unit)
    first, last = feedback.week_before(now())
    said = feedback.said_in(unit, viewer=request.viewer, at=now())
    told = {
        "unit": unit, "name": organisation.unit_names()[unit], "first": first, "last": last - timedelta(days=1),
        "said": [one for one in said if first <= one.on < last],
    }  # fmt: skip
    return render(request, "steering/feedback_week.html", told)


@page("feedback.answer", methods=("GET", "HEAD", "POST"))
def replies(request: HttpRequest, unit: str) -> HttpResponse:
    """Answer publicly. A plain visit to this address leads to the board."""
    _check(request, unit)
    if request.method != "POST":
        return redirect("feedback-board", unit=unit)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return render(request, "steering/feedback.html", _context(request, unit) | {"wrong": form}, status=422)
    given = form.cleaned_data
    questionnaires.reply(
        text=given["text"], language=get_language() or "fi", key=given["key"], response=given["response"],
        collection=given["collection"], by=request.viewer, at=now(),
    )  # fmt: skip
    messages.success(request, _("Your answer can now be read by everybody on the unit's feedback page."))
    return redirect("feedback-board", unit=unit)


@page("feedback.answer", methods=("GET", "HEAD", "POST"))
def withdrawal(request: HttpRequest, unit: str, reply_id: UUID) -> HttpResponse:
    """Take an answer back."""
    _check(request, unit)
    if request.method == "POST":
        questionnaires.withdraw_reply(reply=reply_id, by=request.viewer, at=now())
        messages.success(request, _("The answer is not shown any more."))
    return redirect("feedback-board", unit=unit)


def _check(request: HttpRequest, unit: str) -> None:
    if unit not in organisation.unit_names() or not sees_unit(request.viewer, unit):
        raise NotAllowed("another unit's feedback")


def _context(request: HttpRequest, unit: str) -> dict[str, Any]:
    at = now()
    said = feedback.said_in(unit, viewer=request.viewer, at=at, limit=_NEWEST)
    return {
        "unit": unit,
        "name": organisation.unit_names()[unit],
        "updated_at": at,
        "tiles": _tiles(request, unit),
        "said": [(one, ReplyForm(initial={"response": one.response}, auto_id=f"{one.response}_%s")) for one in said],
        "rounds": [
            (one, ReplyForm(initial={"collection": one.id}, auto_id=f"{one.id}_%s"))
            for one in rounds.rounds(viewer=request.viewer, at=at)
            if one.unit == unit
        ],
        "may_answer": may(request.viewer, "feedback.answer"),
    }


def _tiles(request: HttpRequest, unit: str) -> list[dict[str, Any]]:
    """One for each form of feedback that somebody has given in the unit."""
    tiles = []
    for form in forms.current().values():
        if not is_live(form):
            continue
        found = counting.gathered(form.key, viewer=request.viewer, at=now())
        if not any(one.unit == unit for one in found.counted):
            continue
        figures = results(found, unit=unit)
        tiles.append({
            "form": form,
            "score": form.scores[0].name if form.scores else "",
            "mean": resultpage.mean_words(figures.mean, figures.answers),
            "answers": resultpage.count_words(figures.answers),
            "means": resultpage.means(figures),
        })  # fmt: skip
    return tiles
