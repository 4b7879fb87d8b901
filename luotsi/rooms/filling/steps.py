"""Which questions stand on which page. Pure.

A page's number is the place of its first question in the form: it stays the same whatever else is asked, and in both
ways of filling an address leads to the page that has the question.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from luotsi.base.text import Text
from luotsi.domain.questionnaires.definitions import Item, Questionnaire
from luotsi.domain.questionnaires.rules import Line, State

Way = Literal["one", "sections"]
WAYS: tuple[Way, ...] = ("one", "sections")
LONGEST_SECTION = 12  # questions that stand in no group, on one page


@dataclass
class Step:
    """One page: its lines in reading order, the texts to read among them, and the group around them."""

    number: int
    lines: list[Line] = field(default_factory=list)
    heading: Text | None = None

    @property
    def questions(self) -> list[Line]:
        return [line for line in self.lines if line.is_asked and line.item.is_answered_by_people]

    @property
    def is_one_question(self) -> bool:
        return len(self.questions) == 1 and all(line.item.type != "group" for line in self.lines)

    def holds(self, name: str) -> bool:
        """Whether a problem of that name (see rules.State) stands on this page."""
        return any(line.name == name for line in self.lines)


def pages(state: State, way: Way) -> list[Step]:
    """The pages on which somebody is asked something, with these answers."""
    units = _by_question(state) if way == "one" else _by_section(state)
    return [step for step in units if step.questions]


def page_of(steps: list[Step], state: State, number: int) -> Step | None:
    """The page that has the question of that number; else the nearest one after it, so that an old address or a
    question that is not asked any more leads on. None at the end.
    """
    wanted = [line for line in state.lines if number_of(state.form, line.item.key) == number]
    for step in steps:
        if any(line in step.lines for line in wanted):
            return step
    return next((step for step in steps if step.number >= number), None)


def number_of(form: Questionnaire, key: str) -> int:
    """The place of an item in the form, from 1."""
    return _numbers(tuple(item.key for item in form.every_item))[key]


@cache
def _numbers(keys: tuple[str, ...]) -> dict[str, int]:
    return {key: number for number, key in enumerate(keys, 1)}


def _trees(state: State) -> Iterator[list[Line]]:
    """The lines of each item at the top with what stands in it or under it."""
    tree: list[Line] = []
    for line in state.lines:
        if line.depth == 0 and tree:
            yield tree
            tree = []
        tree.append(line)
    if tree:
        yield tree


def _by_section(state: State) -> Iterator[Step]:
    loose: list[list[Line]] = []
    for tree in _trees(state):
        if tree[0].item.type == "group":
            yield from _loose(state, loose)
            loose = []
            yield _step(state, _shown(tree), tree[0].item if not tree[0].item.repeats else None)
            continue
        if len(loose) == LONGEST_SECTION:
            yield from _loose(state, loose)
            loose = []
        loose.append(tree)
    yield from _loose(state, loose)


def _loose(state: State, trees: list[list[Line]]) -> Iterator[Step]:
    lines = [line for tree in trees for line in _shown(tree)]
    if lines:
        yield _step(state, lines)


def _by_question(state: State) -> Iterator[Step]:
    """A group that repeats is one page, since its rows belong together. Texts to read come before the next question."""
    before: list[Line] = []
    for tree in _trees(state):
        lines = _shown(tree)
        around: list[Line] = []
        while lines:
            line, *lines = lines
            around = [one for one in around if one.depth < line.depth]
            if line.item.type == "group" and line.item.repeats:
                rows = [one for one in lines if one.path[: len(line.path)] == line.path]
                lines = lines[len(rows) :]
                yield _step(state, [*before, line, *rows], _innermost(around))
                before = []
            elif line.item.type == "group":
                around.append(line)
            elif line.item.is_answered_by_people and line.is_asked:
                yield _step(state, [*before, line], _innermost(around))
                before = []
            else:
                before.append(line)


def _innermost(around: list[Line]) -> Item | None:
    return around[-1].item if around else None


def _shown(lines: list[Line]) -> list[Line]:
    """Those that may stand on a page: hidden ones never do."""
    return [line for line in lines if not line.item.hidden]


def _step(state: State, lines: list[Line], group: Item | None = None) -> Step:
    questions = [line for line in lines if line.item.is_answered_by_people or line.item.repeats] or lines
    heading = group.label if group else None
    return Step(number_of(state.form, questions[0].item.key), lines, heading)
