"""A worker books for a resident: one time, or a series that is proposed whole and kept whole or not at all."""

import re
from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID, uuid4

import pytest
from django.test import Client

from luotsi import reactions
from luotsi.base.now import now
from luotsi.base.who import Who
from luotsi.domain.bookings.models import Booking, Slot
from luotsi.domain.cases.models import Case
from luotsi.domain.events.models import Event
from luotsi.domain.messaging.models import Notice
from tests.factories import assessed, contact, resident, worker
from tests.factories.clients import signed_in
from tests.factories.times import booked, free_time
from tests.rooms.resident.people import text_of
from tests.rooms.team.conftest import NOON

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=3)
WHAT = {"what": "nurse-reception other", "unit": "sotkamo", "every": "7", "start": LATER.date().isoformat()}


@pytest.fixture
def nurse() -> Who:
    return worker(name="Nelli Hoitava")


@pytest.fixture
def case(nurse: Who) -> Case:
    return assessed(contact(resident(), at=now()), nurse, at=now())


def weekly(nurse: Who, number: int) -> list[UUID]:
    starts = LATER.replace(hour=8, minute=0)
    return [free_time(nurse, mode="visit", starts_at=starts + timedelta(days=7 * week)) for week in range(number)]  # type: ignore[arg-type]


def chosen(page: str) -> list[str]:
    return re.findall(r'<option value="([0-9a-f-]{36})" selected>', page)


def address(case: Case) -> str:
    return f"/fi/team/cases/{case.id}/times/"


def book(browser: Client, case: Case, slots: list[UUID], key: object = None, **more: str):  # type: ignore[no-untyped-def]
    told = {f"slot-{number}": str(slot) for number, slot in enumerate(slots)}
    query = "&".join(f"{name}={value}" for name, value in {**WHAT, "number": str(len(slots)), **more}.items())
    return browser.post(f"{address(case)}?{query.replace(' ', '+')}", {**told, "key": str(key or uuid4())})


def test_a_series_is_proposed_with_the_same_worker_at_the_same_time_of_each_week(nurse: Who, case: Case) -> None:
    slots = weekly(nurse, 4)
    other = worker(name="Toinen Hoitava")
    weekly(other, 4)
    mine = {**WHAT, "number": "4", "staff": str(nurse.id)}
    assert chosen(text_of(signed_in(nurse).get(address(case), mine)))[1:] == [str(slot) for slot in slots]


def test_a_series_is_booked_whole_for_the_matter_and_the_resident_is_told_once(nurse: Who, case: Case) -> None:
    slots, browser, key = weekly(nurse, 3), signed_in(nurse), uuid4()
    for _ in range(2):
        assert book(browser, case, slots, key).status_code == 302
    rows = Booking.objects.filter(resident=case.resident_id, accepted_at__isnull=False)
    assert {row.slot_id for row in rows} == set(slots)
    assert rows.values("series").distinct().count() == 1
    assert case.times.count() == 3
    assert rows.first().made_by_id == nurse.id
    for event in Event.objects.filter(kind="booking.made"):
        reactions.tell_of_a_given_time(event, now())
    assert Notice.objects.filter(resident=case.resident_id, cause=rows.first().series).count() == 1
    shown = text_of(browser.get(f"/fi/team/cases/{case.id}/"))
    assert "Varattu aika" in shown


def test_of_a_series_that_lost_a_time_nothing_is_booked_and_the_rest_stays_chosen(nurse: Who, case: Case) -> None:
    slots = weekly(nurse, 3)
    Slot.objects.filter(id=slots[1]).update(taken=1)
    answer = book(signed_in(nurse), case, slots)
    assert answer.status_code == 409
    shown = text_of(answer)
    assert "joku muu ehti ottaa ajan" in shown
    assert chosen(shown) == [str(slots[0]), str(slots[2])]
    assert Slot.objects.filter(id__in=slots).exclude(id=slots[1]).filter(taken=0).count() == 2
    assert Booking.objects.count() == 0


def test_the_persons_other_time_at_the_same_moment_stops_the_series(nurse: Who, case: Case) -> None:
    slots = weekly(nurse, 2)
    moment = Slot.objects.get(id=slots[1]).starts_at
    booked(case.resident, free_time(worker(), starts_at=moment), at=NOON)
    answer = book(signed_in(nurse), case, slots)
    assert (answer.status_code, "toinen aika samaan aikaan" in text_of(answer)) == (409, True)
    assert Booking.objects.count() == 1


@pytest.mark.parametrize("told", [{}, {"slot-0": ""}, {"slot-0": "x"}, {"slot-99999": "x"}, {"slot-x": "x"}])
def test_a_form_without_times_is_answered_with_the_page(nurse: Who, case: Case, told: dict[str, str]) -> None:
    weekly(nurse, 1)
    assert signed_in(nurse).post(address(case), {"key": str(uuid4()), **told}).status_code == 422


def test_the_same_time_twice_is_refused(nurse: Who, case: Case) -> None:
    (slot,) = weekly(nurse, 1)
    answer = book(signed_in(nurse), case, [slot, slot])
    assert (answer.status_code, Slot.objects.get(id=slot).taken) == (422, 0)


@pytest.mark.parametrize(
    "told, says",
    [
        ({"number": "21"}, "1–20"), ({"number": "0"}, "1–"), ({"number": "x"}, "luku"),
        ({"start": "1.1.2020"}, "mennyt"), ({"start": "x"}, "näin"), ({"every": "3"}, "luettelosta"),
        ({"staff": "x"}, "luettelosta"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_told_by_its_field(nurse: Who, case: Case, told: dict[str, str], says: str) -> None:
    answer = signed_in(nurse).get(address(case), {**WHAT, "number": "1", **told})
    assert answer.status_code == 200
    assert says in text_of(answer)


@pytest.mark.parametrize("told", [{"what": "x y"}, {"unit": "moon"}, {"number": "2"}])
def test_an_odd_address_shows_what_is_usual(nurse: Who, case: Case, told: dict[str, str]) -> None:
    assert signed_in(nurse).get(address(case), {**WHAT, **told}).status_code == 200


def test_the_matter_of_another_unit_is_not_found(nurse: Who, case: Case) -> None:
    other = signed_in(worker(unit="suun-kuhmo"))
    assert other.get(address(case)).status_code == 404
    assert other.post(address(case), {"slot-0": str(uuid4()), "key": str(uuid4())}).status_code == 404


def test_the_page_asks_as_often_for_a_week_of_times_as_for_one(
    nurse: Who, case: Case, django_assert_max_num_queries: object
) -> None:
    for hour in range(40):
        free_time(nurse, mode="visit", starts_at=LATER + timedelta(hours=hour))
    with django_assert_max_num_queries(75):  # type: ignore[operator]
        signed_in(nurse).get(address(case), {**WHAT, "number": "4"})


def test_several_steps_are_done_at_one_visit_all_or_none(nurse: Who, case: Case) -> None:
    """The nurse, and the doctor right after her in the same place; the doctor's time went, so neither is booked."""
    doctor, starts = worker("doctor", name="Tohtori Toinen"), LATER.replace(hour=8, minute=0)
    first = free_time(nurse, mode="visit", starts_at=starts)
    second = free_time(doctor, mode="visit", profession="doctor", starts_at=starts + timedelta(minutes=30))
    free_time(doctor, mode="visit", profession="doctor", starts_at=starts + timedelta(hours=2))
    both = {**WHAT, "number": "1", "also": "doctor-reception one_matter"}
    browser = signed_in(nurse)
    shown = text_of(browser.get(address(case), both))
    assert f'value="{first}+{second}" selected' in shown
    assert "Tohtori Toinen" in shown
    told = {"slot-0": f"{first}+{second}", "key": str(uuid4())}
    query = f"{address(case)}?{urlencode(both)}"
    Slot.objects.filter(id=second).update(taken=1)
    assert browser.post(query, told).status_code == 409
    assert Slot.objects.get(id=first).taken == 0
    Slot.objects.filter(id=second).update(taken=0)
    assert browser.post(query, told).status_code == 302
    rows = Booking.objects.filter(resident=case.resident_id).order_by("slot__starts_at")
    assert [(row.offering, row.slot_id) for row in rows] == [("nurse-reception", first), ("doctor-reception", second)]
    assert len({row.series for row in rows}) == 1
    page = f"/fi/team/calendar/times/{rows[0].id}/"
    assert "Peru koko käynti" in text_of(browser.get(page))
    browser.post(f"{page}cancellation/", {"what": "visit"})
    assert not Booking.objects.filter(resident=case.resident_id, cancelled_at=None).exists()
