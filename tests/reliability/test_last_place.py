"""Fifty people want the last place at the same moment: exactly one gets it (R1), and every history of a time could have
happened in some order, one after the other (R3). The naive ways beside them oversell: the tests would see it.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise
from random import Random
from threading import Barrier
from time import perf_counter
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from luotsi.base.who import Who
from luotsi.domain.bookings.actions import confirming, keeping
from luotsi.domain.bookings.actions.giving import SlotTaken
from luotsi.domain.bookings.models import Booking, Slot
from luotsi.domain.bookings.rules import NotPossible
from luotsi.domain.bookings.rules.own import Booker, NotBookable
from luotsi.domain.people.models import Resident
from tests.factories import as_who, resident, worker
from tests.factories.times import AT, LATER, free_time
from tests.reliability.linearizable import Operation, is_linearizable

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
CLIENTS = 50
TRIALS = int(os.environ.get("LUOTSI_TRIALS", "20"))  # of the whole action; of the statement alone fifty times as many
HISTORIES = int(os.environ.get("LUOTSI_HISTORIES", "25"))


def together(clients: int, act: Callable[[int, Callable[[], None]], Any]) -> list[Any]:
    """The answers of so many threads, each with a line of its own to PostgreSQL. Each is given what it waits at."""
    barrier = Barrier(clients)

    def one(number: int) -> Any:
        try:
            return act(number, lambda: barrier.wait(60) and None)
        finally:
            connection.close()

    with ThreadPoolExecutor(clients) as threads:
        return list(threads.map(one, range(clients)))


def keep(person: Resident, slot: UUID) -> bool:
    try:
        keeping.keep(
            slots=[slot], resident=person.id, offering="nurse-phone", key=uuid4(), by=as_who(person), at=AT,
            booker=Booker(),
        )  # fmt: skip
    except (SlotTaken, NotBookable):
        return False
    return True


def trials_of_action(nurse: Who, people: list[Resident], trials: int) -> list[int]:
    """How many got the last place in each trial."""
    slots = [free_time(nurse, starts_at=LATER + timedelta(minutes=20 * number)) for number in range(trials)]

    def client(number: int, wait: Callable[[], None]) -> list[bool]:
        won = []
        for slot in slots:
            wait()
            won.append(keep(people[number], slot))
        return won

    return [sum(won) for won in zip(*together(CLIENTS, client), strict=True)]


def test_of_fifty_who_want_the_last_place_one_gets_it(figures: Callable[[str], None]) -> None:
    winners = trials_of_action(worker(), [resident() for _ in range(CLIENTS)], TRIALS)
    assert winners == [1] * TRIALS
    assert Booking.objects.filter(cancelled_at=None).count() == Slot.objects.filter(taken=1).count() > 0
    figures(f"R1: {TRIALS} last places, each wanted by {CLIENTS} at once with the whole action: one winner in each")


def test_a_place_that_is_looked_at_and_then_written_is_sold_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    def naive(slot: UUID, at: Any, overbook: int) -> Slot | None:
        row = Slot.objects.get(id=slot)
        return row if row.taken < 1 and Slot.objects.filter(id=slot).update(taken=row.taken + 1) else None

    monkeypatch.setattr(keeping, "_won", naive)
    winners = [trials_of_action(worker(), [resident() for _ in range(CLIENTS)], 1)[0] for _ in range(3)]
    assert max(winners) > 1


def test_the_statement_that_gives_a_place_gives_it_once(figures: Callable[[str], None]) -> None:
    nurse, trials = worker(), TRIALS * 50
    slots = [free_time(nurse, starts_at=LATER + timedelta(minutes=number)) for number in range(trials)]

    def client(number: int, wait: Callable[[], None]) -> int:
        wait()
        return sum(keeping._won(slot, AT, 0) is not None for slot in slots)

    assert sum(together(CLIENTS, client)) == trials
    assert set(Slot.objects.filter(id__in=slots).values_list("taken", flat=True)) == {1}
    figures(f"R1: {trials} places, each asked of the one statement by {CLIENTS}: {trials} given")


def history(clients: int, capacity: int, seed: int) -> list[Operation]:
    """What so many clients saw who book, cancel and look at one time as fast as they can."""
    slot, people = free_time(worker(), capacity=capacity), [resident() for _ in range(clients)]

    def client(number: int, wait: Callable[[], None]) -> list[Operation]:
        chance, seen, mine = Random(seed * 100 + number), [], [None]
        wait()
        for _ in range(4):
            kind = chance.choice(["book", "book", "cancel", "read"])
            asked = perf_counter()
            answer = _DO[kind](people[number], slot, mine)
            seen.append(Operation(number, kind, asked, perf_counter(), answer))  # type: ignore[arg-type]
        return seen

    return [one for seen in together(clients, client) for one in seen]


def _book(person: Resident, slot: UUID, mine: list[UUID | None]) -> bool:
    try:
        with transaction.atomic():
            (row,) = keeping.keep(
                slots=[slot], resident=person.id, offering="nurse-phone", key=uuid4(), by=as_who(person), at=AT,
                booker=Booker(),
            )  # fmt: skip
            confirming.confirm(booking=row.id, by=as_who(person), at=AT)
    except (SlotTaken, NotBookable):
        return False
    mine[0] = row.id
    return True


def _cancel(person: Resident, slot: UUID, mine: list[UUID | None]) -> bool:
    if mine[0] is None:
        return False
    try:
        confirming.give_up(booking=mine[0], by=as_who(person), at=AT)
    except NotPossible:
        return False
    mine[0] = None
    return True


def _read(person: Resident, slot: UUID, mine: list[UUID | None]) -> int:
    return Slot.objects.get(id=slot).taken


_DO: dict[str, Callable[[Resident, UUID, list[UUID | None]], bool | int]] = {
    "book": _book, "cancel": _cancel, "read": _read,
}  # fmt: skip


def test_every_history_of_a_time_could_have_happened_one_after_the_other(figures: Callable[[str], None]) -> None:
    operations = overlapping = 0
    for seed in range(HISTORIES):
        told = history(5, capacity=2, seed=seed)
        assert is_linearizable(told, capacity=2), told
        operations += len(told)
        ordered = sorted(told, key=lambda one: one.asked)
        overlapping += sum(1 for one, after in pairwise(ordered) if after.asked < one.answered)
    assert overlapping > operations / 10, "nothing happened at the same time"
    figures(f"R3: {HISTORIES} histories of {operations} operations, {overlapping} overlapping: all linearizable")


def test_a_naive_booking_gives_a_history_that_could_not_have_happened(monkeypatch: pytest.MonkeyPatch) -> None:
    def naive(slot: UUID, at: Any, overbook: int) -> Slot | None:
        row = Slot.objects.get(id=slot)
        return row if row.taken < 2 and Slot.objects.filter(id=slot).update(taken=row.taken + 1) else None

    monkeypatch.setattr(keeping, "_won", naive)
    assert not all(_is_explained(seed) for seed in range(12))


def _is_explained(seed: int) -> bool:
    try:
        return is_linearizable(history(5, capacity=2, seed=seed), capacity=2)
    except IntegrityError:  # fewer than none were taken: places were given back that nobody had counted
        return False
