"""The words of the usage log on the shelf: what a row is about and what was done, in plain language.

Why somebody might is explained in content/grounds.
"""

from pydantic import model_validator

from luotsi.base import shelf
from luotsi.base.shelf import Definition, Entry
from luotsi.base.text import Text


class LogWord(Entry):
    """The same thing said to the resident whom it concerns ("avasi asiasi"), and to the officer who watches over it.

    `another` is said to whoever acts for that resident, where the officer's words would not be plain to them.
    `tried` is said to the officer where it was refused ("yritti avata asian"); without it the words of `other`.
    """

    resident: Text
    officer: Text
    another: Text | None = None
    tried: Text | None = None

    def to_reader(self, *, acts_for_another: bool) -> Text:
        """To the resident themselves, or to whoever acts for them."""
        return (self.another or self.officer) if acts_for_another else self.resident


class LogWords(Definition):
    """Words by the keys that stand in the log. `other` is said for a key that has none (a row of long ago)."""

    words: dict[str, LogWord]
    other: LogWord

    @model_validator(mode="after")
    def _is_written_in_all_languages(self) -> "LogWords":
        for key, word in {**self.words, "other": self.other}.items():
            if not all(text.is_complete for text in (word.resident, word.officer, word.another, word.tried) if text):
                raise ValueError(f"{key} is not written in Finnish, Swedish and English")
        return self

    def word(self, key: str) -> LogWord:
        return self.words.get(key, self.other)


def log_words() -> dict[str, LogWords]:
    return shelf.load("log_words", LogWords)


def what_words(what: str) -> LogWord:
    """Which data: a noun phrase in lower case."""
    return log_words()["what"].word(what)


def action_words(action: str) -> LogWord:
    """What was done: the rest of a sentence that begins with who did it."""
    return log_words()["actions"].word(action)


def tried_words(action: str) -> Text:
    """What somebody tried and was refused, to the officer."""
    known = log_words()["actions"]
    return known.word(action).tried or known.other.tried or known.other.officer
