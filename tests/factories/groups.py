"""Groups and those who sign up for them, for tests."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from luotsi.base.dates import start_of
from luotsi.base.now import local_day
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.bookings.actions.grouping import Wanted, make_group
from luotsi.domain.bookings.actions.planning import Asked
from luotsi.domain.bookings.models import Booking, Group, Slot
from luotsi.domain.bookings.rules.plans import Draft
from luotsi.domain.cases.actions import groups
from luotsi.domain.people.models import Resident
from tests.factories import as_who, worker
from tests.factories.times import AT

UNIT, OFFERING = "mielenterveys", "stress-group"
FIRST = local_day(AT) + timedelta(days=21 - local_day(AT).weekday())  # a Monday, two weeks or more ahead
DECIDES = start_of(FIRST - timedelta(days=7), time(9))  # when it is decided whether a group of `group_of` is held


def leader(**told: Any) -> Who:
    return worker("psychiatric-nurse", UNIT, **told)


def group_of(
    by: Who | None = None, *, places: int = 3, fewest: int | None = None, first: date = FIRST, weeks: int = 4,
    decide_by: date | None = None, at: datetime = AT, offering: str = OFFERING, unit: str = UNIT,
    profession: str = "psychiatric-nurse", planner: Who = SYSTEM, key: UUID | None = None, name: str = "Syksyn ryhmä",
) -> Group:  # fmt: skip
    """A group of some weekly meetings in the afternoon, decided upon a week before."""
    by = by or leader()
    weekday = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[first.weekday()]
    draft = Draft(f"FREQ=WEEKLY;BYDAY={weekday}", time(14), time(15, 30), first, first + timedelta(weeks=weeks), 90)
    return make_group(
        key=key or uuid4(),
        wanted=Wanted(offering, name, fewest or min(2, places), decide_by or first - timedelta(days=7)),
        asked=Asked(unit=unit, staff=by.id, profession=profession, capacity=places),
        draft=draft,
        by=planner,
        at=at,
    )


def signed_up(person: Resident, group: Group, *, at: datetime = AT, key: UUID | None = None) -> tuple[Booking, ...]:
    return groups.sign_up(group=group.pk, key=key or uuid4(), by=as_who(person), at=at)


def meetings_of(group: Group) -> int:
    """How many meetings are to be held."""
    return Slot.objects.filter(plan=group.plan, closed_at=None).count()


def taken_of(group: Group) -> list[int]:
    """How many places are taken at each meeting."""
    return list(Slot.objects.filter(plan=group.plan).values_list("taken", flat=True))
