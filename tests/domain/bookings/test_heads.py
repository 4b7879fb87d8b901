"""Who came without a name is a number: counted on the day, by the unit that held the time, corrected and added to."""

import threading
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection

from luotsi.domain.bookings.actions.heads import MOST, CannotCount, add_head, count_heads
from luotsi.domain.bookings.models import HeadCount, Slot
from luotsi.domain.bookings.queries.heads import heads_at
from luotsi.domain.events.models import Event
from luotsi.domain.organisation.rules import NotAllowed
from tests.factories import as_who, resident, worker
from tests.factories.times import AT, LATER, free_time


@pytest.mark.django_db
def test_a_count_is_corrected_and_what_was_said_before_stays_as_an_event() -> None:
    nurse = worker()
    slot = free_time(nurse, starts_at=AT, mode="group")
    for people in (7, 7, 9):
        count_heads(slot=slot, people=people, by=nurse, at=AT)

    assert heads_at([slot, uuid4()]) == {slot: 9}
    told = Event.objects.filter(kind="heads.counted").order_by("id")
    assert [(one.body["people"], one.body["before"]) for one in told] == [(7, None), (9, 7)]
    assert (told[0].resident, told[0].unit) == (None, "sotkamo")


@pytest.mark.django_db
def test_nobody_is_counted_before_the_day_at_a_time_that_was_not_held_or_by_another_unit() -> None:
    nurse = worker()
    ahead, closed, now_on = (free_time(nurse, starts_at=start) for start in (LATER, AT, AT + timedelta(hours=1)))
    Slot.objects.filter(id=closed).update(closed_at=AT)
    refusals = {"too_early": (ahead, 1), "closed": (closed, 1), "too_many": (now_on, MOST + 1)}
    for why, (slot, people) in refusals.items():
        with pytest.raises(CannotCount) as refusal:
            count_heads(slot=slot, people=people, by=nurse, at=AT)
        assert refusal.value.why == why
    with pytest.raises(CannotCount):
        count_heads(slot=now_on, people=-1, by=nurse, at=AT)
    for stranger, slot in ((worker(unit="kuhmo"), now_on), (as_who(resident()), now_on), (nurse, uuid4())):
        with pytest.raises(NotAllowed):
            count_heads(slot=slot, people=1, by=stranger, at=AT)
    assert not HeadCount.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_count_at_the_same_moment_lose_nobody() -> None:
    nurse = worker()
    slot = free_time(nurse, starts_at=AT, mode="vehicle_stop")

    def come(slot: UUID) -> None:
        for _ in range(5):
            add_head(slot=slot, more=1, by=nurse, at=AT)
        connection.close()

    threads = [threading.Thread(target=come, args=(slot,)) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert heads_at([slot]) == {slot: 20}
    add_head(slot=slot, more=-30, by=nurse, at=AT)
    assert heads_at([slot]) == {slot: 0}
