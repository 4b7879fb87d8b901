"""Reading the record: PostgreSQL's events as typed, pseudonymous columns in a DuckDB connection of one's own.

Sequence order is not commit order, so a watermark on the event's number would skip a slow transaction for ever.
Each event carries its transaction id (xid8). Every transaction below pg_snapshot_xmin has ended, so what is read below
it is complete, and what comes later is above it.
"""

# ruff: noqa: S608 (every name and number in the SQL here is one of ours)

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from django.conf import settings
from django.db import connection

# What is taken from an event's body: codes, days and numbers of known names. Everything else stays in the record.
_CODES = (
    "outcome", "line", "rule", "mode", "reason", "questionnaire", "booking", "was", "entry", "offering", "demand",
    "route", "step", "response", "replaces", "counter", "how",
)  # fmt: skip
_NUMBERS = ("minutes", "wait_minutes", "people", "meetings", "places", "signed_up", "attended", "heads")
_TRUTHS = ("is_failure", "reached", "is_held", "danger")
BODY = (*_CODES, *_NUMBERS, *_TRUTHS, "due", "on", "starts_at", "by", "score")

_READ = """
SELECT e.id, e.kind, e.occurred_at AT TIME ZONE 'UTC' AS occurred_at, e.recorded_at AT TIME ZONE 'UTC' AS recorded_at,
       e.local_day, coalesce(e.subject, e.uid) AS subject, e.subject IS NULL AS is_alone, e.resident,
       CASE WHEN e.actor_kind = 'staff' THEN e.actor_id END AS staff, e.actor_kind = 'resident' AS is_resident,
       e.unit, e.service, e.case_kind, e.register, e.channel, e.profession, e.urgency, e.municipality, e.language,
       e.body::text AS body,
       CASE WHEN e.corrects IS NOT NULL THEN (SELECT c.id FROM events_event c WHERE c.uid = e.corrects) END
           AS corrects_id
FROM events_event e
WHERE e.xid < {below}::xid8 AND {which}
"""

# Everything of the subjects that are new or corrected; an event without a subject is a story by itself.
_TOUCHED = """
WITH touched AS (
    SELECT e.id, e.subject FROM events_event e WHERE e.xid >= {above}::xid8 AND e.xid < {below}::xid8
    UNION
    SELECT c.id, c.subject FROM events_event e JOIN events_event c ON c.uid = e.corrects
    WHERE e.xid >= {above}::xid8 AND e.xid < {below}::xid8
)
SELECT id FROM touched WHERE subject IS NULL
UNION
SELECT e.id FROM events_event e WHERE e.subject IN (SELECT subject FROM touched WHERE subject IS NOT NULL)
"""

# A body's value is kept only when it looks like a code, so that no sentence can slip into the facts.
_CODE = """CASE WHEN regexp_full_match(b."{name}", '[A-Za-z0-9_.-]{{1,40}}') THEN b."{name}" ELSE '' END AS "{name}\""""

_TYPED = """
SELECT id AS event_id, kind, occurred_at, recorded_at, local_day, subject::VARCHAR AS subject, is_alone, is_resident,
       coalesce(resident_key, '') AS resident_key, coalesce(staff_key, '') AS staff_key, unit, service, case_kind,
       register, channel, profession, urgency, municipality, language, corrects_id, {columns},
       CASE WHEN kind = 'booking.cancelled' AND b."by" IN ('resident', 'provider') THEN b."by" ELSE '' END
           AS cancelled_by,
       TRY_CAST(b.due AS DATE) AS due_day, TRY_CAST(b."on" AS DATE) AS on_day,
       TRY_CAST(b.starts_at AS TIMESTAMPTZ) AT TIME ZONE 'UTC' AS starts_at,
       (TRY_CAST(b.starts_at AS TIMESTAMPTZ) AT TIME ZONE 'Europe/Helsinki')::DATE AS starts_day,
       hour(here) * 60 + minute(here) AS "minute",
       hour(here) >= {evening} OR isodow(here) >= 6 AS is_evening,
       TRY_CAST(b.score AS DOUBLE) AS score
FROM (SELECT *, coalesce(TRY_CAST(b.starts_at AS TIMESTAMPTZ), occurred_at AT TIME ZONE 'UTC')
                    AT TIME ZONE 'Europe/Helsinki' AS here
      FROM (SELECT * EXCLUDE (body), from_json(body, '{shape}') AS b FROM {raw}))
     LEFT JOIN {raw}_residents USING (resident) LEFT JOIN {raw}_staff USING (staff)
"""
_EVENING = 16  # at this hour, or at a weekend, it is outside office hours


class Record:
    """An open reading. The tables it makes live in `duck`, which ends with it."""

    def __init__(self, duck: duckdb.DuckDBPyConnection) -> None:
        self.duck = duck

    def complete_below(self) -> int:
        """The transaction id below which every transaction has ended."""
        return int(self._ask("SELECT pg_snapshot_xmin(pg_current_snapshot())::text")[0][0])

    def events_from(self, above: int) -> int:
        """How many events stand at or above a watermark."""
        return int(self._ask(f"SELECT count(*) FROM events_event WHERE xid >= '{above:d}'::xid8")[0][0])

    def first_event(self, below: int) -> str:
        """Which record this is: the public id of its first event, "" when nothing has happened yet."""
        query = f"SELECT uid::text FROM events_event WHERE xid < '{below:d}'::xid8 ORDER BY id LIMIT 1"
        found = self._ask(query)
        return found[0][0] if found else ""

    def numbers(self, below: int) -> tuple[int, int]:
        """The lowest and the highest number of an event below the mark; (0, -1) when there is none."""
        query = f"SELECT min(id), max(id) FROM events_event WHERE xid < '{below:d}'::xid8"
        low, high = self._ask(query)[0]
        return (0, -1) if low is None else (int(low), int(high))

    def load_numbered(self, view: str, *, low: int, high: int, below: int) -> int:
        """The events numbered low to high, both included; answers how many there are."""
        return self._load(view, which=f"e.id BETWEEN {low:d} AND {high:d}", below=below)

    def load_new(self, view: str, *, above: int, below: int) -> int:
        """The events of transactions in [above, below); answers how many there are."""
        return self._load(view, which=f"e.xid >= '{above:d}'::xid8", below=below)

    def load_stories(self, view: str, *, above: int, below: int) -> int:
        """All events below the mark of every subject that [above, below) touches, corrected subjects included."""
        touched = _TOUCHED.format(above=f"'{above:d}'", below=f"'{below:d}'")
        return self._load(view, which=f"e.id IN ({touched})", below=below)

    def _load(self, view: str, *, which: str, below: int) -> int:
        """Raw rows into memory, and a view over them with typed columns."""
        raw = f"{view}_raw"
        query = _READ.format(below=f"'{below:d}'", which=which)
        self.duck.execute(f"CREATE OR REPLACE TEMP TABLE {raw} AS SELECT * FROM {_in_postgres(query)}")
        self.duck.execute(_keys_of(raw, "resident", ""))
        self.duck.execute(_keys_of(raw, "staff", "staff "))
        shape = "{" + ", ".join(f'"{name}": "VARCHAR"' for name in BODY) + "}"
        typed = _TYPED.format(raw=raw, shape=shape, columns=_columns(), evening=_EVENING)
        self.duck.execute(f"CREATE OR REPLACE TEMP VIEW {view} AS {typed}")
        row = self.duck.execute(f"SELECT count(*) FROM {raw}").fetchone()
        return int(row[0]) if row else 0

    def _ask(self, query: str) -> list[tuple[str, ...]]:
        return self.duck.execute(f"SELECT * FROM {_in_postgres(query)}").fetchall()


@contextmanager
def open_record(scratch: Path) -> Iterator[Record]:
    """A DuckDB connection that reads Django's database. What does not fit into memory goes to the scratch folder."""
    duck = duckdb.connect(":memory:", config={"temp_directory": str(scratch), "memory_limit": "2GB"})
    try:
        duck.execute("SET TimeZone = 'UTC'")
        _load_postgres_reader(duck)
        duck.execute(f"ATTACH {_quoted(_address())} AS record (TYPE postgres, READ_ONLY)")
        yield Record(duck)
    finally:
        duck.close()


def is_same_record(first_event: str, watermark: int) -> bool:
    """Whether the facts were made from this record and not from one that was here before it (a new demonstration)."""
    with connection.cursor() as sql:
        sql.execute(
            "SELECT pg_snapshot_xmin(pg_current_snapshot()) >= %s::text::xid8, "
            "coalesce((SELECT uid::text FROM events_event ORDER BY id LIMIT 1), '')",
            [str(watermark)],
        )
        has_come_so_far, first = sql.fetchone()
    return bool(has_come_so_far) and first_event in ("", first)


def is_anything_new(above: int) -> bool:
    """Whether an event of an ended transaction stands at or above a watermark. Cheap: asked every few seconds."""
    with connection.cursor() as sql:
        sql.execute(
            "SELECT EXISTS (SELECT FROM events_event WHERE xid >= %s::text::xid8 "
            "AND xid < pg_snapshot_xmin(pg_current_snapshot()))",
            [str(above)],
        )
        return bool(sql.fetchone()[0])


def key_fingerprint() -> str:
    """Tells one pseudonym key from another without revealing either."""
    return hashlib.sha256(b"fingerprint of " + settings.PSEUDONYM_KEY.encode()).hexdigest()[:12]


def _columns() -> str:
    """What is taken out of a body: codes, whole numbers, and what is true."""
    numbers = [f'TRY_CAST(b."{name}" AS INTEGER) AS "{name}"' for name in _NUMBERS]
    truths = [f"""coalesce(b."{name}" = 'true', false) AS "{name}\"""" for name in _TRUTHS]
    return ", ".join([*(_CODE.format(name=name) for name in _CODES), *numbers, *truths])


def _keys_of(raw: str, whose: str, before: str) -> str:
    """A table of person → HMAC-SHA256 under the pseudonym key (RFC 2104), cut to 128 bits."""
    key = settings.PSEUDONYM_KEY.encode()
    key = (hashlib.sha256(key).digest() if len(key) > 64 else key).ljust(64, b"\0")
    inner, outer = (bytes(byte ^ pad for byte in key).hex() for pad in (0x36, 0x5C))
    text = f"encode('{before}' || {whose}::VARCHAR)"
    plural = "residents" if whose == "resident" else whose
    return f"""
    CREATE OR REPLACE TEMP TABLE {raw}_{plural} AS
    SELECT {whose}, left(sha256(unhex('{outer}') || unhex(sha256(unhex('{inner}') || {text}))), 32) AS {whose}_key
    FROM (SELECT DISTINCT {whose} FROM {raw} WHERE {whose} IS NOT NULL)
    """


def _load_postgres_reader(duck: duckdb.DuckDBPyConnection) -> None:
    try:
        duck.load_extension("postgres_scanner")
    except duckdb.Error:
        from duckdb_extensions import import_extension

        import_extension("postgres_scanner")  # from the wheel, without a network
        duck.load_extension("postgres_scanner")


def _address() -> str:
    """Django's database as a libpq connection string."""
    it = connection.settings_dict
    given = {
        "dbname": it["NAME"], "user": it["USER"], "password": it["PASSWORD"], "host": it["HOST"], "port": it["PORT"],
        "application_name": "luotsi-facts", "options": "-c luotsi.kind=system",
    }  # fmt: skip
    escaped = {name: str(value).replace("\\", "\\\\").replace("'", "\\'") for name, value in given.items() if value}
    return " ".join(f"{name}='{value}'" for name, value in escaped.items())


def _in_postgres(query: str) -> str:
    return f"postgres_query('record', {_quoted(query)})"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
