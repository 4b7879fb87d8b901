"""The rows of the log under a seal: how many, from when to when, and their digest, all computed in the database."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import DatabaseError, connection

from luotsi.domain.events.models import Seal, Use
from luotsi.domain.events.rules import Sealed

# Form 1 of a row: PostgreSQL's own writing of a record, which quotes what could be mistaken and depends on no setting.
_ROW = (
    "ROW(u.id, u.xid, (extract(epoch FROM u.at) * 1000000)::bigint, u.log, u.outcome, u.actor_kind, u.actor_id, "
    "u.actor_role, u.actor_units, u.acting_for, u.resident, u.what, u.subject, u.register, u.action, u.ground, "
    "u.recipient, u.request, u.address)::text"
)
# The digest of the rows' digests in their order: a million rows are 32 megabytes at once, not 300.
_DIGEST = f"encode(sha256(coalesce(string_agg(sha256(convert_to({_ROW}, 'UTF8')), ''::bytea ORDER BY u.xid, u.id), '')), 'hex')"  # noqa: E501
_ONE = f"SELECT count(*), min(u.at), max(u.at), {_DIGEST} FROM events_use u WHERE u.xid >= %s::text::xid8 AND u.xid < %s::text::xid8"  # noqa: E501, S608 (constants)
_MANY = f"""
    SELECT s.number, found.rows, found.digest FROM events_seal s
    CROSS JOIN LATERAL (
        SELECT count(*) AS rows, {_DIGEST} AS digest FROM events_use u
        WHERE u.xid >= s.lower::text::xid8 AND u.xid < s.upper::text::xid8
    ) AS found
    WHERE s.kind = 'range' AND s.number BETWEEN %s AND %s ORDER BY s.number
"""  # noqa: S608 (constants)
_LOCK = "hashtextextended('luotsi seals', 0)"


@dataclass(frozen=True)
class Rows:
    """What a range holds now."""

    rows: int
    first_at: datetime | None
    last_at: datetime | None
    digest: str


def rows_between(lower: int, upper: int) -> Rows:
    """The rows of transactions from `lower` to before `upper`."""
    with connection.cursor() as sql:
        sql.execute(_ONE, [lower, upper])
        return Rows(*sql.fetchone())


def rows_under(first: int, last: int) -> Iterator[tuple[int, int, str]]:
    """Number, rows and digest of each range that was sealed under these numbers, as it is now."""
    with connection.cursor() as sql:
        sql.execute(_MANY, [first, last])
        yield from sql.fetchall()


def seals() -> list[Sealed]:
    """Every seal in its order."""
    return [as_sealed(row) for row in Seal.objects.order_by("number").iterator(chunk_size=5_000)]


def as_sealed(row: Seal) -> Sealed:
    return Sealed(**{name: getattr(row, name) for name in Sealed.__dataclass_fields__})


def ended_before(moment: datetime) -> list[Sealed]:
    """The ranges not yet erased, from the oldest, as far as all their rows are from before that moment."""
    erased = Seal.objects.filter(kind="erasure").order_by("-number").values_list("upper", flat=True).first() or 0
    found = []
    for row in Seal.objects.filter(kind="range", upper__gt=erased).order_by("number").iterator():
        if row.last_at is None or row.last_at >= moment:
            break
        found.append(as_sealed(row))
    return found


def erasable(moment: datetime) -> int:
    """How many rows of the log `erase_log` would drop for that moment."""
    return sum(one.rows for one in ended_before(moment))


def first_look_at(residents: Collection[UUID]) -> datetime | None:
    """When somebody first looked at one of these residents, as far as the log is kept."""
    return Use.objects.filter(resident__in=residents).order_by("at").values_list("at", flat=True).first()


def edge() -> int:
    """The transaction before which nothing runs any more: what is below it is whole."""
    with connection.cursor() as sql:
        sql.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        return int(sql.fetchone()[0])


def after(upper: int) -> tuple[int, int]:
    """How many rows have no seal yet, and how many of them claim a transaction that has not begun."""
    with connection.cursor() as sql:
        sql.execute(
            "SELECT count(*), count(*) FILTER (WHERE xid >= pg_snapshot_xmax(pg_current_snapshot())) "
            "FROM events_use WHERE xid >= %s::text::xid8",
            [upper],
        )
        unsealed, unborn = sql.fetchone()
        return int(unsealed), int(unborn)


def as_of_one_moment() -> None:
    """The transaction that begins here reads all that was there when it began. Within another one that has to do."""
    with connection.cursor() as sql:
        if len(connection.savepoint_ids) == 0:
            sql.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        sql.execute("SELECT set_config('luotsi.kind', 'system', true)")


@contextmanager
def one_at_a_time(*, wait: bool) -> Iterator[bool]:
    """Hold the seals and their anchor still. Without `wait` answers False when somebody else holds them."""
    with connection.cursor() as sql:
        sql.execute(f"SELECT pg_{'' if wait else 'try_'}advisory_lock({_LOCK})::text")
        held = sql.fetchone()[0] != "false"
    try:
        yield held
    finally:
        if held:
            with suppress(DatabaseError), connection.cursor() as sql:  # a connection that broke holds nothing
                sql.execute(f"SELECT pg_advisory_unlock({_LOCK})")
