"""The week, the plans and the closing of days: who may, what a form makes, and that nobody booked is forgotten."""

from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from luotsi.base.dates import is_working_day, start_of
from luotsi.base.now import now, today
from luotsi.base.who import Who
from luotsi.domain.bookings.actions import confirming, waiting
from luotsi.domain.bookings.actions.giving import SlotTaken
from luotsi.domain.bookings.models import CalendarChange, Plan, Slot, SlotOffer
from luotsi.domain.events.models import Event
from tests.factories import as_who, assessed, contact, offered, resident, slot, state_of_booking, worker
from tests.factories.clients import signed_in
from tests.factories.times import OPEN_TO_ALL, free_time, kept

pytestmark = pytest.mark.django_db
BASE = "/en/team/calendar/"
# A Monday to Friday, some weeks ahead, without a holiday.
MONDAY = next(
    day
    for day in (today() + timedelta(days=14 - today().weekday() + 7 * week) for week in range(9))
    if all(is_working_day(day + timedelta(days=step)) for step in range(5))
)


def form(nurse: Who, **change: object) -> dict[str, object]:
    usual: dict[str, object] = {
        "key": uuid4(), "staff": nurse.id, "offering": "", "weekdays": ["MO", "WE"], "every": "1", "begins": "08:00",
        "ends": "10:00", "slot_minutes": 30, "valid_from": MONDAY, "valid_to": MONDAY + timedelta(days=4),
    }  # fmt: skip
    return usual | change


@pytest.fixture
def manager() -> Client:
    return signed_in(worker("unit-manager", name="Manager"))


def test_a_plan_makes_the_times_of_a_week_that_the_unit_sees(manager: Client) -> None:
    nurse = worker(name="Nora Nurse")
    answer = manager.post(f"{BASE}plans/", form(nurse), follow=True)

    assert Slot.objects.filter(staff_id=nurse.id).count() == 8
    assert "8 times were made." in answer.content.decode()
    for client in (manager, signed_in(nurse)):
        week = client.get(f"{BASE}?from={MONDAY}").content.decode()
        assert week.count("4 free of 4") == 2, "two mornings of four times"
        mine = client.get(f"{BASE}?from={MONDAY}&who={nurse.id}").content.decode()
        assert (mine.count("8:00–8:30"), mine.count("data-slot")) == (2, 8)
    listed = manager.get(f"{BASE}plans/").content.decode()
    assert "Monday, Wednesday" in listed


@pytest.mark.parametrize(
    "change, words",
    [
        ({"ends": "08:00"}, "ends before it begins"),
        ({"slot_minutes": 400}, "Not even one time"),
        ({"slot_minutes": 0}, "greater than or equal to 5"),
        ({"weekdays": []}, "at least one day"),
        ({"valid_to": MONDAY - timedelta(days=1)}, "before the first one"),
        ({"valid_to": MONDAY + timedelta(days=900)}, "about a year"),
        ({"valid_from": "2020-01-01", "valid_to": "2020-02-01"}, "have passed"),
        ({"weekdays": ["SU"]}, "no such day"),
        ({"offering": "oral-check"}, "Choose from the list"),
        ({"begins": "x"}, "Write the time so"),
    ],
)
def test_a_plan_that_makes_no_sense_is_said_clearly(manager: Client, change: dict[str, object], words: str) -> None:
    answer = manager.post(f"{BASE}plans/", form(worker(), **change))

    assert (answer.status_code, Plan.objects.count()) == (422, 0)
    assert words in answer.content.decode()


def test_a_nurse_sees_the_week_and_plans_nothing() -> None:
    nurse = signed_in(worker())

    assert nurse.get(BASE).status_code == 200
    assert "Close or open days" not in nurse.get(BASE).content.decode()
    assert [nurse.get(f"{BASE}{page}/").status_code for page in ("plans", "closing")] == [403, 403]


@pytest.mark.parametrize("query", ["from=zzz", "from=0001-01-01", "from=9999-12-31", "unit=kuhmo", "who=x", "unit=%00"])
def test_an_address_that_makes_no_sense_is_no_error(manager: Client, query: str) -> None:
    assert manager.get(f"{BASE}?{query}").status_code == 200


def test_closing_days_asks_of_each_booked_person_and_does_it_at_once(manager: Client) -> None:
    nurse, colleague = worker(name="Nora Nurse"), worker(name="Carl Colleague")
    case = assessed(contact(at=now() - timedelta(hours=3)), nurse)
    booking = offered(case, nurse, starts_at=start_of(MONDAY, time(9)), at=now())
    manager.post(f"{BASE}plans/", form(colleague))
    days = {"staff": nurse.id, "first": MONDAY, "last": MONDAY, "reason": "away", "key": uuid4()}

    asked = manager.post(f"{BASE}closing/", days)
    assert (asked.status_code, CalendarChange.objects.count()) == (200, 0)
    text = asked.content.decode()
    assert "1 booked time on these days" in text
    assert "Carl Colleague" in text
    assert case.resident.last_name not in text, "who plans calendars reads no names"

    target = Slot.objects.filter(staff_id=colleague.id).earliest("starts_at")
    chosen = {**days, f"what-{booking}": "move", f"slot-{booking}": target.id}
    done = manager.post(f"{BASE}closing/", chosen, follow=True)
    assert "Moved: 1, cancelled: 0, kept: 0." in done.content.decode()
    assert state_of_booking(booking) == "cancelled"
    assert Slot.objects.get(id=target.id).taken == 1
    assert not Slot.objects.filter(staff_id=nurse.id, closed_at=None).exists()


def test_a_time_that_waits_for_an_answer_is_taken_back_when_its_day_closes_and_never_moved_unseen(
    manager: Client,
) -> None:
    nurse, waits, chooses = worker(), resident(), resident()
    day = today() + timedelta(days=7)
    free_time(nurse, starts_at=start_of(day, time(10)))
    entry = waiting.join(resident=waits.id, offering=OPEN_TO_ALL, key=uuid4(), by=as_who(waits), at=now())
    waiting.tick(at=now())
    offer = SlotOffer.objects.get(entry=entry)
    choosing = kept(chooses, free_time(nurse, starts_at=start_of(day, time(11))), at=now())
    days = {"staff": nurse.id, "first": day, "last": day, "reason": "away", "key": uuid4()}

    done = manager.post(f"{BASE}closing/", days, follow=True).content.decode()
    assert "1 time that waited for an answer was taken back" in done
    offer.refresh_from_db()
    entry.refresh_from_db()
    assert (offer.answer, entry.closed_at) == ("withdrawn", None)
    assert {state_of_booking(offer.booking_id), state_of_booking(choosing.id)} == {"cancelled"}
    assert not Slot.objects.filter(staff_id=nurse.id).exclude(taken=0, closed_at__isnull=False).exists()
    told = Event.objects.filter(kind="booking.cancelled").values_list("resident", flat=True)
    assert list(told) == [waits.id]
    with pytest.raises(SlotTaken):
        confirming.confirm(booking=choosing.id, by=as_who(chooses), at=now())


def test_whoever_closes_a_day_sees_which_time_is_only_offered(manager: Client) -> None:
    nurse, colleague = worker(), worker()
    case = assessed(contact(at=now() - timedelta(hours=3)), nurse)
    booking = offered(case, nurse, starts_at=start_of(MONDAY, time(9)), at=now())
    target = slot(colleague, starts_at=start_of(MONDAY, time(12)))
    days = {"staff": nurse.id, "first": MONDAY, "last": MONDAY, "reason": "away", "key": uuid4()}
    assert "Offered, not answered yet" in manager.post(f"{BASE}closing/", days).content.decode()
    manager.post(f"{BASE}closing/", {**days, f"what-{booking}": "move", f"slot-{booking}": target})
    new = case.times.exclude(booking=booking).get().booking_id
    assert (state_of_booking(booking), state_of_booking(new)) == ("cancelled", "offered")


def test_one_form_plans_for_several_workers_or_for_none(manager: Client) -> None:
    nora, carl, busy = worker(name="Nora Nurse"), worker(name="Carl Colleague"), worker(name="Bea Busy")
    manager.post(f"{BASE}plans/", form(busy))
    assert manager.post(f"{BASE}plans/", form(nora, others=["x"])).status_code == 422
    refused = manager.post(f"{BASE}plans/", form(nora, others=[str(carl.id), str(busy.id)]))
    assert (refused.status_code, "for Bea Busy this does not fit" in refused.content.decode()) == (422, True)
    assert Plan.objects.count() == 1
    told = form(nora, others=[str(nora.id), str(carl.id)])
    for _ in range(2):
        manager.post(f"{BASE}plans/", told)
    assert set(Plan.objects.values_list("staff_id", flat=True)) == {nora.id, carl.id, busy.id}
    times = [Slot.objects.filter(staff_id=one.id).count() for one in (nora, carl)]
    assert (times[0] > 0, times[0] == times[1]) == (True, True)


def test_a_choice_that_says_nothing_changes_nothing(manager: Client) -> None:
    nurse = worker()
    booking = offered(
        assessed(contact(at=now() - timedelta(hours=3)), nurse), nurse, starts_at=start_of(MONDAY, time(9)), at=now()
    )
    days = {"staff": nurse.id, "first": MONDAY, "last": MONDAY, "reason": "away"}
    for choice in ({f"what-{booking}": "lose"}, {f"what-{booking}": "move"}, {f"what-{uuid4()}": "keep"}):
        manager.post(f"{BASE}closing/", {**days, "key": uuid4(), **choice})

    gone = manager.post(
        f"{BASE}closing/", {**days, "key": uuid4(), f"what-{booking}": "move", f"slot-{booking}": uuid4()}
    )
    assert gone.status_code == 409
    assert (state_of_booking(booking), CalendarChange.objects.count()) == ("offered", 0)
