"""What has happened since a moment in the life of the database: for whoever asks if what is remembered still holds."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from luotsi.domain.events.actions.system import as_system

# When more has happened, reading anew costs less than looking at each.
_MOST = 500


@dataclass(frozen=True)
class Mark:
    """Where the database stood: the transactions that were visible, and the last event among them.

    The event tells whether it is still the same database: a restored or emptied one does not know it.
    """

    snapshot: str
    event: UUID


@dataclass(frozen=True)
class Moved:
    """What events since a mark are about; one that joins two records is about both. `is_known` False: it cannot be
    told, since too much has happened, rows were mended, or it is another database. `mark` is where it stands now.
    """

    mark: Mark
    is_known: bool
    subjects: frozenset[UUID]
    residents: frozenset[UUID]

    @property
    def is_still(self) -> bool:
        return self.is_known and not self.subjects and not self.residents


def moved_since(mark: Mark | None) -> Moved | None:
    """Every transaction counts that had not committed by the mark, whatever the numbers of its events. One statement
    and the way past the wall: only ids are read, for nobody's eyes.

    None where nothing may be remembered: this transaction has itself written something that may never come to be, or
    there is no event yet.
    """
    held = {"snapshot": mark.snapshot if mark else None, "event": mark.event if mark else None, "most": _MOST}
    with as_system(savepoint=False), connection.cursor() as sql:
        sql.execute(_MOVED, held)
        snapshot, last, has_written, is_same, count, is_mended, subjects, residents = sql.fetchone()
    if has_written or last is None:
        return None
    is_known = mark is not None and is_same and count < _MOST and not is_mended
    told = (frozenset(ids or ()) - {None} if is_known else frozenset() for ids in (subjects, residents))
    return Moved(Mark(snapshot, last), is_known, *told)


_MOVED = """
SELECT pg_current_snapshot()::text, (SELECT uid FROM events_event ORDER BY id DESC LIMIT 1),
       pg_current_xact_id_if_assigned() IS NOT NULL,
       EXISTS (SELECT FROM events_event WHERE uid = %(event)s::uuid),
       count(*), coalesce(bool_or(kind = 'rows.mended'), false),
       array_agg(DISTINCT subject), array_agg(DISTINCT resident) || array_agg(DISTINCT other)
FROM (SELECT kind, subject, resident, CASE WHEN kind IN ('resident.joined', 'resident.separated')
             THEN (body->>'other')::uuid END AS other FROM events_event
      WHERE xid >= pg_snapshot_xmin(%(snapshot)s::text::pg_snapshot)
        AND NOT pg_visible_in_snapshot(xid, %(snapshot)s::text::pg_snapshot) LIMIT %(most)s) AS fresh
"""
