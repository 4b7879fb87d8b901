"""What holds at a worker's desk."""

from datetime import timedelta
from uuid import UUID

THERE_FOR = timedelta(minutes=1)  # a page says every twenty seconds that it is open
MOST_VIEWS = 30
LONGEST_DRAFT = 50_000  # characters of all fields together


def thread_form(referral: UUID, step: str) -> str:
    """The name of the draft of a step in a thread between professions; with step "" what its drafts begin with."""
    return f"thread-{referral}-{step}"
