"""Making marks: rows of the same columns that can be put together and added up."""

from typing import Any

import ibis
import ibis.expr.types as ir

from luotsi.domain.indicators.definitions import DIMENSIONS

SUMS = ("reached", "counted", "covered", "seen", "apart")

# What a mark may be grouped by: a table has those of them that its rows know, and `part`, the file they are in.
GROUPS = (*DIMENSIONS, "part")


def marks(rows: ir.Table, *, day: Any, wait: Any = None, **sums: Any) -> ir.Table:
    """One mark a row. Sums that are not named are 0."""
    groups = {name: rows[name] for name in GROUPS if name in rows.columns}
    length = ibis.null("int64") if wait is None else wait.cast("int64")
    numbers = {name: sums.get(name, ibis.literal(0)).cast("int64") for name in SUMS}
    return rows.select(day=day.cast("date"), **groups, wait=length, **numbers)


def together(*tables: ir.Table) -> ir.Table:
    return ibis.union(*tables, distinct=False)


def one_if(condition: Any) -> ir.NumericValue:
    """1 where the condition holds, 0 where it does not or nothing is known."""
    return ibis.ifelse(condition.fill_null(False), 1, 0)


def one() -> ir.NumericScalar:
    return ibis.literal(1)


def day_after(day: ir.DateValue) -> ir.DateValue:
    return (day + ibis.interval(days=1)).cast("date")
