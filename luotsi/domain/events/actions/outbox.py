"""Readers of the outbox: what happened causes something elsewhere, once for each event and none too early."""

from collections.abc import Callable

from django.db import connection, transaction

from luotsi.domain.events.models import Cursor, Event


@transaction.atomic
def read_outbox(reader: str, *, kinds: tuple[str, ...], handle: Callable[[Event], None], limit: int = 500) -> int:
    """Give `handle` the events of these kinds behind the reader's cursor, in order, and move the cursor past them.

    Only transactions that nothing running precedes are read, so an event that commits late is never skipped. What
    `handle` writes commits with the cursor: after a crash it is done again, not twice. Answers how many were read;
    0 when another worker is reading.
    """
    Cursor.objects.get_or_create(name=reader)
    cursor = Cursor.objects.select_for_update(skip_locked=True).filter(name=reader).first()
    if cursor is None:
        return 0
    fresh = list(Event.objects.raw(_BEHIND, [list(kinds), cursor.xid, cursor.event, limit]))
    for event in fresh:
        handle(event)
    if fresh:
        cursor.xid, cursor.event = int(fresh[-1].writer), fresh[-1].id
        cursor.save()
    return len(fresh)


def skip_outbox(reader: str) -> None:
    """Let a reader begin from now: what was loaded in bulk is history and causes nothing.

    Called in the transaction that loads, it skips that one too, so that no crash can come between.
    """
    own = "pg_current_xact_id_if_assigned()::text::bigint"
    with connection.cursor() as sql:
        sql.execute(f"SELECT coalesce({own}, pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1)")
        xid = sql.fetchone()[0]
    Cursor.objects.update_or_create(name=reader, defaults={"xid": xid, "event": 2**62})


_BEHIND = """
SELECT *, xid::text::bigint AS writer FROM events_event
WHERE kind = ANY(%s) AND (xid, id) > (%s::text::xid8, %s) AND xid < pg_snapshot_xmin(pg_current_snapshot())
ORDER BY xid, id LIMIT %s
"""
