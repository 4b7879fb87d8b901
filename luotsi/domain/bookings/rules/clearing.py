"""Whether somebody who waits needs the time still: when they are asked, and what their silence means. Pure."""

from datetime import datetime, timedelta
from typing import Literal

ANSWER = timedelta(days=14)  # so long the question waits; then a worker decides, and never a machine
AGAIN = timedelta(days=60)  # whoever has answered is left in peace so long

# waits · offered: a freed time waits for their answer · asked: whether they wait still · silent: and they did not say
Standing = Literal["waits", "offered", "asked", "silent"]


def standing(*, asked_at: datetime | None, needed_at: datetime | None, is_offered: bool, at: datetime) -> Standing:
    """How somebody stands in the queue."""
    if is_offered:
        return "offered"
    if asked_at is None or (needed_at is not None and needed_at >= asked_at):
        return "waits"
    return "asked" if at < asked_at + ANSWER else "silent"


def can_ask(
    *, entered_at: datetime, asked_at: datetime | None, is_offered: bool, waited: timedelta, at: datetime
) -> bool:
    """Whether to ask them: they have waited so long, hold no offer, and were not asked lately."""
    was_asked = asked_at is not None and asked_at > at - AGAIN
    return entered_at <= at - waited and not is_offered and not was_asked
