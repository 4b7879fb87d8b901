"""The form as its filler sees it, read by the same rules as a real filling. Nothing is kept."""

from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict
from django.utils import translation

from luotsi.base.now import today
from luotsi.base.text import LANGUAGES
from luotsi.domain.questionnaires import rules
from luotsi.domain.questionnaires.definitions import Questionnaire, all_items
from luotsi.domain.questionnaires.rules import State, editing
from luotsi.rooms.filling import fields, steps
from luotsi.rooms.filling.drawing import drawn
from luotsi.rooms.steering.forms import faultwords, words

_MOST_ROUNDS = 25  # a question that depends on one that depends on one …


@dataclass(frozen=True)
class Preview:
    """`parts` are the sections: heading and blocks. `unreadable` says why the form has no reading."""

    form: Questionnaire
    state: State | None = None
    parts: list[dict[str, Any]] = field(default_factory=list)
    unreadable: str = ""
    shows_problems: bool = False
    is_part: bool = False

    @property
    def scores(self) -> list[dict[str, Any]]:
        """Every score, those too that the filler would not see."""
        if self.state is None:
            return []
        return [_score(self.form, self.state, score) for score in self.form.scores]

    @property
    def outcomes(self) -> list[dict[str, Any]]:
        if self.state is None:
            return []
        return [
            {"key": one.key, "says": one.says, "warns": one.warns, "offers": one.service or one.case_kind}
            for one in self.state.outcomes
        ]


def preview(form: Questionnaire, data: QueryDict | None = None, *, answers: dict[str, Any] | None = None) -> Preview:
    """With the answers of the page, else with these, else as a new response begins."""
    try:
        if answers is None:
            answers = rules.beginning(form, on=today()) if data is None else answers_of(form, data)
        state = rules.read(form, answers, on=today())
    except rules.CannotBeRead as error:
        return Preview(form, unreadable=faultwords.fault(form, error.fault))
    tells = data is not None and data.get("go") == "check"
    parts = []
    for step in steps.pages(state, "sections"):
        asked = fields.StepForm(step, state, data=data if tells else None)
        parts.append({"heading": step.heading, "blocks": list(drawn(state, step, asked)), "form": asked})
    return Preview(form, state, parts, shows_problems=tells and bool(state.problems))


def preview_of(form: Questionnaire, key: str) -> Preview:
    """One question, or one group, whether or not it is asked at first."""
    item = editing.item_of(form, key).model_copy(update={"show_when": (), "show_expression": ""})
    try:
        alone = editing.replaced(form, key, item)
        state = rules.read(alone, rules.beginning(alone, on=today()), on=today())
    except rules.CannotBeRead as error:
        return Preview(form, unreadable=faultwords.fault(form, error.fault), is_part=True)
    except editing.NotWhole as refused:
        return Preview(form, unreadable=faultwords.refusal(form, refused), is_part=True)
    inside = {one.key for one in all_items((item,))}
    lines = [replace(line, is_asked=True) for line in state.lines if line.item.key in inside and not line.item.hidden]
    if not lines:
        return Preview(form, state, is_part=True)
    step = steps.Step(1, lines)
    return Preview(form, state, [{"blocks": list(drawn(state, step, fields.StepForm(step, state)))}], is_part=True)


def answers_of(form: Questionnaire, data: QueryDict) -> dict[str, Any]:
    """What the page's fields say; an answer can bring a question, whose answer brings another. Raises CannotBeRead."""
    answers: dict[str, Any] = {}
    for _ in range(_MOST_ROUNDS):
        state = rules.read(form, answers, on=today())
        whole = steps.Step(1, [line for line in state.lines if not line.item.hidden])
        given = {key: value for key, value in fields.given(whole, state, data).items() if value not in (None, "", [])}
        if given == answers:
            break
        answers = given
    fields.change_rows(state, whole, answers, data.get("go", ""))
    return {key: value for key, value in answers.items() if value not in (None, [])}


def language_of(data: Any) -> str:
    """The language in which the preview is wanted, else the page's."""
    wanted = data.get("in", "") if data else ""
    return wanted if wanted in LANGUAGES else translation.get_language() or "fi"


def _score(form: Questionnaire, state: State, score: Any) -> dict[str, Any]:
    scored = state.scores[score.key]
    return {
        "name": score.name, "value": scored.value, "decimals": score.decimals,
        "band": scored.band.name if scored.band else None, "is_shown": score.shown_to_resident,
        "missing": [words.name_of(form, key) for key in scored.missing],
    }  # fmt: skip
