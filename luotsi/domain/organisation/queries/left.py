"""Who does not work here any more."""

from datetime import date
from uuid import UUID

from luotsi.domain.organisation.models import Staff


def left_before(day: date) -> list[UUID]:
    """Everybody whose last day at work was before that day."""
    return list(Staff.objects.filter(left_on__lt=day).values_list("id", flat=True))
