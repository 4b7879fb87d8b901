"""Events into rows: one row a case with all its times, one a contact, a time, a visit… Only SQL, the same for one story
and for all.

An event that another event corrects does not count; the correcting event counts in its place. The order of a story is
when things happened, then the order in which they were written. What happened twice counts once.
"""

# ruff: noqa: S608 (every name in the SQL here is one of ours)

from datetime import date
from typing import Any

import duckdb

from luotsi.analytics.facts.stories import gatherings, matters, times
from luotsi.domain.indicators.definitions.facts import FACT_TABLES, FactTable

# n orders a story: the moment in microseconds, then the event's number (which stays under 2^40).
_STANDING = """
CREATE OR REPLACE TEMP VIEW standing AS
SELECT *, epoch_us(occurred_at)::HUGEINT * 1099511627776 + event_id AS n
FROM {events} WHERE subject <> '' AND event_id NOT IN (SELECT corrects_id FROM corrected WHERE corrects_id IS NOT NULL)
"""

_TOLD = {**matters.TOLD, **times.TOLD, **gatherings.TOLD}


def tell(duck: duckdb.DuckDBPyConnection, events: str) -> None:
    """Make every table's rows from the whole stories in `events`; `corrected` names what to leave out."""
    duck.execute(_STANDING.format(events=events))
    for statement in matters.BEFORE:
        duck.execute(statement)
    for table in FACT_TABLES.values():
        duck.execute(
            f"CREATE OR REPLACE TEMP TABLE {rows_of(table)} AS SELECT {_typed(table)} FROM ({_TOLD[table.of]})"
        )


def rows_of(table: FactTable) -> str:
    """Where `tell` leaves a table's rows."""
    return f"{table.name}_rows"


def _typed(table: FactTable) -> str:
    """The table's columns in order, of their types, with "" for unknown text."""
    return ", ".join(_one_typed(name, field.annotation) for name, field in table.model.model_fields.items())


def _one_typed(name: str, of: Any) -> str:
    column = f'"{name}"'
    typed = {
        str: f"coalesce({column}::VARCHAR, '')",
        bool: f"coalesce({column}, false)",
        int: f"coalesce({column}, 0)::BIGINT",
        int | None: f"{column}::BIGINT",
        float | None: f"{column}::DOUBLE",
        date: f"{column}::DATE",
        date | None: f"{column}::DATE",
    }[of]
    return f"{typed} AS {column}"
