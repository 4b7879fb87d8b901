"""What answers mean: scores with their bands, what happens next, and what must be said at once."""

from datetime import date
from decimal import Decimal
from typing import Any, Literal

from pydantic import model_validator

from luotsi.base.shelf import Entry
from luotsi.base.text import Text
from luotsi.domain.questionnaires.definitions.asked import Condition, said_for_another
from luotsi.domain.questionnaires.definitions.faulty import Fault, Faulty

Way = Literal["sum", "mean", "share", "count", "rule", "expression"]


class Band(Entry):
    """A range of a score with its name, both ends included. None leaves an end open."""

    key: str
    name: Text
    least: Decimal | None = None
    most: Decimal | None = None
    text: Text | None = None


class Span(Entry):
    """The lowest and highest value that a score can have."""

    least: Decimal
    most: Decimal


class Score(Entry):
    """A number read from answers. The first score of a questionnaire is its result; the others are subscales.

    `way`: sum, mean or share (0-100 % of the highest possible) of the items' points, count of answered items,
    a named `rule` (a Python function in rules/named.py), or a FHIRPath `expression`. `items` are keys; empty means
    every item that gives points. More than `max_missing` unanswered items leave the score without a value; with
    `prorate` the mean of the answered ones stands in for the missing. `of_scores` gives a rule other scores to work on.
    """

    key: str
    name: Text
    way: Way = "sum"
    items: tuple[str, ...] = ()
    of_scores: tuple[str, ...] = ()
    rule: str = ""
    expression: str = ""
    settings: dict[str, Decimal] = {}
    max_missing: int = 0
    prorate: bool = False
    decimals: int = 0
    span: Span | None = None
    better: Literal["higher", "lower", "neither"] = "neither"
    bands: tuple[Band, ...] = ()
    shown_to_resident: bool = True

    @model_validator(mode="after")
    def _ways_have_what_they_need(self) -> "Score":
        if (self.way == "rule") != bool(self.rule) or (self.way == "expression") != bool(self.expression):
            said = f"the score {self.key!r} is read by {self.way}: write its `rule` or `expression`, and no other"
            raise Faulty(Fault(said, "way_says", score=self.key))
        return self


class When(Entry):
    """One condition of an outcome: a score in a band or between values, or a condition on an answer."""

    score: str = ""
    bands: tuple[str, ...] = ()
    least: Decimal | None = None
    most: Decimal | None = None
    answer: Condition | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> "When":
        limits = bool(self.bands) or self.least is not None or self.most is not None
        if bool(self.score) == bool(self.answer) or bool(self.score) != limits:
            said = "say either a `score` with `bands`, `least` or `most`, or an `answer` with its condition"
            raise Faulty(Fault(said, "when_says"))
        return self


class Outcome(Entry):
    """What follows when all of `when` hold (`any_of: true`: one of them). Every outcome that holds takes effect.

    `says` is for whoever filled the form, `warns` for staff. `service` and `case_kind` name what is offered
    next, `unit` how its unit is found. `is_care_level` marks a recommendation on the level of care: it is a medical
    device's work, so the filler never sees it unless the county has switched that on; staff see it as a proposal.
    """

    key: str
    when: tuple[When, ...]
    any_of: bool = False
    says: Text | None = None
    says_for_another: Text | None = None
    warns: Text | None = None
    service: str = ""
    case_kind: str = ""
    unit: Literal["", "own", "nearest", "central"] = ""
    urgency: str = ""
    message: str = ""
    is_care_level: bool = False


class Danger(Entry):
    """What a person in danger is told, before anything else."""

    title: Text
    title_for_another: Text | None = None
    text: Text
    text_for_another: Text | None = None
    phone: Text

    def for_another(self) -> "Danger":
        return said_for_another(self, "title", "text")


class Example(Entry):
    """A filled form and what it must give. What is not named is not compared. `on` is the day of reading."""

    says: Text | str
    answers: dict[str, Any]
    on: date = date(2026, 1, 15)
    scores: dict[str, Decimal | None] = {}
    bands: dict[str, str] = {}
    outcomes: tuple[str, ...] | None = None
    dangers: tuple[str, ...] | None = None
    asked: tuple[str, ...] = ()
    not_asked: tuple[str, ...] = ()
    refused: tuple[str, ...] | None = None  # keys of the items whose answers are missing or wrong
