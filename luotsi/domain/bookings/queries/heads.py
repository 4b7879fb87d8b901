"""How many came without a name, for pages."""

from collections.abc import Collection
from uuid import UUID

from luotsi.domain.bookings.models import HeadCount


def heads_at(slots: Collection[UUID]) -> dict[UUID, int]:
    """By time, how many were counted; a time at which nobody has counted yet is not among them. One query."""
    return dict(HeadCount.objects.filter(slot__in=slots).values_list("slot_id", "people"))
