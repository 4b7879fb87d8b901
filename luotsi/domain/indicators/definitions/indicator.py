"""An indicator as its shelf file states it."""

from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PositiveInt, model_validator

from luotsi.base.shelf import Definition, Entry
from luotsi.base.text import Text
from luotsi.domain.indicators.definitions.facts import (
    FACT_TABLES,
    AnswerFact,
    AssessmentFact,
    BookingFact,
    CaseFact,
    ClockFact,
    ContactFact,
    GroupFact,
    HeadFact,
    NumberFact,
    ReferralFact,
    VisitFact,
    WaitFact,
)
from luotsi.domain.indicators.definitions.measures import Measure
from luotsi.domain.indicators.definitions.vocabulary import (
    DIMENSIONS,
    By,
    Coverage,
    Direction,
    Statistic,
    Unit,
)


class Goal(Entry):
    """A target value to be reached by the end of a day; it is the goal in force until then."""

    by: date
    value: float


class Target(Entry):
    """Where a programme or plan wants the value, with the document that says so."""

    source: str
    goals: tuple[Goal, ...] = Field(min_length=1)

    def on(self, day: date) -> float:
        """The goal in force on a day: the next one still ahead, and after the last one, the last."""
        ordered = sorted(self.goals, key=lambda goal: goal.by)
        return next((goal.value for goal in ordered if goal.by >= day), ordered[-1].value)


class LawLine(Entry):
    """A line the law draws on the chart, from a day on."""

    valid_from: date
    value: float
    name: Text
    source: str


class ExpectedRow(Entry):
    """A row of the table that an example must give. Periods as people write them: 2026-W12, 2026-03, 2026-Q1, 2026."""

    unit: str = ""
    service: str = ""
    municipality: str = ""
    profession: str = ""
    line: str = ""
    kind: str = ""
    channel: str = ""
    register: str = ""
    rule: str = ""
    mode: str = ""
    demand: str = ""
    reason: str = ""
    questionnaire: str = ""
    offering: str = ""
    week: str = ""
    month: str = ""
    quarter: str = ""
    year: str = ""
    value: float | None
    numerator: int
    denominator: int
    coverage: float | None
    apart: int | None = None

    def keys(self, by: tuple[By, ...]) -> tuple[str, ...]:
        return tuple(str(getattr(self, column)) for column in by)


def _defaults(data: Any) -> Any:
    """`common:` holds what all facts of an example share, so that a reader sees only the differences."""
    if not isinstance(data, dict) or "common" not in data:
        return data
    common = data["common"]
    shared = {key: [{**common, **row} for row in data.get(key, [])] for key in FACT_TABLES if key in data}
    return {key: value for key, value in data.items() if key != "common"} | shared


class WorkedExample(Entry):
    """Facts small enough to count by hand, and the table they must give. `as_of` is the day on which it is asked.

    Small cells are shown here, since nobody in an example exists.
    """

    as_of: date
    cases: tuple[CaseFact, ...] = ()
    contacts: tuple[ContactFact, ...] = ()
    assessments: tuple[AssessmentFact, ...] = ()
    clocks: tuple[ClockFact, ...] = ()
    bookings: tuple[BookingFact, ...] = ()
    visits: tuple[VisitFact, ...] = ()
    referrals: tuple[ReferralFact, ...] = ()
    answers: tuple[AnswerFact, ...] = ()
    waits: tuple[WaitFact, ...] = ()
    groups: tuple[GroupFact, ...] = ()
    heads: tuple[HeadFact, ...] = ()
    numbers: tuple[NumberFact, ...] = ()
    by: tuple[By, ...] = ()
    since: date | None = None
    until: date | None = None
    rows: tuple[ExpectedRow, ...]
    total: ExpectedRow
    why: Text

    @property
    def facts(self) -> dict[str, tuple[Entry, ...]]:
        """The rows of each table that has any."""
        return {of: rows for of in FACT_TABLES if (rows := getattr(self, of))}


Example = Annotated[WorkedExample, BeforeValidator(_defaults)]


class Indicator(Definition):
    """A figure with everything one must know to trust it.

    Percentages are 0–100, in value and coverage alike. `version` grows when the figure would change; what was
    frozen keeps its version. `apart` says what is counted beside the value, such as those still waiting.
    """

    version: PositiveInt
    valid_from: date
    meaning: Text
    formula: Text
    measure: Measure
    unit: Unit
    direction: Direction
    by: tuple[By, ...] = Field(min_length=1)
    coverage: Coverage
    coverage_means: Text
    apart: Text | None = None
    minimum_cell: PositiveInt = 5
    targets: tuple[Target, ...] = ()
    law: tuple[LawLine, ...] = ()
    owner: str  # a role of content/roles
    source: tuple[str, ...] = Field(min_length=1)
    example: Example

    @model_validator(mode="after")
    def _holds_together(self) -> "Indicator":
        if self.unit not in self.measure.units:
            raise ValueError(f"the measure {self.measure.name} gives {' or '.join(sorted(self.measure.units))}")
        unknown = {column for column in self.by if column in DIMENSIONS} - self.measure.dimensions
        if unknown:
            raise ValueError(f"the measure {self.measure.name} cannot be broken down by {', '.join(sorted(unknown))}")
        if not set(self.example.by) <= set(self.by):
            raise ValueError("the example is by columns that the indicator does not have")
        return self

    @property
    def statistic(self) -> Statistic:
        """How a group's sums become its value. What is asked as a count is one, also of a measure of shares."""
        return "count" if self.unit == "count" and self.measure.statistic == "share" else self.measure.statistic

    def target_on(self, day: date) -> float | None:
        """The first target's goal in force on a day."""
        return self.targets[0].on(day) if self.targets else None

    def law_on(self, day: date) -> float | None:
        """The law's line in force on a day."""
        in_force = [line for line in sorted(self.law, key=lambda line: line.valid_from) if line.valid_from <= day]
        return in_force[-1].value if in_force else None
