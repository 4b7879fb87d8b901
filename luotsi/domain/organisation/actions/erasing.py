"""Roles and absences that nothing rests on any more."""

from datetime import date

from django.db.models import Q

from luotsi.base.dates import start_of
from luotsi.domain.organisation.models import Absence, Assignment


def erase_assignments(*, before: date, limit: int | None = None) -> int:
    """Delete roles that ended before that day, `limit` at most. Answers how many."""
    over = Assignment.objects.filter(Q(ended_at__lt=start_of(before)) | Q(valid_to__lt=before))
    return int(Assignment.objects.filter(pk__in=over.values("pk")[:limit]).delete()[0])


def erase_absences(*, before: date, limit: int | None = None) -> int:
    """Delete absences that ended before that day, `limit` at most. Answers how many."""
    over = Absence.objects.filter(Q(ended_at__lt=start_of(before)) | Q(ends_on__lt=before))
    return int(Absence.objects.filter(pk__in=over.values("pk")[:limit]).delete()[0])
