"""Strong identification under way: what this browser asked, and the answer that waits a minute for it.

The answer comes by a POST from another site, to which browsers add no cookie of ours. So it is read there, sealed, and
kept under a key that is used once; the browser brings the key in a step of our own, where its session tells whether it
is the one that asked. The seal needs the key: what nobody fetched is unreadable, and is swept with old sessions.
"""

import base64
import json
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.utils.crypto import salted_hmac

from luotsi.gateways.identity.saml.identification import Answer
from luotsi.gateways.identity.saml.translate import Identified

WAITS = timedelta(seconds=60)
# Tabs in which one browser may be on its way at the same time.
MOST = 5
_ASKED, _SEALED = "strong", "sealed"


@dataclass(frozen=True)
class Asked:
    """A question that this browser carries: its id, where the person goes afterwards, and in which language."""

    question: str
    onward: str
    language: str


def new_relay() -> str:
    """What travels with the question and comes back: it names the question in the session, and nothing to others."""
    return secrets.token_hex(20)


def remember(session: SessionBase, relay: str, asked: Asked) -> None:
    latest = list(session.get(_ASKED, {}).items())[-(MOST - 1) :]
    session[_ASKED] = dict(latest) | {relay: asdict(asked)}


def recall(session: SessionBase, relay: str) -> Asked | None:
    """What this browser asked under that name, once: afterwards it has not asked."""
    asked = session.get(_ASKED, {})
    found = asked.pop(relay, None)
    session[_ASKED] = asked
    return Asked(**found) if found else None


def keep(answer: Answer, relay: str, *, at: datetime) -> str:
    """Keep the answer for a minute. Answers its key: the store's, and the seal's, which the store does not have."""
    half = secrets.token_hex(16)
    proved = answer.proved_at.isoformat() if answer.proved_at else ""
    told = json.dumps({"answer": asdict(answer) | {"proved_at": proved}, "relay": relay}).encode()
    store = _engine().SessionStore()
    store[_SEALED] = _seal(half).encrypt_at_time(told, int(at.timestamp())).decode()
    store.create()
    return f"{store.session_key}{half}"


def fetch(key: str, *, at: datetime) -> tuple[Answer, str] | None:
    """The answer kept under that key and its relay, once; None when there is none, or it has waited too long."""
    if not (key.isalnum() and key.isascii() and len(key) == 64):
        return None
    store = _engine().SessionStore(session_key=key[:32])
    sealed = store.get(_SEALED)
    if sealed is None:
        return None
    store.flush()
    try:
        told = json.loads(_seal(key[32:]).decrypt_at_time(sealed, int(WAITS.total_seconds()), int(at.timestamp())))
    except InvalidToken:
        return None
    person, proved = Identified(**told["answer"].pop("person")), told["answer"].pop("proved_at")
    proved_at = datetime.fromisoformat(proved) if proved else None
    return Answer(**told["answer"], person=person, proved_at=proved_at), told["relay"]


def ticket(subject: str, sid: str) -> str:
    """The names of a sign-in at the identification service, sealed: by them its session is ended later."""
    return _seal("ticket").encrypt(json.dumps([subject, sid]).encode()).decode()


def read_ticket(text: str) -> tuple[str, str] | None:
    """Subject and session of a ticket of ours, at most a day old."""
    try:
        subject, sid = json.loads(_seal("ticket").decrypt(text, ttl=24 * 60 * 60))
    except (InvalidToken, ValueError):
        return None
    return subject, sid


def _engine() -> Any:
    """The sessions' own module, which config names: it is above the rooms."""
    return import_module(settings.SESSION_ENGINE)


def _seal(key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(salted_hmac("luotsi.strong", key, algorithm="sha256").digest()))
