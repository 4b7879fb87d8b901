"""Which things of the editors' desk still wait. Pure."""

import hashlib
from collections.abc import Collection
from datetime import date

ABOUT = ("words", "service")


def subject_of(words: str, language: str) -> str:
    """Words as they are remembered when something was done about them: they cannot be read from it."""
    return hashlib.sha256(f"{language}\n{words}".encode()).hexdigest()


def lack_of(texts: Collection[str], *, has_ways: bool, lacks_hours: bool, is_old: bool) -> str:
    """What a service lacks, as one word that changes when it lacks something else."""
    found = [*sorted(texts), *(["ways"] * (not has_ways)), *(["hours"] * lacks_hours), *(["old"] * is_old)]
    return " ".join(found)


def words_wait(done: date | None, last: date) -> bool:
    """Whether words stand on the desk: nothing was done about them, or they were searched with on a later day."""
    return done is None or last > done


def service_waits(done: date | None, lack_then: str, lack: str) -> bool:
    return done is None or lack_then != lack
