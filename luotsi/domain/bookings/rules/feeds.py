"""The key in the address of a worker's calendar: long, random, found by a keyed digest. Pure but for the chance."""

import hashlib
import hmac
import secrets

_BYTES = 24  # 192 bits: the address may stand in another program for years


def new_token() -> str:
    return secrets.token_urlsafe(_BYTES)


def digest(token: str, key: str) -> bytes:
    """How a token is found without being kept. `key` is a hexadecimal secret of the installation."""
    return hmac.new(b"luotsi feeds" + bytes.fromhex(key), token.encode("utf-8", "replace"), hashlib.sha256).digest()
