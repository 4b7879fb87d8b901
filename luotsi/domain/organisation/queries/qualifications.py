"""Who is qualified for what."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from luotsi.domain.organisation.models import Qualification


@dataclass(frozen=True)
class Held:
    """A qualification of a worker, by a key of content/qualifications; both days count."""

    id: UUID
    staff: UUID
    name: str
    key: str
    valid_from: date
    valid_to: date | None


def qualifications_of(staff: Collection[UUID], *, first: date, last: date | None = None) -> dict[UUID, frozenset[str]]:
    """What each of these workers is qualified for from the first day to the last one, or on that one day. One query."""
    rows = Qualification.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=last or first), staff__in=staff, ended_at=None, valid_from__lte=first
    )
    found: dict[UUID, set[str]] = defaultdict(set)
    for worker, key in rows.values_list("staff_id", "key"):
        found[worker].add(key)
    return {worker: frozenset(keys) for worker, keys in found.items()}


def qualifications_held(staff: Collection[UUID]) -> list[Held]:
    """Every qualification of these workers that is not ended, by worker. One query."""
    rows = Qualification.objects.filter(staff__in=staff, ended_at=None).select_related("staff")
    return [
        Held(row.id, row.staff_id, row.staff.name, row.key, row.valid_from, row.valid_to)
        for row in rows.order_by("staff__name", "key", "id")
    ]
