"""Recall cohorts: who is invited to choose a time for themselves, by their birth date; from the shelf."""

from datetime import date
from typing import Self

from pydantic import Field, model_validator

from luotsi.base import shelf
from luotsi.base.shelf import Definition, Entry
from luotsi.base.text import Text
from luotsi.domain.bookings.definitions.offerings import offerings


class Ages(Entry):
    """From which whole year of age to which, on the day of the invitation."""

    first: int = Field(ge=0, le=120)
    last: int = Field(ge=0, le=120)


class CohortExample(Entry):
    """A worked example: whether somebody born that day is invited when invitations begin on the day `asked`."""

    born: date
    asked: date
    invited: bool
    why: str


class Cohort(Definition):
    """Whom to invite to which offering. By one of three: `turns`, whole years reached in the calendar year; `ages` on
    the day; `months` of age reached while one can choose.

    `window_days` is how long one can choose. Nobody is invited who has, or had within `again_months`, such a time.
    `says` stands with the invitation; `source` names the act or whose promise it is.
    """

    offering: str
    reason: str = ""
    turns: tuple[int, ...] = ()
    ages: Ages | None = None
    months: tuple[int, ...] = ()
    window_days: int = Field(ge=14, le=365)
    again_months: int = Field(default=0, ge=0, le=120)
    says: Text
    source: Text
    examples: tuple[CohortExample, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if sum(map(bool, (self.turns, self.ages, self.months))) != 1:
            raise ValueError("say who is invited by one of turns, ages and months")
        return self


def cohorts() -> dict[str, Cohort]:
    """Every cohort by its key."""
    return shelf.load("recall_cohorts", Cohort)


def cohorts_of(unit: str) -> list[Cohort]:
    """Those to whose times the unit can invite."""
    known = offerings()
    return [one for one in cohorts().values() if one.offering in known and unit in known[one.offering].units]
