"""All answers in words, in the order of the questions: before they are sent, after it, and on paper."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import get_language

from luotsi.domain.questionnaires import rules
from luotsi.domain.questionnaires.rules import Line, State
from luotsi.rooms.filling import steps
from luotsi.rooms.filling.sheets import Sheet
from luotsi.rooms.filling.words import sentence


@dataclass(frozen=True)
class Reviewed:
    """One answer of the review. `problem` says what is missing or wrong; `url` leads to its page."""

    label: str
    said: str
    problem: str
    url: str
    heading: str = ""
    key: str = ""


def reviewed(state: State, sheet: Sheet | None = None) -> Iterator[Reviewed]:
    """Each question that was asked, in words, with a way back to it while it can be changed."""
    language, heading = get_language() or "fi", ""
    for line in state.lines:
        if line.item.hidden or not line.is_asked or line.item.type == "display":
            continue
        is_group, problem = line.item.type == "group", state.problems.get(line.name)
        if is_group:
            heading = line.item.label.in_language(language)
        said = "" if is_group or line.value in (None, "", []) else rules.words(line.item, line.value, language)
        if (is_group and problem is None) or (line.item.calculated and not said):
            continue
        told = sentence(problem, names_question=False) if problem else ""
        yield Reviewed(
            line.item.label.in_language(language), said, told, _way_back(state, line, sheet), heading, line.name
        )
        heading = ""


def _way_back(state: State, line: Line, sheet: Sheet | None) -> str:
    if sheet is None or line.item.calculated or line.item.read_only:
        return ""
    return f"{sheet.places.step(steps.number_of(state.form, line.item.key))}?review=1"
