"""Everything that is held on one resident, table by table, as the data map promises it: for their own export.

It stands here because the cases noun is the highest that keeps residents' data, and so may know the tables below it.
"""

import base64
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection

from luotsi.base.who import Who
from luotsi.domain.cases import access
from luotsi.domain.cases.queries.sources import SOURCES
from luotsi.domain.events import actions as events
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.organisation.rules import NotAllowed, check_may
from luotsi.domain.people import queries as people
from luotsi.domain.people.definitions.data_map import Table, data_map
from luotsi.domain.people.rules import decrypt_identity
from luotsi.domain.questionnaires.queries import attachments, forms

SCHEMA = "luotsi-export/1"


@dataclass(frozen=True)
class Held:
    """One table's rows of the person; each row has the columns that the data map names, in its order."""

    table: Table
    rows: tuple[dict[str, Any], ...]


def held_on(*, viewer: Who) -> list[Held]:
    """Everything held on the resident, or on the one they act for: then what the mandate covers and is not private.

    Raises NotAllowed. Logged as an export.
    """
    check_may(viewer, "own.export")
    if not viewer.is_resident or viewer.whose is None:
        raise NotAllowed("only a resident takes a copy of their data")
    is_acting = viewer.acting_for is not None
    asked = {
        "own": sorted(viewer.own_ids),
        "actor": viewer.id,
        "cases": list(access.visible_to(viewer).values_list("id", flat=True)),
        "all": not is_acting,
    }
    with as_system():
        found = [
            Held(table, tuple(_rows(table, asked)))
            for page in data_map().values()
            for table in page.tables
            if table.export and (SOURCES[table.table].is_for_acting or not is_acting)
        ]
        others = _named_beside(asked)
    events.saw(viewer, residents=[viewer.whose], what="export", ground=viewer.ground)
    events.saw(viewer, residents=others - viewer.own_ids, what="mandate", ground=viewer.ground)
    return _masked(found, viewer)


def _named_beside(asked: dict[str, Any]) -> set[UUID]:
    """Other residents whose names stand in the copy: those who act or acted for the person, and the other way round."""
    with connection.cursor() as sql:
        sql.execute(_BESIDE, asked)
        return {row[0] for row in sql.fetchall() if row[0]}


_BESIDE = """
SELECT agent_id FROM people_mandate WHERE principal_id = ANY (%(own)s)
UNION SELECT principal_id FROM people_mandate WHERE agent_id = ANY (%(own)s)
UNION SELECT sent_by_id FROM cases_contact WHERE resident_id = ANY (%(own)s)
UNION SELECT acting_by_id FROM questionnaires_response WHERE resident_id = ANY (%(own)s)
UNION SELECT actor_id FROM events_event WHERE resident = ANY (%(own)s) AND actor_kind = 'resident'
UNION SELECT actor_id FROM events_use WHERE resident = ANY (%(own)s) AND actor_kind = 'resident'
"""


def _rows(table: Table, asked: dict[str, Any]) -> list[dict[str, Any]]:
    """The person's rows of one table, in the order of the first moment that a row tells."""
    if table.export is None:
        return []
    source, names = SOURCES[table.table], list(table.export.columns)
    columns = ", ".join((source.columns or {}).get(name, f't."{name}"') for name in names)
    when = next((at for at, name in enumerate(names, 1) if table.export.columns[name].shows == "moment"), 1)
    with connection.cursor() as sql:
        query = f"SELECT {columns} FROM {table.table} t {source.join} WHERE {source.where} ORDER BY {when}, 1"  # noqa: S608 (constants)
        sql.execute(query, asked)
        whole = [name for name, column in table.export.columns.items() if column.shows in {"answers", "body"}]
        return [_plain(dict(zip(names, row, strict=True)), whole) for row in sql.fetchall()]


def _plain(row: dict[str, Any], whole: list[str]) -> dict[str, Any]:
    """Ids as text, a file in base64; what PostgreSQL hands over as JSON, as what it means."""
    row |= {name: json.loads(row[name]) for name in whole if isinstance(row[name], str)}
    if "identity_code" in row:
        row["identity_code"] = decrypt_identity(bytes(row["identity_code"]), settings.IDENTITY_KEY)
    if "sealed" in row:
        row["sealed"] = base64.b64encode(attachments.unsealed(row["id"], row["sealed"])).decode()
    return {name: str(value) if isinstance(value, UUID) else value for name, value in row.items()}


def _masked(held: list[Held], viewer: Who) -> list[Held]:
    """Whoever acts for somebody learns no whole identity code; of one under a protection order no place at all."""
    known = people.shown(people.person(viewer.acting_for), viewer) if viewer.acting_for else None
    if known is None:
        return held
    hidden = {"identity_code": known.masked_code} | (dict.fromkeys(_PLACES, "") if known.is_protected else {})
    return [Held(one.table, tuple(_without(row, hidden, known.is_protected) for row in one.rows)) for one in held]


def _without(row: dict[str, Any], hidden: dict[str, str], is_protected: bool) -> dict[str, Any]:
    kept = {name: hidden.get(name, value) for name, value in row.items()}
    if is_protected and "answers" in kept:
        kept["answers"] = _unreachable(kept["answers"], _phones(kept["questionnaire"], kept.get("version")))
    return kept


def _phones(key: str, version: int | None) -> set[str] | None:
    """The questions of a form that are answered with a phone number; None of a form that nobody knows any more."""
    try:
        return {item.key for item in forms.definition(key, version).every_item if item.type == "phone"}
    except KeyError:
        return None


def _unreachable(answers: Any, phones: set[str] | None) -> Any:
    """The answers without those, at whatever depth; nothing where it is not known which they are."""
    if phones is None:
        return {}
    if isinstance(answers, dict):
        return {key: _unreachable(answer, phones) for key, answer in answers.items() if key not in phones}
    return [_unreachable(one, phones) for one in answers] if isinstance(answers, list) else answers


# Columns by which somebody could be found; a unit is where one goes.
_PLACES = ("municipality", "phone", "call_number", "mail", "street", "postal_code", "town", "unit", "from_unit",
           "to_unit")  # fmt: skip
