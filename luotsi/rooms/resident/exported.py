"""Everything held on a person, in words for reading and as data for another program."""

import json
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.base.now import in_helsinki
from luotsi.domain.cases.definitions import case_kinds
from luotsi.domain.cases.queries.held import SCHEMA, Held
from luotsi.domain.catalogue import queries as catalogue
from luotsi.domain.events.definitions import action_words, what_words
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.people.definitions import consent_purposes, grounds, mandate_kinds
from luotsi.domain.people.definitions.data_map import Column
from luotsi.ui.words import day, moment


def as_json(held: list[Held], *, at: datetime) -> bytes:
    """Stable names: the tables and columns of the data map. Times in ISO 8601 with their zone."""
    told = {
        "schema": SCHEMA,
        "made_at": in_helsinki(at).isoformat(timespec="seconds"),
        "tables": {one.table.table: list(one.rows) for one in held},
    }
    return json.dumps(told, ensure_ascii=False, indent=1, default=_plainly).encode()


def sections(held: list[Held]) -> list[dict[str, Any]]:
    """Headings, what each part is, and its rows as pairs of a column's name and a value in words."""
    language = get_language()
    found = []
    for one in held:
        columns = one.table.export.columns if one.table.export else {}
        rows = [
            [
                (column.name.in_language(language), _said(row[name], column, language))
                for name, column in columns.items()
                if row[name] not in (None, "", [], {})
            ]
            for row in one.rows
        ]
        if one.table.export:
            heading, explains = one.table.export.heading, one.table.export.explains
            found.append({"heading": heading, "explains": explains, "rows": rows, "count": len(rows)})
    return found


def _said(value: Any, column: Column, language: str) -> str:
    if isinstance(value, list):
        return ", ".join(_said(part, column, language) for part in value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, dict):
        return "; ".join(f"{name}: {part}" for name, part in value.items() if part not in (None, "", []))
    return _named(str(value), column, language)


def _named(key: str, column: Column, language: str) -> str:
    """A key of the shelf by its name; anything else as it stands."""
    if key in column.codes:
        return column.codes[key].in_language(language)
    if column.shows == "service":
        return catalogue.service_names(language).get(key, key)
    if column.shows == "log_what":
        return what_words(key).resident.in_language(language)
    if column.shows == "log_action":
        return action_words(key).resident.in_language(language)
    named = _SHELVES.get(column.shows, dict)().get(key)
    return named.in_language(language) if named else key


_SHELVES: dict[str, Any] = {
    "unit": organisation.unit_names,
    "units": organisation.unit_names,
    "municipality": organisation.municipality_names,
    "role": lambda: {key: role.name for key, role in organisation.roles().items()},
    "case_kind": lambda: {key: kind.name for key, kind in case_kinds().items()},
    "consent": lambda: {key: purpose.name for key, purpose in consent_purposes().items()},
    "mandate": lambda: {key: kind.name for key, kind in mandate_kinds().items()},
    "ground": lambda: {key: ground.name for key, ground in grounds().items()},
    "outcome": lambda: {one.key: one.name for kind in case_kinds().values() for one in kind.outcomes},
    "close_reason": lambda: {one.key: one.name for kind in case_kinds().values() for one in kind.close_reasons},
}


def _plainly(value: Any) -> str:
    if isinstance(value, datetime):
        return in_helsinki(value).isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else str(value)
