"""Offering a time: the earliest first, what is after the law's limit marked, a taken time never given twice."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from luotsi.base.who import Who
from luotsi.domain.bookings import actions as bookings
from luotsi.domain.bookings.models import Booking, Slot
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases import queries
from tests.factories import MORNING, as_who, assessed, contact, offered, resident, slot, worker
from tests.factories.clients import signed_in
from tests.rooms.team.test_case import page_of
from tests.rooms.team.test_worklist import LOOK, queries_of, text

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
VISIT = MORNING + 3 * DAY


@pytest.fixture
def case(nurse: Who) -> Any:
    return assessed(contact(), nurse)


def free(by: Who, profession: str, unit: str, starts_at: datetime, mode: str = "visit") -> UUID:
    place = uuid4()
    row = {
        "id": place, "unit_id": unit, "staff_id": by.id, "profession": profession, "mode": mode,
        "starts_at": starts_at, "ends_at": starts_at + timedelta(minutes=30),
    }  # fmt: skip
    bookings.open_slots([row])
    return place


def offers(case: Any) -> str:
    return f"{page_of(case)}offers/"


def chosen(place: UUID) -> dict[str, str]:
    return {"slot": str(place), "key": str(uuid4())}


def values(response: Any) -> list[str]:
    return [slot["value"] for day in response.context["free"].days for slot in day["slots"]]


def test_the_earliest_times_stand_first_by_day(nurse: Who, case: Any) -> None:
    late, early = slot(nurse, starts_at=VISIT + DAY), slot(nurse, starts_at=VISIT)
    response = signed_in(nurse).get(offers(case))
    assert values(response) == [str(early), str(late)]
    assert "to 5.3." in text(response)


def test_days_after_the_legal_limit_are_marked(nurse: Who) -> None:
    young = assessed(contact(resident(born=date(2006, 5, 1))), nurse)  # fourteen days: by 16.3.
    slot(nurse, starts_at=MORNING + 14 * DAY)
    slot(nurse, starts_at=MORNING + 15 * DAY)
    notes = {day["day"]: day["note"] for day in signed_in(nurse).get(offers(young)).context["free"].days}
    assert notes == {date(2026, 3, 16): "", date(2026, 3, 17): "Yli määräajan"}


def test_when_nothing_is_free_in_time_the_page_says_so(nurse: Who) -> None:
    young = assessed(contact(resident(born=date(2006, 5, 1))), nurse)
    slot(nurse, starts_at=MORNING + 15 * DAY)
    assert "ma 16.3.2026" in text(signed_in(nurse).get(offers(young)))
    assert "ei ole täällä vapaita aikoja" in text(signed_in(nurse).get(offers(young)))


def test_a_physiotherapist_of_the_whole_county_is_one_choice_away(nurse: Who, case: Any) -> None:
    slot(nurse, starts_at=VISIT)
    therapist = worker(role="physiotherapist", unit="fysioterapia", name="Fanni Fysio")
    place = free(therapist, "physiotherapist", "fysioterapia", VISIT + DAY)
    client = signed_in(nurse)
    assert "Fysioterapeutti, Fysioterapia, pe 6.3." in text(client.get(offers(case)))
    address = f"{offers(case)}?unit=fysioterapia&profession=physiotherapist"
    assert values(client.get(address)) == [str(place)]
    body = text(client.post(address, chosen(place), follow=True))
    assert "Fanni Fysio, fysioterapeutti" in body


def test_times_of_other_units_and_professions_are_not_offered(nurse: Who, case: Any) -> None:
    dentist = worker(role="dentist", unit="suun-sotkamo")
    far = worker(unit="kuhmo")
    places = [free(dentist, "dentist", "suun-sotkamo", VISIT), free(far, "nurse", "kuhmo", VISIT)]
    client = signed_in(nurse)
    assert "Ei vapaita aikoja" in text(client.get(offers(case)))
    for address in (
        f"{offers(case)}?unit=kuhmo&profession=nurse",
        f"{offers(case)}?unit=suun-sotkamo&profession=dentist",
    ):
        assert values(client.get(address)) == []
    for place in places:
        assert client.post(offers(case), chosen(place)).status_code == 409
    assert Booking.objects.count() == 0


def test_of_two_people_free_at_the_same_moment_one_stands_there(nurse: Who, case: Any) -> None:
    places = {str(slot(nurse, starts_at=VISIT)), str(slot(worker(), starts_at=VISIT))}
    shown = values(signed_in(nurse).get(offers(case)))
    assert len(shown) == 1
    assert set(shown) < places


def test_more_than_a_page_of_times_goes_on_from_a_whole_day(nurse: Who, case: Any) -> None:
    for number in range(70):
        day, minutes = divmod(number, 20)
        slot(nurse, starts_at=VISIT + day * DAY + timedelta(minutes=15 * minutes))
    client = signed_in(nurse)
    first = client.get(offers(case))
    assert len(values(first)) == 40
    second = client.get(offers(case) + first.context["later"])
    assert len(values(second)) == 30
    assert second.context["later"] == ""
    assert not set(values(first)) & set(values(second))


def test_an_offer_says_what_happened_and_what_comes_next(nurse: Who, case: Any) -> None:
    place = slot(nurse, starts_at=VISIT)
    response = signed_in(nurse).post(offers(case), chosen(place), follow=True)
    assert response.redirect_chain == [(page_of(case), 302)]
    assert "Tarjottu: to 5.3.2026 klo 9.10. Asukas saa viestin ja vastaa." in text(response)


def test_the_same_offer_sent_twice_is_one(nurse: Who, case: Any) -> None:
    sent, client = chosen(slot(nurse, starts_at=VISIT)), signed_in(nurse)
    for _ in range(2):
        assert client.post(offers(case), sent).status_code == 302
    assert Booking.objects.count() == 1
    assert Slot.objects.get().taken == 1


def test_a_time_that_just_went_brings_fresh_times(nurse: Who, case: Any) -> None:
    place, other = slot(nurse, starts_at=VISIT), slot(nurse, starts_at=VISIT + DAY)
    client = signed_in(nurse)
    client.get(offers(case))
    rival = assessed(contact(), nurse)
    client.post(offers(rival), chosen(place))
    response = client.post(offers(case), chosen(place))
    assert response.status_code == 409
    assert "Aika ehti mennä" in text(response)
    assert values(response) == [str(other)]
    assert client.post(offers(case), chosen(other)).status_code == 302


def test_two_workers_who_offer_to_the_same_person_give_one_time(nurse: Who, case: Any) -> None:
    first, second = slot(nurse, starts_at=VISIT), slot(nurse, starts_at=VISIT + DAY)
    signed_in(nurse).post(offers(case), chosen(first))
    response = signed_in(worker(name="Kolle Kollega")).post(offers(case), chosen(second))
    assert response.status_code == 409
    assert "Joku muu ehti ensin" in text(response)
    assert Booking.objects.count() == 1


@pytest.mark.parametrize("wrong", [{"slot": ""}, {"slot": "zzz"}, {"slot": "x" * 10_000}, {"key": "zzz"}])
def test_an_offer_that_makes_no_sense_is_said_clearly(nurse: Who, case: Any, wrong: dict[str, str]) -> None:
    place = slot(nurse, starts_at=VISIT)
    response = signed_in(nurse).post(offers(case), chosen(place) | wrong)
    assert response.status_code == 422
    assert "Tarkista" in text(response)
    assert Booking.objects.count() == 0


@pytest.mark.parametrize(
    "query", ["from=zzz", "from=0001-01-01", "from=9999-12-31", "unit=zzz&profession=zzz", "unit=%00"]
)
def test_an_address_that_makes_no_sense_is_no_error(nurse: Who, case: Any, query: str) -> None:
    slot(nurse, starts_at=VISIT)
    assert signed_in(nurse).get(f"{offers(case)}?{query}").status_code == 200


def test_a_new_case_is_judged_before_a_time_is_offered(nurse: Who) -> None:
    case = contact()
    assert signed_in(nurse).get(offers(case)).url == page_of(case)
    assert signed_in(nurse).post(offers(case), chosen(slot(nurse, starts_at=VISIT))).status_code == 409


def test_an_offer_can_be_taken_back_and_the_limit_runs_on(nurse: Who, case: Any) -> None:
    booking = offered(case, nurse, starts_at=VISIT)
    client = signed_in(nurse)
    for _ in range(2):  # twice is once
        response = client.post(f"{offers(case)}{booking}/withdrawal/", follow=True)
        assert "Aika on peruttu ja vapaa taas." in text(response)
    found = queries.read_case(case.id, viewer=nurse, language="fi", at=MORNING + DAY)
    assert found.state == "assessed"
    assert found.care_due is not None
    assert found.care_due.is_running
    assert Slot.objects.get().taken == 0
    assert [event.kind for event in found.story].count("booking.cancelled") == 1


def test_the_time_of_another_case_is_not_taken_back_through_this_one(nurse: Who, case: Any) -> None:
    other = assessed(contact(), nurse)
    booking = offered(other, nurse, starts_at=VISIT)
    client = signed_in(nurse)
    assert client.post(f"{offers(case)}{booking}/withdrawal/").status_code == 404
    assert client.post(f"{offers(case)}zzz/withdrawal/").status_code == 404
    assert Slot.objects.get().taken == 1


def test_a_held_visit_is_not_taken_back(nurse: Who, case: Any) -> None:
    booking = offered(case, nurse, starts_at=VISIT)
    cases.record_visit(case=case.id, booking=booking, note="", by=nurse, at=MORNING + timedelta(hours=2))
    assert signed_in(nurse).post(f"{offers(case)}{booking}/withdrawal/").status_code == 409


def test_a_resident_cannot_offer_themselves_a_time(nurse: Who) -> None:
    person = resident()
    case = assessed(contact(person), nurse)
    place = slot(nurse, starts_at=VISIT)
    assert signed_in(as_who(person)).post(offers(case), chosen(place)).status_code == 403


def test_the_page_of_times_takes_as_many_queries_for_forty_as_for_one(nurse: Who, case: Any) -> None:
    client = signed_in(nurse)
    slot(nurse, starts_at=VISIT)
    few = queries_of(client, offers(case))
    for number in range(1, 40):
        slot(nurse, starts_at=VISIT + timedelta(minutes=30 * number))
    assert queries_of(client, offers(case)) == few <= 20 + LOOK


def test_a_time_that_the_resident_has_just_taken_is_not_taken_back_unseen(nurse: Who) -> None:
    person = resident()
    case = assessed(contact(person), nurse)
    booking = offered(case, nurse, starts_at=VISIT)
    client = signed_in(nurse)
    assert 'name="seen" value="offered"' in text(client.get(page_of(case)))
    cases.answer_offer(case=case.id, booking=booking, accepts=True, by=as_who(person), at=MORNING + timedelta(hours=2))
    response = client.post(f"{offers(case)}{booking}/withdrawal/", {"seen": "offered"})
    assert response.status_code == 409
    assert "Varattu aika" in text(response)
    assert client.post(f"{offers(case)}{booking}/withdrawal/", {"seen": "made"}).status_code == 302


def test_remote_times_stand_apart_from_visits(nurse: Who, case: Any) -> None:
    """One never offers a remote time to somebody who was to come to the health station."""
    doctor = worker(role="doctor", name="Lauri Lääkäri")
    visit = free(doctor, "doctor", "sotkamo", VISIT + DAY)
    remote = free(doctor, "doctor", "sotkamo", VISIT, mode="remote")
    client = signed_in(nurse)
    address = f"{offers(case)}?unit=sotkamo&profession=doctor"
    assert values(client.get(address)) == [str(visit)]
    assert "Etäaika, to 5.3." in text(client.get(address))
    assert values(client.get(f"{address}&mode=remote")) == [str(remote)]
    assert client.post(address, chosen(remote)).status_code == 409
    assert "etäaika" in text(client.post(f"{address}&mode=remote", chosen(remote), follow=True))


def test_when_there_are_only_remote_times_they_are_shown(nurse: Who, case: Any) -> None:
    remote = free(nurse, "nurse", "sotkamo", VISIT, mode="remote")
    response = signed_in(nurse).get(offers(case))
    assert values(response) == [str(remote)]
    assert "Sairaanhoitaja, Sotkamon terveysasema: etäaika" in text(response)
