"""A manager plans a group, a leader sees who comes and marks it, a nurse leads a matter to it, and it is called off."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from luotsi.base.now import now
from luotsi.base.who import Who
from luotsi.domain.bookings.models import Booking, Group, HeadCount, Slot
from luotsi.domain.events.models import Event
from luotsi.domain.people.models import Resident
from tests.factories import MORNING, as_who, assessed, contact, offered, resident, worker
from tests.factories.clients import signed_in
from tests.factories.groups import OFFERING, UNIT, group_of, leader, meetings_of, signed_up

pytestmark = pytest.mark.django_db
FIRST = MORNING.date() + timedelta(days=21)  # a Monday


def group(by: Who, **more: object) -> Group:
    return group_of(by, first=FIRST, at=now(), **more)  # type: ignore[arg-type]


def joins(person: Resident, made: Group) -> tuple[Booking, ...]:
    return signed_up(person, made, at=now())


@pytest.fixture
def by() -> Who:
    return leader(name="Liisa Vetäjä")


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def url(made: Group, name: str = "team-group", *more: object) -> str:
    return reverse(name, args=[made.pk, *more])


def planned(by: Who, **more: object) -> dict[str, object]:
    told = {
        "key": uuid4(), "offering": OFFERING, "name": "kevät", "staff": str(by.id), "weekdays": ["TU"], "every": "1",
        "begins": "14.00", "ends": "15.30", "valid_from": FIRST.isoformat(), "places": "8", "fewest": "4",
        "valid_to": (FIRST + timedelta(weeks=5)).isoformat(), "decide_by": "",
    }  # fmt: skip
    return {**told, **more}


def test_a_manager_plans_a_group_and_what_cannot_be_is_said_by_its_field(by: Who) -> None:
    manager = signed_in(worker("unit-manager", UNIT))
    page = reverse("group-plans")
    for more, words in (
        ({"fewest": "9"}, "ei voi tarvita enempää"),
        ({"decide_by": FIRST.isoformat(), "weekdays": ["MO"]}, "vielä edessä"),
        ({"ends": "13.00"}, "päättyy ennen kuin alkaa"),
        ({"places": ""}, "montako mahtuu"),
        ({"weekdays": []}, "vähintään yksi päivä"),
    ):
        answer = manager.post(page, planned(by, **more))
        assert (answer.status_code, words in answer.content.decode()) == (422, True), words
    assert not Group.objects.exists()
    told = planned(by)
    for _ in range(2):
        answer = manager.post(page, told)
    made = Group.objects.get()
    assert answer["Location"] == url(made)
    assert (made.plan.capacity, made.fewest, made.decide_by) == (8, 4, FIRST - timedelta(days=7))
    assert "Stressinhallintaryhmä: kevät" in text(manager, reverse("team-groups"))
    assert reverse("team-groups") in text(manager, reverse("calendar"))


def test_names_are_the_leaders_alone(by: Who) -> None:
    made, person = group(by), resident(last_name="Salainen")
    joins(person, made)
    assert "Salainen" in text(signed_in(by), url(made))
    assert "Salainen" in text(signed_in(by), url(made, "group-sheet"))
    for other in (leader(), worker("unit-manager", UNIT)):
        page = text(signed_in(other), url(made))
        assert ("Salainen" in page, "1 / 3" in text(signed_in(other), reverse("team-groups"))) == (False, True)
    assert signed_in(worker("nurse")).get(url(made)).status_code == 404
    assert signed_in(worker("unit-manager", UNIT)).get(url(made, "group-sheet")).status_code == 403


def test_the_leader_marks_who_came_counts_the_others_and_corrects(by: Who) -> None:
    made, person = group(by), resident()
    joins(person, made)
    first = Slot.objects.filter(plan=made.plan).order_by("starts_at")[0]
    booking = Booking.objects.get(resident=person, slot=first)
    page = url(made, "group-meeting", first.id)
    assert "merkitään sinä päivänä" in text(signed_in(by), page)
    early = signed_in(by).post(page, {f"mark-{booking.id}": "came", "heads": ""})
    assert early.status_code == 422
    with time_machine.travel(first.starts_at + timedelta(minutes=30), tick=False):
        client = signed_in(by)
        wrong = client.post(page, {"heads": "-1"})
        assert (wrong.status_code, "Kirjoita luku" in wrong.content.decode()) == (422, True)
        client.post(page, {f"mark-{booking.id}": "came", "heads": "3", "mark-x": "came", f"mark-{uuid4()}": "ill"})
        booking.refresh_from_db()
        assert (booking.held_at is not None, HeadCount.objects.get().people) == (True, 3)
        assert ">4<" in text(client, url(made)).replace(" ", "").replace("\n", "")
        client.post(page, {f"mark-{booking.id}": "forgot", "heads": "2"})
        booking.refresh_from_db()
        assert (booking.held_at, booking.no_show_reason, HeadCount.objects.get().people) == (None, "forgot", 2)
    assert signed_in(worker("nurse")).post(page, {"heads": "3"}).status_code == 404


def test_a_planner_calls_it_off_with_a_reason(by: Who) -> None:
    made, person = group(by), resident()
    joins(person, made)
    manager = signed_in(worker("unit-manager", UNIT))
    page = url(made, "group-ending")
    assert "1 ihmisellä on paikka" in text(manager, page)
    assert manager.post(page, {"reason": "x"}).status_code == 422
    assert signed_in(by).post(page, {"reason": "other"}).status_code == 403
    manager.post(page, {"reason": "leader_away"})
    assert "ohjaaja ei päässyt" in text(manager, url(made))
    assert manager.get(page).status_code == 302
    assert not Booking.objects.filter(cancelled_at=None).exists()


def test_one_meeting_is_called_off_in_one_press_and_each_who_had_a_place_is_told_once(by: Who) -> None:
    made, people = group(by), [resident(), resident()]
    for person in people:
        joins(person, made)
    first, second, *_ = Slot.objects.filter(plan=made.plan).order_by("starts_at")
    manager, key = signed_in(worker("unit-manager", UNIT)), uuid4()
    page = url(made, "group-meeting-ending", first.id)
    assert page in text(manager, url(made))
    assert "2 ihmisellä on paikka" in text(manager, page)
    assert signed_in(by).post(page, {"key": key, "reason": "away"}).status_code == 403
    other = signed_in(worker("unit-manager", "fysioterapia"))
    assert other.post(page, {"key": key, "reason": "away"}).status_code == 404
    assert manager.post(page, {"key": key}).status_code == 422
    for _ in range(2):
        manager.post(page, {"key": key, "reason": "away"})
    first.refresh_from_db()
    told = Booking.objects.filter(slot=first)
    assert (first.closed_at is not None, first.taken) == (True, 0)
    assert {(one.cancelled_by, one.cancel_reason) for one in told} == {("provider", "calendar")}
    assert Booking.objects.filter(slot=second, cancelled_at=None).count() == 2
    said = Event.objects.filter(kind="booking.cancelled").values_list("resident", "actor_id")
    assert sorted(person for person, _ in said) == sorted(person.id for person in people)
    assert "Ei pidetä" in text(manager, url(made))
    assert manager.get(page).status_code == 302
    mine = told.get(resident=people[0])
    assert "Muut tapaamiset pidetään" in text(signed_in(as_who(people[0])), reverse("time", args=[mine.id]))


def test_a_meeting_is_not_called_off_over_another_visit_of_the_leader(by: Who) -> None:
    made, person = group(by), resident()
    joins(person, made)
    first = Slot.objects.filter(plan=made.plan).order_by("starts_at")[0]
    case = assessed(contact(unit=UNIT, service="mental-health", at=now() - timedelta(hours=3)), by)
    offered(case, by, starts_at=first.starts_at + timedelta(minutes=15))
    manager = signed_in(worker("unit-manager", UNIT))
    answer = manager.post(url(made, "group-meeting-ending", first.id), {"key": uuid4(), "reason": "away"})
    assert (answer.status_code, "toinen käynti" in answer.content.decode()) == (422, True)
    assert Booking.objects.filter(cancelled_at=None).exclude(slot__plan=made.plan).count() == 1
    assert not Booking.objects.exclude(cancelled_at=None).exists()


def test_who_calls_to_leave_is_taken_out_by_the_leader(by: Who) -> None:
    made, person = group(by), resident()
    place, *_ = joins(person, made)
    page = url(made, "group-place-ending", place.id)
    assert signed_in(leader()).post(page).status_code == 404
    signed_in(by).post(page)
    assert not Booking.objects.filter(cancelled_at=None).exists()


def test_a_worker_leads_a_matter_to_a_group_with_room_in_its_register(by: Who) -> None:
    made, full = group(by, places=2), group(leader(), places=1)
    joins(resident(), full)
    case = assessed(contact(unit=UNIT, service="mental-health", at=now() - timedelta(hours=3)), by)
    page, client, key = reverse("case-groups", args=[case.id]), signed_in(by), uuid4()
    assert page in text(client, reverse("offers", args=[case.id]))
    shown = text(client, page)
    assert (str(made.pk) in shown, str(full.pk) in shown) == (True, False)
    assert client.post(page, {"key": key, "group": "x"}).status_code == 422
    assert client.post(page, {"key": key, "group": full.pk}).status_code == 409
    for _ in range(2):
        client.post(page, {"key": key, "group": made.pk})
    assert case.times.count() == meetings_of(made)
    assert signed_in(worker("nurse")).post(page, {"key": key, "group": made.pk}).status_code == 404
    assert signed_in(as_who(resident())).get(page).status_code in {302, 403, 404}
