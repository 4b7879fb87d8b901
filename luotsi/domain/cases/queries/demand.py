"""Why people get in touch, counted from the events: by unit, month and reason."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db import connection

from luotsi.base.dates import start_of
from luotsi.base.who import Who
from luotsi.domain.cases.definitions.contacts import demands
from luotsi.domain.cases.rules.demand import DemandShare
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.organisation.rules import check_may

# The latest answer of each contact counts; one that was taken back is "". Nobody says why before somebody got in touch,
# so one reading of what happened since the first day, by the index of kinds and moments, has all of both.
_COUNT = """
WITH told AS MATERIALIZED (
    SELECT id, kind, subject, unit, local_day,
           CASE WHEN kind = 'demand.classed' THEN body->>'demand' END AS demand FROM events_event
    WHERE kind IN ('contact.received', 'demand.classed') AND occurred_at >= %(start)s),
classed AS (
    SELECT DISTINCT ON (subject) subject, demand FROM told WHERE kind = 'demand.classed' ORDER BY subject, id DESC)
SELECT r.unit, date_trunc('month', r.local_day)::date, coalesce(c.demand, ''), count(*)
FROM told r LEFT JOIN classed c ON c.subject = r.subject
WHERE r.kind = 'contact.received' AND r.local_day >= %(since)s AND r.local_day < %(before)s
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""


@dataclass(frozen=True)
class DemandCount:
    """Contacts of one unit and month with one reason: a key of content/demands, "" when nobody has said. `kind` is
    "failure", "value" or, also of a reason that has left the shelf, "unknown".
    """

    unit: str
    month: date
    demand: str
    contacts: int
    kind: str


def demand_counts(*, viewer: Who, since: date, before: date) -> tuple[DemandCount, ...]:
    """Every unit's contacts from the first day on and before the other. Names nobody. Whoever shows it hides what is
    small, and has to know every unit to do so. Raises NotAllowed.
    """
    check_may(viewer, "demand.read")
    with as_system(), connection.cursor() as sql:
        sql.execute(_COUNT, {"start": start_of(since), "since": since, "before": before})
        rows = sql.fetchall()
    kinds = {key: one.kind for key, one in demands().items()}
    return tuple(
        DemandCount(unit, month, demand, contacts, kinds.get(demand, "unknown"))
        for unit, month, demand, contacts in rows
    )


def share(counts: tuple[DemandCount, ...]) -> DemandShare:
    """All of these together."""
    by_kind: Counter[str] = Counter()
    for one in counts:
        by_kind[one.kind] += one.contacts
    return DemandShare(failure=by_kind["failure"], value=by_kind["value"], unknown=by_kind["unknown"])
