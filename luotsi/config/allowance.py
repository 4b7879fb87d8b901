"""How often one asker may do one thing: counted in PostgreSQL, so that all processes count together.

Rooms ask through luotsi.rooms.allowance. The key (an address, a person's id) is kept only as a keyed hash.
"""

import math
from datetime import datetime, timedelta

from django.db import connection
from django.utils.crypto import salted_hmac

from luotsi.base.now import now


def take(name: str, key: str, *, limit: int, seconds: int) -> bool:
    """Count one more, and answer whether it is within the limit. Raises django.db.Error when nothing can be counted.

    Ask outside the page's transaction: what is rolled back was not counted. Who cannot count decides alone whether to
    go on: guessing must stop then, reaching care must not.
    """
    return wait_seconds(name, key, limit=limit, seconds=seconds) == 0


def wait_seconds(name: str, key: str, *, limit: int, seconds: int) -> int:
    """As `take`: 0 when it is within the limit, else after how many seconds the next one is.

    A window opens with the first one and lasts `seconds`: at most 2 × limit fall into any stretch of that length.
    """
    at = now()
    with connection.cursor() as sql:
        sql.execute(_COUNT, [_hashed(name, key), name, at + timedelta(seconds=seconds), at, limit, at])
        taken, ends_at = sql.fetchone()
    return 0 if taken <= limit else max(1, math.ceil((ends_at - at).total_seconds()))


def sweep(*, at: datetime) -> int:
    """Forget the windows that have ended; answers how many. The worker does so on each round."""
    with connection.cursor() as sql:
        sql.execute("DELETE FROM luotsi_config_allowance WHERE ends_at <= %s", [at])
        return int(sql.rowcount)


def _hashed(name: str, key: str) -> bytes:
    return salted_hmac(f"luotsi.allowance.{name}", key, algorithm="sha256").digest()


# One statement: two at the same moment are counted as two. The count stops one above the limit.
_COUNT = """
INSERT INTO luotsi_config_allowance AS kept (key, name, taken, ends_at) VALUES (%s, %s, 1, %s)
ON CONFLICT (key) DO UPDATE SET
    taken = CASE WHEN kept.ends_at <= %s THEN 1 ELSE least(kept.taken, %s) + 1 END,
    ends_at = CASE WHEN kept.ends_at <= %s THEN excluded.ends_at ELSE kept.ends_at END
RETURNING taken, ends_at
"""
