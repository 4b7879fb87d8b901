"""The services of the shelf in the tables, for tests that need them and do not test how they come there."""

from datetime import datetime
from typing import Any

from django.db import connection

from luotsi.base.who import SYSTEM
from luotsi.domain.catalogue import events as catalogue_events
from luotsi.domain.catalogue.actions import loading
from luotsi.domain.catalogue.models import Service
from luotsi.domain.events import actions as events
from luotsi.domain.organisation import actions as organisation
from tests.factories import MORNING

_left: dict[str, bytes] = {}
_said: list[loading.Loaded] = []


def services_stand(at: datetime = MORNING) -> None:
    """As `load_shelf` leaves them. It takes two seconds, so it is called once in a run and its rows are put back after.

    A transaction rolled back leaves the sequences where they were, so what a test adds gets numbers of its own.
    """
    if Service.objects.exists():
        loading.load_shelf(by=SYSTEM, at=at)
    elif not _left:
        _said.append(loading.load_shelf(by=SYSTEM, at=at))
        _left.update({table: _out(table) for table in _tables()})
    else:
        organisation.load_units()
        for table, rows in _left.items():
            _back(table, rows)
        told = _said[0]
        fact = catalogue_events.CatalogueLoaded(loading.SOURCE, told.added, told.changed, told.unpublished)
        events.record(fact, by=SYSTEM, at=at)


def _tables() -> list[str]:
    return sorted(name for name in connection.introspection.table_names() if name.startswith("catalogue_"))


def _out(table: str) -> bytes:
    with connection.cursor() as sql, _copy(sql, f'COPY "{table}" TO STDOUT (FORMAT BINARY)') as rows:
        return b"".join(bytes(piece) for piece in rows)


def _back(table: str, rows: bytes) -> None:
    with connection.cursor() as sql, _copy(sql, f'COPY "{table}" FROM STDIN (FORMAT BINARY)') as copy:
        copy.write(rows)


def _copy(sql: Any, statement: str) -> Any:
    return sql.cursor.copy(statement)
