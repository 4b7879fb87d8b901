"""The relationships that cases and their times give, worked out anew from the rows, and proved right."""

from datetime import datetime, timedelta

from django.db import connection, transaction

from luotsi.domain.events import actions as events
from luotsi.domain.people.definitions import grounds

# Every (resident, unit or worker, register, ground, subject) that follows from cases and bookings and still holds.
_FOLLOWS = """
SELECT c.resident_id, c.unit_id AS unit, NULL::uuid AS staff_id, c.register, 'team' AS ground, c.id AS subject,
       c.opened_at AS begins_at, c.closed_at + %(team)s AS ends_at
FROM cases_case c WHERE c.closed_at IS NULL OR c.closed_at + %(team)s > %(at)s
UNION ALL
SELECT c.resident_id, '', s.staff_id, c.register, 'booking', b.id, b.offered_at,
       coalesce(b.cancelled_at, s.ends_at) + %(booking)s
FROM cases_casebooking l JOIN cases_case c ON c.id = l.case_id
JOIN bookings_booking b ON b.id = l.booking_id JOIN bookings_slot s ON s.id = b.slot_id
WHERE coalesce(b.cancelled_at, s.ends_at) + %(booking)s > %(at)s
"""
_MISSING = """
WITH follows AS (FOLLOWS)
SELECT f.* FROM follows f WHERE NOT EXISTS (
    SELECT FROM people_relationship r WHERE r.resident_id = f.resident_id AND r.subject = f.subject
      AND r.ground = f.ground AND r.register = f.register AND r.unit = f.unit
      AND r.staff_id IS NOT DISTINCT FROM f.staff_id AND (r.ends_at IS NULL OR r.ends_at > %(at)s))
""".replace("FOLLOWS", _FOLLOWS)
_ADD = """
INSERT INTO people_relationship (id, resident_id, unit, staff_id, register, ground, subject, begins_at, ends_at)
SELECT gen_random_uuid(), m.resident_id, m.unit, m.staff_id, m.register, m.ground, m.subject, m.begins_at,
       CASE WHEN m.ends_at IS NOT NULL THEN greatest(m.ends_at, m.begins_at) END
FROM (MISSING) AS m
""".replace("MISSING", _MISSING)
_COUNT = "SELECT count(*) FROM (MISSING) AS m".replace("MISSING", _MISSING)


def missing_relationships(*, at: datetime) -> int:
    """How many relationships follow from cases and times, and do not stand."""
    with connection.cursor() as sql:
        sql.execute(_COUNT, _times(at))
        return int(sql.fetchone()[0])


@transaction.atomic
def rebuild_relationships(*, at: datetime) -> int:
    """Add every relationship that follows and does not stand. Answers how many. Nothing is taken away."""
    with connection.cursor() as sql:
        sql.execute(_ADD, _times(at))
        added = int(sql.rowcount)
    events.tell_mended("relationships", rows=added, at=at)
    return added


def _times(at: datetime) -> dict[str, object]:
    stays = {key: timedelta(days=ground.stays_days) for key, ground in grounds().items()}
    return {"team": stays["team"], "booking": stays["booking"], "at": at}
