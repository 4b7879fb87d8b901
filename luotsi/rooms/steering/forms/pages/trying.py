"""Trying a draft: filled by hand with its scores shown, its worked examples run; a filling kept as an example."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from luotsi.base.now import today
from luotsi.domain.questionnaires import rules
from luotsi.domain.questionnaires.definitions import Example, Questionnaire
from luotsi.domain.questionnaires.queries.designing import Draft
from luotsi.domain.questionnaires.queries.designing import draft as read_draft
from luotsi.domain.questionnaires.rules import editing
from luotsi.rooms.page import page
from luotsi.rooms.steering.forms import faultwords, words
from luotsi.rooms.steering.forms.frame import keep, show
from luotsi.rooms.steering.forms.preview import Preview, answers_of, language_of, preview


@page("form.edit", methods=("GET", "HEAD", "POST"))
def trial(request: HttpRequest, form_id: UUID) -> HttpResponse:
    """The form to fill; `?example=` begins with that example's answers. A POST reads what was filled, keeps nothing."""
    draft = read_draft(request.viewer, form_id)
    if request.method == "POST":
        return _read(request, draft)
    chosen = _chosen(draft.form, request.GET.get("example", ""))
    return _tried(request, draft, preview(draft.form, answers=dict(chosen.answers) if chosen else None))


@page("form.edit", methods=["POST"])
def examples(request: HttpRequest, form_id: UUID) -> HttpResponse:
    """What was filled is kept as an example with what it gives now; or one is taken away."""
    draft = read_draft(request.viewer, form_id)
    go, _sep, number = request.POST.get("go", "").partition("|")
    known = draft.form.examples
    try:
        if go == "less-example":
            left = tuple(one for at, one in enumerate(known) if str(at) != number)
        else:
            left = (*known, example_of(draft.form, request.POST))
        to = editing.whole(draft.form.model_copy(update={"examples": left}))
    except (editing.NotWhole, rules.CannotBeRead):
        return _tried(request, draft, preview(draft.form, request.POST), status=422)
    return keep(request, draft, to, reverse("draft-trial", args=[form_id]) + "#examples")


def example_of(form: Questionnaire, data: QueryDict) -> Example:
    """The answers of the page with everything that they give. Raises CannotBeRead."""
    answers = answers_of(form, data)
    state = rules.read(form, answers, on=today())
    bands = {key: scored.band.key for key, scored in state.scores.items() if scored.band}
    says = data.get("says", "").strip()[:200] or _("Example %(number)d") % {"number": len(form.examples) + 1}
    return Example(
        says=says, answers=answers, on=today(), scores={key: scored.value for key, scored in state.scores.items()},
        bands=bands, outcomes=tuple(one.key for one in state.outcomes), dangers=tuple(state.dangers),
        refused=tuple(sorted({problem.item.key for problem in state.problems.values()})),
    )  # fmt: skip


def _read(request: HttpRequest, draft: Draft) -> HttpResponse:
    with override(language_of(request.POST)):
        found = preview(draft.form, request.POST)
        if request.htmx:  # type: ignore[attr-defined]
            return render(request, "steering/forms/_preview.html", {"preview": found, "draft": draft.row})
    return _tried(request, draft, found)


def _tried(request: HttpRequest, draft: Draft, found: Preview, *, status: int = 200) -> HttpResponse:
    told = {"preview": found, "examples": _examples(draft), "language": language_of(request.POST), "is_trial": True}
    return show(request, draft, "trial.html", told, part="draft-trial", status=status)


def _examples(draft: Draft) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    here = reverse("draft-trial", args=[draft.row.id])
    for number, one in enumerate(draft.form.examples):
        try:
            wrong = rules.example_faults(draft.form, one)
        except rules.CannotBeRead as error:
            wrong = (error.fault,)
        named = [(words.score_name(draft.form, key), value) for key, value in one.scores.items() if value is not None]
        line = {
            "number": number,
            "says": words.of_example(one),
            "wrong": faultwords.faults(draft.form, wrong),
            "url": f"{here}?example={number}",
        }
        found.append(line | {"scores": ", ".join(f"{name}: {value}" for name, value in named)})
    return found


def _chosen(form: Questionnaire, said: str) -> Example | None:
    known = {str(number): one for number, one in enumerate(form.examples)}
    return known.get(said)
