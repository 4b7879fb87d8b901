"""Reading a form with its answers: one State, whatever the order in which the answers were given.

Only what is asked counts: an answer to a question that is hidden now is as if it had never been given, in conditions,
expressions, scores, outcomes and dangers alike.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from luotsi.domain.questionnaires.definitions import Danger, Item, Questionnaire
from luotsi.domain.questionnaires.rules import expressions, fhirpath
from luotsi.domain.questionnaires.rules.asking import Answers, as_list
from luotsi.domain.questionnaires.rules.checking import clean
from luotsi.domain.questionnaires.rules.outcomes import following
from luotsi.domain.questionnaires.rules.plan import planned
from luotsi.domain.questionnaires.rules.scoring import scored
from luotsi.domain.questionnaires.rules.sheet import Scope, Sheet
from luotsi.domain.questionnaires.rules.state import Line, Path, Problem, State


def read(
    form: Questionnaire, answers: Answers, *, on: date | None = None, known: Mapping[str, Any] | None = None
) -> State:
    """What these answers are on that day. `known` are facts from elsewhere: those named as an item stand as its answer
    when it has none, and all are %names in expressions. Raises CannotBeRead for a form that has no reading.
    """
    plan = planned(form)
    known = dict(known or {})
    given = {key: known[key] for key in plan.items if key in known} | {
        key: value for key, value in answers.items() if key not in known or as_list(value)
    }
    sheet = Sheet(plan, given, on, known)
    for kind, key, name in plan.steps:
        if kind == "item":
            sheet.read_item(key)
        else:
            sheet.read_variable(key, name)
    kept = _answers(sheet, form.items, ())
    scores = scored(sheet)
    return State(
        form=form,
        lines=tuple(_lines(sheet, form.items, (), (), 0)),
        answers=kept,
        problems={problem.name: problem for problem in [*sheet.problems.values(), *_missing(sheet)]},
        scores=scores,
        outcomes=tuple(following(form, scores, sheet)),
        dangers=_dangers(sheet),
        unknown=tuple(key for key in answers if key not in plan.items),
        failures=tuple(dict.fromkeys(sheet.failures)),
    )


def beginning(form: Questionnaire, *, on: date | None = None, known: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The answers that a new response begins with: initial values and expressions, chosen options, what is known."""
    plan = planned(form)
    begun: dict[str, Any] = {}
    for key, item in plan.items.items():
        if plan.around[key] or item.type in {"group", "display"}:
            continue
        value = item.initial
        if value is None:
            value = [option.value for option in item.options if option.is_initial] or None
        if value is None and item.initial_expression:
            value = _first_answer(item, known or {}, on)
        if value is None and known:
            value = known.get(key)
        value = clean(item, value, on=on)
        if value is not None and not isinstance(value, Problem):
            begun[key] = value
    return begun


def _first_answer(item: Item, known: Mapping[str, Any], on: date | None) -> Any:
    try:
        return expressions.first_answer(item, item.initial_expression, known, on)
    except (fhirpath.Failed, fhirpath.NotAnExpression, expressions.Unfit):
        return None  # a fact that is not known here leaves the question open


def keep_asked(definition: Questionnaire, answers: Answers, *, on: date | None = None) -> dict[str, Any]:
    """Only the answers to questions that were asked; an answer given before a change of mind is dropped."""
    return read(definition, answers, on=on).answers


def missing(definition: Questionnaire, answers: Answers, *, on: date | None = None) -> list[Item]:
    """Required items that were asked and not answered."""
    problems = read(definition, answers, on=on).problems.values()
    return [problem.item for problem in problems if problem.kind == "missing"]


def dangers(definition: Questionnaire, answers: Answers, *, on: date | None = None) -> list[Danger]:
    """What must be said at once because of these answers, each once, the gravest first."""
    return read(definition, answers, on=on).told_dangers


def _lines(sheet: Sheet, items: tuple[Item, ...], scope: Scope, path: Path, depth: int) -> Iterator[Line]:
    for item in items:
        here = (*path, item.key)
        asked = sheet.is_asked(item.key, scope)
        if item.type != "group" or not item.repeats:
            yield Line(item, here, depth, asked, sheet.shown(item.key, scope))
            yield from _lines(sheet, item.items, scope, path, depth + 1)
            continue
        rows = max(1, sheet.rows(item.key, scope))
        yield Line(item, here, depth, asked, None, rows)
        for row in range(rows):
            yield from _lines(sheet, item.items, (*scope, row), (*here, row), depth + 1)


def _answers(sheet: Sheet, items: tuple[Item, ...], scope: Scope) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for item in items:
        if item.type == "group" and item.repeats:
            if rows := _filled_rows(sheet, item, scope):
                kept[item.key] = rows
            continue
        value = sheet.kept.get((item.key, scope))
        if value is not None:
            kept[item.key] = value
        kept |= _answers(sheet, item.items, scope)
    return kept


def _filled_rows(sheet: Sheet, group: Item, scope: Scope) -> list[dict[str, Any]]:
    rows = [(*scope, row) for row in range(sheet.rows(group.key, scope))]
    return [_answers(sheet, group.items, row) for row in rows if sheet.is_filled(group.key, row)]


def _missing(sheet: Sheet) -> Iterator[Problem]:
    for key, item in sheet.plan.items.items():
        if not (item.required or item.repeats_at_least) or item.calculated or item.type == "display":
            continue
        for scope in sheet.filled_scopes(key):
            path = sheet.path(key, scope)
            if (key, scope) in sheet.problems or not sheet.is_asked(key, scope):
                continue
            if item.type == "group":
                yield from _missing_in_group(sheet, item, scope, path)
            elif item.required and sheet.kept.get((key, scope)) is None:
                yield Problem("missing", item, path)


def _missing_in_group(sheet: Sheet, group: Item, scope: Scope, path: Path) -> Iterator[Problem]:
    if not group.repeats:
        if group.required and not _answers(sheet, group.items, scope):
            yield Problem("missing", group, path)
        return
    least = max(group.repeats_at_least, int(group.required))
    if len(_filled_rows(sheet, group, scope)) < least:
        yield Problem("missing" if least == 1 else "too_few", group, path, least)


def _dangers(sheet: Sheet) -> tuple[str, ...]:
    found = set()
    for key, item in sheet.plan.items.items():
        grave = {option.value: option.danger for option in item.options if option.danger}
        if grave:
            found |= {
                grave[one] for value in sheet.values(key) for one in [value] if isinstance(one, str) and one in grave
            }
    return tuple(key for key in sheet.plan.form.dangers if key in found)
