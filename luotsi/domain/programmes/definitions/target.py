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
Month = Annotated[str, Field(pattern=r"^20\d\d-(0[1-9]|1[0-2])$")]  # "2021-09": by the end of September


class Entered(Entry):
    """A value that somebody wrote down because no indicator computes it: the day it is of, and where it was read."""

    day: date
    value: Decimal | None = None
    words: str = ""
    source: str


class Target(Entry):
    """A line of the target table. On the shelf a goal is a number, words, or {value, over}.

    The unit "yes_no" asks whether something is in use by the planned time. `goal` is the number of the goal measured.
    `direction` says which way is better, or that something shall simply be reached. A target without goals
    ("grows yearly") is followed by its direction alone.
    """

    key: str
    name: Text
    unit: Literal["percent", "days", "number", "state", "yes_no"]
    direction: Literal["at_least", "at_most", "grows", "shrinks", "reached"]
    place: str  # where in the source it stands
    part: str = ""
    goal: str = ""
    base: Decimal | None = None
    by_year: dict[int, Aim] = {}
    by_quarter: dict[Quarter, Aim] = {}
    by_month: dict[Month, Aim] = {}
    entered: tuple[Entered, ...] = ()
    note: str = ""
    indicator: str = ""

    @property
    def dated(self) -> dict[str, Goal]:
        """Every goal by what it is to be reached by ("2025", "4/2025", "2021-09"), in the order of time."""
        named = {str(year): goal for year, goal in self.by_year.items()} | self.by_quarter | self.by_month
        return dict(sorted(named.items(), key=lambda pair: ends_in(pair[0])))

    def goal_on(self, day: date) -> Goal | None:
        """The goal in force on a day: that year's, else the nearest still ahead, else the last that has passed."""
        if day.year in self.by_year:
            return self.by_year[day.year]
        goals = [(ends_in(name), goal) for name, goal in self.dated.items()]
        ahead = [goal for end, goal in goals if end >= (day.year, day.month)]
        return ahead[0] if ahead else goals[-1][1] if goals else None


def ends_in(name: str) -> tuple[int, int]:
    """The year and month in which "2025", "4/2025" or "2021-09" ends."""
    if "/" in name:
        number, year = name.split("/")
        return int(year), int(number) * 3
    year, _, month = name.partition("-")
    return int(year), int(month or 12)
