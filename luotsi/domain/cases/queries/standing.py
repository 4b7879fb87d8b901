"""What of cases is still kept."""

from collections.abc import Collection
from uuid import UUID

from luotsi.domain.cases.models import Case, Contact, Referral


def standing(ids: Collection[UUID]) -> set[UUID]:
    """Those of these cases, contacts and referrals that are still there: others were erased when their time had
    passed.
    """
    cases = Case.objects.filter(id__in=ids).values_list("id", flat=True)
    referrals = Referral.objects.filter(id__in=ids).values_list("id", flat=True)
    return {*cases, *referrals, *Contact.objects.filter(id__in=ids).values_list("id", flat=True)}
