"""A cohort is invited once, a batch at a time, and nobody who has such a time; what became of it is counted."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from luotsi.base.now import local_day, now
from luotsi.domain.bookings.actions import clearing, recalling, waiting
from luotsi.domain.bookings.models import Recall, SlotOffer, WaitingEntry
from luotsi.domain.bookings.queries.recalls import recalls
from luotsi.domain.bookings.queries.register import queue
from luotsi.domain.events.models import Event
from luotsi.domain.organisation.rules import NotAllowed
from luotsi.domain.people.models import Resident
from tests.factories import as_who, resident, worker
from tests.factories.times import AT, booked, free_time

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def child(turning: int = 7, **more: object) -> Resident:
    """A child of Sotkamo who turns so many years this year."""
    return resident(date(local_day(AT).year - turning, 1, 1), **more)


def begun(**more: object) -> Recall:
    manager = worker("unit-manager")
    told = {"key": uuid4(), "cohort": "school-checks", "unit": "sotkamo", "by": manager, "at": AT} | more
    return recalling.begin(**told)  # type: ignore[arg-type]


def invited() -> set[object]:
    return set(WaitingEntry.objects.filter(is_invited=True, closed_at=None).values_list("resident_id", flat=True))


def test_who_is_of_the_age_and_lives_there_is_invited_and_no_other() -> None:
    first, second = child(7), child(14)
    child(8), child(7, municipality="290"), resident()
    begun()
    assert recalling.tick(at=AT) == 2
    assert invited() == {first.id, second.id}
    assert Event.objects.filter(kind="waiting.invited").count() == 2


def test_a_batch_at_a_time_goes_on_where_it_was_and_never_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recalling, "AT_ONCE", 2)
    people = [child() for _ in range(5)]
    row = begun()
    assert [recalling.tick(at=AT) for _ in range(4)] == [2, 2, 1, 0]
    assert invited() == {one.id for one in people}
    (told,) = recalls(viewer=worker("unit-manager"), unit="sotkamo")
    assert (told.invited, told.seen, told.candidates, told.waiting, told.is_inviting) == (5, 5, 5, 5, False)
    again = begun()
    assert again.id == row.id
    assert recalling.tick(at=AT) == 0


def test_who_waits_or_has_such_a_time_is_spared() -> None:
    waits, has, free = child(), child(), child()
    nurse = worker()
    slot = free_time(nurse, minutes=45, mode="visit", offering="school-health")
    booked(has, slot, offering="school-health", reason="check")
    waiting.join(resident=waits.id, offering="school-health", key=uuid4(), by=as_who(waits), at=AT)
    begun()
    assert recalling.tick(at=AT) == 1
    assert invited() == {free.id}


def test_who_is_invited_waits_for_nothing_and_joins_when_no_time_suits() -> None:
    person, nurse = child(), worker()
    begun()
    recalling.tick(at=AT)
    free_time(nurse, minutes=45, mode="visit", offering="school-health")
    assert waiting.tick(at=AT) == 0
    assert queue(viewer=nurse, unit="sotkamo", at=AT) == []
    joined = waiting.join(resident=person.id, offering="school-health", key=uuid4(), by=as_who(person), at=AT + DAY)
    assert (joined.is_invited, joined.entered_at, WaitingEntry.objects.count()) == (False, AT + DAY, 1)
    assert waiting.tick(at=AT + DAY / 2) == 1
    assert SlotOffer.objects.get().entry_id == joined.id


def test_what_became_of_the_invitations_is_counted() -> None:
    books, declines, silent = child(), child(), child()
    row = begun()
    recalling.tick(at=AT)
    slot = free_time(worker(), minutes=45, mode="visit", offering="school-health")
    booked(books, slot, offering="school-health", reason="check")
    clearing.close_served(at=AT)
    waiting.leave(entry=WaitingEntry.objects.get(resident=declines).id, by=as_who(declines), at=AT, reason="declined")
    recalling.tick(at=AT + 92 * DAY)
    (told,) = recalls(viewer=worker("unit-manager"), unit="sotkamo")
    assert (told.invited, told.booked, told.declined, told.waiting, told.is_over) == (3, 1, 1, 0, True)
    assert WaitingEntry.objects.get(resident=silent).closed_reason == "not_booked"
    assert begun(at=AT + 92 * DAY).id != row.id


def test_a_recall_is_the_managers_of_the_unit_and_can_be_stopped() -> None:
    child()
    with pytest.raises(NotAllowed):
        begun(by=worker())
    with pytest.raises(NotAllowed):
        begun(by=worker("unit-manager", unit="kuhmo"))
    row = begun()
    recalling.tick(at=AT)
    manager = worker("unit-manager")
    for _ in range(2):
        recalling.stop(recall=row.id, by=manager, at=now())
    assert WaitingEntry.objects.get().closed_reason == "withdrawn"
    assert recalling.tick(at=AT) == 0
