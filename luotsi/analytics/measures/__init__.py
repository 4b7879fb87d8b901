"""The named measures: each is one Ibis function that turns facts into marks, the same on DuckDB and on Spark.

A mark is a small row "on this day, in this group, so much": marks add up, so every table of an indicator, by week or by
unit or in total, is a sum of the same marks.

    reached, counted   the numerator and the denominator
    covered, seen      of the figure's coverage: how many of those it is about it could see
    apart              what is counted beside the value (those still waiting, those who withdrew)
    wait               for waits: their length in days, or another number of which a median or mean is asked; else NULL

Rules that keep the numbers equal on every engine: shares are never divided here, booleans become numbers by ifelse,
days between dates only by date.delta, local days come ready from the facts, no hash, no tie without an order.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import ibis.expr.types as ir

from luotsi.analytics.measures import general, people
from luotsi.analytics.measures.care import wait_days, waiting, within_days, within_limit
from luotsi.analytics.measures.contacts import contacts
from luotsi.domain.indicators.definitions import Measure

Marks = Callable[[ir.Table, Any, date], ir.Table]


@dataclass(frozen=True)
class Counting:
    """A measure's function, and which of its sums are levels (changes up to a day) and not flows.

    `is_whole`: its rows belong together across the files of a table, so that these are read as one.
    """

    marks: Marks
    levels: frozenset[str] = frozenset()
    is_whole: bool = False


_LEVEL = frozenset({"reached", "counted"})

MEASURES: dict[str, Counting] = {
    "within_limit": Counting(within_limit),
    "within_days": Counting(within_days),
    "wait_days": Counting(wait_days, levels=frozenset({"apart"})),
    "waiting": Counting(waiting, levels=_LEVEL),
    "contacts": Counting(contacts),
    "count": Counting(general.count),
    "total": Counting(general.total),
    "share": Counting(general.share),
    "limits_kept": Counting(general.limits_kept),
    "within": Counting(general.within),
    "between": Counting(general.between),
    "middle": Counting(general.middle),
    "average": Counting(general.average),
    "open": Counting(general.open_at, levels=_LEVEL),
    "survival": Counting(general.survival),
    "continuity": Counting(people.continuity, is_whole=True),
    "per_worker_day": Counting(people.per_worker_day),
}


def counting(measure: Measure) -> Counting:
    """How a definition's measure is counted."""
    return MEASURES[measure.name]
