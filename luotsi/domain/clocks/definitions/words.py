"""The sentences in which clocks explain themselves, from the shelf so that a translator can mend them."""

from pydantic import model_validator

from luotsi.base.shelf import Definition
from luotsi.base.text import LANGUAGES, Text
from luotsi.domain.clocks.definitions.vocabulary import (
    BecauseKind,
    Condition,
    Line,
    PauseReason,
    State,
    Stop,
    Trigger,
)

_BLANKS = {"days", "number", "count", "rule", "law", "word", "name", "why"}


class ClockWords(Definition):
    """Names for every word of the vocabulary, and a sentence for every step of an explanation.

    A sentence may have the blanks {days} {number} {count} {rule} {law} {word} {name} {why}.
    """

    because: dict[BecauseKind, Text]
    lines: dict[Line, Text]
    triggers: dict[Trigger, Text]
    stops: dict[Stop, Text]
    conditions: dict[Condition, Text]
    pauses: dict[PauseReason, Text]
    states: dict[State, Text]
    counts: dict[str, Text]
    labels: dict[str, Text]

    @model_validator(mode="after")
    def _blanks_are_known(self) -> "ClockWords":
        for kind, text in self.because.items():
            for language in LANGUAGES:
                _check_blanks(kind, text.in_language(language))
        return self


def _check_blanks(kind: str, sentence: str) -> None:
    try:
        sentence.format(**dict.fromkeys(_BLANKS, ""))
    except (KeyError, IndexError, ValueError) as error:
        known = " ".join(f"{{{blank}}}" for blank in sorted(_BLANKS))
        raise ValueError(f"because.{kind}: the sentence has an unknown blank ({error}); use {known}") from None
