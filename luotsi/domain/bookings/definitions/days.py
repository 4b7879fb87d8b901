"""What kinds of days a decision grants, and by which rule places are shared out; from the shelf."""

from datetime import date
from typing import Self

from pydantic import Field, model_validator

from luotsi.base import shelf
from luotsi.base.shelf import Definition, Entry
from luotsi.base.text import Text
from luotsi.domain.bookings.rules.days import Granted, Per
from luotsi.domain.bookings.rules.sharing import Step


class DaysExample(Entry):
    """A worked example: with so many days granted and these taken, so many are left `on` that day."""

    days: int
    first: date
    last: date
    taken: tuple[date, ...]
    on: date
    left: int
    why: str


class GrantedDays(Definition):
    """A kind of days that a decision grants: counted `per` whole decision, week or calendar month, never fewer than the
    `least` of the `law`. `keeps_months`: so long unspent days of a month are kept. They are taken as `offerings`.
    `not_counted`: for these reasons a day on which the person did not come is given back.
    """

    explains: Text
    law: str
    per: Per
    least: int = Field(ge=1)
    keeps_months: int = Field(default=0, ge=0, le=36)
    offerings: tuple[str, ...] = Field(min_length=1)
    not_counted: tuple[str, ...] = ()
    examples: tuple[DaysExample, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.keeps_months and self.per != "month":
            raise ValueError("keeps_months says how long days of a month are kept; here they are not counted by month")
        return self

    def granted(self, days: int, first: date, last: date) -> Granted:
        return Granted(self.per, days, first, last, self.keeps_months)


class SharedWish(Entry):
    """A family of an example: so many days had of those granted, until when, and how often it was left without."""

    name: str
    had: int
    granted: int
    left_without: int = 0
    ends: date = date(2026, 12, 31)


class SharingExample(Entry):
    why: str
    wishes: tuple[SharedWish, ...]
    places: int
    given: tuple[str, ...]


class SharingRule(Definition):
    """In which order the steps are compared when there are too few places. `explains` is for the families."""

    explains: Text
    order: tuple[Step, ...] = Field(min_length=1)
    examples: tuple[SharingExample, ...] = Field(min_length=1)


def granted_days() -> dict[str, GrantedDays]:
    """Every kind of days by its key."""
    return shelf.load("granted_days", GrantedDays)


def sharing_rule() -> SharingRule:
    return shelf.load("sharing_rules", SharingRule)["places"]


def day_offerings() -> frozenset[str]:
    """The offerings that are taken as granted days."""
    return frozenset(key for one in granted_days().values() for key in one.offerings)
