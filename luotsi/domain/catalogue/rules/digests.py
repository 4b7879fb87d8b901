"""A short mark of what was told, by which a change is known."""

from hashlib import sha256
from typing import Any


def digest_of(told: Any, *beside: Any) -> str:
    """Of a dataclass whose parts are told in one order."""
    return sha256(repr((told, *beside)).encode()).hexdigest()
