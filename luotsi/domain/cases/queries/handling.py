"""How child welfare handles its notifications, for its manager: numbers of one's own units, nobody's name."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.cases.definitions import case_kinds
from luotsi.domain.cases.models import Assessment, Case
from luotsi.domain.cases.rules.handling import Assessed, Handling, Notified, handling
from luotsi.domain.clocks import queries as clock_queries
from luotsi.domain.clocks.queries import ClockChip
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.organisation.rules import NotAllowed, check_may, sees_unit

KIND = "child_welfare"


@dataclass(frozen=True)
class HandlingView:
    """`months` are the first days of months with their figures, the newest first; `total` is of all of them.

    `open`: assessments not ready, `late` of them past the law's limit; `undecided`: notifications not decided,
    `overdue` of them past theirs; `emergencies`: open matters in which help is needed at once.
    """

    months: tuple[tuple[date, Handling], ...]
    total: Handling
    open: int
    late: int
    undecided: int
    overdue: int
    emergencies: int


def read_handling(*, viewer: Who, at: datetime, months: int = 12) -> HandlingView:
    """Of the child-welfare units that the viewer sees, the last `months` months and the running one. Raises NotAllowed:
    the role reads no boards, or sees no such unit.
    """
    check_may(viewer, "board.read")
    units = units_of(viewer)
    if not units:
        raise NotAllowed("no child-welfare unit is theirs")
    first = _months_before(local_day(at), months)
    with as_system():
        cases = {row.id: row for row in Case.objects.filter(kind=KIND, unit_id__in=units)}
        clocks = [chip for chips in clock_queries.clocks_of([*cases], on=local_day(at)).values() for chip in chips]
        judged = list(Assessment.objects.filter(case_id__in=cases).order_by("assessed_at", "id"))
    notified = [_notified(one, local_day(at)) for one in clocks if one.line == "child_welfare_start"]
    assessed = _assessed([one for one in clocks if one.line == "child_welfare_done"])
    return _view(notified, assessed, first, cases.values(), clocks, judged, at)


def units_of(viewer: Who) -> list[str]:
    """The child-welfare units that the viewer's reach covers."""
    return [key for key, unit in organisation.units().items() if unit.register == KIND and sees_unit(viewer, key)]


def _view(
    notified: list[Notified], assessed: list[Assessed], first: date, cases: Collection[Case], clocks: list[ClockChip],
    judged: list[Assessment], at: datetime,
) -> HandlingView:  # fmt: skip
    come, ready = defaultdict(list), defaultdict(list)
    for one in notified:
        come[one.received.replace(day=1)].append(one)
    for done in assessed:
        ready[done.ready.replace(day=1)].append(done)
    shown = sorted((month for month in {*come, *ready} if month >= first), reverse=True)
    running = [one for one in clocks if one.is_running]
    starts = [one for one in running if one.line == "child_welfare_start"]
    dones = [one for one in running if one.line == "child_welfare_done"]
    on = local_day(at)
    return HandlingView(
        months=tuple((month, handling(come[month], ready[month])) for month in shown),
        total=handling([n for m in shown for n in come[m]], [a for m in shown for a in ready[m]]),
        open=len(dones),
        late=sum(1 for one in dones if one.due and one.due < on),
        undecided=len(starts),
        overdue=sum(1 for one in starts if one.due and one.due < on),
        emergencies=_emergencies(cases, judged),
    )


def _notified(clock: ClockChip, on: date) -> Notified:
    is_in_law = {"met": True, "late": False}.get(clock.state)
    if clock.is_running and clock.due and clock.due < on:
        is_in_law = False
    decided = clock.stopped if clock.state in {"met", "late"} else None
    return Notified(local_day(clock.started), decided, is_in_law)


def _assessed(clocks: list[ClockChip]) -> list[Assessed]:
    return [
        Assessed(local_day(one.started), one.stopped, one.due)
        for one in clocks
        if one.stopped and one.state in {"met", "late"}
    ]


def _emergencies(cases: Collection[Case], judged: list[Assessment]) -> int:
    decided: dict[object, list[str]] = defaultdict(list)
    for one in judged:
        decided[one.case_id].append(one.outcome)
    kind = case_kinds()[KIND]
    return sum(1 for row in cases if row.closed_at is None and kind.is_emergency(decided[row.id]))


def _months_before(day: date, months: int) -> date:
    """The first day of the month so many months earlier."""
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)
