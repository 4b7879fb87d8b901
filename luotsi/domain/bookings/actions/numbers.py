"""Waiting at a counter by number: one is given, called to a desk, and ended. Nobody's name is in it."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from luotsi.base import bulk
from luotsi.base.now import local_day
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.bookings.access import register_of
from luotsi.domain.bookings.definitions import Counter, counters
from luotsi.domain.bookings.events.numbers import NumberCalled, NumberCalledAgain, NumberEnded, NumberTaken
from luotsi.domain.bookings.models import QueueNumber
from luotsi.domain.bookings.rules import NotPossible
from luotsi.domain.events import actions as events
from luotsi.domain.organisation.rules import NotAllowed, check_may, sees_unit

TAKE, CALL = "number.take", "number.call"


class NoNumber(Exception):
    """No number is given now. `why` is a key that the page has words for."""

    def __init__(self, why: Literal["closed", "full"]) -> None:
        self.why = why
        super().__init__({"closed": "the counter is closed", "full": "too many wait already"}[why])


@transaction.atomic
def take_number(*, counter: str, key: UUID, by: Who, at: datetime) -> QueueNumber:
    """The next number of the day. The same `key` again answers the same one.

    Raises KeyError (no such counter), NotAllowed, NoNumber.
    """
    definition = counters()[counter]
    _check_take(definition, by)
    _turn(definition)
    if earlier := QueueNumber.objects.filter(key=key, counter=counter).first():
        return earlier
    today = QueueNumber.objects.filter(counter=counter, day=local_day(at))
    if not definition.is_open(at):
        raise NoNumber("closed")
    if today.filter(called_at=None, ended_at=None).count() >= definition.most_waiting:
        raise NoNumber("full")
    last = today.aggregate(last=Max("number"))["last"] or 0
    row = QueueNumber.objects.create(
        key=key, counter=counter, day=local_day(at), number=last + 1, taken_at=at
    )  # fmt: skip
    _tell(definition, NumberTaken(row.id, counter), row, by=by, at=at)
    return row


@transaction.atomic
def call_next(*, counter: str, desk: str, after: UUID | None, by: Who, at: datetime) -> QueueNumber | None:
    """Call who has waited longest to this desk; whoever was there is served. None when nobody waits.

    `after`: who was at the desk when the page was made. When another one is there by now, they are answered and nobody
    is called: two presses call one. Raises KeyError (no such counter or desk), NotAllowed.
    """
    definition = _called_by(counter, by, desk)
    _turn(definition)
    today = QueueNumber.objects.filter(counter=counter, day=local_day(at), ended_at=None)
    here = today.filter(desk=desk, called_at__isnull=False).order_by("-last_called_at").first()
    if (here.id if here else None) != after:
        return here
    if here:
        _end(here, "served", definition, by=by, at=at)
    row = today.filter(called_at=None).order_by("number").first()
    if row is None:
        return None
    row.called_at = row.last_called_at = at
    row.called_by_id, row.desk = by.id if by.is_staff else None, desk
    row.save(update_fields=["called_at", "last_called_at", "called_by", "desk"])
    waited = int((at - row.taken_at).total_seconds() // 60)
    _tell(definition, NumberCalled(row.id, counter, waited), row, by=by, at=at)
    return row


@transaction.atomic
def call_again(*, number: UUID, by: Who, at: datetime) -> QueueNumber:
    """Show the number once more. Raises NotAllowed, NotPossible (it has ended, or was not called yet)."""
    row = _locked(number, by)
    if row.called_at is None or row.ended_at:
        raise NotPossible("the number is not at a desk")
    row.last_called_at = at
    row.save(update_fields=["last_called_at"])
    _tell(counters()[row.counter], NumberCalledAgain(row.id, row.counter), row, by=by, at=at)
    return row


@transaction.atomic
def end_number(*, number: UUID, how: Literal["served", "absent"], by: Who, at: datetime) -> QueueNumber:
    """They were served, or did not come when called. Saying it twice changes nothing. Raises as `call_again`."""
    row = _locked(number, by)
    if row.ended_at:
        return row
    if row.called_at is None:
        raise NotPossible("the number was not called yet")
    _end(row, how, counters()[row.counter], by=by, at=at)
    return row


@transaction.atomic
def give_number_up(*, number: UUID, by: Who, at: datetime) -> None:
    """Whoever holds the number goes away. One that was called or has ended stays as it is. Raises NotAllowed."""
    row = QueueNumber.objects.select_for_update().filter(id=number).first()
    if row is None or row.counter not in counters():
        raise NotAllowed("no such number")
    definition = counters()[row.counter]
    _check_take(definition, by)
    if row.called_at is None and row.ended_at is None:
        _end(row, "left", definition, by=by, at=at)


def _check_take(definition: Counter, by: Who) -> None:
    """Whoever stands at the kiosk, or a worker of the unit for them."""
    if by.is_staff and sees_unit(by, definition.unit):
        check_may(by, CALL)
    elif by != SYSTEM:  # a visitor, too, is of the kind "system"
        check_may(by, TAKE)


def _called_by(counter: str, by: Who, desk: str) -> Counter:
    definition = counters()[counter]
    _check_call(definition, by)
    if desk not in {one.key for one in definition.desks}:
        raise KeyError(desk)
    return definition


def _check_call(definition: Counter, by: Who) -> None:
    if by == SYSTEM:
        return
    check_may(by, CALL)
    if not sees_unit(by, definition.unit):
        raise NotAllowed("another unit's counter")


def _locked(number: UUID, by: Who) -> QueueNumber:
    row = QueueNumber.objects.select_for_update(of=("self",)).filter(id=number).first()
    if row is None or row.counter not in counters():
        raise NotAllowed("no such number")
    _check_call(counters()[row.counter], by)
    return row


def _turn(definition: Counter) -> None:
    """One at a time at a counter: a number is given once, and called once."""
    bulk.wait_for_turn(f"bookings.counter {definition.key}")


def _end(row: QueueNumber, how: str, definition: Counter, *, by: Who, at: datetime) -> None:
    row.ended_at, row.how = at, how
    row.save(update_fields=["ended_at", "how"])
    _tell(definition, NumberEnded(row.id, row.counter, how), row, by=by, at=at)


def _tell(definition: Counter, fact: events.Fact, row: QueueNumber, *, by: Who, at: datetime) -> None:
    where = events.Dimensions(unit=definition.unit, register=register_of(definition.unit))
    events.record(fact, by=by, at=at, subject=row.id, where=where)
