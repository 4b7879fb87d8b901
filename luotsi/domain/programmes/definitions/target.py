"""The lines of a target table: what is aimed at, by when, and which indicator computes it live."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from luotsi.base.shelf import Entry
from luotsi.base.text import Text


class Goal(Entry):
    """What a target line aims at by one date: a number, or words where the source gives no number."""

    value: Decimal | None = None
    over: bool = False  # printed "yli 10 %": more than the value
    words: str = ""

    @model_validator(mode="after")
    def _says_one_thing(self) -> "Goal":
        if (self.value is None) == (not self.words):
            raise ValueError("a goal is a number or words, one of the two")
        return self


def _goal(value: Any) -> Any:
    if isinstance(value, str):
        return {"words": value}
    return {"value": value} if isinstance(value, int | float) else value


Aim = Annotated[Goal, BeforeValidator(_goal)]
Quarter = Annotated[str, Field(pattern=r"^[1-4]/20\d\d$")]  # "4/2025": by the end of the last quarter of 2025


class Target(Entry):
    """A line of the target table. On the shelf a goal is a number, words, or {value, over}.

    `direction` says which way is better, or that something shall simply be reached. A target without goals
    ("grows yearly") is followed by its direction alone.
    """

    key: str
    name: Text
    unit: Literal["percent", "days", "number", "state"]
    direction: Literal["at_least", "at_most", "grows", "shrinks", "reached"]
    place: str  # where in the source it stands
    part: str = ""
    base: Decimal | None = None
    by_year: dict[int, Aim] = {}
    by_quarter: dict[Quarter, Aim] = {}
    note: str = ""
    indicator: str = ""

    def goal_on(self, day: date) -> Goal | None:
        """The goal in force on a day: that year's, else the nearest still ahead, else the last that has passed."""
        if day.year in self.by_year:
            return self.by_year[day.year]
        years = {(year, 12): goal for year, goal in self.by_year.items()}
        quarters = {_last_month(quarter): goal for quarter, goal in self.by_quarter.items()}
        goals = sorted({**years, **quarters}.items(), key=lambda pair: pair[0])
        ahead = [goal for end, goal in goals if end >= (day.year, day.month)]
        return ahead[0] if ahead else goals[-1][1] if goals else None


def _last_month(quarter: str) -> tuple[int, int]:
    number, year = quarter.split("/")
    return int(year), int(number) * 3
