"""The content of a file as the database keeps it: sealed under a key of the installation, bound to its own row."""

import hashlib
import secrets
from functools import cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12


def seal(content: bytes, key: str, *, of: str) -> bytes:
    """`key` is a hexadecimal secret of the installation, `of` the row's id: elsewhere the seal does not open."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + _cipher(key).encrypt(nonce, content, of.encode())


def unseal(sealed: bytes, key: str, *, of: str) -> bytes:
    """Raises InvalidTag for another key, another row, or bytes that were changed."""
    return _cipher(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], of.encode())


@cache
def _cipher(key: str) -> AESGCM:
    return AESGCM(hashlib.sha256(b"luotsi files sealed" + bytes.fromhex(key)).digest())
