"""What the log holds on who looks at whom, for finding what is unusual. Names and addresses are known further up.

These answers are raw and for the whole county, and are not logged themselves: whoever shows some of them to somebody
calls `events.saw(viewer, residents=…, what="log", ground="oversight")` for those that are shown.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection
from django.db.models import Count, F, Max, Min, Q
from django.db.models.functions import ExtractHour

from luotsi.base.now import HELSINKI
from luotsi.domain.events.models import Use
from luotsi.domain.events.queries.search import LogLine, line_of

# A list or a search shows many at once, not because of who they are.
PASSING = ("list", "search")
DAY_BEGINS, DAY_ENDS = 6, 22


@dataclass(frozen=True)
class Pair:
    """A worker and a resident whose data they were shown. `grounds` holds "" where no ground was known."""

    actor: UUID
    resident: UUID
    times: int
    first_at: datetime
    last_at: datetime
    grounds: tuple[str, ...]


@dataclass(frozen=True)
class Refusals:
    """How often somebody asked for what is not theirs: how many different things, of how many known residents."""

    actor: UUID
    times: int
    subjects: int
    residents: int
    last_at: datetime


@dataclass(frozen=True)
class ActorDay:
    """How many residents a worker was shown in a day, beside the median of their own days before it (0 when none)."""

    actor: UUID
    residents: int
    median: float
    days: int


def pairs(
    *, since: datetime, until: datetime, besides: Collection[str] = PASSING, grounds: Collection[str] | None = None
) -> list[Pair]:
    """Every worker with every resident whose data they were shown, most often first. `grounds`: only on these."""
    rows = _shown(since, until).exclude(what__in=besides).filter(resident__isnull=False, actor_id__isnull=False)
    if grounds is not None:
        rows = rows.filter(ground__in=grounds)
    found = (
        rows.values("actor_id", "resident")
        .annotate(
            times=Count("id"), first_at=Min("at"), last_at=Max("at"), why=ArrayAgg("ground", distinct=True, default=[])
        )
        .order_by("-times", "actor_id", "resident")
    )
    return [
        Pair(row["actor_id"], row["resident"], row["times"], row["first_at"], row["last_at"], tuple(row["why"]))
        for row in found
    ]


def emergencies(*, since: datetime, until: datetime, limit: int = 500) -> list[LogLine]:
    """What was shown on emergency access, newest first."""
    return _lines(_shown(since, until).filter(ground="emergency"), limit)


def refusals(*, since: datetime, until: datetime) -> list[Refusals]:
    """Who was refused, most often first."""
    rows = Use.objects.filter(outcome="refused", at__gte=since, at__lt=until, actor_id__isnull=False)
    found = rows.values("actor_id").annotate(
        times=Count("id"),
        things=Count("subject", distinct=True),
        residents=Count("resident", distinct=True),
        last_at=Max("at"),
    )
    return [
        Refusals(row["actor_id"], row["times"], row["things"], row["residents"], row["last_at"])
        for row in found.order_by("-times", "actor_id")
    ]


def at_night(
    *, since: datetime, until: datetime, besides: Collection[str] = PASSING, limit: int = 500
) -> list[LogLine]:
    """What workers were shown before 6 or from 22 on, local time, newest first."""
    rows = _shown(since, until).annotate(hour=ExtractHour("at", tzinfo=HELSINKI))
    return _lines(rows.exclude(what__in=besides).filter(Q(hour__lt=DAY_BEGINS) | Q(hour__gte=DAY_ENDS)), limit)


def residents_a_day(day: date, *, days_before: int = 28, besides: Collection[str] = PASSING) -> list[ActorDay]:
    """Each worker's number of different residents on that Finnish day, the largest excess over their own median first.

    The median is over those of the days before on which they looked at anybody.
    """
    with connection.cursor() as sql:
        sql.execute(_BY_DAY, [day - timedelta(days=days_before), day, list(besides), day, day])
        found = [ActorDay(actor, residents, float(median), days) for actor, residents, median, days in sql.fetchall()]
    return sorted(found, key=lambda one: (one.median - one.residents, str(one.actor)))


_BY_DAY = """
    WITH bounds AS (
        SELECT %s::timestamp AT TIME ZONE 'Europe/Helsinki' AS since,
               (%s::timestamp + interval '1 day') AT TIME ZONE 'Europe/Helsinki' AS until
    ), daily AS (
        SELECT actor_id, (at AT TIME ZONE 'Europe/Helsinki')::date AS day, count(DISTINCT resident) AS residents
        FROM events_use, bounds
        WHERE at >= since AND at < until AND log = 'usage' AND outcome = 'shown' AND actor_kind = 'staff'
          AND actor_id IS NOT NULL AND resident IS NOT NULL AND what <> ALL (%s)
        GROUP BY 1, 2
    )
    SELECT today.actor_id, today.residents,
           coalesce(percentile_cont(0.5) WITHIN GROUP (ORDER BY before.residents), 0), count(before.day)
    FROM daily today LEFT JOIN daily before ON before.actor_id = today.actor_id AND before.day < %s
    WHERE today.day = %s GROUP BY 1, 2
"""


def _shown(since: datetime, until: datetime) -> Any:
    """The looks of workers; residents look at their own data when they like."""
    return Use.objects.filter(log="usage", outcome="shown", actor_kind="staff", at__gte=since, at__lt=until)


def _lines(rows: Any, limit: int) -> list[LogLine]:
    return [line_of(row) for row in rows.order_by(F("at").desc(), "-id")[:limit]]
