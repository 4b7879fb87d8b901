"""What a resident's pages must not tell whoever acts for them: matters kept private, and units that give them away."""

from luotsi.base.who import Who
from luotsi.domain.cases.models import Case, CaseBooking, Referral
from luotsi.domain.events.queries import Kept


def kept_from(viewer: Who) -> Kept:
    """The matters and times that this viewer must not learn of, for the log. Nothing is kept from oneself."""
    if viewer.acting_for is None:
        return Kept()
    cases = Case.objects.filter(resident_id__in=viewer.own_ids)
    private = set(cases.exclude(kept_private_at=None).values_list("id", flat=True))
    if not private:
        return Kept()
    times = CaseBooking.objects.filter(case_id__in=private).values_list("booking_id", flat=True)
    threads = Referral.objects.filter(case_id__in=private).values_list("id", flat=True)
    units = cases.filter(kept_private_at=None).values_list("unit_id", flat=True)
    return Kept(matters=frozenset({*private, *times, *threads}), units=frozenset(units))
