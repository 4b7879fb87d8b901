"""Everything held on a person, in words for reading and as data for another program."""

import json
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language

from luotsi.base.now import in_helsinki
from luotsi.domain.cases.queries.held import SCHEMA, Held
from luotsi.rooms.resident import exportwords as words


def as_json(held: list[Held], *, at: datetime) -> bytes:
    """Stable names: the tables and columns of the data map. Times in ISO 8601 with their zone."""
    told = {
        "schema": SCHEMA,
        "made_at": in_helsinki(at).isoformat(timespec="seconds"),
        "tables": {one.table.table: list(one.rows) for one in held},
    }
    return json.dumps(told, ensure_ascii=False, indent=1, default=_plainly).encode()


# To read: first who one is, then one's matters, last what the county kept of its own doings.
_ORDER = ("people_resident", "cases_", "questionnaires_", "bookings_", "clocks_", "messaging_", "people_", "events_")


def sections(held: list[Held]) -> list[dict[str, Any]]:
    """Headings, what each part is, and its rows as pairs of a column's name and a value in words. Files stand in the
    copy for programs alone.
    """
    language = get_language()
    found = []
    for one in sorted(held, key=_place):
        columns = one.table.export.columns if one.table.export else {}
        rows = [
            [
                (column.name.in_language(language), words.said(row[name], column, row, language))
                for name, column in columns.items()
                if row[name] not in (None, "", [], {}) and column.shows != "file"
            ]
            for row in one.rows
        ]
        if one.table.export:
            heading, explains = one.table.export.heading, one.table.export.explains
            found.append({"heading": heading, "explains": explains, "rows": rows, "count": len(rows)})
    return found


def _place(held: Held) -> int:
    return next((at for at, name in enumerate(_ORDER) if held.table.table.startswith(name)), len(_ORDER))


def _plainly(value: Any) -> str:
    if isinstance(value, datetime):
        return in_helsinki(value).isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else str(value)
