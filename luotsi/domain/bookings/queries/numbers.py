"""A counter's queue as its screen, its kiosk and its workers see it. Nobody's data."""

from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from uuid import UUID

from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.bookings.definitions import Counter, counters
from luotsi.domain.bookings.models import QueueNumber
from luotsi.domain.organisation.rules import NotAllowed, check_may, sees_unit

ON_SCREEN = 6


@dataclass(frozen=True)
class Number:
    """A number in words ("N12"), the desk to which it was called, and how it stands: waiting, called or ended."""

    id: UUID
    label: str
    desk: str
    taken_at: datetime
    called_at: datetime | None
    last_called_at: datetime | None
    ended_at: datetime | None
    how: str

    @property
    def is_waiting(self) -> bool:
        return self.called_at is None and self.ended_at is None

    @property
    def is_called(self) -> bool:
        return self.called_at is not None and self.ended_at is None


@dataclass(frozen=True)
class Ticket:
    """One number with how many are before it."""

    number: Number
    before: int


@dataclass(frozen=True)
class Today:
    """What came of a counter's day so far. `typical_wait` in minutes: half waited at most so long; None with nobody."""

    taken: int
    served: int
    absent: int
    left: int
    typical_wait: int | None


@dataclass(frozen=True)
class Queue:
    """A counter now: who was called, the latest first, and who waits, the next one first."""

    counter: Counter
    called: tuple[Number, ...]
    waiting: tuple[Number, ...]


def queue(counter: str, *, at: datetime) -> Queue:
    """One query. Raises KeyError (no such counter)."""
    definition = counters()[counter]
    rows = QueueNumber.objects.filter(counter=counter, day=local_day(at), ended_at=None).order_by("number")
    found = [_number(row, definition) for row in rows]
    called = sorted((one for one in found if one.is_called), key=lambda one: one.last_called_at or at, reverse=True)
    return Queue(definition, tuple(called), tuple(one for one in found if one.is_waiting))


def own_queue(counter: str, *, viewer: Who, at: datetime) -> Queue:
    """The same for those who call. Raises KeyError, NotAllowed (another unit's counter)."""
    found = queue(counter, at=at)
    check_may(viewer, "number.call")
    if not sees_unit(viewer, found.counter.unit):
        raise NotAllowed("another unit's counter")
    return found


def ticket(counter: str, number: UUID, *, on: date) -> Ticket | None:
    """The number of today, None when there is none such. Two queries."""
    row = QueueNumber.objects.filter(id=number, counter=counter, day=on).first()
    if row is None or counter not in counters():
        return None
    before = QueueNumber.objects.filter(counter=counter, day=on, called_at=None, ended_at=None, number__lt=row.number)
    return Ticket(_number(row, counters()[counter]), before.count())


def today(counter: str, *, on: date) -> Today:
    """One query."""
    rows = QueueNumber.objects.filter(counter=counter, day=on).values_list("how", "taken_at", "called_at")
    told = list(rows)
    hows = [how for how, _, _ in told]
    waits = [int((called - taken).total_seconds() // 60) for _, taken, called in told if called]
    typical = round(median(waits)) if waits else None
    return Today(len(told), hows.count("served"), hows.count("absent"), hows.count("left"), typical)


def _number(row: QueueNumber, definition: Counter) -> Number:
    return Number(
        row.id, f"{definition.letter}{row.number}", row.desk, row.taken_at, row.called_at, row.last_called_at,
        row.ended_at, row.how,
    )  # fmt: skip
