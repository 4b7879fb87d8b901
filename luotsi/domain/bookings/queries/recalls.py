"""The invitations of a unit: how far they are, and what became of them. Numbers only; of nobody by name."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from luotsi.base.who import Who
from luotsi.domain.bookings.actions.recalling import check_recalls
from luotsi.domain.bookings.models import Recall, WaitingEntry
from luotsi.domain.events.actions.system import as_system


@dataclass(frozen=True)
class Invited:
    """One round. `candidates` were born at the right time, `seen` of them looked at; `invited` became `booked`,
    `declined`, `waiting` for an answer, or did neither in time.
    """

    id: UUID
    cohort: str
    made_at: datetime
    closes_on: date
    candidates: int
    seen: int
    invited: int
    booked: int
    declined: int
    waiting: int
    is_inviting: bool
    is_over: bool


def recalls(*, viewer: Who, unit: str) -> list[Invited]:
    """The unit's rounds, the newest first. Two queries. Raises NotAllowed."""
    check_recalls(viewer, unit)
    rows = list(Recall.objects.filter(unit=unit).order_by("-made_at")[:50])
    with as_system():
        told = WaitingEntry.objects.filter(recall__in=[row.id for row in rows]).values_list("recall", "closed_reason")
        counts = Counter(told)
    return [_invited(row, counts) for row in rows]


def _invited(row: Recall, counts: Counter[tuple[UUID, str]]) -> Invited:
    return Invited(
        id=row.id, cohort=row.cohort, made_at=row.made_at, closes_on=row.closes_on, candidates=row.candidates,
        seen=row.seen, invited=row.invited, booked=counts[row.id, "booked"],
        declined=counts[row.id, "declined"] + counts[row.id, "left"], waiting=counts[row.id, ""],
        is_inviting=row.finished_at is None, is_over=row.ended_at is not None,
    )  # fmt: skip
