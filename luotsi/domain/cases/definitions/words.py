"""What the steps of a kind of case are called on the shelf, where they are not called as judging a need is."""

from typing import Literal

from luotsi.base import shelf
from luotsi.base.shelf import Definition
from luotsi.base.text import Text

StepWord = Literal[
    "waits", "new_ones", "assess", "assess_again", "choice", "choose", "note", "note_hint", "note_missing", "save",
    "judged", "happened",
]  # fmt: skip


class CaseWords(Definition):
    """The words of the case kind with the same key; what is left out is called as in judging a need."""

    words: dict[StepWord, Text]


def case_words() -> dict[str, CaseWords]:
    return shelf.load("case_words", CaseWords)
