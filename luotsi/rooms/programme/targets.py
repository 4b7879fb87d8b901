"""The target table of a plan: one row a target, one column for each year or quarter that any target names."""

from dataclasses import dataclass

from luotsi.domain.programmes.definitions import Goal, Programme, Target
from luotsi.domain.programmes.definitions.target import Entered, ends_in
from luotsi.domain.programmes.queries import Followed


@dataclass(frozen=True)
class TargetRow:
    """A target with its goals, and beside them what is known: a live figure, else what was entered last."""

    target: Target
    goals: tuple[Goal | None, ...]
    live: Followed | None = None

    @property
    def entered(self) -> Entered | None:
        return max(self.target.entered, key=lambda one: one.day, default=None)


@dataclass(frozen=True)
class TargetTable:
    """`columns` are years ("2025"), quarters ("4/2025") and months ("2021-09") in the order of time."""

    columns: tuple[str, ...]
    rows: tuple[TargetRow, ...]


def target_table(plan: Programme, followed: tuple[Followed, ...] = ()) -> TargetTable:
    """Every target of the plan, each beside its live figure where there is one."""
    live = {line.target.key: line for line in followed if line.figure}
    columns = tuple(sorted({column for target in plan.targets for column in target.dated}, key=_in_time))
    rows = tuple(TargetRow(t, tuple(t.dated.get(column) for column in columns), live.get(t.key)) for t in plan.targets)
    return TargetTable(columns, rows)


def _in_time(column: str) -> tuple[tuple[int, int], bool]:
    """A year stands after its quarters and months: it is reached by its end."""
    return ends_in(column), column.isdigit()
