"""A time is given once, whoever comes at the same moment; what becomes of it follows from what happened."""

import threading
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.db.utils import IntegrityError

from luotsi.base.who import Who
from luotsi.domain.bookings import actions, rules
from luotsi.domain.bookings.models import Booking, Slot
from luotsi.domain.events.actions import Dimensions
from tests.factories import MORNING, resident, slot, state_of_booking, worker

LATER = MORNING + timedelta(days=3)


def offer(place: UUID, person: UUID, by: Who, key: UUID | None = None) -> Booking:
    return actions.offer(
        slot=place, resident=person, key=key or uuid4(), by=by, at=MORNING, subject=uuid4(), where=Dimensions()
    )


@pytest.mark.django_db
def test_a_full_time_is_not_offered_again() -> None:
    nurse = worker()
    place = slot(nurse, starts_at=LATER)
    offer(place, resident().id, nurse)
    with pytest.raises(actions.SlotTaken):
        offer(place, resident().id, nurse)


@pytest.mark.django_db
def test_the_same_sending_twice_is_one_booking() -> None:
    nurse, person, key = worker(), resident(), uuid4()
    place = slot(nurse, starts_at=LATER, capacity=3)
    assert offer(place, person.id, nurse, key).id == offer(place, person.id, nurse, key).id
    assert Slot.objects.get(id=place).taken == 1


@pytest.mark.django_db
def test_a_time_that_has_passed_is_not_offered() -> None:
    nurse = worker()
    with pytest.raises(actions.SlotTaken):
        offer(slot(nurse, starts_at=MORNING - timedelta(hours=1)), resident().id, nurse)


@pytest.mark.django_db
@pytest.mark.parametrize("answer", [actions.decline, actions.cancel])
def test_a_time_given_up_is_free_again(answer: Callable[..., Booking]) -> None:
    nurse = worker()
    place = slot(nurse, starts_at=LATER)
    booking = offer(place, resident().id, nurse)
    answer(booking=booking.id, by=nurse, at=MORNING, subject=uuid4(), where=Dimensions())
    assert offer(place, resident().id, nurse).slot_id == place


@pytest.mark.django_db
def test_an_answered_offer_is_not_answered_again() -> None:
    nurse = worker()
    booking = offer(slot(nurse, starts_at=LATER), resident().id, nurse)
    actions.accept(booking=booking.id, by=nurse, at=MORNING, subject=uuid4(), where=Dimensions())
    with pytest.raises(rules.NotPossible):
        actions.decline(booking=booking.id, by=nurse, at=MORNING, subject=uuid4(), where=Dimensions())
    assert state_of_booking(booking.id) == "made"


@pytest.mark.django_db
def test_the_database_itself_refuses_to_oversell() -> None:
    place = slot(worker(), starts_at=LATER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Slot.objects.filter(id=place).update(taken=F("taken") + 2)


ROUNDS, CLIENTS = 20, 8


@pytest.mark.django_db(transaction=True)
def test_of_many_who_ask_at_once_exactly_one_gets_the_last_time() -> None:
    nurse, people = worker(), [resident().id for _ in range(CLIENTS)]
    winners = [_race(lambda place, person: offer(place, person, nurse), nurse, people, n) for n in range(ROUNDS)]
    print(f"last place: {ROUNDS} rounds of {CLIENTS} clients, winners a round: {set(winners)}")
    assert winners == [1] * ROUNDS


@pytest.mark.django_db(transaction=True)
def test_the_race_is_real_the_naive_way_oversells() -> None:
    """The control: read, then write. It must let several through, or the test above proves nothing."""
    nurse, people = worker(), [resident().id for _ in range(CLIENTS)]
    meet = threading.Barrier(CLIENTS, timeout=10)

    def naive(place: UUID, person: UUID) -> None:
        free = Slot.objects.get(id=place).taken == 0
        meet.wait()
        if not free:
            raise actions.SlotTaken

    assert _race(naive, nurse, people, 0) > 1


def _race(take: Callable[[UUID, UUID], object], nurse: Who, people: list[UUID], n: int) -> int:
    """How many of the clients, let go at the same moment, got the one place."""
    place = slot(nurse, starts_at=LATER + timedelta(hours=n))
    start, won = threading.Barrier(len(people)), []

    def client(person: UUID) -> None:
        try:
            start.wait()
            take(place, person)
            won.append(person)
        except actions.SlotTaken:
            pass
        finally:
            connection.close()

    clients = [threading.Thread(target=client, args=(person,)) for person in people]
    for thread in clients:
        thread.start()
    for thread in clients:
        thread.join()
    return len(won)
