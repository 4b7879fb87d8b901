"""The pages of filling, over a sheet: questions, review. All are plain forms; each page saves and goes on."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from luotsi.domain.questionnaires import actions as questionnaires
from luotsi.domain.questionnaires.rules import State
from luotsi.rooms.filling import fields, steps, uploads
from luotsi.rooms.filling.drawing import drawn
from luotsi.rooms.filling.filefields import Came
from luotsi.rooms.filling.reviewing import reviewed
from luotsi.rooms.filling.sheets import Sheet
from luotsi.rooms.filling.steps import Step, Way

WAY_COOKIE = "luotsi_way"
_A_YEAR = 365 * 24 * 60 * 60


def question(request: HttpRequest, sheet: Sheet, number: int, **context: Any) -> HttpResponse:
    """One page of questions; what is sent is kept, also what cannot stand, and the next page follows."""
    way, state = way_of(request), sheet.read()
    step = steps.page_of(steps.pages(state, way), state, number)
    if step is None:
        return redirect(sheet.places.review)
    if request.method == "POST":
        return _saved(request, sheet, state, step, context)
    form = fields.StepForm(step, state, came=uploads.shown(sheet, step))
    return _shown(request, sheet, state, step, form, context)


def way_of(request: HttpRequest) -> Way:
    """One question a page, unless this person chose whole sections."""
    return "sections" if request.COOKIES.get(WAY_COOKIE) == "sections" else "one"


def first_page(request: HttpRequest, sheet: Sheet, at_step: str = "") -> str:
    """Where filling begins, or goes on after the question at which it stopped."""
    state = sheet.read()
    found = steps.pages(state, way_of(request))
    if not found:
        return sheet.places.review
    number = steps.number_of(state.form, at_step) if at_step else found[0].number
    step = steps.page_of(found, state, number) or found[0]
    return sheet.places.step(step.number)


def review(request: HttpRequest, sheet: Sheet, *, status: int = 200, **context: Any) -> HttpResponse:
    """Everything once more before it is sent."""
    state = sheet.read()
    rows = list(reviewed(state, sheet))
    lacking = [row for row in rows if row.problem]
    held = {"form": sheet.form, "rows": rows, "lacking": lacking, "dangers": state.told_dangers, "sheet": sheet}
    return render(request, "filling/review.html", {**held, **context}, status=status)


def _saved(request: HttpRequest, sheet: Sheet, before: State, step: Step, context: dict[str, Any]) -> HttpResponse:
    go, came = request.POST.get("go", "next"), uploads.taken(request, sheet, step, before)
    answers = fields.given(step, before, request.POST, came.known)
    fields.change_rows(before, step, answers, go)
    try:
        state = sheet.keep(answers, at_step=step.questions[0].item.key, revision=revision_in(request.POST))
    except questionnaires.Stale as stale:
        return _stale(request, sheet, before, step, answers, came, stale.revision, context)
    except (questionnaires.TooMuch, KeyError):
        return render(request, "filling/too_much.html", {"form": sheet.form, "sheet": sheet}, status=413)
    if not came.unfit and (onward := _elsewhere(request, sheet, state, step, go)):
        return onward
    here = steps.page_of(steps.pages(state, way_of(request)), state, step.number)
    if here is None or here.number != step.number:
        return redirect(_after(request, sheet, state, step))
    stays = go.startswith(("more-", "less-", "stay", uploads.DROP))
    wrong = bool(came.unfit) or (not stays and any(line.name in state.problems for line in here.lines))
    is_new = {line.path for line in here.questions} - {line.path for line in step.questions}
    if not (stays or wrong or is_new):
        return redirect(_after(request, sheet, state, step))
    form = fields.StepForm(here, state, data=request.POST if wrong else None, came=came)
    told = {"has_more": bool(is_new) and not stays and not wrong}
    return _shown(request, sheet, state, here, form, context | told, status=422 if wrong else 200)


def _elsewhere(request: HttpRequest, sheet: Sheet, state: State, step: Step, go: str) -> HttpResponse | None:
    """Where the filler asked to go instead of on: back, the other way of filling, away until later."""
    if go.startswith("way-"):
        return _other_way(sheet, step, go.removeprefix("way-"), is_secure=request.is_secure())
    if go == "later":
        return redirect(sheet.places.leave)
    if go == "back":
        return redirect(_before(request, sheet, state, step) or sheet.places.leave)
    return None


def _stale(
    request: HttpRequest, sheet: Sheet, state: State, step: Step, answers: dict[str, Any], came: Came, revision: int,
    context: dict[str, Any],
) -> HttpResponse:  # fmt: skip
    """Another device saved meanwhile. When it says the same, or nothing, on this page, nobody needs to choose."""
    stored = {line.path[0]: line.value for line in step.questions if len(line.path) == 1}
    differ = [key for key, value in answers.items() if stored.get(key) not in (None, "", [], value)]
    if not differ:
        request.POST = request.POST.copy()
        request.POST["revision"] = str(revision)
        return _saved(request, sheet, state, step, context)
    form = fields.StepForm(step, state, data=request.POST, came=came)
    said = [row for row in reviewed(state) if row.key in {line.name for line in step.lines}]
    told = {"is_stale": True, "elsewhere": said, "revision": revision}
    return _shown(request, sheet, state, step, form, context | told, status=409)


def _shown(
    request: HttpRequest, sheet: Sheet, state: State, step: Step, form: fields.StepForm, context: dict[str, Any],
    *, status: int = 200,
) -> HttpResponse:  # fmt: skip
    way = way_of(request)
    found = steps.pages(state, way)
    here = next((at for at, one in enumerate(found, 1) if one.number == step.number), 1)
    held = {
        "form": sheet.form, "fields": form, "blocks": list(drawn(state, step, form)), "step": step, "sheet": sheet,
        "dangers": state.told_dangers, "here": here, "of": len(found), "way": way, "revision": sheet.revision,
        "other_way": "one" if way == "sections" else "sections", "previous": _before(request, sheet, state, step),
        "can_change_way": len(steps.pages(state, "sections")) < len(steps.pages(state, "one")),
        "is_from_review": "review" in request.GET,
    }  # fmt: skip
    name = "filling/step.html#questions" if request.htmx else "filling/step.html"
    return render(request, name, {**held, **context}, status=status if not request.htmx else 200)


def _before(request: HttpRequest, sheet: Sheet, state: State, step: Step) -> str:
    earlier = [one.number for one in steps.pages(state, way_of(request)) if one.number < step.number]
    return sheet.places.step(earlier[-1]) if earlier else ""


def _after(request: HttpRequest, sheet: Sheet, state: State, step: Step) -> str:
    later = [one.number for one in steps.pages(state, way_of(request)) if one.number > step.number]
    if "review" in request.GET or not later:
        return sheet.places.review
    return sheet.places.step(later[0])


def _other_way(sheet: Sheet, step: Step, way: str, *, is_secure: bool) -> HttpResponse:
    """The other way of filling, from the same question on, and the next time too."""
    answer = redirect(sheet.places.step(step.number))
    if way in steps.WAYS:
        answer.set_cookie(WAY_COOKIE, way, max_age=_A_YEAR, httponly=True, samesite="Lax", secure=is_secure)
    return answer


def revision_in(data: QueryDict) -> int:
    """Which saving the page that was sent was made from; -1 when it does not say."""
    said = data.get("revision", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 9 else -1
