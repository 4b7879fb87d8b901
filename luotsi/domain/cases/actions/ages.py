"""A birth date became known, or turned out to be another person's: what depends on the age is counted anew."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from luotsi.base.who import SYSTEM
from luotsi.domain.cases.actions.referrals import follow_clock
from luotsi.domain.cases.actions.road import follow_clocks
from luotsi.domain.cases.models import Case, Referral
from luotsi.domain.clocks.rules import StoryError
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.people.actions.relationships import same_person


def count_anew(*, residents: list[UUID], at: datetime) -> int:
    """Bring every clock of these persons' matters and threads up to the birth date that is known now, ended ones too:
    a limit that was broken only because the stricter rule was followed was not broken. Answers how many. For the
    system.
    """
    with as_system():
        people = {one for resident in residents for one in same_person(resident)}
        cases = list(Case.objects.filter(resident_id__in=people).select_related("contact").order_by("id"))
        threads = list(Referral.objects.filter(resident_id__in=people).order_by("id"))
        return sum(_followed(row, at) for row in (*cases, *threads))


def _followed(row: Case | Referral, at: datetime) -> bool:
    """False when the events of the matter cannot have happened: `luotsi clocks rebuild` tells of those."""
    try:
        with transaction.atomic():
            if isinstance(row, Case):
                follow_clocks(row, by=SYSTEM, at=at)
            else:
                follow_clock(row, by=SYSTEM, at=at)
    except StoryError:
        return False
    return True
