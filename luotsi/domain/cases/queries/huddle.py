"""What a team looks at before the day: how yesterday went, what today can take, and what is about to be missed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from luotsi.base.dates import is_working_day, start_of
from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.bookings import queries as bookings
from luotsi.domain.bookings.queries import Places
from luotsi.domain.cases.queries.gathered import Listed
from luotsi.domain.cases.queries.listed import listed
from luotsi.domain.cases.queries.worklist import WorklistRow, named
from luotsi.domain.events import queries as events
from luotsi.domain.organisation.rules import check_may

AHEAD = 7  # days
MOST = 100  # matters named in one part; the number of all stands beside them
_JUDGED = ("need.assessed", "urgency.judged", "assessment.started", "assessment.completed", "decision.made")
_WITH_TIME = {"offered", "booked"}


@dataclass(frozen=True)
class Yesterday:
    """What happened from the last working day on, until today began; both days count."""

    first: date
    last: date
    came: int
    judged: int
    visited: int
    closed: int
    missed: int


@dataclass(frozen=True)
class Part:
    """Matters of one part of the page: how many, and the first of them with their names, emergencies on top."""

    count: int
    rows: tuple[WorklistRow, ...]


@dataclass(frozen=True)
class Huddle:
    """`emergencies` wait for help at once, whatever their limit. `overdue` have passed their limit, `due` have it
    today. `at_risk`: the limit comes within a week, and no time is given before it. `free` are places of today's times
    that can still be given.
    """

    yesterday: Yesterday
    places: tuple[Places, ...]
    emergencies: Part
    overdue: Part
    due: Part
    at_risk: Part
    waiting: int

    @property
    def free(self) -> int:
        return sum(one.free for one in self.places)

    @property
    def lacks(self) -> int:
        """How many more matters are due by today than there are free places."""
        return max(0, self.overdue.count + self.due.count - self.free)


def huddle(*, viewer: Who, units: Collection[str], at: datetime) -> Huddle:
    """The morning of these units, as far as they are the viewer's own. Raises NotAllowed."""
    check_may(viewer, "huddle.read")
    mine, today = sorted(set(units) & viewer.units), local_day(at)
    every = listed(viewer=viewer, units=mine)
    rows = [row for row in every if row.due]
    open_now = [row for row in rows if row.state not in {"visited"}]
    day = {"after": max(at, start_of(today)), "before": start_of(today + timedelta(1))}
    parts = [
        [row for row in every if row.is_emergency],
        [row for row in open_now if row.due and row.due < today and not _is_answered(row)],
        [row for row in open_now if row.due == today and not _is_answered(row)],
        [row for row in open_now if row.due and today < row.due <= today + timedelta(AHEAD) and not _is_answered(row)],
    ]
    emergencies, overdue, due, at_risk = (_part(part, viewer=viewer, units=mine, at=at) for part in parts)
    return Huddle(
        yesterday=_yesterday(mine, today),
        places=tuple(bookings.places_on(mine, **day)),
        emergencies=emergencies,
        overdue=overdue,
        due=due,
        at_risk=at_risk,
        waiting=len(rows),
    )


def _is_answered(row: Listed) -> bool:
    """Whether a time is given, and within the limit."""
    return row.state in _WITH_TIME and not row.is_at_risk


def _part(rows: list[Listed], *, viewer: Who, units: Collection[str], at: datetime) -> Part:
    return Part(len(rows), tuple(named(viewer=viewer, units=units, among=rows[:MOST], at=at)) if rows else ())


def _yesterday(units: Collection[str], today: date) -> Yesterday:
    first = today - timedelta(1)
    while not is_working_day(first):
        first -= timedelta(1)
    last = today - timedelta(1)
    kinds = ("case.opened", *_JUDGED, "visit.held", "case.closed", "clock.missed")
    told = events.subjects_by_kind(kinds, units=units, first=first, last=last)
    return Yesterday(
        first=first,
        last=last,
        came=told.get("case.opened", 0),
        judged=sum(told.get(kind, 0) for kind in _JUDGED),
        visited=told.get("visit.held", 0),
        closed=told.get("case.closed", 0),
        missed=told.get("clock.missed", 0),
    )
