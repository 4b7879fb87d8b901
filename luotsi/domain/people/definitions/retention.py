"""How long data are kept: a rule for each class of data, from the shelf, with its act and worked examples."""

from datetime import date
from typing import Literal, Self

from pydantic import model_validator

from luotsi.base import shelf
from luotsi.base.shelf import Definition, Entry
from luotsi.base.text import Text

# What a time is counted from: the person's death or birth, the end of their last matter or of what they allowed, the
# day a row was written, the last use of it, the day a worker left.
Anchor = Literal["death", "birth", "end", "entry", "use", "departure"]


class Period(Entry):
    """So many years or days after a moment. None at all: gone on the day after it."""

    after: Anchor
    years: int = 0
    days: int = 0

    @model_validator(mode="after")
    def _one_unit(self) -> Self:
        if self.years < 0 or self.days < 0 or (self.years and self.days):
            raise ValueError("a period is counted in years or in days, and not backwards")
        return self


class LawSource(Entry):
    """Where a time comes from. `source` is what was read, in words; a house rule says so."""

    act: str
    section: str = ""
    source: str
    url: str = ""


class RetentionExample(Entry):
    """The days that are known, and the first day on which nothing is left (none: kept until more is known)."""

    known: dict[Anchor, date]
    gone_on: date | None
    why: str


class RetentionRule(Definition):
    """A time that data are kept. Of the periods in `until` the first whose moment is known counts; none: for good.

    `verified`: somebody compared it with the act's own text, on `compared_on`.
    """

    explains: Text
    until: tuple[Period, ...]
    law: LawSource
    verified: bool = False
    compared_on: date | None = None
    examples: tuple[RetentionExample, ...]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if not self.examples:
            raise ValueError("a rule has at least one worked example")
        if self.verified != (self.compared_on is not None):
            raise ValueError("a rule that is verified says on which day, and no other does")
        return self


def retention_rules() -> dict[str, RetentionRule]:
    return shelf.load("retention", RetentionRule)
