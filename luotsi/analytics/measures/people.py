"""Whether people meet the same professional, and how many visits a professional's day has. Only units can be compared:
a resident's visits are counted together within one unit.
"""

from datetime import date

import ibis
import ibis.expr.types as ir

from luotsi.analytics.measures.general import among, coverage
from luotsi.analytics.measures.marks import marks, one, one_if, together
from luotsi.domain.indicators.definitions.general import Continuity, PerWorkerDay

_A_YEAR = 365


def continuity(visits: ir.Table, spec: Continuity, today: date) -> ir.Table:
    """UPC, COC or SECON, added up over residents: those with many visits weigh more."""
    visits = visits.select("matter", "resident_key", "staff_key", "unit", "held_day", "minute")
    known = visits.filter((visits.staff_key != "") & (visits.resident_key != ""))
    found = _sequential(known) if spec.index == "sequential" else _by_year(known, spec)
    return together(found, marks(visits, day=visits.held_day, **coverage(visits, "staff_key")))


def per_worker_day(facts: ir.Table, spec: PerWorkerDay, today: date) -> ir.Table:
    """A mark for each professional's day on which they had any, with how many they had."""
    rows = among(facts, spec.among)
    kept = [name for name in ("unit", "part") if name in rows.columns]
    rows = rows.select(*kept, "staff_key", day=rows[spec.table.day])
    known = rows.filter(rows.staff_key != "")
    days = known.group_by(*kept, "staff_key", "day").agg(n=known.count())
    return together(
        marks(days, day=days.day, reached=days.n, counted=one()),
        marks(rows, day=rows.day, **coverage(rows, "staff_key")),
    )


def _by_year(known: ir.Table, spec: Continuity) -> ir.Table:
    """On the day of a resident's last visit of the year: to the usual one of all, or same pairs of all pairs."""
    known = known.mutate(year=known.held_day.year())
    by_one = known.group_by("resident_key", "unit", "year", "staff_key").agg(n=known.count(), last=known.held_day.max())
    whole = by_one.group_by("resident_key", "unit", "year").agg(
        visits=by_one.n.sum(), most=by_one.n.max(), same=(by_one.n * (by_one.n - 1)).sum(), last=by_one["last"].max()
    )
    whole = whole.filter(whole.visits >= spec.visits)
    if spec.index == "usual":
        return marks(whole, day=whole["last"], reached=whole.most, counted=whole.visits)
    return marks(whole, day=whole["last"], reached=whole.same, counted=whole.visits * (whole.visits - 1))


def _sequential(known: ir.Table) -> ir.Table:
    """Each visit that follows another within a year, on its own day."""
    order = [known.held_day, known.minute, known.matter, known.staff_key]
    one_by_one = ibis.window(group_by=[known.resident_key, known.unit], order_by=order)
    rows = known.mutate(
        before_day=known.held_day.lag().over(one_by_one), before_staff=known.staff_key.lag().over(one_by_one)
    )
    rows = rows.filter(rows.before_day.notnull() & (rows.held_day.delta(rows.before_day, unit="day") <= _A_YEAR))
    return marks(rows, day=rows.held_day, reached=one_if(rows.before_staff == rows.staff_key), counted=one())
