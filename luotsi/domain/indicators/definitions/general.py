"""The measures that read any table of facts: counting rows, their shares, the days between two of their days, and so
on. Which rows is said by conditions from a closed vocabulary; anything cleverer is a measure of its own.
"""

from typing import Literal

from pydantic import Field, NonNegativeInt, PositiveFloat, PositiveInt

from luotsi.base.shelf import Entry
from luotsi.domain.indicators.definitions.facts import FACT_TABLES, FactTable
from luotsi.domain.indicators.definitions.rows import Condition, OfRows
from luotsi.domain.indicators.definitions.vocabulary import Dimension, Statistic, Unit


class Count(OfRows):
    """How many. `day` is the column whose day they count on. `worth`: what one costs in euros, as its source says."""

    name: Literal["count"]
    day: str = ""
    worth: PositiveFloat | None = None

    @property
    def units(self) -> frozenset[Unit]:
        return frozenset({"euros"} if self.worth else {"count"})

    @property
    def statistic(self) -> Statistic:
        return "count"


class Total(OfRows):
    """The sum of a whole number: how many people, how many minutes."""

    name: Literal["total"]
    column: str
    day: str = ""

    @property
    def units(self) -> frozenset[Unit]:
        return frozenset({"count", "minutes"})

    @property
    def statistic(self) -> Statistic:
        return "count"


class Share(OfRows):
    """Those that are `where`, of all `among`."""

    name: Literal["share"]
    where: tuple[Condition, ...] = Field(min_length=1)
    day: str = ""

    @property
    def units(self) -> frozenset[Unit]:
        return frozenset({"percent"})

    @property
    def statistic(self) -> Statistic:
        return "share"


class LimitsKept(OfRows):
    """Of the limits whose fate is decided, those kept: within_limit for the limits of any line, with its rules."""

    name: Literal["limits_kept"]
    of: Literal["clocks"] = "clocks"

    @property
    def units(self) -> frozenset[Unit]:
        return frozenset({"percent"})

    @property
    def statistic(self) -> Statistic:
        return "share"


class Within(OfRows):
    """Those whose `end` came at most so many days after their `start`, of those whose fate is decided.

    Counted once: on the day of `end` when it came in time, otherwise on the day after the last good day. What ended
    before that without it (`ends`) is counted apart.
    """

    name: Literal["within"]
    start: str
    end: str
    days: NonNegativeInt
    ends: str = ""

    @property
    def units(self) -> frozenset[Unit]:
        return frozenset({"percent"})

    @property
    def statistic(self) -> Statistic:
        return "share"


class Between(OfRows):
    """The median number of days from `start` to `end`, counted on the day of `end`. An end before its start is none."""

    name: Literal["between"]
    start: str
    end: str

    @property
    def units(self) -> frozenset[Unit]:
        return frozenset({"days"})

    @property
    def statistic(self) -> Statistic:
        return "median"


class Middle(OfRows):
    """The median of a number of each row."""

    name: Literal["middle"]
    column: str
    day: str = ""

    @property
    def units(self) -> frozenset[Unit]:
        return frozenset({"minutes", "days", "count"})

    @property
    def statistic(self) -> Statistic:
        return "median"


class Average(OfRows):
    """The mean of a number of each row that has it, with two decimals kept of each."""

    name: Literal["average"]
    column: str
    day: str = ""

    @property
    def units(self) -> frozenset[Unit]:
        return frozenset({"points", "ratio", "days", "minutes"})

    @property
    def statistic(self) -> Statistic:
        return "mean"


class Open(OfRows):
    """How many stand open at the end of the period: begun on `start`, and neither `end` nor `ends` has come."""

    name: Literal["open"]
    start: str
    end: str
    ends: str = ""

    @property
    def units(self) -> frozenset[Unit]:
        return frozenset({"count"})

    @property
    def statistic(self) -> Statistic:
        return "count"


class Survival(OfRows):
    """The Kaplan–Meier median of the days from `start` to `end`, of those who began in the period, with those still
    waiting: a wait that goes on, or that ended otherwise (`ends`), says only that it was at least so long.

    None when more than half of the group, so counted, still wait.
    """

    name: Literal["survival"]
    start: str
    end: str
    ends: str = ""

    @property
    def units(self) -> frozenset[Unit]:
        return frozenset({"days"})

    @property
    def statistic(self) -> Statistic:
        return "survival"


class Continuity(Entry):
    """Whether people meet the same professional, from visits whose professional is known.

    usual       of each resident's visits to a unit in a year, those to the one they met most (UPC), at least `visits`
    same        of pairs of one resident's visits in a year and unit, those to the same professional (COC)
    sequential  of visits that follow another of the resident's to the unit within a year, those to the same (SECON)
    """

    name: Literal["continuity"]
    index: Literal["usual", "same", "sequential"]
    visits: PositiveInt = 2

    @property
    def table(self) -> FactTable:
        return FACT_TABLES["visits"]

    @property
    def dimensions(self) -> frozenset[Dimension]:
        return frozenset({"unit"})

    @property
    def units(self) -> frozenset[Unit]:
        return frozenset({"percent"})

    @property
    def statistic(self) -> Statistic:
        return "share"


class PerWorkerDay(OfRows):
    """Rows of a professional's day, on the average: rows with a professional / days on which they had any."""

    name: Literal["per_worker_day"]

    @property
    def dimensions(self) -> frozenset[Dimension]:
        return frozenset({"unit"})

    @property
    def units(self) -> frozenset[Unit]:
        return frozenset({"ratio"})

    @property
    def statistic(self) -> Statistic:
        return "ratio"


GENERAL = (
    Count
    | Total
    | Share
    | LimitsKept
    | Within
    | Between
    | Middle
    | Average
    | Open
    | Survival
    | Continuity
    | PerWorkerDay
)
