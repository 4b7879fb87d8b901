"""What of cases is still kept."""

from collections.abc import Collection
from uuid import UUID

from luotsi.domain.cases.models import Case, Contact


def standing(ids: Collection[UUID]) -> set[UUID]:
    """Those of these cases and contacts that are still there: others were erased when their time had passed."""
    cases = Case.objects.filter(id__in=ids).values_list("id", flat=True)
    return {*cases, *Contact.objects.filter(id__in=ids).values_list("id", flat=True)}
