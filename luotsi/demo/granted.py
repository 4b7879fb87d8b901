"""Short-term care: a house with four beds, families whose decisions grant days, a month that was shared out and one
that waits to be.

Aili's relative cares for her at home by an agreement. She had a weekend last month; of the two she wished for before
Christmas she got one, and reads why not the other.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

from luotsi.base.dates import start_of
from luotsi.base.now import local_day
from luotsi.base.who import SYSTEM, Who
from luotsi.demo import cast
from luotsi.domain.bookings.actions import attending_days, days, sharing
from luotsi.domain.bookings.actions.places import open_places
from luotsi.domain.bookings.models import DayGrant
from luotsi.domain.bookings.queries.places import board
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases.actions.days import grant_days

_SPACE = UUID("0d3c0000-0000-4000-9000-000000000007")
UNIT = "lyhytaikaishoito"
_OONA, _LEILA = cast.MEMBERS["oona"].as_who(), cast.MEMBERS["leila"].as_who()
_STAGES = ("not_urgent", "started", "needs_service", "granted")
_STAY, _DAY = "respite-stay", "day-activity"


def begin(families: Sequence[UUID], *, at: datetime) -> None:
    """`families` are residents of whom nothing of this is known; Aili is one more. Six are needed."""
    today = local_day(at)
    since = today - timedelta(days=75)
    _houses(since, today, at)
    aili = _granted(cast.AILI.id, "carers-leave", 3, since, at)
    others = [_granted(one, "carers-leave", 2 + number % 2, since, at) for number, one in enumerate(families[:5])]
    group = _granted(families[5], "day-activity", 2, since, at)
    _last_month(aili, others, today, at)
    _ahead(aili, others, group, today, at)


def _houses(since: date, today: date, at: datetime) -> None:
    """Two beds at Lepola, one at Kotiranta, day places in a group on weekdays."""
    opened = start_of(since, time(5))
    told = {"unit": UNIT, "first": since, "last": today + timedelta(days=180), "by": SYSTEM, "at": opened}
    for name, places in (("Lepola", 2), ("Kotiranta", 1)):
        open_places(
            key=_key(name), offering=_STAY, name=name, places=places, recurrence="FREQ=DAILY", begins=time(6),
            ends=time(22), **told,
        )  # fmt: skip
    open_places(
        key=_key("Kaiku"), offering=_DAY, name="Kaiku", places=8, recurrence="FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
        begins=time(9), ends=time(15), **told,
    )  # fmt: skip


def _granted(resident: UUID, kind: str, many: int, since: date, at: datetime) -> DayGrant:
    """A matter of the guidance desk in which a service was granted, and the days that the decision grants."""
    began = start_of(since) + timedelta(hours=9)
    who = Who(kind="resident", role="resident", id=resident)
    told = "Hoidan läheistäni kotona, ja tarvitsen vapaata." if kind == "carers-leave" else "Kaipaan tekemistä päiviin."
    answers = {"what": told, "since": "longer", "wish": "any", "phone": "040 000 0000"}
    case = cases.receive(
        resident=resident, kind="older_need", service="carers-leave", unit="asiakasohjaus", channel="form",
        language="fi", key=uuid5(resident, kind), questionnaire="contact", answers=answers, by=who, at=began,
    )  # fmt: skip
    for number, outcome in enumerate(_STAGES, 1):
        key = uuid5(case.id, outcome)
        cases.assess(case=case.id, outcome=outcome, key=key, by=_OONA, at=began + timedelta(days=number))
    travels = kind != "carers-leave" or resident == cast.AILI.id
    return grant_days(
        case=case.id, key=uuid5(case.id, "days"), kind=kind, days=many, first=since, has_transport=travels,
        last=since + timedelta(days=364), by=_OONA, at=began + timedelta(days=5),
    )  # fmt: skip


def _last_month(aili: DayGrant, others: Sequence[DayGrant], today: date, at: datetime) -> None:
    """A weekend a month ago: three came, one of the wishes was left without."""
    friday = _friday(today - timedelta(days=34))
    when = start_of(friday - timedelta(days=12)) + timedelta(hours=10)
    for grant in (aili, *others[:3]):
        _wishes(grant, friday, 3 if grant is aili else 2, when)
    _share(friday, when + timedelta(days=2))
    for day in (friday, friday + timedelta(days=1), friday + timedelta(days=2)):
        for place in board(viewer=_LEILA, unit=UNIT, first=day, last=day):
            for guest in place.guests:
                attending_days.mark(
                    booking=guest.booking, what="came", by=_LEILA, at=start_of(day) + timedelta(hours=12)
                )


def _ahead(aili: DayGrant, others: Sequence[DayGrant], group: DayGrant, today: date, at: datetime) -> None:
    """Next month is shared out; after it the wishes wait for whoever shares the places out."""
    friday = _friday(today + timedelta(days=16))
    when = at - timedelta(days=4)
    for grant in (aili, *others):
        _wishes(grant, friday, 3, when)
    _wishes(aili, friday + timedelta(days=7), 2, when, transport="both")
    _wishes(group, today + timedelta(days=3), 60, when, offering=_DAY, weekdays=(1, 3), transport="both")
    _share(friday, at - timedelta(days=2), until=friday + timedelta(days=8))
    _share(today + timedelta(days=1), at - timedelta(days=2), offering=_DAY)
    later = friday + timedelta(days=28)
    for grant in (aili, *others):
        _wishes(grant, later, 2, at - timedelta(days=1))


def _wishes(
    grant: DayGrant, first: date, many: int, at: datetime, *, offering: str = _STAY, weekdays: Sequence[int] = (),
    transport: str = "",
) -> None:  # fmt: skip
    days.wish_for_days(
        key=uuid5(grant.id, f"{first} {offering}"), grant=grant.id, offering=offering, first=first,
        last=first + timedelta(days=many - 1), weekdays=weekdays, transport=transport, at=at,
        by=Who(kind="resident", role="resident", id=grant.resident_id),
    )  # fmt: skip


def _share(first: date, at: datetime, *, offering: str = _STAY, until: date | None = None) -> None:
    period = sharing.Period(UNIT, offering, first, until or first + timedelta(days=3))
    seen = sharing.propose(period, by=_LEILA, at=at)
    sharing.carry_out(period, seen=seen.print, by=_LEILA, at=at)


def _friday(day: date) -> date:
    return day + timedelta(days=(4 - day.weekday()) % 7)


def _key(name: str) -> UUID:
    return uuid5(_SPACE, name)
