"""A vehicle's stops for its crew: a manager plans a season, the nurse reads who comes and counts the others."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from luotsi.base.now import now
from luotsi.base.who import Who
from luotsi.domain.bookings.models import HeadCount, Plan, Slot
from luotsi.domain.events.models import Use
from tests.factories import resident, worker
from tests.factories.clients import signed_in
from tests.factories.times import booked
from tests.factories.vehicle import ROUTE, SEASON, STOP, driven, next_tuesday
from tests.rooms.team.conftest import NOON as AT

pytestmark = pytest.mark.django_db
DAY = next_tuesday(AT)
TODAY = f"/en/team/stops/{STOP}/{DAY}/"


@pytest.fixture
def nurse() -> Who:
    return worker(name="Nora Nurse")


@pytest.fixture
def manager() -> Who:
    return worker("unit-manager", name="Mats Manager")


def season(nurse: Who, **change: object) -> dict[str, object]:
    usual = {"key": uuid4(), "route": ROUTE, "first": DAY, "last": DAY + SEASON, "crew-nurse": nurse.id}
    return usual | change


def test_a_manager_plans_a_season_and_the_crew_sees_its_days(nurse: Who, manager: Who) -> None:
    answer = signed_in(manager).post("/en/team/stops/plans/", season(nurse), follow=True)

    assert ("42 times were made." in answer.content.decode(), Plan.objects.count()) == (True, 3)
    for who in (nurse, manager):
        page = signed_in(who).get("/en/team/stops/").content.decode()
        assert ("Vuokatti, Sotkamo" in page, "Nora Nurse" in page, page.count("0 of 6")) == (True, True, 4)
        assert reverse("stop-day", args=[STOP, DAY.isoformat()])[3:] in page


@pytest.mark.parametrize(
    "change, words",
    [
        ({"route": ""}, "Choose the route."),
        ({"route": "kulkuri-moon"}, "Choose from the list."),
        ({"crew-nurse": ""}, "Choose who works on board."),
        ({"crew-nurse": "00000000-0000-4000-8000-000000000001"}, "Choose from the list."),
        ({"last": DAY - timedelta(days=1)}, "The last day is before the first one."),
        ({"first": "2020-01-01", "last": "2020-02-01"}, "These days have passed."),
        ({"last": DAY + timedelta(days=900)}, "at most"),
        ({"first": DAY + timedelta(days=1), "last": DAY + timedelta(days=1)}, "not stop there even once"),
        ({"first": "1.13.2027"}, "Write the day so"),
    ],
)
def test_a_season_that_cannot_be_says_why_and_keeps_what_was_written(
    nurse: Who, manager: Who, change: dict[str, object], words: str
) -> None:
    answer = signed_in(manager).post("/en/team/stops/plans/", season(nurse, **change))

    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert not Plan.objects.exists()


def test_the_vehicle_is_not_in_two_places_and_the_page_names_the_stop(nurse: Who, manager: Who) -> None:
    driven(nurse, manager, at=AT)
    other = worker(name="Olga Other")
    answer = signed_in(manager).post("/en/team/stops/plans/", season(other))

    assert (answer.status_code, Plan.objects.filter(staff=other.id).count()) == (422, 0)
    assert "on the road already on those days. (Vuokatti)" in answer.content.decode()


def test_only_those_who_plan_a_unit_with_a_room_on_board_see_the_plans(nurse: Who) -> None:
    assert signed_in(nurse).get("/en/team/stops/plans/").status_code == 403
    assert signed_in(worker("unit-manager", "kuhmo")).get("/en/team/stops/plans/").status_code == 404


def test_the_nurse_on_board_reads_who_comes_and_it_is_logged(nurse: Who, manager: Who) -> None:
    driven(nurse, manager, at=AT)
    person = resident(first_name="Tuija", last_name="Villager")
    slot = Slot.objects.filter(plan__stop=STOP).order_by("starts_at").first()
    booked(person, slot.id, at=AT, offering="kulkuri-nurse", reason="care")

    page = signed_in(nurse).get(TODAY).content.decode()
    assert ("Tuija Villager" in page, "Wound care" in page, "1 of 6 times booked" in page) == (True, True, True)
    assert Use.objects.filter(resident=person.id, actor_id=nurse.id, what="list").exists()

    colleague = signed_in(worker(name="Kaisa Colleague")).get(TODAY).content.decode()
    assert ("Tuija Villager" in colleague, "1 of 6 times booked" in colleague) == (False, True)
    assert signed_in(worker(unit="kuhmo")).get(TODAY).status_code == 404


def test_who_came_without_a_time_is_counted_on_the_day(nurse: Who, manager: Who) -> None:
    driven(nurse, manager, at=AT)
    client = signed_in(nurse)
    assert "Save the number" not in client.get(TODAY).content.decode(), "the day is ahead"
    Slot.objects.exclude(id=Slot.objects.first().id).delete()
    Slot.objects.update(starts_at=now() - timedelta(minutes=40), ends_at=now())
    stop, day = Slot.objects.get().plan.stop, now()
    address = f"/en/team/stops/{stop}/{day:%Y-%m-%d}/"
    _count(client, address, people="12")

    assert HeadCount.objects.get().people == 12
    assert 'value="12"' in client.get(address).content.decode()
    for wrong, words in (("", "Write how many came."), ("x", "in digits"), ("1000", "999"), ("-1", "equal to 0")):
        answer = _count(client, address, people=wrong)
        assert (answer.status_code, words in answer.content.decode()) == (422, True), wrong
    assert HeadCount.objects.get().people == 12


def _count(client: Client, address: str, *, people: str):  # type: ignore[no-untyped-def]
    return client.post(f"{address}heads/", {"slot": Slot.objects.get().id, "people": people})


@pytest.mark.parametrize("address", ["/en/team/stops/atlantis/2026-12-01/", f"/en/team/stops/{STOP}/2026-13-01/"])
def test_a_stop_or_day_that_is_not_there_is_not_found(nurse: Who, address: str) -> None:
    assert signed_in(nurse).get(address).status_code == 404


def test_the_stops_stand_in_the_navigation_of_units_on_board_alone(nurse: Who) -> None:
    assert ">Stops</a>" in signed_in(nurse).get("/en/team/stops/").content.decode()
    assert ">Stops</a>" not in signed_in(worker(unit="kuhmo")).get("/en/team/").content.decode()
