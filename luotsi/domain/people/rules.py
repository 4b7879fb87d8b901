"""Identity codes (hetu): checked, normalised, masked, hashed and encrypted. Pure but for the keys.

Source: the Digital and Population Data Services Agency, form of 2023 (new intermediate characters). The intermediate
character tells people apart, so a code is never stored or matched without it. 900-999 are temporary or test codes.
"""

import base64
import hashlib
import hmac
from datetime import date
from functools import cache

from cryptography.fernet import Fernet
from stdnum.exceptions import ValidationError
from stdnum.fi import hetu

_CENTURY = {"+": 1800, **dict.fromkeys("-YXWVU", 1900), **dict.fromkeys("ABCDEF", 2000)}


class BadIdentityCode(ValueError):
    """The text is not a Finnish personal identity code; the sentence says so plainly."""


def normalise_identity(text: str) -> str:
    """The code in capitals without spaces. Raises BadIdentityCode."""
    try:
        return str(hetu.validate(text.strip().upper(), allow_temporary=True))
    except ValidationError:
        raise BadIdentityCode("Tarkista henkilötunnus. Se on muotoa 131052-308T.") from None


def birth_date_of(code: str) -> date:
    """The birth date that a valid code carries."""
    return date(_CENTURY[code[6]] + int(code[4:6]), int(code[2:4]), int(code[:2]))


def mask_identity(code: str) -> str:
    """010190-9XXX as 010190-****."""
    return code[:7] + "****"


def hash_identity(code: str, key: str) -> bytes:
    """A keyed hash for looking a person up without reading any other code."""
    return hmac.new(bytes.fromhex(key), normalise_identity(code).encode(), hashlib.sha256).digest()


def encrypt_identity(code: str, key: str) -> bytes:
    return _cipher(key).encrypt(normalise_identity(code).encode())


def decrypt_identity(token: bytes, key: str) -> str:
    return _cipher(key).decrypt(token).decode()


@cache
def _cipher(key: str) -> Fernet:
    derived = hashlib.sha256(b"luotsi identity encryption" + bytes.fromhex(key)).digest()
    return Fernet(base64.urlsafe_b64encode(derived))
