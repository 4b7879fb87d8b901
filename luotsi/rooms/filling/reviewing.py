"""All answers in words, in the order of the questions: before they are sent, after it, and on paper."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import get_language

from luotsi.domain.questionnaires import rules
from luotsi.domain.questionnaires.rules import Line, State
from luotsi.domain.questionnaires.rules.asking import as_list
from luotsi.rooms.filling import steps
from luotsi.rooms.filling.sheets import Sheet
from luotsi.rooms.filling.words import sentence


@dataclass(frozen=True)
class Reviewed:
    """One answer of the review. `problem` says what is missing or wrong; `url` leads to its page; `files` are those of
    the answer that can be opened, each by its words and address.
    """

    label: str
    said: str
    problem: str
    url: str
    heading: str = ""
    key: str = ""
    files: tuple[tuple[str, str], ...] = ()


def reviewed(
    state: State, sheet: Sheet | None = None, *, opens: Callable[[str], str] | None = None
) -> Iterator[Reviewed]:
    """Each question that was asked, in words, with a way back to it while it can be changed. `opens` says where a file
    opens, by its id.
    """
    language, heading = get_language() or "fi", ""
    opens = opens or (sheet.places.file if sheet else None)
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
            line.item.label.in_language(language), said, told, _way_back(state, line, sheet), heading, line.name,
            tuple(_files(line, language, opens)),
        )  # fmt: skip
        heading = ""


def _files(line: Line, language: str, opens: Callable[[str], str] | None) -> Iterator[tuple[str, str]]:
    """Each file of an answer in words, with where it opens."""
    for one in as_list(line.value) if line.item.type == "file" and opens else ():
        if isinstance(one, dict) and "file" in one and opens:
            yield rules.words(line.item, one, language), opens(one["file"])


def _way_back(state: State, line: Line, sheet: Sheet | None) -> str:
    if sheet is None or line.item.calculated or line.item.read_only:
        return ""
    return f"{sheet.places.step(steps.number_of(state.form, line.item.key))}?review=1"
