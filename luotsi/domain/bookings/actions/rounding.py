"""The rounds of a day: a search lays the visits, a planner moves and pins them, and what they choose stays.

The search runs in the worker, outside of any transaction; what it found is written in one. A search that broke off is
taken up again after a while.
"""

import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from luotsi.base.now import local_day, now
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.bookings.actions.homevisits import (
    VisitRefused,
    check_plans_rounds,
    locked,
    tell,
)
from luotsi.domain.bookings.definitions.homerounds import home_rounds
from luotsi.domain.bookings.events.rounds import HomeVisitMoved, RoundsLaid
from luotsi.domain.bookings.models import HomeVisit, RoundPlanning
from luotsi.domain.bookings.queries import roundsday
from luotsi.domain.bookings.queries.roundsday import Loaded, has_begun, minute_of, moment_of
from luotsi.domain.bookings.rules import rounds as rules
from luotsi.domain.bookings.rules.rounds import STEP, Laid, Placed
from luotsi.domain.bookings.rules.routing import Progress, lay
from luotsi.domain.events import actions as events
from luotsi.domain.events.actions.system import as_system

log = logging.getLogger("luotsi.rounds")
_BROKEN_OFF = timedelta(minutes=3)  # a search that is still going on after this has lost its worker


@transaction.atomic
def plan_day(*, unit: str, day: date, key: UUID, by: Who, at: datetime) -> RoundPlanning:
    """Ask for the rounds of a day. Whoever asks while a search goes on waits for that one.

    Raises NotAllowed, VisitRefused (the day is over).
    """
    check_plans_rounds(by, unit)
    if day < local_day(at):
        raise VisitRefused("past")
    going_on = RoundPlanning.objects.filter(unit=unit, day=day, ended_at=None)
    if earlier := RoundPlanning.objects.filter(id=key, unit=unit, day=day).first() or going_on.first():
        return earlier
    try:
        with transaction.atomic():
            asked = by.id if by.is_staff else None
            return RoundPlanning.objects.create(id=key, unit_id=unit, day=day, asked_by_id=asked, asked_at=at)
    except IntegrityError:
        return going_on.get()


def tick(*, at: datetime) -> int:
    """Search for the rounds that were asked for. Answers how many days were laid; two workers share them."""
    done = 0
    while (planning := _claim(at)) is not None:
        try:
            done += search(planning, at=at)
        except Exception as error:  # one day that cannot be laid must not keep the others waiting
            log.exception("the rounds of a day could not be laid: %s", type(error).__name__)
            RoundPlanning.objects.filter(id=planning).update(ended_at=now(), has_failed=True)
    return done


def search(planning: UUID, *, at: datetime, seconds: int | None = None) -> int:
    """Lay the visits of the day anew, but for those that have begun or that a planner pinned. Answers 1 when done."""
    row = RoundPlanning.objects.get(id=planning)
    rounds = home_rounds()[row.unit_id]
    with as_system():
        loaded = roundsday.load(rounds, row.day, at=at)
    found = lay(loaded.day, seconds=seconds or rounds.solve_seconds, told=_progress(planning, loaded))
    with transaction.atomic(), as_system():
        placed = _write(loaded, found, at=at)
        drive = rules.drive_minutes(found.placed, loaded.day)
        told = {"percent": 100, "visits": len(loaded.rows), "placed": placed, "drive_minutes": drive}
        if RoundPlanning.objects.filter(id=planning, ended_at=None).update(ended_at=max(at, now()), **told):
            fact = RoundsLaid(row.day, len(loaded.rows), placed, drive)
            events.record(fact, by=SYSTEM, at=at, subject=planning, where=events.Dimensions(unit=row.unit_id))
    return 1


@transaction.atomic
def move_visit(*, visit: UUID, staff: UUID, starts_at: datetime, by: Who, at: datetime) -> HomeVisit:
    """A planner puts the visit there, and there it stays when the day is planned anew.

    Raises NotAllowed, VisitRefused (it has begun, or the time has passed), rules.rounds.NotMovable.
    """
    row = locked(visit, by)
    if has_begun(row, at=at) or row.cancelled_at:
        raise VisitRefused("begun")
    if starts_at <= at or local_day(starts_at) != row.day:
        raise VisitRefused("past")
    with as_system():
        loaded = roundsday.load(home_rounds()[row.unit_id], row.day, at=at)
    problem = next(one for one in loaded.day.visits if one.id == row.id)
    to = Placed(staff, minute_of(starts_at, row.day) // STEP * STEP)
    rules.check_move(problem, to, day=loaded.day)
    row.staff_id, row.starts_at, row.is_pinned, row.why_left = staff, moment_of(to.starts, row.day), True, ""
    row.save(update_fields=["staff", "starts_at", "is_pinned", "why_left"])
    tell(row, HomeVisitMoved(row.id, row.day, staff), by=by, at=at)
    return row


@transaction.atomic
def pin_visit(*, visit: UUID, is_pinned: bool, by: Who, at: datetime) -> HomeVisit:
    """Keep the visit where it is laid when the day is planned anew, or let it go again. Saying it twice is once.

    Raises NotAllowed, VisitRefused (it is not laid), rules.rounds.NotMovable.
    """
    row = locked(visit, by)
    if is_pinned and row.staff_id is None:
        raise rules.NotMovable("not_placed")
    if row.is_pinned != is_pinned:
        row.is_pinned = is_pinned
        row.save(update_fields=["is_pinned"])
    return row


def _claim(at: datetime) -> UUID | None:
    """The next day that waits for its search, taken so that no other worker takes it."""
    waits = Q(began_at=None) | Q(began_at__lt=at - _BROKEN_OFF)
    with transaction.atomic():
        rows = RoundPlanning.objects.select_for_update(skip_locked=True).filter(waits, ended_at=None)
        row = rows.order_by("asked_at").first()
        if row is None:
            return None
        RoundPlanning.objects.filter(id=row.id).update(began_at=max(at, now()), percent=1)
        return row.id


def _progress(planning: UUID, loaded: Loaded) -> Callable[[Progress], None]:
    def told(so_far: Progress) -> None:
        RoundPlanning.objects.filter(id=planning).update(
            percent=min(99, 100 * so_far.slice // so_far.slices), visits=len(loaded.rows), placed=so_far.placed,
            drive_minutes=so_far.drive_minutes,
        )  # fmt: skip

    return told


def _write(loaded: Loaded, found: Laid, *, at: datetime) -> int:
    """Write where each visit went. What a planner chose or cancelled, and what began, while it was searched stands."""
    rows = HomeVisit.objects.select_for_update(of=("self",)).filter(id__in=[row.id for row in loaded.rows])
    placed = 0
    for row in rows.select_related("booking__slot").order_by("id"):
        if row.cancelled_at or row.is_pinned or has_begun(row, at=at):
            placed += row.staff_id is not None
            continue
        place = found.placed.get(row.id)
        row.staff_id = place.staff if place else None
        row.starts_at = moment_of(place.starts, row.day) if place else None
        row.why_left = "" if place else found.left.get(row.id, "full")
        row.save(update_fields=["staff", "starts_at", "why_left"])
        placed += place is not None
    return placed
