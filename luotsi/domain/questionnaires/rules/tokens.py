"""The key in the address of a link: long, random, found by a keyed digest, sealed for whoever hangs it on a wall."""

import base64
import hashlib
import hmac
import secrets
from functools import cache

from cryptography.fernet import Fernet

_BYTES = 18  # 144 bits: nobody guesses one, and the QR code stays coarse enough for a cheap camera


def new_token() -> str:
    return secrets.token_urlsafe(_BYTES)


def digest(token: str, key: str) -> bytes:
    """How a token is found without being kept. `key` is a hexadecimal secret of the installation."""
    return hmac.new(b"luotsi answers" + bytes.fromhex(key), token.encode("utf-8", "replace"), hashlib.sha256).digest()


def seal(token: str, key: str) -> bytes:
    return _cipher(key).encrypt(token.encode())


def unseal(sealed: bytes, key: str) -> str:
    """Raises InvalidToken when the secret of the installation is another one."""
    return _cipher(key).decrypt(bytes(sealed)).decode()


@cache
def _cipher(key: str) -> Fernet:
    derived = hashlib.sha256(b"luotsi answers sealed" + bytes.fromhex(key)).digest()
    return Fernet(base64.urlsafe_b64encode(derived))
