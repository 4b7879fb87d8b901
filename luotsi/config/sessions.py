"""Sessions in the database, with rules that the server keeps: how long one may rest, and how long it may last at all.

Django's session engine (SESSION_ENGINE) with two differences. Who is signed in stands in columns beside the data, so
that an identification service can end a session from outside. And a session that is over turns into a visitor's, with a
note of why, so that the person is told instead of merely finding the door closed.
"""

import hashlib
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.sessions.backends import db
from django.db import connection

from luotsi.base.now import now
from luotsi.config.models import Session


@dataclass(frozen=True)
class Limits:
    """`idle` without a sign of the person, `whole` from signing in."""

    idle: timedelta
    whole: timedelta


LIMITS = {
    "staff": Limits(idle=timedelta(minutes=15), whole=timedelta(hours=10)),
    "resident": Limits(idle=timedelta(minutes=30), whole=timedelta(hours=8)),
}
SEEN_EVERY = timedelta(minutes=1)
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Signed:
    """Who is signed in on a session, by which way, since when."""

    kind: str
    person: UUID
    way: str
    subject: str
    sid: str
    began_at: datetime
    seen_at: datetime
    confirmed_at: datetime | None = None


def why_over(signed: Signed, at: datetime) -> str:
    """ "idle", "long", or "" while the session holds. A kind without limits of its own is over at once."""
    limits = LIMITS.get(signed.kind)
    if limits is None or at - signed.began_at >= limits.whole:
        return "long"
    return "idle" if at - signed.seen_at >= limits.idle else ""


class SessionStore(db.SessionStore):
    """`signed` is who is signed in, or None. Changing it needs `begin`, `confirm` or `flush`, then a save."""

    _signed: Signed | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    @property
    def signed(self) -> Signed | None:
        self._get_session()
        return self._signed

    def begin(self, *, at: datetime, keeping: tuple[str, ...] = (), **who: Any) -> None:
        """A new session of this person under a new key. Of the old one only the data named in `keeping` stay."""
        kept = {name: self[name] for name in keeping if name in self}
        self.flush()
        self._signed = Signed(**who, began_at=at, seen_at=at)
        self.update(kept)

    def confirm(self, at: datetime | None) -> None:
        """The person showed then once more that it is them; None: what they showed counts no longer."""
        if self.signed is not None:
            self._signed = replace(self.signed, confirmed_at=at)
            self.modified = True

    def touch(self, at: datetime) -> None:
        """The person did something. Written at most once a minute."""
        if self.signed is None or at - self.signed.seen_at < SEEN_EVERY:
            return
        _run("UPDATE luotsi_config_session SET seen_at = %s WHERE session_key = %s", at, _kept_as(self.session_key))
        self._signed = replace(self.signed, seen_at=at)

    def load(self) -> dict[str, Any]:
        found = _one(_FIND, _kept_as(self.session_key), now())
        if found is None:
            self._session_key = None
            return {}
        data, kind, *rest = found
        if not kind:
            return dict(self.decode(data))
        signed, held = Signed(kind, *rest), dict(self.decode(data))
        if why := why_over(signed, now()):
            return self._end(signed, why, acting_for=held.get("acting_for", ""))
        self._signed = signed
        return held

    def _end(self, signed: Signed, why: str, *, acting_for: str) -> dict[str, Any]:
        """The row becomes a visitor's, with a note for the same person's next visit: why it is over, and whom they
        acted for, so that they come back to where they were."""
        note = {"over": {"why": why, "person": str(signed.person), "acting_for": acting_for}}
        _run(_END, self.encode(note), now() + A_DAY, _kept_as(self.session_key))
        return note

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = super().create_model_instance(data)
        row.session_key = _kept_as(self.session_key)
        row.expire_date = now() + A_DAY
        if self._signed is not None:
            row.expire_date += LIMITS[self._signed.kind].whole
            for name, value in asdict(self._signed).items():
                setattr(row, name, value)
        return row

    def exists(self, session_key: str) -> bool:
        return _one("SELECT 1 FROM luotsi_config_session WHERE session_key = %s", _kept_as(session_key)) is not None

    def delete(self, session_key: str | None = None) -> None:
        if key := session_key or self.session_key:
            _run("DELETE FROM luotsi_config_session WHERE session_key = %s", _kept_as(key))

    def clear(self) -> None:
        super().clear()
        self._signed = None

    def is_empty(self) -> bool:
        return self._signed is None and bool(super().is_empty())


def end_all(*, way: str, subject: str = "", sid: str = "") -> int:
    """End the sessions of one sign-in (`sid`), or of everything the service calls `subject`. Answers how many.

    The rows go, so that a request under way cannot write its session back.
    """
    if sid:
        return _run("DELETE FROM luotsi_config_session WHERE way = %s AND sid = %s", way, sid)
    return _run("DELETE FROM luotsi_config_session WHERE way = %s AND subject = %s", way, subject) if subject else 0


def write(store: SessionStore) -> None:
    """Keep what the store holds now, for a store that no request carries."""
    store.save()


def sweep(*, at: datetime) -> int:
    """Delete what is long over. The worker does so on each round."""
    return _run("DELETE FROM luotsi_config_session WHERE expire_date <= %s", at)


def _kept_as(key: str | None) -> str:
    """How a browser's key stands in the table (40 hexadecimal digits)."""
    return hashlib.blake2b((key or "").encode("utf-8", "surrogatepass"), digest_size=20).hexdigest()


def _one(sql: str, *values: Any) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: tuple[Any, ...] | None = cursor.fetchone()
        return found


def _run(sql: str, *values: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.rowcount)


_FIND = """
SELECT session_data, kind, person, way, subject, sid, began_at, seen_at, confirmed_at
FROM luotsi_config_session WHERE session_key = %s AND expire_date > %s
"""
_END = """
UPDATE luotsi_config_session SET session_data = %s, expire_date = %s, kind = '', person = NULL, way = '', subject = '',
    sid = '', began_at = NULL, seen_at = NULL, confirmed_at = NULL
WHERE session_key = %s
"""
