"""A resident finds a vehicle's stop by village and day, books there, and moves the time to another stop."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from luotsi.base.now import now
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.bookings.actions import waiting
from luotsi.domain.bookings.models import Booking, Slot, SlotOffer, WaitingEntry
from luotsi.domain.catalogue import actions as catalogue
from luotsi.domain.people.models import Resident
from tests.factories import as_who, resident, worker
from tests.factories.clients import signed_in
from tests.factories.times import AT
from tests.factories.vehicle import STOP, driven, next_tuesday

pytestmark = pytest.mark.django_db
DAY = next_tuesday(AT)


@pytest.fixture
def nurse() -> Who:
    catalogue.load_shelf(by=SYSTEM, at=AT)
    nurse = worker(name="Aino Autossa")
    driven(nurse, worker("unit-manager"), at=AT)
    return nurse


@pytest.fixture
def person() -> Resident:
    return resident()


def times_at(stop: str, days: int = 0) -> str:
    return reverse("stop-times", args=[stop, (DAY + timedelta(days=days)).isoformat()])


def slots(stop: str) -> list[UUID]:
    return list(Slot.objects.filter(plan__stop=stop).order_by("starts_at").values_list("id", flat=True))


def chosen(slot: UUID, **more: object) -> dict[str, object]:
    return {"slot": slot, "key": uuid4(), "offering": "kulkuri-nurse", "reason": "care", **more}


def test_a_visitor_sees_the_days_by_village_and_of_one_municipality(nurse: Who, client: Client) -> None:
    page = client.get(reverse("stops")).content.decode()
    assert ("Vuokatti" in page, "Laakajärvi" in page) == (True, True)
    assert "6 vapaata aikaa" in page

    elsewhere = client.get(reverse("stops"), {"municipality": "290"}).content.decode()
    assert "Ei vielä tiedossa olevia päiviä" in elsewhere
    village = client.get(reverse("stop", args=[STOP])).content.decode()
    assert ("Kirjaston piha" in village, "verenpainemittari" in village) == (True, True)


def test_choosing_a_time_asks_a_visitor_to_sign_in_first(nurse: Who, client: Client) -> None:
    answer = client.get(times_at(STOP))
    assert (answer.status_code, "/session/" in answer["Location"]) == (302, True)


def test_a_time_at_a_stop_is_kept_confirmed_and_says_where(nurse: Who, person: Resident) -> None:
    client = signed_in(as_who(person))
    answer = client.post(times_at(STOP), chosen(slots(STOP)[0]))
    booking = Booking.objects.get()
    confirmation = reverse("time-confirmation", args=[booking.id])
    assert (answer.status_code, answer["Location"]) == (302, confirmation)
    assert "Vuokatti, kirjaston piha" in client.get(confirmation).content.decode()

    client.post(confirmation, {"answer": "confirm"})

    booking.refresh_from_db()
    assert (booking.accepted_at is not None, booking.reason) == (True, "care")
    page = client.get(reverse("time", args=[booking.id])).content.decode()
    assert ("Vuokatti, kirjaston piha" in page, "Monipalveluautossa" in page) == (True, True)
    assert "Sotkamon terveysasema" not in client.get(reverse("times")).content.decode()


def test_who_wants_another_time_comes_back_to_the_stops(nurse: Who, person: Resident) -> None:
    client = signed_in(as_who(person))
    client.post(times_at(STOP), chosen(slots(STOP)[0]))

    answer = client.post(reverse("time-confirmation", args=[Booking.objects.get().id]), {"answer": "other"})

    assert answer["Location"] == reverse("stops")
    assert client.get(answer["Location"]).status_code == 200


def test_without_a_time_or_a_reason_the_page_says_so_and_keeps_what_was_chosen(nurse: Who, person: Resident) -> None:
    client = signed_in(as_who(person))
    no_time = client.post(times_at(STOP), {"key": uuid4(), "offering": "kulkuri-nurse", "reason": "care"})
    no_reason = client.post(times_at(STOP), chosen(slots(STOP)[2], reason="x"))

    assert (no_time.status_code, no_reason.status_code) == (422, 422)
    assert "Valitse aika." in no_time.content.decode()
    assert 'value="care"' in no_time.content.decode()
    kept = no_reason.content.decode().split(f'value="{slots(STOP)[2]}"')[1].split(">")[0]
    assert " checked" in kept
    assert not Booking.objects.exists()


def test_a_time_that_went_meanwhile_brings_fresh_ones(nurse: Who, person: Resident) -> None:
    slot = slots(STOP)[0]
    signed_in(as_who(resident())).post(times_at(STOP), chosen(slot))

    answer = signed_in(as_who(person)).post(times_at(STOP), chosen(slot))

    assert (answer.status_code, "Joku muu ehti varata" in answer.content.decode()) == (409, True)


def test_a_booked_time_moves_to_another_stop(nurse: Who, person: Resident) -> None:
    client = signed_in(as_who(person))
    client.post(times_at(STOP), chosen(slots(STOP)[0]))
    old = Booking.objects.get()
    client.post(reverse("time-confirmation", args=[old.id]), {"answer": "confirm"})

    answer = client.get(reverse("time-moving", args=[old.id]))
    assert answer["Location"] == f"{reverse('stop', args=[STOP])}?moving={old.id}"
    page = client.get(times_at("tipasoja"), {"moving": old.id}).content.decode()
    assert "Siirrä tähän aikaan" in page
    client.post(times_at("tipasoja"), {"slot": slots("tipasoja")[0], "key": uuid4(), "moving": old.id})

    new = Booking.objects.get(moved_from=old)
    old.refresh_from_db()
    assert (old.cancelled_by, new.slot.plan.stop, new.reason) == ("move", "tipasoja", "care")
    assert Slot.objects.get(id=old.slot_id).taken == 0


def test_another_persons_time_cannot_be_moved_here(nurse: Who, person: Resident) -> None:
    signed_in(as_who(resident())).post(times_at(STOP), chosen(slots(STOP)[0]))
    answer = signed_in(as_who(person)).get(times_at("tipasoja"), {"moving": Booking.objects.get().id})
    assert answer.status_code == 404


@pytest.mark.parametrize("address", ["/fi/stops/atlantis/", "/fi/stops/vuokatti/2026-13-45/times/"])
def test_a_stop_or_day_that_is_not_there_is_not_found(nurse: Who, person: Resident, address: str) -> None:
    assert signed_in(as_who(person)).get(address).status_code == 404


def test_a_day_without_the_vehicle_leads_back_to_the_village(nurse: Who, person: Resident) -> None:
    answer = signed_in(as_who(person)).get(times_at(STOP, days=1))
    assert answer["Location"] == reverse("stop", args=[STOP])


def test_the_service_leads_to_its_stops(nurse: Who, client: Client) -> None:
    page = client.get(reverse("service", args=["mobile-services"])).content.decode()
    assert f'href="{reverse("stops")}"' in page
    assert f'href="{reverse("stops")}"' not in client.get(reverse("service", args=["memory-nurse"])).content.decode()
    assert now() > AT


def test_who_finds_the_day_full_waits_for_a_time_at_the_stops_that_suit(nurse: Who, person: Resident) -> None:
    here, other = slots(STOP), slots("laakajarvi")
    Slot.objects.filter(id__in=[*here, *other]).update(taken=1)
    browser = signed_in(as_who(person))
    page = browser.get(times_at(STOP)).content.decode()
    assert ("ei ole vapaita aikoja" in page, "Liity jonoon" in page) == (True, True)
    told = {"key": uuid4(), "offering": "kulkuri-nurse", "stops": [STOP, "no-such"]}
    address = reverse("service-waiting", args=["mobile-services"])
    for _ in range(2):
        browser.post(address, told)
    entry = WaitingEntry.objects.get(resident=person)
    assert entry.wishes == {"stops": [STOP]}
    again = browser.post(address, {**told, "key": uuid4(), "stops": ["laakajarvi"]}, follow=True).content.decode()
    assert "Olet jo tässä jonossa" in again

    Slot.objects.filter(id__in=other).update(taken=0)
    waiting.tick(at=AT)
    assert not SlotOffer.objects.exists(), "a time at another stop is no help"
    Slot.objects.filter(id=here[-1]).update(taken=0)
    waiting.tick(at=AT)
    assert SlotOffer.objects.get(entry=entry).slot_id == here[-1]
    mine = browser.get(reverse("times")).content.decode()
    assert ("Vuokatti" in mine, "Sotkamon terveysasema" in mine) == (True, False)
