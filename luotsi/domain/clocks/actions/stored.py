"""Very many clock rows as they stand, and those that were missing written at once."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import connection

from luotsi.domain.clocks.models import Clock

# Of a row: rule, due_on, promised_on, state, wake_at, paused_since, stopped_at, because. Moments are microseconds.
Stored = tuple[str, date | None, date | None, str, int | None, int | None, int | None, str]
Rows = Mapping[tuple[str, int], Stored]


def stored_between(first: str, before: str) -> dict[str, Rows]:
    """The rows of the subjects from `first` to before `before` ("" for no bound), by line and start."""
    rows: dict[str, dict[tuple[str, int], Stored]] = {}
    with connection.cursor() as sql:
        sql.execute(_STORED, {"first": first or None, "before": before or None})
        for subject, line, started, *row in sql.fetchall():
            rows.setdefault(subject, {})[line, started] = tuple(row)
    return {**rows}


def _in_microseconds(column: str) -> str:
    return f"(extract(epoch FROM {column}) * 1000000)::int8"


_STORED = f"""
SELECT subject::text, line, {_in_microseconds("started_at")}, rule, due_on, promised_on, state,
       {_in_microseconds("wake_at")}, {_in_microseconds("paused_since")}, {_in_microseconds("stopped_at")},
       because::text
FROM clocks_clock
WHERE (%(first)s::uuid IS NULL OR subject >= %(first)s::uuid)
  AND (%(before)s::uuid IS NULL OR subject < %(before)s::uuid)
"""  # noqa: S608 (the columns' own names)


def write_missing(rows: Iterable[Clock]) -> None:
    """Write the rows of subjects that had none. One that another writer made meanwhile stays as that writer made it."""
    with connection.cursor() as sql:
        sql.execute(_ROOM)
        with sql.copy(f"COPY clocks_made ({_NAMES}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row([_as_copied(getattr(row, name)) for name in _COLUMNS])
        sql.execute(_KEEP)


def _as_copied(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, list) else value


_COLUMNS = tuple(field.attname for field in Clock._meta.concrete_fields)
_NAMES = ", ".join(_COLUMNS)
_ROOM = """
CREATE TEMPORARY TABLE IF NOT EXISTS clocks_made (LIKE clocks_clock) ON COMMIT DROP; TRUNCATE clocks_made
"""
_KEEP = f"INSERT INTO clocks_clock ({_NAMES}) SELECT {_NAMES} FROM clocks_made ON CONFLICT DO NOTHING"  # noqa: S608
