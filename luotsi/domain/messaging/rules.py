"""When a notice that did not leave is tried again. Pure."""

from datetime import datetime, timedelta

_WAITS = [timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=6)]


def next_try(attempts: int, at: datetime) -> datetime | None:
    """The next time to try after so many failed attempts; None after the fifth, when a person must look."""
    return at + _WAITS[attempts - 1] if attempts <= len(_WAITS) else None
