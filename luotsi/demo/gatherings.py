"""Groups of the demonstration: one under way, one that people sign up for, one by referral, an open meeting place."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from uuid import UUID, uuid5

from luotsi.base.dates import start_of
from luotsi.base.now import local_day
from luotsi.base.who import SYSTEM, Who
from luotsi.demo import cast, ids
from luotsi.demo.residents import Residents
from luotsi.domain.bookings.actions.grouping import Wanted, make_group
from luotsi.domain.bookings.actions.heads import count_heads
from luotsi.domain.bookings.actions.planning import Asked
from luotsi.domain.bookings.queries import groups as queries
from luotsi.domain.bookings.queries import rosters
from luotsi.domain.bookings.rules.own import NotBookable
from luotsi.domain.bookings.rules.plans import Draft
from luotsi.domain.cases.actions import groups

_SPACE = UUID("0d3c0000-0000-4000-9000-000000000008")
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class _Gathering:
    """A group and how it stands: `starts` weeks from this one, held for so many `weeks`; so many sign up, and at each
    meeting that is over `came` of them come, with so many others.
    """

    key: str
    leader: str
    offering: str
    name: str
    weekday: int
    begins: time
    ends: time
    starts: int
    weeks: int
    places: int
    fewest: int
    signs_up: int = 0
    came: int = 0
    heads: tuple[int, ...] = ()


_GATHERINGS = (
    _Gathering(
        "stress", "pilvi", "stress-group", "2026", 0, time(16, 15), time(17, 45), -3, 8, 8, 4, signs_up=7, came=5
    ),
    _Gathering(
        "stress-next", "pilvi", "stress-group", "2027", 2, time(16, 15), time(17, 45), 4, 8, 12, 5, signs_up=3
    ),
    _Gathering("balance", "petri", "balance-group", "", 0, time(16, 15), time(17, 15), 3, 8, 8, 4),
    _Gathering(
        "meeting-place", "oona", "neighbourhood-group", "", 2, time(16, 15), time(18), -4, 12, 20, 1,
        heads=(11, 14, 9, 12),
    ),
)  # fmt: skip


def gather(residents: Residents, *, at: datetime) -> int:
    """Plan the groups, with what has happened in them until now. Answers how many."""
    neighbours = _grown(residents, at)
    for told in _GATHERINGS:
        group = _plan(told, at)
        _fill(told, group, neighbours, at)
        _hold(told, group, at)
    return len(_GATHERINGS)


def _plan(told: _Gathering, at: datetime) -> UUID:
    """The group, planned two weeks before its first day, or as long before now."""
    leader, first = cast.MEMBERS[told.leader], _first(told, at)
    assert isinstance(leader, cast.Worker)
    draft = Draft(
        f"FREQ=WEEKLY;BYDAY={_DAYS[told.weekday]}", told.begins, told.ends, first,
        first + timedelta(weeks=told.weeks - 1), 1,
    )  # fmt: skip
    made = make_group(
        key=uuid5(_SPACE, told.key),
        wanted=Wanted(told.offering, told.name, told.fewest, None if told.heads else first - timedelta(days=7)),
        asked=Asked(unit=leader.unit, staff=leader.id, profession=leader.profession, capacity=told.places),
        draft=draft, by=SYSTEM, at=_planned(told, at),
    )  # fmt: skip
    return UUID(str(made.pk))


def _fill(told: _Gathering, group: UUID, neighbours: Iterator[UUID], at: datetime) -> None:
    """So many sign up, a few hours after one another, and the day of the decision comes when it has come."""
    moment, left = _planned(told, at) + timedelta(hours=2), told.signs_up
    for resident in islice(neighbours, told.signs_up * 3):
        if not left:
            break
        by = Who(kind="resident", role="resident", id=resident)
        try:
            groups.sign_up(group=group, key=uuid5(group, str(resident)), by=by, at=moment)
        except NotBookable:
            continue
        moment, left = moment + timedelta(hours=3), left - 1
    decides = start_of(_first(told, at) - timedelta(days=7), time(9, 5))
    if told.starts < 0:
        groups.tick(at=decides)


def _hold(told: _Gathering, group: UUID, at: datetime) -> None:
    leader = cast.MEMBERS[told.leader].as_who()
    over = [one for one in queries.group(group, at=at).held if one.ends_at < at]
    for number, meeting in enumerate(over):
        moment = meeting.ends_at + timedelta(minutes=5)
        marks = [one.marks[meeting.id].booking for one in rosters.attendance(meeting.id, viewer=leader).comers]
        absent = marks[told.came :]
        if marks and moment < at:
            groups.mark(
                slot=meeting.id, came=marks[: told.came], missed=dict.fromkeys(absent, "no_word"), by=leader, at=moment
            )
        if told.heads and moment < at:
            count_heads(slot=meeting.id, people=told.heads[number % len(told.heads)], by=leader, at=moment)


def _first(told: _Gathering, at: datetime) -> date:
    monday = local_day(at) - timedelta(days=local_day(at).weekday())
    return monday + timedelta(weeks=told.starts, days=told.weekday)


def _planned(told: _Gathering, at: datetime) -> datetime:
    before = start_of(_first(told, at) - timedelta(days=14), time(10))
    return min(before, at - timedelta(days=2))


def _grown(residents: Residents, at: datetime) -> Iterator[UUID]:
    """Grown-ups of the county one after the other, none twice."""
    for row, born in enumerate(residents.born):
        if 25 * 365 < (local_day(at) - born).days < 75 * 365:
            yield ids.one(residents.ids, row)
