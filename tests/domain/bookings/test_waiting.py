"""A freed time is offered to one after the other by rule, and to nobody twice, however many workers there are."""

import threading
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection

from luotsi.domain.bookings.actions import confirming, waiting
from luotsi.domain.bookings.models import Slot, SlotOffer, WaitingEntry
from luotsi.domain.bookings.rules import NotPossible
from luotsi.domain.bookings.rules.waiting import ANSWER_HOURS, LAST_MOMENT, Free, Waiting, pair
from luotsi.domain.events.models import Event
from luotsi.domain.organisation.rules import NotAllowed
from luotsi.domain.people.models import Resident
from tests.factories import as_who, resident, state_of_booking, worker
from tests.factories.times import AT, LATER, OPEN_TO_ALL, booked, free_time

LAST = AT + timedelta(hours=ANSWER_HOURS)


def waits(person: Resident, minutes: int = 0, **more: object) -> WaitingEntry:
    return waiting.join(
        resident=person.id, offering=OPEN_TO_ALL, key=uuid4(), by=as_who(person), at=AT + timedelta(minutes=minutes),
        **more,  # type: ignore[arg-type]
    )  # fmt: skip


def offered_to(person: Resident) -> SlotOffer | None:
    return SlotOffer.objects.filter(entry__resident=person, answered_at=None).first()


def one(number: int, **more: object) -> Waiting:
    told = {"units": frozenset(), "entered_at": AT + timedelta(minutes=number)} | more
    return Waiting(id=UUID(int=number), **told)  # type: ignore[arg-type]


def test_the_clock_goes_first_then_urgency_then_who_has_waited_longest() -> None:
    long, urgent, due = one(1), one(2, urgency=2), one(3, due_at=LATER)
    time = Free(uuid4(), "sotkamo", LATER, places=1)
    for most, rest in ((due, [long, urgent]), (urgent, [long]), (long, [])):
        assert pair([*rest, most], [time]) == [(most.id, time.id)]


def test_a_wish_is_kept_and_a_refused_time_does_not_come_again() -> None:
    time = Free(uuid4(), "sotkamo", LATER, places=9)
    day = LATER.weekday()
    assert pair([one(1, days=frozenset({(day + 1) % 7})), one(2, units=frozenset({"kuhmo"}))], [time]) == []
    assert pair([one(3, refused=frozenset({time.id}))], [time]) == []
    assert pair([one(4, days=frozenset({day}), units=frozenset({"sotkamo"}))], [time]) == [(UUID(int=4), time.id)]


@pytest.mark.django_db
def test_a_freed_time_goes_to_one_then_to_the_next_and_is_taken() -> None:
    nurse, holder, first, second = worker(), resident(), resident(), resident()
    slot = free_time(nurse)
    row = booked(holder, slot)
    waits(first), waits(second, 1)
    assert waiting.tick(at=AT) == 0
    confirming.give_up(booking=row.id, by=as_who(holder), at=AT)
    assert waiting.tick(at=AT) == 1
    assert waiting.tick(at=AT) == 0
    offer = offered_to(first)
    assert offer is not None
    assert (offer.answer_by, offered_to(second), Slot.objects.get(id=slot).taken) == (LAST, None, 1)
    waiting.tick(at=LAST)
    assert offered_to(first) is None
    with pytest.raises(NotPossible):
        waiting.answer(offer=offer.id, accepts=True, by=as_who(first), at=LAST)
    next_one = offered_to(second)
    assert next_one is not None
    taken = [waiting.answer(offer=next_one.id, accepts=True, by=as_who(second), at=LAST) for _ in range(2)]
    assert taken[0] is not None
    assert taken[0] == taken[1]
    assert (state_of_booking(taken[0].id), Slot.objects.get(id=slot).taken) == ("made", 1)
    assert set(WaitingEntry.objects.filter(closed_at=None).values_list("resident_id", flat=True)) == {first.id}
    assert Event.objects.filter(kind="booking.offered").count() == 2


@pytest.mark.django_db
def test_who_declines_waits_on_and_is_not_offered_the_same_time_again() -> None:
    person, slot = resident(), free_time(worker())
    waits(person)
    waiting.tick(at=AT)
    offer = offered_to(person)
    assert offer is not None
    with pytest.raises(NotAllowed):
        waiting.answer(offer=offer.id, accepts=True, by=as_who(resident()), at=AT)
    assert waiting.answer(offer=offer.id, accepts=False, by=as_who(person), at=AT) is None
    assert Slot.objects.get(id=slot).taken == 0
    assert waiting.tick(at=AT) == 0
    assert WaitingEntry.objects.get().closed_at is None


@pytest.mark.django_db
def test_who_leaves_lets_the_offered_time_go() -> None:
    person, slot = resident(), free_time(worker())
    entry = waits(person)
    waiting.tick(at=AT)
    for _ in range(2):
        waiting.leave(entry=entry.id, by=as_who(person), at=AT)
    assert Slot.objects.get(id=slot).taken == 0
    assert waiting.tick(at=AT) == 0


@pytest.mark.django_db
def test_joining_twice_is_waiting_once() -> None:
    person = resident()
    assert waits(person).id == waits(person).id


@pytest.mark.django_db
def test_a_near_time_is_not_offered_and_a_nearing_one_leaves_room_for_the_next() -> None:
    person, nurse = resident(), worker()
    waits(person)
    free_time(nurse, starts_at=AT + timedelta(hours=23))
    assert waiting.tick(at=AT) == 0
    free_time(nurse, starts_at=AT + timedelta(hours=25))
    assert waiting.tick(at=AT) == 1
    offer = offered_to(person)
    assert offer is not None
    assert offer.answer_by <= AT + timedelta(hours=25) - LAST_MOMENT


@pytest.mark.django_db(transaction=True)
def test_two_workers_offer_each_time_once() -> None:
    nurse, people = worker(), [resident() for _ in range(6)]
    for number in range(3):
        free_time(nurse, starts_at=LATER + timedelta(hours=number))
    for number, person in enumerate(people):
        waits(person, number)
    start, done = threading.Barrier(2), []

    def round_of_a_worker() -> None:
        try:
            start.wait()
            done.append(waiting.tick(at=AT))
        finally:
            connection.close()

    workers = [threading.Thread(target=round_of_a_worker) for _ in range(2)]
    for thread in workers:
        thread.start()
    for thread in workers:
        thread.join()
    waiting.tick(at=AT)
    assert len(done) == 2
    assert SlotOffer.objects.count() == 3
    assert {offer.entry.resident_id for offer in SlotOffer.objects.select_related("entry")} == {
        p.id for p in people[:3]
    }
    assert list(Slot.objects.values_list("taken", flat=True)) == [1, 1, 1]
