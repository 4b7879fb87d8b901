"""Whether somebody may do a thing once more, as rooms ask it. The counting is config's, which is above the rooms."""

from typing import Protocol


class Take(Protocol):
    def __call__(self, name: str, key: str, *, limit: int, seconds: int) -> bool:
        """Count one more and answer whether it is within the limit of that window."""
        ...


_connected: list[Take] = []


def connect(take: Take) -> None:
    """Called once by luotsi.config.apps."""
    _connected[:] = [take]


def take(name: str, key: str, *, limit: int, seconds: int) -> bool:
    """Whether `key` (an address, a person's id) may do `name` once more: at most `limit` in `seconds`.

    Ask before the page's transaction: what is rolled back was not counted. What a whole page is limited by stands in
    luotsi/config/ceilings.py and needs no call.
    """
    return _connected[0](name, key, limit=limit, seconds=seconds)
