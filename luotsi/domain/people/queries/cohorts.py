"""People by birth date and municipality, for invitations. For nouns above: whoever asks has the right to invite."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from luotsi.domain.people.models import Resident


class Born(NamedTuple):
    id: UUID
    born: date
    municipality: str
    language: str


def born_between(
    first: date, last: date, *, municipalities: Sequence[str], after: UUID | None, limit: int
) -> list[Born]:  # fmt: skip
    """Living people born from the first day to the last, by ascending id from `after` on. Without municipalities: of
    the whole county. One query; nobody's right is asked here.
    """
    rows = _rows(first, last, municipalities)
    rows = rows.filter(id__gt=after) if after else rows
    columns = ("id", "birth_date", "municipality", "language")
    return [Born(*row) for row in rows.order_by("id").values_list(*columns)[:limit]]


def count_born_between(first: date, last: date, *, municipalities: Sequence[str]) -> int:
    """How many of them there are. One query."""
    return _rows(first, last, municipalities).count()


def _rows(first: date, last: date, municipalities: Sequence[str]) -> QuerySet[Resident]:
    rows = Resident.objects.filter(
        birth_date__gte=first, birth_date__lte=last, died_on=None, erased_at=None, joined_into=None
    )
    return rows.filter(municipality__in=municipalities) if municipalities else rows
