"""The target table of a plan: one row a target, one column for each year or quarter that any target names."""

from dataclasses import dataclass

from luotsi.domain.programmes.definitions import Goal, Programme, Target
from luotsi.domain.programmes.definitions.target import ends_in


@dataclass(frozen=True)
class TargetRow:
    target: Target
    goals: tuple[Goal | None, ...]


@dataclass(frozen=True)
class TargetTable:
    """`columns` are years ("2025"), quarters ("4/2025") and months ("2021-09") in the order of time."""

    columns: tuple[str, ...]
    rows: tuple[TargetRow, ...]


def target_table(plan: Programme) -> TargetTable:
    """The plan's targets that have a goal for some year or quarter."""
    aims = {target.key: target.dated for target in plan.targets}
    columns = tuple(sorted({column for own in aims.values() for column in own}, key=_in_time))
    with_goals = [target for target in plan.targets if aims[target.key]]
    rows = tuple(TargetRow(t, tuple(aims[t.key].get(column) for column in columns)) for t in with_goals)
    return TargetTable(columns, rows)


def _in_time(column: str) -> tuple[tuple[int, int], bool]:
    """A year stands after its quarters and months: it is reached by its end."""
    return ends_in(column), column.isdigit()
