"""Everything that is held on one resident, table by table, as the data map promises it: for their own export.

It stands here because the cases noun is the highest that keeps residents' data, and so may know the tables below it.
"""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection

from luotsi.base.who import Who
from luotsi.domain.cases import access
from luotsi.domain.events import actions as events
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.organisation.rules import NotAllowed, check_may
from luotsi.domain.people import queries as people
from luotsi.domain.people.definitions.data_map import Table, data_map
from luotsi.domain.people.rules import decrypt_identity
from luotsi.domain.questionnaires.definitions import questionnaires

SCHEMA = "luotsi-export/1"
_STAFF = "(SELECT name FROM organisation_staff w WHERE w.id = {})"
_PERSON = "(SELECT first_name || ' ' || last_name FROM people_resident p WHERE p.id = {})"
_ACTOR = (
    "CASE t.actor_kind WHEN 'staff' THEN (SELECT name FROM organisation_staff w WHERE w.id = t.actor_id) "
    "WHEN 'resident' THEN (SELECT first_name || ' ' || last_name FROM people_resident p WHERE p.id = t.actor_id) "
    "ELSE t.actor_kind END"
)


@dataclass(frozen=True)
class Source:
    """How a table's rows of one person are found, and what stands for a column that is not the table's own."""

    where: str
    join: str = ""
    columns: dict[str, str] | None = None
    is_for_acting: bool = True


_OWN = "t.resident_id = ANY (%(own)s)"
_CASE = "t.case_id = ANY (%(cases)s)"
SOURCES = {
    "people_resident": Source("t.id = ANY (%(own)s)"),
    "people_contactcheck": Source(_OWN, is_for_acting=False),
    "people_consent": Source(_OWN, columns={"recorded_by": _STAFF.format("t.recorded_by_id")}),
    "people_mandate": Source(
        "t.principal_id = ANY (%(own)s) OR t.agent_id = ANY (%(own)s)",
        columns={
            "principal": _PERSON.format("t.principal_id"),
            "agent": _PERSON.format("t.agent_id"),
            "recorded_by": _STAFF.format("t.recorded_by_id"),
        },
        is_for_acting=False,
    ),
    "people_relationship": Source(_OWN, columns={"staff": _STAFF.format("t.staff_id")}, is_for_acting=False),
    "questionnaires_response": Source(
        "t.resident_id = ANY (%(own)s) AND (%(all)s OR t.id IN (SELECT response_id FROM cases_contact c "
        "JOIN cases_case k ON k.contact_id = c.id WHERE k.id = ANY (%(cases)s)))"
    ),
    "messaging_notice": Source(_OWN, is_for_acting=False),
    "bookings_booking": Source(
        "t.resident_id = ANY (%(own)s) AND (%(all)s OR t.id IN (SELECT booking_id FROM cases_casebooking l "
        "WHERE l.case_id = ANY (%(cases)s)))",
        join="JOIN bookings_slot s ON s.id = t.slot_id",
        columns={
            "starts_at": "s.starts_at",
            "ends_at": "s.ends_at",
            "unit": "s.unit_id",
            "staff": _STAFF.format("s.staff_id"),
            "profession": "s.profession",
            "mode": "s.mode",
        },
    ),
    "cases_contact": Source(
        "t.resident_id = ANY (%(own)s) AND (%(all)s OR t.id IN (SELECT contact_id FROM cases_case k "
        "WHERE k.id = ANY (%(cases)s)))",
        columns={"unit": "t.unit_id", "response": "t.response_id", "sent_by": _PERSON.format("t.sent_by_id")},
    ),
    "cases_case": Source(
        "t.id = ANY (%(cases)s)",
        columns={
            "unit": "t.unit_id",
            "contact": "t.contact_id",
            "kept_private_by": _STAFF.format("t.kept_private_by_id"),
        },
    ),
    "cases_assessment": Source(
        _CASE,
        columns={
            "case": "t.case_id",
            "kind": "(SELECT kind FROM cases_case k WHERE k.id = t.case_id)",
            "assessed_by": _STAFF.format("t.assessed_by_id"),
        },
    ),
    "cases_casebooking": Source(_CASE, columns={"case": "t.case_id", "booking": "t.booking_id"}),
    "cases_visitnote": Source(
        _CASE,
        columns={"case": "t.case_id", "booking": "t.booking_id", "written_by": _STAFF.format("t.written_by_id")},
    ),
    "clocks_clock": Source("t.subject = ANY (%(cases)s)"),
    "events_event": Source("t.resident = ANY (%(own)s)", columns={"actor": _ACTOR}, is_for_acting=False),
    "events_use": Source("t.resident = ANY (%(own)s)", columns={"actor": _ACTOR}, is_for_acting=False),
}


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
    """Ids as text; what PostgreSQL hands over as JSON, as what it means."""
    row |= {name: json.loads(row[name]) for name in whole if isinstance(row[name], str)}
    if "identity_code" in row:
        row["identity_code"] = decrypt_identity(bytes(row["identity_code"]), settings.IDENTITY_KEY)
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
    if is_protected and "answers" in kept and (definition := questionnaires().get(kept["questionnaire"])):
        phones = {item.key for item in definition.items if item.type == "phone"}
        kept["answers"] = {key: answer for key, answer in kept["answers"].items() if key not in phones}
    return kept


# Columns by which somebody could be found; a unit is where one goes.
_PLACES = ("municipality", "phone", "mail", "street", "postal_code", "town", "unit")
