"""A number is taken at the kiosk, called by a worker and shown on the screen; nobody's name is on any of the pages."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from luotsi.base.who import Who
from luotsi.domain.bookings.models import QueueNumber
from luotsi.domain.events.models import Use
from tests.factories import MORNING, as_who, resident, worker
from tests.factories.clients import signed_in

pytestmark = pytest.mark.django_db
KIOSK, COUNTER = "/en/numbers/sotkamo-laboratory/", "/en/team/numbers/sotkamo-laboratory/"


@pytest.fixture(autouse=True)
def morning() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


@pytest.fixture
def nurse() -> Who:
    return worker(name="Nora Nurse")


def took(client: Client, **more: object) -> QueueNumber:
    client.post(KIOSK, {"key": uuid4(), **more})
    return QueueNumber.objects.latest("number")


def test_the_kiosk_gives_a_number_and_the_ticket_says_who_is_before(client: Client) -> None:
    took(client)
    answer = client.post(KIOSK, {"key": uuid4(), "kiosk": "1"}, follow=True)
    page = answer.content.decode()

    assert ("N2" in page, "1 person is before you." in page, "load delay:15s" in page) == (True, True, True)
    assert "2 people wait now." in client.get(f"{KIOSK}screen/").content.decode()


def test_pressing_twice_takes_one(client: Client) -> None:
    key = uuid4()
    first, second = client.post(KIOSK, {"key": key}), client.post(KIOSK, {"key": key})
    assert (first["Location"], QueueNumber.objects.count()) == (second["Location"], 1)


def test_whoever_is_signed_in_is_nobody_at_the_kiosk() -> None:
    person = resident(first_name="Tuija", last_name="Tunnettu")
    client = signed_in(as_who(person))
    row = took(client)

    page = client.get(f"{KIOSK}{row.id}/").content.decode()
    assert ("N1" in page, "Tuija" in page) == (True, False)
    assert not Use.objects.filter(resident=person.id).exists()


def test_a_worker_calls_and_the_screen_and_the_ticket_say_where(client: Client, nurse: Who) -> None:
    one, two = took(client), took(client)
    desk = signed_in(nurse)
    assert "2 people wait now." in desk.get(COUNTER).content.decode()

    desk.post(f"{COUNTER}calls/", {"desk": "2", "after": ""})

    screen, ticket = client.get(f"{KIOSK}screen/").content.decode(), client.get(f"{KIOSK}{one.id}/").content.decode()
    assert ("N1" in screen, "Room 2" in screen, "N2" in screen) == (True, True, False)
    assert "It is your turn: Room 2" in ticket
    page = desk.get(f"{COUNTER}?desk=2").content.decode()
    assert "<strong>N1</strong>" in page
    desk.post(f"{COUNTER}calls/", {"desk": "2", "after": one.id})
    assert [row.how for row in QueueNumber.objects.order_by("number")] == ["served", ""]
    desk.post(f"{COUNTER}tickets/{two.id}/", {"what": "again", "desk": "2"})
    desk.post(f"{COUNTER}tickets/{two.id}/", {"what": "absent", "desk": "2"})
    assert "nobody came" in client.get(f"{KIOSK}{two.id}/").content.decode()
    again = desk.post(f"{COUNTER}tickets/{two.id}/", {"what": "again", "desk": "2"}, follow=True).content.decode()
    assert "Somebody else acted first." in again


def test_a_worker_gives_a_number_to_who_stands_there(nurse: Who) -> None:
    page = signed_in(nurse).post(f"{COUNTER}tickets/", {"key": uuid4()}, follow=True).content.decode()
    assert ("Given: number N1." in page, QueueNumber.objects.count()) == (True, 1)


def test_who_goes_away_gives_the_number_up(client: Client) -> None:
    row = took(client)
    client.post(f"{KIOSK}{row.id}/")
    row.refresh_from_db()
    assert row.how == "left"
    assert "has been used" in client.get(f"{KIOSK}{row.id}/").content.decode()


def test_a_closed_counter_says_when_it_is_open_and_gives_nothing(
    client: Client, morning: time_machine.Traveller
) -> None:
    morning.move_to(MORNING.replace(hour=18))
    page = client.get(KIOSK).content.decode()
    assert ("Closed now" in page, "7:30" in page, "Take a number</button>" in page) == (True, True, False)
    answer = client.post(KIOSK, {"key": uuid4()})
    assert (answer.status_code, QueueNumber.objects.count()) == (409, 0)
    assert "No number was taken." in answer.content.decode()


def test_one_address_takes_so_many_and_no_more(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("luotsi.rooms.resident.pages.numbers.AT_A_TIME", (2, 600))
    took(client), took(client)
    answer = client.post(KIOSK, {"key": uuid4()})
    assert (answer.status_code, QueueNumber.objects.count()) == (429, 2)


@pytest.mark.parametrize(
    "address",
    ["/en/numbers/moon/", "/en/numbers/moon/screen/", f"{KIOSK}00000000-0000-4000-8000-000000000001/"],
)
def test_a_counter_or_number_that_is_not_there_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_number_of_yesterday_is_not_found(client: Client, morning: time_machine.Traveller) -> None:
    row = took(client)
    morning.move_to(MORNING + timedelta(days=1))
    assert client.get(f"{KIOSK}{row.id}/").status_code == 404


def test_only_the_units_own_workers_call(client: Client, nurse: Who) -> None:
    took(client)
    other = signed_in(worker(unit="kuhmo"))
    assert other.get(COUNTER).status_code == 404
    assert other.post(f"{COUNTER}calls/", {"desk": "1", "after": ""}).status_code == 404
    assert QueueNumber.objects.get().called_at is None
    wrong = signed_in(nurse).post(f"{COUNTER}calls/", {"desk": "9", "after": ""}, follow=True)
    assert "Choose the desk" in wrong.content.decode()
    assert signed_in(nurse).get("/en/team/numbers/moon/").status_code == 404
    assert "Sotkamo" in signed_in(nurse).get("/en/team/numbers/").content.decode()
