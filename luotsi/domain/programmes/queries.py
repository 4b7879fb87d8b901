"""What the programme's pages and reports read: the plan with live figures beside its targets."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from luotsi.base.text import Language
from luotsi.domain.programmes.definitions import Goal, Part, Programme, Target, parts_of, programme
from luotsi.domain.programmes.rules import Comparison, compare, reaches


@dataclass(frozen=True)
class LiveFigure:
    """An indicator's figure as the analytics answered it.

    `value`, `target` and the values of `series` are in `unit`: a "share" is 0–1, a "percent" 0–100. `coverage` is
    the share (0–1) of all cases the figure could see; None where it was not measured.
    """

    value: float | None
    unit: Literal["share", "percent", "days", "number"]
    coverage: float | None = None
    numerator: int | None = None
    denominator: int | None = None
    series: tuple[tuple[str, float | None], ...] = ()
    target: float | None = None
    as_of: date | None = None
    definition_version: str = ""


@dataclass(frozen=True)
class Followed:
    """A target line whose indicator is computed live: the goal of the report's day, and the figure if there is one."""

    target: Target
    goal: Goal | None
    figure: LiveFigure | None

    @property
    def value(self) -> Decimal | None:
        """The figure in the target's own unit: target tables print percent (80), a share is 0.8."""
        return self._in_target_unit(self.figure.value) if self.figure else None

    @property
    def aim(self) -> Goal | None:
        """The goal to hold the figure against: the programme's of the day, else the indicator's own target."""
        if self.goal is not None and self.goal.value is not None:
            return self.goal
        own = self._in_target_unit(self.figure.target) if self.figure else None
        return None if own is None else Goal(value=own)

    @property
    def is_reached(self) -> bool | None:
        """Whether the figure meets its aim; None when one of them is not a number."""
        return reaches(self.target, self.aim, self.value)

    def _in_target_unit(self, number: float | None) -> Decimal | None:
        if number is None or self.figure is None:
            return None
        exact = Decimal(str(number))
        return exact * 100 if self.figure.unit == "share" else exact


@dataclass(frozen=True)
class MonthlyReport:
    """One month of a programme, ready to print. `language` is that of the headings; status texts keep their own."""

    programme: Programme
    parts: tuple[Part, ...]
    followed: tuple[Followed, ...]
    money: Comparison | None
    month: date
    made_at: datetime
    language: Language


def monthly_report(
    key: str,
    *,
    month: date,
    made_at: datetime,
    figures: Mapping[str, LiveFigure],
    language: Language = "fi",
) -> MonthlyReport:
    """The report of a month (any day in it), with `figures` by indicator key. Raises UnknownProgrammeError."""
    plan = programme(key)
    return MonthlyReport(
        programme=plan,
        parts=parts_of(key),
        followed=followed(plan, day=month, figures=figures),
        money=compare(plan.budget) if plan.budget else None,
        month=month.replace(day=1),
        made_at=made_at,
        language=language,
    )


def followed(plan: Programme, *, day: date, figures: Mapping[str, LiveFigure]) -> tuple[Followed, ...]:
    """The target lines that an indicator of the shelf computes, each with its figure when there is one.

    Another county's programme gets no figures: ours would stand beside its targets as if they were its own.
    """
    ours = figures if plan.is_ours else {}
    live = (target for target in plan.targets if target.indicator)
    return tuple(Followed(target, target.goal_on(day), ours.get(target.indicator)) for target in live)
