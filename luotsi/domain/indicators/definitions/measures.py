"""The named measures and their parameters. Each is one Ibis function of the same name in luotsi/analytics/measures."""

from typing import Annotated, Literal

from pydantic import Field, PositiveInt

from luotsi.base.shelf import Entry
from luotsi.domain.clocks.definitions import Line
from luotsi.domain.indicators.definitions.facts import FACT_TABLES, FactTable
from luotsi.domain.indicators.definitions.general import GENERAL
from luotsi.domain.indicators.definitions.vocabulary import Dimension, Statistic, Unit

OF_CASES: frozenset[Dimension] = frozenset(
    ("unit", "service", "municipality", "profession", "line", "kind", "channel", "register", "rule", "mode")
)
OF_CONTACTS: frozenset[Dimension] = frozenset(("unit", "service", "municipality", "kind", "channel", "register"))


class _OfCases(Entry):
    @property
    def table(self) -> FactTable:
        return FACT_TABLES["cases"]

    @property
    def dimensions(self) -> frozenset[Dimension]:
        return OF_CASES

    @property
    def units(self) -> frozenset[Unit]:
        return frozenset({"percent"})

    @property
    def statistic(self) -> Statistic:
        return "share"


class WithinLimit(_OfCases):
    """Of the needs whose fate is decided, those whose care began within the statutory limit of the line.

    A need is decided on the day its care began in time, or on the day after its last lawful day.
    """

    name: Literal["within_limit"]
    line: Line
    kinds: tuple[str, ...] = Field(min_length=1)  # case kinds of the line: for visits that were never assessed
    only: tuple[str, ...] = ()  # of the line's needs those of these kinds; none named: all of them


class WithinDays(_OfCases):
    """Of the non-urgent first visits with an assessment, those held within so many days of it."""

    name: Literal["within_days"]
    kinds: tuple[str, ...] = Field(min_length=1)
    days: PositiveInt


class WaitDays(_OfCases):
    """The median wait in days from the assessment to the first visit, of the visits held; the still waiting apart."""

    name: Literal["wait_days"]
    kinds: tuple[str, ...] = Field(min_length=1)

    @property
    def units(self) -> frozenset[Unit]:
        return frozenset({"days"})

    @property
    def statistic(self) -> Statistic:
        return "median"


class Waiting(_OfCases):
    """The needs for non-urgent care assessed and neither begun nor closed, at the end of the period."""

    name: Literal["waiting"]
    kinds: tuple[str, ...] = Field(min_length=1)

    @property
    def units(self) -> frozenset[Unit]:
        return frozenset({"count"})

    @property
    def statistic(self) -> Statistic:
        return "count"


class Contacts(Entry):
    """Contacts received by these channels, of all contacts. No channels named: all of them."""

    name: Literal["contacts"]
    channels: tuple[str, ...] = ()

    @property
    def table(self) -> FactTable:
        return FACT_TABLES["contacts"]

    @property
    def dimensions(self) -> frozenset[Dimension]:
        return OF_CONTACTS

    @property
    def units(self) -> frozenset[Unit]:
        return frozenset({"count", "percent"})

    @property
    def statistic(self) -> Statistic:
        return "share" if self.channels else "count"


Measure = Annotated[WithinLimit | WithinDays | WaitDays | Waiting | Contacts | GENERAL, Field(discriminator="name")]
