"""What a reading of answers gives."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from luotsi.domain.questionnaires.definitions import Band, Danger, Item, Outcome, Questionnaire
from luotsi.domain.questionnaires.definitions.faulty import Fault

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    """Why an answer cannot stand. `limit` is the bound that it breaks, or the word that it should have been.

    Kinds: missing, too_long, too_short, too_small, too_big, too_few, too_many, bad_pattern, not_text, not_yes_or_no,
    not_a_number, not_whole, too_many_decimals, not_a_unit, not_a_day, not_a_moment, not_a_time, not_an_option,
    excludes_others, not_a_phone, not_an_address, not_rows, not_readable, not_a_file, wrong_kind, too_large.
    """

    kind: str
    item: Item
    path: Path = ()
    limit: Any = None

    @property
    def name(self) -> str:
        return name_of(self.path or (self.item.key,))


@dataclass(frozen=True)
class Line:
    """One item at one place, in reading order. A group that repeats has one line for itself, then its rows' lines.

    `value` is the answer as it was given (as it is kept, when it could be); `rows` counts the rows of a group that
    repeats, at least one, so that a page has a row to fill.
    """

    item: Item
    path: Path
    depth: int
    is_asked: bool
    value: Any = None
    rows: int = 0

    @property
    def name(self) -> str:
        """The place as one word, the same in pages' field names and in `State.problems`: meds[0].dose."""
        return name_of(self.path)


@dataclass(frozen=True)
class Scored:
    """A score's value and band; None when too much is `missing` (keys of the items that were asked in vain)."""

    value: Decimal | None
    band: Band | None = None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class State:
    """A form with answers, read. `answers` are those that count: asked, well formed, with the computed ones.

    `problems` are by the name of their line. `dangers` are keys, the gravest first (as the form lists them).
    `unknown` are answers to questions that the form does not have; `failures` are expressions that gave no value
    because these answers do not fit them, each as a sentence for whoever keeps the form.
    """

    form: Questionnaire
    lines: tuple[Line, ...]
    answers: dict[str, Any]
    problems: dict[str, Problem]
    scores: dict[str, Scored]
    outcomes: tuple[Outcome, ...]
    dangers: tuple[str, ...]
    unknown: tuple[str, ...] = ()
    failures: tuple[Fault, ...] = ()

    @property
    def is_complete(self) -> bool:
        return not self.problems

    @property
    def result(self) -> Scored | None:
        """The first score: what the questionnaire gives as a whole."""
        return self.scores.get(self.form.scores[0].key) if self.form.scores else None

    @property
    def told_dangers(self) -> list[Danger]:
        return [self.form.dangers[key] for key in self.dangers]


def name_of(path: Path) -> str:
    """("meds", 0, "dose") as meds[0].dose."""
    first, *rest = path
    return str(first) + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in rest)
