"""Money recomputed, every printed figure beside the one that follows from the others; figures held against goals. Pure.

    compare(budget).disagreements -> the printed figures that cannot be right together with the others

Each figure is computed from the *printed* figures it should follow from, so that one wrong figure is found where it
stands and does not run through the rest of the table. A total follows from the lines under it, a total plan from the
plans of its own line, what is left from the total plan less the actual of its own line.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from luotsi.base.text import Text
from luotsi.domain.programmes.definitions.circle import Claim, FigureTable
from luotsi.domain.programmes.definitions.money import Budget, Column, Row, Unit
from luotsi.domain.programmes.definitions.plan import STATES, State
from luotsi.domain.programmes.definitions.target import Goal, Target

Verdict = Literal["agrees", "rounding", "disagrees", "not_printed"]
Basis = Literal["entered", "sum_of_lines", "sum_of_plans", "plan_less_actual", "share_of_total", "table"]

# Forms are printed in whole euros (person-years in hundredths) from exact sums: the last digit may be two off.
TOLERANCE: Mapping[Unit, Decimal] = {"EUR": Decimal(2), "person_years": Decimal("0.02")}


@dataclass(frozen=True)
class Cell:
    """A printed figure (`stated`, None where the source prints nothing) and the computed one, in the column's unit."""

    stated: Decimal | None
    computed: Decimal
    basis: Basis
    verdict: Verdict
    explanation: Text | None = None

    @property
    def difference(self) -> Decimal:
        """Computed less stated: what must be added to the printed figure. Nothing printed counts as zero."""
        return self.computed - (self.stated or Decimal(0))


@dataclass(frozen=True)
class ComparedRow:
    """A line of the table with its cells by column; `level` is its depth among the cost lines."""

    key: str
    name: Text
    level: int
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class Disagreement:
    """A printed figure that the others contradict. `place` is "" in the table itself, else where it is printed."""

    row: ComparedRow
    column: Column
    cell: Cell
    place: Text | None = None


@dataclass(frozen=True)
class Comparison:
    """A whole money table, printed and computed."""

    budget: Budget
    rows: tuple[ComparedRow, ...]
    disagreements: tuple[Disagreement, ...]

    @property
    def rounded(self) -> int:
        """How many printed figures differ from their parts by rounding only."""
        return sum(cell.verdict == "rounding" for row in self.rows for cell in row.cells.values())


def compare(budget: Budget) -> Comparison:
    """Every cell of a money table, stated and computed, and the list of those that disagree."""
    rows = tuple(
        ComparedRow(row.key, row.name, level, {column.key: _cell(budget, row, column) for column in budget.columns})
        for level, row in budget.walk()
    )
    return Comparison(budget, rows, (*_in_table(budget, rows), *_elsewhere(budget, rows)))


def verdict_on(stated: Decimal | None, computed: Decimal, unit: Unit) -> Verdict:
    """Whether a printed figure can stand beside the computed one. Nothing printed for nothing is agreement."""
    if stated is None:
        return "not_printed" if computed else "agrees"
    if stated == computed:
        return "agrees"
    return "rounding" if abs(stated - computed) <= TOLERANCE[unit] else "disagrees"


def _cell(budget: Budget, row: Row, column: Column) -> Cell:
    stated = row.stated[budget.columns.index(column)]
    computed, basis = _computed(budget, row, column)
    return Cell(stated, computed, basis, verdict_on(stated, computed, column.unit), _why(budget, row, column))


def _computed(budget: Budget, row: Row, column: Column) -> tuple[Decimal, Basis]:
    if column.kind == "total_plan":
        return _sum(budget, row, column, "plan"), "sum_of_plans"
    if column.kind == "left":
        return _left(budget, row, column), "plan_less_actual"
    if row == budget.total and budget.rows:
        return sum((_printed(budget, line, column) for line in budget.rows), Decimal(0)), "sum_of_lines"
    if row == budget.grant:
        return _printed(budget, budget.total, column) * budget.grant_rate, "share_of_total"
    if row.rows:
        return sum((_printed(budget, line, column) for line in row.rows), Decimal(0)), "sum_of_lines"
    return row.stated[budget.columns.index(column)] or Decimal(0), "entered"


def _printed(budget: Budget, row: Row, column: Column) -> Decimal:
    """The printed figure, or the computed one where nothing is printed."""
    stated = row.stated[budget.columns.index(column)]
    return _computed(budget, row, column)[0] if stated is None else stated


def _sum(budget: Budget, row: Row, column: Column, kind: str) -> Decimal:
    same = (other for other in budget.columns if other.kind == kind and other.unit == column.unit)
    return sum((_printed(budget, row, other) for other in same), Decimal(0))


def _left(budget: Budget, row: Row, column: Column) -> Decimal:
    whole = next((c for c in budget.columns if c.kind == "total_plan" and c.unit == column.unit), None)
    planned = _printed(budget, row, whole) if whole else _sum(budget, row, column, "plan")
    return planned - _sum(budget, row, column, "actual")


def _why(budget: Budget, row: Row, column: Column) -> Text | None:
    return next((why.text for why in budget.explanations if (why.row, why.column) == (row.key, column.key)), None)


def _in_table(budget: Budget, rows: tuple[ComparedRow, ...]) -> Iterator[Disagreement]:
    for row in rows:
        for column in budget.columns:
            if row.cells[column.key].verdict == "disagrees":
                yield Disagreement(row, column, row.cells[column.key])


def _elsewhere(budget: Budget, rows: tuple[ComparedRow, ...]) -> Iterator[Disagreement]:
    """What the source prints again in another place, beside the table's own figure."""
    for printed in budget.printed_elsewhere:
        row = next(row for row in rows if row.key == printed.row)
        column = next(column for column in budget.columns if column.key == printed.column)
        in_table = row.cells[column.key]
        value = in_table.computed if in_table.stated is None else in_table.stated
        verdict = verdict_on(printed.stated, value, column.unit)
        if verdict == "disagrees":
            yield Disagreement(row, column, Cell(printed.stated, value, "table", verdict, printed.note), printed.place)


def tally(states: Iterable[State | None]) -> dict[State | None, int]:
    """How many stand in each state, in the order done to stopped and unknown last; those of none are left out."""
    counted = Counter(states)
    return {state: counted[state] for state in (*STATES, None) if counted[state]}


@dataclass(frozen=True)
class CheckedClaim:
    """A change that a text states, with the one that its table gives."""

    claim: Claim
    computed: Decimal

    @property
    def agrees(self) -> bool:
        return self.claim.stated == self.computed


def check_claims(table: FigureTable) -> tuple[CheckedClaim, ...]:
    """Every change the text states of a table, recomputed. A claim about a figure that is not printed is wrong."""
    return tuple(CheckedClaim(claim, _change(table, claim)) for claim in table.claims)


def sums(table: FigureTable) -> dict[str, tuple[Decimal, ...]]:
    """For each row that the source prints as a total: its parts added up, column by column."""
    of = {one.total: one.of for one in table.sums}
    return {
        total: tuple(
            sum((table.value(part, column) or Decimal(0) for part in parts), Decimal(0)) for column in table.columns
        )
        for total, parts in of.items()
    }


def _change(table: FigureTable, claim: Claim) -> Decimal:
    first, last = (table.value(claim.row, column) or Decimal(0) for column in (claim.first, claim.last))
    return last - first


def reaches(target: Target, goal: Goal | None, value: Decimal | None) -> bool | None:
    """Whether a figure in the target's unit meets the goal; None when there is no number to hold it against."""
    if goal is None or goal.value is None or value is None:
        return None
    if target.direction in ("at_most", "shrinks"):
        return value <= goal.value
    return value > goal.value if goal.over else value >= goal.value
