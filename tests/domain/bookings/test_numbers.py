"""Numbers at a counter: given once, called once to one desk, and of nobody."""

import threading
from collections import Counter as Count
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection

from luotsi.base.now import HELSINKI
from luotsi.base.who import Who
from luotsi.domain.bookings.actions import numbers
from luotsi.domain.bookings.actions.numbers import NoNumber
from luotsi.domain.bookings.definitions import counters
from luotsi.domain.bookings.models import QueueNumber
from luotsi.domain.bookings.queries import numbers as found
from luotsi.domain.bookings.rules import NotPossible
from luotsi.domain.events.models import Event
from luotsi.domain.organisation.rules import VISITOR, NotAllowed
from tests.factories import MORNING, worker

pytestmark = pytest.mark.django_db
KEY = "sotkamo-laboratory"


def taken(at: datetime = MORNING, by: Who = VISITOR, key: UUID | None = None) -> QueueNumber:
    return numbers.take_number(counter=KEY, key=key or uuid4(), by=by, at=at)


def called(by: Who, after: QueueNumber | None = None, *, desk: str = "1", at: datetime = MORNING) -> QueueNumber | None:
    return numbers.call_next(counter=KEY, desk=desk, after=after.id if after else None, by=by, at=at)


def test_numbers_run_from_one_each_day_and_the_same_sending_takes_one() -> None:
    key = uuid4()
    first, again, second = taken(key=key), taken(key=key), taken()
    next_day = taken(at=MORNING + timedelta(days=1))

    assert (first.number, again.id, second.number, next_day.number) == (1, first.id, 2, 1)


def test_who_waited_longest_is_called_and_the_one_before_was_served() -> None:
    nurse = worker()
    one, two = taken(), taken()
    first = called(nurse, at=MORNING + timedelta(minutes=7))
    assert first is not None
    assert (first.id, first.desk) == (one.id, "1")

    second = called(nurse, first, at=MORNING + timedelta(minutes=9))

    one.refresh_from_db()
    assert second is not None
    assert (second.id, one.how) == (two.id, "served")
    assert called(nurse, second) is None, "nobody waits"
    told = Event.objects.filter(kind="number.called").order_by("id").values_list("body__wait_minutes", flat=True)
    assert list(told) == [7, 9]


def test_two_presses_call_one_and_two_desks_call_two() -> None:
    nurse, colleague = worker(), worker(name="Kaisa Kollega")
    taken()
    other = taken()

    first, pressed_twice = called(nurse), called(nurse)
    at_other_desk = called(colleague, desk="2")

    assert first is not None
    assert pressed_twice is not None
    assert at_other_desk is not None
    assert (pressed_twice.id, at_other_desk.id) == (first.id, other.id)


def test_one_who_does_not_come_is_called_again_and_then_marked() -> None:
    nurse = worker()
    row = taken()
    with pytest.raises(NotPossible):
        numbers.end_number(number=row.id, how="absent", by=nurse, at=MORNING)
    called(nurse)
    numbers.call_again(number=row.id, by=nurse, at=MORNING + timedelta(minutes=1))
    numbers.end_number(number=row.id, how="absent", by=nurse, at=MORNING + timedelta(minutes=2))
    numbers.end_number(number=row.id, how="served", by=nurse, at=MORNING + timedelta(minutes=3))

    row.refresh_from_db()
    assert (row.how, row.last_called_at) == ("absent", MORNING + timedelta(minutes=1))
    with pytest.raises(NotPossible):
        numbers.call_again(number=row.id, by=nurse, at=MORNING)


def test_who_goes_away_is_not_called() -> None:
    gone, next_one = taken(), taken()
    numbers.give_number_up(number=gone.id, by=VISITOR, at=MORNING)

    first = called(worker())
    assert first is not None
    assert first.id == next_one.id


@pytest.mark.parametrize(
    "at",
    [
        MORNING.replace(hour=7, minute=29),
        MORNING.replace(hour=14, minute=30),
        MORNING + timedelta(days=5),
        datetime(2026, 4, 6, 10, tzinfo=HELSINKI),
    ],
    ids=["early", "late", "saturday", "easter"],
)
def test_no_number_is_given_when_the_counter_is_closed(at: datetime) -> None:
    with pytest.raises(NoNumber) as refusal:
        taken(at=at)
    assert refusal.value.why == "closed"


def test_no_number_is_given_when_too_many_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    small = counters()[KEY].model_copy(update={"most_waiting": 2})
    monkeypatch.setattr(numbers, "counters", lambda: {KEY: small})
    taken(), taken()
    with pytest.raises(NoNumber) as refusal:
        taken()
    assert refusal.value.why == "full"


def test_another_units_worker_and_a_visitor_call_nobody() -> None:
    row = taken()
    for who in (worker(unit="kuhmo"), VISITOR):
        with pytest.raises(NotAllowed):
            called(who)
        with pytest.raises(NotAllowed):
            numbers.end_number(number=row.id, how="served", by=who, at=MORNING)
        with pytest.raises(NotAllowed):
            found.own_queue(KEY, viewer=who, at=MORNING)


def test_an_unknown_counter_or_desk_is_refused() -> None:
    with pytest.raises(KeyError):
        numbers.take_number(counter="moon", key=uuid4(), by=VISITOR, at=MORNING)
    with pytest.raises(KeyError):
        called(worker(), desk="9")


def test_the_screen_the_ticket_and_the_day_say_how_it_stands() -> None:
    nurse = worker()
    first, second, third = taken(), taken(), taken()
    called(nurse, at=MORNING + timedelta(minutes=10))

    now = found.queue(KEY, at=MORNING)
    assert ([one.label for one in now.called], [one.label for one in now.waiting]) == (["N1"], ["N2", "N3"])
    ticket = found.ticket(KEY, third.id, on=MORNING.date())
    assert ticket is not None
    assert (ticket.number.label, ticket.before, ticket.number.is_waiting) == ("N3", 1, True)
    assert found.ticket(KEY, uuid4(), on=MORNING.date()) is None
    assert found.ticket(KEY, second.id, on=MORNING.date() + timedelta(days=1)) is None
    numbers.end_number(number=first.id, how="served", by=nurse, at=MORNING + timedelta(minutes=12))
    assert found.today(KEY, on=MORNING.date()) == found.Today(3, 1, 0, 0, 10)


def test_nothing_of_anybody_is_kept() -> None:
    taken()
    assert {field.name for field in QueueNumber._meta.get_fields()} == {
        "id", "key", "counter", "day", "number", "taken_at", "called_at", "last_called_at", "called_by", "desk",
        "ended_at", "how",
    }  # fmt: skip
    assert Event.objects.get(kind="number.taken").resident is None


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_get_twenty_numbers_and_two_desks_call_two() -> None:
    """The same counter from many threads: nobody's number is given twice, nobody is called twice."""
    nurse = worker()
    got: list[int] = []
    together(20, lambda _: got.append(taken().number))
    assert sorted(got) == list(range(1, 21))

    heard: list[UUID] = []
    together(2, lambda number: heard.append(called(nurse, desk=str(number + 1)).id))  # type: ignore[union-attr]
    assert max(Count(heard).values()) == 1


def together(many: int, act) -> None:  # type: ignore[no-untyped-def]
    barrier = threading.Barrier(many)

    def one(number: int) -> None:
        barrier.wait()
        try:
            act(number)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
