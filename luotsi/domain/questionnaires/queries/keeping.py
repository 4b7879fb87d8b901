"""What retention must know of answers: whose they are, in which register, and when they were given."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from luotsi.base.now import local_day
from luotsi.domain.questionnaires.models import Response


@dataclass(frozen=True)
class Kept:
    """Answers of a known person. `ended_on` is None while they are under way."""

    id: UUID
    resident: UUID
    register: str
    subject: UUID | None
    ended_on: date | None


def of(residents: Collection[UUID]) -> list[Kept]:
    rows = Response.objects.filter(resident_id__in=residents)
    told = rows.values_list("id", "resident_id", "register", "subject", "completed_at")
    return [
        Kept(id, whose, register, about, local_day(end) if end else None) for id, whose, register, about, end in told
    ]


def residents_before(before: datetime, register: str) -> set[UUID]:
    """Residents with answers in the register that were given before that moment."""
    rows = Response.objects.filter(register=register, completed_at__lt=before, resident__isnull=False)
    return set(rows.values_list("resident_id", flat=True).distinct())
