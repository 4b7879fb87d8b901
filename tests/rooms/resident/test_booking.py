"""A resident chooses a time, confirms it, moves it, gives it up; for a child too; each page says what comes next."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client

from luotsi.base.now import now
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.bookings.models import Booking, Slot
from luotsi.domain.catalogue import actions as catalogue
from luotsi.domain.people import actions as people
from tests.factories import as_who, assessed, contact, resident, state_of_booking, worker
from tests.factories.clients import signed_in
from tests.factories.times import LATER, booked, free_time
from tests.rooms.resident.people import acting, family, text_of

pytestmark = pytest.mark.django_db
PICKER = "/fi/services/nurse-reception/times/"
PHONE = {"offering": "nurse-phone"}


@pytest.fixture(autouse=True)
def _services() -> None:
    catalogue.load_shelf(by=SYSTEM, at=now())


@pytest.fixture
def nurse() -> Who:
    return worker(name="Nelli Hoitava")


def choose(browser: Client, slot: UUID, **more: str) -> UUID:
    """Choose the time in the picker; answers the booking."""
    answer = browser.post(PICKER, {**PHONE, "slot": str(slot), "key": str(uuid4()), **more})
    assert answer.status_code == 302, text_of(answer)
    return UUID(answer.url.split("/")[3])


def test_a_visitor_signs_in_first() -> None:
    assert Client().get(PICKER).url.startswith("/fi/session/")


@pytest.mark.parametrize("view", ["week", "list"])
def test_free_times_are_shown_by_week_and_as_a_list(nurse: Who, view: str) -> None:
    slot = free_time(nurse)
    shown = text_of(signed_in(as_who(resident())).get(PICKER, {**PHONE, "view": view}))
    assert str(slot) in shown
    assert ("Nelli Hoitava" in shown) == (view == "list")


def test_from_choosing_to_a_booked_time(nurse: Who) -> None:
    person, slot = resident(), free_time(nurse)
    browser = signed_in(as_who(person))
    booking = choose(browser, slot, reason="results")
    once_more = text_of(browser.get(f"/fi/times/{booking}/confirmation/"))
    for told in ("Tutkimusten tulokset", "Nelli Hoitava", "Pidä puhelin lähelläsi", "Maksuton"):
        assert told in once_more
    assert browser.post(f"/fi/times/{booking}/confirmation/", {"answer": "confirm"}).url == f"/fi/times/{booking}/"
    assert "Siirrä aika" in text_of(browser.get(f"/fi/times/{booking}/"))
    assert f"/fi/times/{booking}/" in text_of(browser.get("/fi/times/"))
    assert state_of_booking(booking) == "made"


def test_a_time_that_went_meanwhile_brings_fresh_ones(nurse: Who) -> None:
    slot, other = free_time(nurse), free_time(nurse, starts_at=LATER + timedelta(hours=1))
    booked(resident(), slot)
    answer = signed_in(as_who(resident())).post(PICKER, {**PHONE, "slot": str(slot), "key": str(uuid4())})
    assert answer.status_code == 409
    assert "Joku muu ehti varata" in text_of(answer)
    assert str(other) in text_of(answer)


@pytest.mark.parametrize("bad", [{"slot": ""}, {"slot": "x"}, {"key": ""}, {"key": "x"}])
def test_a_form_without_a_time_is_answered_with_the_page(nurse: Who, bad: dict[str, str]) -> None:
    told = {**PHONE, "slot": str(free_time(nurse)), "key": str(uuid4()), **bad}
    assert signed_in(as_who(resident())).post(PICKER, told).status_code == 422


@pytest.mark.parametrize("told", [{"from": "0001-01-01"}, {"from": "9999-12-31"}, {"from": "x"}, {"unit": "moon"}])
def test_an_odd_address_shows_what_is_usual(nurse: Who, told: dict[str, str]) -> None:
    assert signed_in(as_who(resident())).get(PICKER, {**PHONE, **told}).status_code == 200


def test_who_chooses_another_time_lets_the_kept_one_go(nurse: Who) -> None:
    slot = free_time(nurse)
    browser = signed_in(as_who(resident()))
    booking = choose(browser, slot)
    assert browser.post(f"/fi/times/{booking}/confirmation/", {"answer": "other"}).url == PICKER
    assert Slot.objects.get(id=slot).taken == 0


def test_a_time_is_moved_and_given_up(nurse: Who) -> None:
    person, slot, other = resident(), free_time(nurse), free_time(nurse, starts_at=LATER + timedelta(hours=1))
    browser, booking = signed_in(as_who(person)), booked(person, slot)
    assert str(other) in text_of(browser.get(f"/fi/times/{booking.id}/moving/"))
    moved = browser.post(f"/fi/times/{booking.id}/moving/", {"slot": str(other), "key": str(uuid4())})
    new = Booking.objects.get(moved_from=booking.id)
    assert moved.url == f"/fi/times/{new.id}/"
    assert "Peru aika" in text_of(browser.get(f"/fi/times/{new.id}/cancellation/"))
    assert browser.post(f"/fi/times/{new.id}/cancellation/").url == "/fi/times/"
    assert state_of_booking(new.id) == "cancelled"
    assert Slot.objects.filter(taken__gt=0).count() == 0


def test_an_assessed_offering_says_what_comes_first_and_opens_after_a_decision(nurse: Who) -> None:
    person, slot = resident(), free_time(nurse, mode="visit", minutes=40)
    browser, visit = signed_in(as_who(person)), {"offering": "nurse-reception"}
    shown = text_of(browser.get(PICKER, visit))
    assert "arvioi ensin" in shown
    assert str(slot) not in shown
    case = contact(person, at=now())
    assessed(case, nurse, at=now())
    booking = choose(browser, slot, **visit)
    browser.post(f"/fi/times/{booking}/confirmation/", {"answer": "confirm"})
    assert case.times.get().booking_id == booking
    assert f"/fi/matters/{case.id}/" in text_of(browser.get(f"/fi/times/{booking}/"))
    browser.post(f"/fi/times/{booking}/cancellation/")
    assert state_of_booking(booking) == "cancelled"


def test_the_service_and_the_judged_matter_lead_straight_to_the_calendar(nurse: Who) -> None:
    person = resident()
    browser, case = signed_in(as_who(person)), contact(person, at=now())
    assert PICKER in text_of(browser.get("/fi/services/nurse-reception/"))
    matter = f"/fi/matters/{case.id}/"
    assert "offering=nurse-reception" not in text_of(browser.get(matter))
    assessed(case, nurse, at=now())
    assert f"{PICKER}?offering=nurse-reception&amp;unit=sotkamo" in text_of(browser.get(matter))


def test_the_time_of_another_is_not_found(nurse: Who) -> None:
    booking, browser = booked(resident(), free_time(nurse)), signed_in(as_who(resident()))
    for path in ("", "confirmation/", "moving/", "cancellation/", "time.ics"):
        assert browser.get(f"/fi/times/{booking.id}/{path}").status_code == 404
    for path in ("confirmation/", "moving/", "cancellation/"):
        assert browser.post(f"/fi/times/{booking.id}/{path}").status_code == 404


def test_a_parent_books_for_a_child_and_the_time_is_the_childs(nurse: Who) -> None:
    mother, child = family()
    browser, slot = acting(mother, child), free_time(nurse)
    assert "Lauri Esimerkki" in text_of(browser.get(PICKER, PHONE))
    booking = choose(browser, slot)
    browser.post(f"/fi/times/{booking}/confirmation/", {"answer": "confirm"})
    assert Booking.objects.get(id=booking).resident_id == child.id
    assert f"/fi/times/{booking}/" in text_of(browser.get("/fi/times/"))
    browser.post("/fi/acting/", {"resident": ""})
    assert f"/fi/times/{booking}/" not in text_of(browser.get("/fi/times/"))


def test_of_a_child_under_a_protection_order_no_place_is_named(nurse: Who) -> None:
    mother, child = family()
    people.set_protection(resident=child.id, is_on=True, by=worker("service-adviser"), at=now())
    browser, slot = acting(mother, child), free_time(nurse)
    booking = choose(browser, slot)
    browser.post(f"/fi/times/{booking}/confirmation/", {"answer": "confirm"})
    for address in (PICKER, "/fi/times/", f"/fi/times/{booking}/", f"/fi/times/{booking}/cancellation/"):
        assert "Sotkamo" not in text_of(browser.get(address, PHONE))


def test_booking_asks_the_database_few_questions(nurse: Who, django_assert_max_num_queries: object) -> None:
    browser, slot = signed_in(as_who(resident())), free_time(nurse)

    with django_assert_max_num_queries(17):  # type: ignore[operator]
        booking = choose(browser, slot)
    with django_assert_max_num_queries(21):  # type: ignore[operator]
        browser.post(f"/fi/times/{booking}/confirmation/", {"answer": "confirm"})

    assert Booking.objects.get(id=booking).accepted_at is not None


@pytest.mark.parametrize("number", [1, 30])
def test_the_pages_ask_as_often_for_many_times_as_for_one(
    nurse: Who, django_assert_max_num_queries: object, number: int
) -> None:
    person = resident()
    for hour in range(number):
        free_time(nurse, starts_at=LATER + timedelta(hours=hour))
    browser = signed_in(as_who(person))
    for view in ("week", "list"):
        with django_assert_max_num_queries(24):  # type: ignore[operator]
            browser.get(PICKER, {**PHONE, "view": view})
    with django_assert_max_num_queries(18):  # type: ignore[operator]
        browser.get("/fi/times/")


def test_answers_lead_straight_to_the_calendar_and_the_time_belongs_to_the_matter(nurse: Who) -> None:
    """Before anybody has judged it, only what anybody may book; the window is the clock's, and the matter stays new."""
    person, slot = resident(), free_time(nurse)
    browser, case = signed_in(as_who(person)), contact(person, at=now())
    matter = f"/fi/matters/{case.id}/"
    shown = text_of(browser.get(matter))
    onward = f"{PICKER}?offering=nurse-phone&amp;reason=advice&amp;unit=sotkamo&amp;order=earliest&amp;matter={case.id}"
    assert onward in shown
    picker = text_of(browser.get(PICKER, {**PHONE, "matter": str(case.id)}))
    assert "viimeistään" in picker
    answer = browser.post(PICKER, {**PHONE, "slot": str(slot), "key": str(uuid4()), "matter": str(case.id)})
    assert answer.url.endswith(f"/confirmation/?matter={case.id}")
    browser.post(answer.url, {"answer": "confirm"})
    assert case.times.get().booking.slot_id == slot
    assert onward not in text_of(browser.get(matter))
    assessed(case, nurse, at=now())
    assert "Varattu aika" in text_of(signed_in(nurse).get(f"/fi/team/cases/{case.id}/"))


def test_the_matter_of_another_is_no_ground_for_a_time(nurse: Who) -> None:
    case, browser = contact(resident(), at=now()), signed_in(as_who(resident()))
    answer = browser.post(PICKER, {**PHONE, "slot": str(free_time(nurse)), "key": str(uuid4()), "matter": str(case.id)})
    browser.post(answer.url, {"answer": "confirm"})
    assert Booking.objects.count() == 1
    assert not case.times.exists()


def test_the_nearest_unit_comes_first_with_how_far_it_is(nurse: Who) -> None:
    far, near = free_time(worker(unit="kuhmo"), unit="kuhmo"), free_time(nurse, starts_at=LATER + timedelta(days=1))
    shown = text_of(signed_in(as_who(resident())).get(PICKER, {**PHONE, "order": "nearest"}))
    assert shown.index(str(near)) < shown.index(str(far))
    assert "noin 50 km" in shown or "noin 60 km" in shown
