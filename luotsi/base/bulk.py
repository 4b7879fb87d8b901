"""Filling tables with very many rows: a stream of CSV goes straight into PostgreSQL.

For imports of another system's history and for the demonstration county. Row by row a county would take hours; so
indexes, keys and foreign keys of the tables are taken off while the rows run in and put back after, checked in full.
All of it is one transaction: what fails leaves no trace. Nothing here touches how safely a commit is written.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, models, transaction
from psycopg import sql

# Building an index on a million rows asks for room to sort; the setting ends with the transaction.
_ROOM_TO_SORT = "512MB"

_FOREIGN_KEYS = """
    SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
    WHERE contype = 'f' AND (conrelid = ANY(%s::regclass[]) OR confrelid = ANY(%s::regclass[])) ORDER BY conname
"""
_KEYS = """
    SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
    WHERE contype IN ('p', 'u') AND conrelid = ANY(%s::regclass[]) ORDER BY contype, conname
"""
_INDEXES = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
    WHERE indrelid = ANY(%s::regclass[])
      AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u')) ORDER BY 1
"""


@dataclass(frozen=True)
class Stream:
    """Rows on their way: the columns' names and pieces of CSV (UTF-8, no header, an empty field is NULL)."""

    columns: tuple[str, ...]
    pieces: Iterable[bytes]


@transaction.atomic
def load(
    streams: Mapping[type[models.Model], Stream], *, silence: Mapping[type[models.Model], str] | None = None
) -> None:
    """Add the rows of each stream to its table, in this order. `silence` names a trigger a table rests meanwhile.

    Raises IntegrityError when a key is not unique, points nowhere or breaks a check; then nothing was added.
    """
    quiet = {model._meta.db_table: trigger for model, trigger in (silence or {}).items()}
    with _without_keys([model._meta.db_table for model in streams]), connection.cursor() as cursor:
        for table, trigger in quiet.items():
            cursor.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER {}").format(*map(sql.Identifier, (table, trigger))))
        for model, stream in streams.items():
            _copy(cursor, model._meta.db_table, stream)
        for table, trigger in quiet.items():
            cursor.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER {}").format(*map(sql.Identifier, (table, trigger))))


def refresh_statistics() -> None:
    """Tell the query planner what the tables now look like; it would find out by itself some minutes later."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def wait_for_turn(name: str) -> None:
    """One loader of that name at a time, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def _copy(cursor, table: str, stream: Stream) -> None:  # type: ignore[no-untyped-def]
    columns = sql.SQL(", ").join(map(sql.Identifier, stream.columns))
    command = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv)").format(sql.Identifier(table), columns)
    with cursor.copy(command) as copy:
        for piece in stream.pieces:
            copy.write(piece)


@contextmanager
def _without_keys(tables: list[str]) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what waits to be checked would refuse the change of a table
        cursor.execute("SELECT set_config('maintenance_work_mem', %s, true)", [_ROOM_TO_SORT])
        foreign = _rows(cursor, _FOREIGN_KEYS, tables, tables)
        keys = _rows(cursor, _KEYS, tables)
        indexes = _rows(cursor, _INDEXES, tables)
        for table, name, _ in foreign + keys:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
        yield
        for _, definition in indexes:
            cursor.execute(definition)
        for table, name, definition in keys + foreign:
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")


def _rows(cursor, query: str, *tables: list[str]) -> list[tuple[str, ...]]:  # type: ignore[no-untyped-def]
    cursor.execute(query, tables)
    return list(cursor.fetchall())
