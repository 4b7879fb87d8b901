"""Answers that are not kept with anybody: sealed, in a row that no person stands in, which only this browser opens.

The key of the row and of its seal travel in a cookie of its own, so that the session of somebody signed in does not
know of it. The row goes when the answers are sent, and with the old sessions when they never are.
"""

import base64
import json
import secrets
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

COOKIE = "luotsi_answers"
LASTS = timedelta(hours=2)
FILES = "files"  # in what is held: the files, by id, each with its `place`
_HELD = "answers"


def begin(response: HttpResponse, held: dict[str, Any], *, at: datetime) -> None:
    """Keep these from now on; what this browser had kept before is for nobody any more."""
    half = secrets.token_hex(16)
    store = _engine().SessionStore()
    store[_HELD] = _sealed(held, half, at)
    store.create()
    response.set_cookie(
        COOKIE, f"{store.session_key}{half}", max_age=int(LASTS.total_seconds()), httponly=True,
        secure=settings.SESSION_COOKIE_SECURE, samesite="Lax",
    )  # fmt: skip


def find(request: HttpRequest, *, at: datetime, lasts: timedelta = LASTS) -> dict[str, Any] | None:
    """What this browser keeps, when it was kept so lately."""
    store, half = _store(request)
    sealed = store.get(_HELD) if store is not None else None
    if sealed is None:
        return None
    try:
        opened = _seal(half).decrypt_at_time(sealed, int(lasts.total_seconds()), int(at.timestamp()))
    except InvalidToken:
        return None
    found: dict[str, Any] = json.loads(opened)
    return found


def keep(request: HttpRequest, held: dict[str, Any], *, at: datetime) -> None:
    """Keep these instead."""
    store, half = _store(request)
    if store is not None:
        store[_HELD] = _sealed(held, half, at)
        _engine().write(store)


def put_file(request: HttpRequest, content: bytes, *, at: datetime) -> str:
    """Keep a file beside the answers, under their seal, in a row of its own. Answers its place."""
    _, half = _store(request)
    beside = _engine().SessionStore()
    beside[_HELD] = _seal(half).encrypt_at_time(content, int(at.timestamp())).decode()
    beside.create()
    return str(beside.session_key)


def file(request: HttpRequest, place: str) -> bytes | None:
    """What stands at that place; None when it has gone."""
    _, half = _store(request)
    sealed = _engine().SessionStore(session_key=place).get(_HELD)
    return _seal(half).decrypt(sealed) if sealed is not None else None


def drop_file(place: str) -> None:
    _engine().SessionStore(session_key=place).flush()


def drop(request: HttpRequest, response: HttpResponse | None = None) -> None:
    """What this browser keeps goes, the files too."""
    store, half = _store(request)
    if store is not None:
        for one in _held_files(store.get(_HELD), half):
            drop_file(one)
        store.flush()
    if response is not None:
        response.delete_cookie(COOKIE)


def _store(request: HttpRequest) -> tuple[Any, str]:
    key = request.COOKIES.get(COOKIE, "")
    if not (key.isalnum() and key.isascii() and len(key) == 64):
        return None, ""
    return _engine().SessionStore(session_key=key[:32]), key[32:]


def _held_files(sealed: str | None, half: str) -> list[str]:
    try:
        held = json.loads(_seal(half).decrypt(sealed)) if sealed else {}
    except InvalidToken:
        return []
    return [one["place"] for one in held.get(FILES, {}).values()]


def _sealed(held: dict[str, Any], half: str, at: datetime) -> str:
    return _seal(half).encrypt_at_time(json.dumps(held).encode(), int(at.timestamp())).decode()


def _engine() -> Any:
    """The sessions' own module, which config names: it is above the rooms."""
    return import_module(settings.SESSION_ENGINE)


def _seal(half: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(salted_hmac("luotsi.answers", half, algorithm="sha256").digest()))
