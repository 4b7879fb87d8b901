"""The link in a message by which one answers without signing in: signed, for one thing, until a moment. Pure.

Nothing is kept of it. It carries what it is for, and a keyed digest shows that this house wrote it; whoever changes a
letter of it, or makes one up, has no link. What it opens says when, and never what for: a mail is read by others too.
"""

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal
from uuid import UUID

# time: one's own booked time · offer: a freed time on offer · need: whether one waits still · invitation: to choose one
# picks: the services that one was pointed to, given on paper; what it opens names services that everybody may read of
What = Literal["time", "offer", "need", "invitation", "picks"]
_LETTERS: dict[What, bytes] = {"time": b"t", "offer": b"o", "need": b"n", "invitation": b"i", "picks": b"p"}
_WORDS = {letter: what for what, letter in _LETTERS.items()}
_DIGEST = 16  # octets of SHA-256: 128 bits, which nobody guesses
_LENGTH = 1 + 16 + 5 + _DIGEST


class NoLink(Exception):
    """This house did not write it."""


@dataclass(frozen=True)
class Link:
    """What a link is for. `until` is when it stops working, to the second."""

    what: What
    subject: UUID
    until: datetime


def token(link: Link, key: str) -> str:
    """The link's own part of its address. `key` is a hexadecimal secret of the installation."""
    body = _LETTERS[link.what] + link.subject.bytes + int(link.until.timestamp()).to_bytes(5, "big")
    return base64.urlsafe_b64encode(body + _sign(body, key)).rstrip(b"=").decode()


def read(told: str, key: str) -> Link:
    """What it is for, whether or not it still works. Raises NoLink."""
    try:
        whole = base64.b64decode(told + "=" * (-len(told) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise NoLink from None
    body, signed = whole[:-_DIGEST], whole[-_DIGEST:]
    if len(whole) != _LENGTH or not hmac.compare_digest(signed, _sign(body, key)):
        raise NoLink
    until = datetime.fromtimestamp(int.from_bytes(body[17:], "big"), UTC)
    return Link(_WORDS[body[:1]], UUID(bytes=body[1:17]), until)


def _sign(body: bytes, key: str) -> bytes:
    return hmac.new(b"luotsi links" + bytes.fromhex(key), body, hashlib.sha256).digest()[:_DIGEST]
