"""A vehicle that stops in the villages of the demonstration: a season of one route, what came of its past days, and
who comes next.
"""

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from luotsi.base.now import local_day
from luotsi.base.who import SYSTEM
from luotsi.demo import cast
from luotsi.domain.bookings.actions import confirming, keeping
from luotsi.domain.bookings.actions.driving import Season, plan_route
from luotsi.domain.bookings.actions.heads import count_heads
from luotsi.domain.bookings.definitions import offerings
from luotsi.domain.bookings.queries.stops import StopDay, day_at, free_at, stop_days
from luotsi.domain.bookings.rules.own import Booker

_SPACE = UUID("0d3c0000-0000-4000-9000-000000000006")
_NURSE = cast.MEMBERS["noora"]
_BEHIND, _AHEAD = timedelta(days=56), timedelta(days=70)
_OFFERING = "kulkuri-nurse"
_HEADS = (9, 4, 6, 11, 3, 5, 8, 4, 7)
_COMES = ((cast.AILI, "care"), (cast.VEERA, "check"))


def drive(*, at: datetime) -> int:
    """Plan the route from some weeks ago to some weeks ahead; answers how many times were made."""
    began = at - _BEHIND
    season = Season("kulkuri-south", local_day(began), local_day(at + _AHEAD), {"nurse": _NURSE.id})
    made = plan_route(key=uuid5(_SPACE, "season"), season=season, by=SYSTEM, at=began)
    past = stop_days(after=began, before=at - timedelta(hours=12), units=[_NURSE.unit])
    for day, people in zip(past, _HEADS, strict=False):
        count_heads(slot=_first_slot(day), people=people, by=_NURSE.as_who(), at=day.ends_at)
    ahead = stop_days(after=at + timedelta(days=1), before=at + _AHEAD, units=[_NURSE.unit])
    for (member, reason), day in zip(_COMES, ahead, strict=False):
        _book(member, day, reason, at=at)
    return made


def _first_slot(day: StopDay) -> UUID:
    return day_at(day.stop, day.day, viewer=_NURSE.as_who())[0].counts_at


def _book(member: cast.Resident, day: StopDay, reason: str, *, at: datetime) -> None:
    offering, who = offerings()[_OFFERING], member.as_who()
    free = free_at(day.stop, day.day, offering=offering, reason=reason, asked=at)
    if not free:
        return
    (kept,) = keeping.keep(
        slots=[free[len(free) // 2].id], resident=member.id, offering=_OFFERING, reason=reason,
        key=uuid5(_SPACE, member.key), by=who, at=at, booker=Booker(),
    )  # fmt: skip
    confirming.confirm(booking=kept.id, by=who, at=at)
