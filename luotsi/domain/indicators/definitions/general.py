"""The measures that read any table of facts: counting rows, their shares, the days between two of their days, and so
on. Which rows is said by conditions from a closed vocabulary; anything cleverer is a measure of its own.
"""

from datetime import date
from typing import Any, Literal

from pydantic import Field, NonNegativeInt, PositiveFloat, PositiveInt, model_validator

from luotsi.base.shelf import Entry
from luotsi.domain.indicators.definitions.facts import FACT_TABLES, FactTable, Of
from luotsi.domain.indicators.definitions.vocabulary import DIMENSIONS, Dimension, Statistic, Unit


class Condition(Entry):
    """What a row must be like: exactly one of these of one column.

    one_of    text, one of these; is_true of a yes or no; known: there is something (or, false, nothing) in it
    at_least, at_most   of a number; not known is neither
    """

    column: str
    one_of: tuple[str, ...] = ()
    is_true: bool | None = None
    known: bool | None = None
    at_least: float | None = None
    at_most: float | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> "Condition":
        if len(self.model_fields_set - {"column"}) != 1:
            raise ValueError("a condition is exactly one of one_of, is_true, known, at_least, at_most")
        return self

    def fits(self, annotation: Any) -> bool:
        """Whether it can be asked of a column of this type."""
        if self.one_of:
            return annotation is str
        if self.is_true is not None:
            return annotation is bool
        return self.known is not None or annotation in _NUMBERS


_NUMBERS = (int, int | None, float | None)
_DAYS = (date, date | None)


class _OfRows(Entry):
    """`among` narrows the rows; `known` is the column that coverage is about: how many of the rows have it."""

    of: Of
    among: tuple[Condition, ...] = ()
    known: str = "unit"

    @property
    def table(self) -> FactTable:
        return FACT_TABLES[self.of]

    @property
    def dimensions(self) -> frozenset[Dimension]:
        return frozenset(name for name in DIMENSIONS if name in self.table.columns)

    @model_validator(mode="after")
    def _asks_for_what_there_is(self) -> "_OfRows":
        fields = self.table.model.model_fields
        for condition in (*self.among, *getattr(self, "where", ())):
            _check(condition.column in fields, self.of, condition.column)
            if not condition.fits(fields[condition.column].annotation):
                raise ValueError(f"the condition on {condition.column} is not one for what that column holds")
        _check(self.known in fields, self.of, self.known)
        for name in _DAY_FIELDS & type(self).model_fields.keys():
            if wanted := getattr(self, name):
                _check(wanted in fields and fields[wanted].annotation in _DAYS, self.of, wanted, "day")
        if (column := getattr(self, "column", None)) is not None:
            _check(column in fields and fields[column].annotation in _NUMBERS, self.of, column, "number")
        return self


_DAY_FIELDS = {"day", "start", "end", "ends"}


def _check(holds: bool, of: str, column: str, what: str = "column") -> None:
    if not holds:
        raise ValueError(f"{of} have no {what} {column!r}; they have {', '.join(FACT_TABLES[of].columns)}")


class Count(_OfRows):
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


class Total(_OfRows):
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


class Share(_OfRows):
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


class LimitsKept(_OfRows):
    """Of the limits whose fate is decided, those kept: within_limit for the limits of any line, with its rules."""

    name: Literal["limits_kept"]
    of: Literal["clocks"] = "clocks"

    @property
    def units(self) -> frozenset[Unit]:
        return frozenset({"percent"})

    @property
    def statistic(self) -> Statistic:
        return "share"


class Within(_OfRows):
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


class Between(_OfRows):
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


class Middle(_OfRows):
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


class Average(_OfRows):
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


class Open(_OfRows):
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


class Survival(_OfRows):
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


class PerWorkerDay(_OfRows):
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
