"""A resident finds a group, signs up for all of it, waits when it is full, leaves it, and reads why it is not held."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from luotsi.base.now import now
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.bookings.actions import placing
from luotsi.domain.bookings.models import Booking, Group, WaitingEntry
from luotsi.domain.cases.actions import groups
from luotsi.domain.catalogue import actions as catalogue
from luotsi.domain.people.models import Resident
from tests.factories import as_who, resident, worker
from tests.factories.clients import signed_in
from tests.factories.groups import group_of, leader, meetings_of, signed_up
from tests.rooms.resident.people import acting, let_act

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> Who:
    catalogue.load_shelf(by=SYSTEM, at=now())
    return leader(name="Liisa Vetäjä")


@pytest.fixture
def group(by: Who) -> Group:
    return group_of(by, places=2, name="Syksyn ryhmä")


@pytest.fixture
def person() -> Resident:
    return resident()


def url(group: Group, name: str = "group") -> str:
    return reverse(name, args=[group.pk])


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_a_visitor_finds_the_group_and_is_asked_to_sign_in_to_sign_up(group: Group, client: Client) -> None:
    for address in (reverse("groups"), reverse("service", args=["mental-health"]), reverse("groups") + "?service=x"):
        shown = "Stressinhallintaryhmä: Syksyn ryhmä" in text(client, address)
        assert shown == ("service=x" not in address)
    page = text(client, url(group))
    for told in ("2 paikkaa jäljellä", "Liisa Vetäjä", "Puhumme stressistä", "vähintään 2 ihmistä"):
        assert told in page
    answer = client.get(url(group, "group-places"))
    assert answer.status_code == 302
    assert "session" in answer["Location"]
    assert client.get(reverse("group", args=[uuid4()])).status_code == 404


def test_signing_up_takes_one_press_and_pressing_twice_takes_one_place(group: Group, person: Resident) -> None:
    client, key = signed_in(as_who(person)), uuid4()
    assert "Saat paikan näihin tapaamisiin" in text(client, url(group, "group-places"))
    for _ in range(2):
        answer = client.post(url(group, "group-places"), {"key": key})
        assert answer["Location"] == url(group)
    assert Booking.objects.filter(resident=person, cancelled_at=None).count() == meetings_of(group)
    assert f"Sinulla on paikka {meetings_of(group)} tapaamisessa" in text(client, url(group))
    assert "Sinulla on paikka" in text(client, url(group))
    assert "Ryhmäsi" in text(client, reverse("groups"))
    first = Booking.objects.filter(resident=person).order_by("slot__starts_at")[0]
    page = text(client, reverse("time", args=[first.id]))
    assert url(group) in page
    assert "Siirrä aika" not in page
    assert client.get(reverse("time-moving", args=[first.id])).status_code == 302


def test_a_full_group_lets_one_wait_and_the_freed_place_is_taken(group: Group, person: Resident) -> None:
    others, client = [resident(), resident()], signed_in(as_who(person))
    for other in others:
        signed_up(other, group)
    assert "Jää odottamaan paikkaa" in text(client, url(group))
    told = client.post(url(group, "group-places"), {"key": uuid4()}, follow=True).content.decode()
    assert "Viimeinen paikka meni juuri toiselle" in told
    for _ in range(2):
        client.post(url(group, "group-waiting"), {"key": uuid4()})
    assert "Olet jonossa" in text(client, url(group))
    entry = WaitingEntry.objects.get(resident=person)
    groups.leave(group=group.pk, resident=others[0].id, by=as_who(others[0]), at=now())
    assert placing.tick(at=now()) == 1
    page = text(client, reverse("times"))
    assert "Ryhmästä on vapautunut paikka" in page
    offer = entry.offers.get()
    client.post(reverse("freed-time", args=[offer.id]), {"answer": "accept"})
    assert "Sinulla on paikka" in text(client, url(group))
    assert Booking.objects.filter(resident=person, accepted_at__isnull=False).count() == meetings_of(group)


def test_leaving_says_what_it_means_first(group: Group, person: Resident) -> None:
    client = signed_in(as_who(person))
    assert client.get(url(group, "group-leaving")).status_code == 302
    signed_up(person, group)
    assert f"kaikkiin {meetings_of(group)} jäljellä olevaan" in text(client, url(group, "group-leaving"))
    assert Booking.objects.filter(resident=person, cancelled_at=None).exists()
    client.post(url(group, "group-leaving"))
    assert not Booking.objects.filter(resident=person, cancelled_at=None).exists()


def test_who_had_a_place_reads_why_the_group_is_not_held(group: Group, person: Resident) -> None:
    signed_up(person, group)
    Group.objects.filter(pk=group.pk).update(decide_by=(now() - timedelta(days=1)).date())
    groups.tick(at=now())
    client = signed_in(as_who(person))
    row = Booking.objects.filter(resident=person)[0]
    for address in (url(group), reverse("time", args=[row.id])):
        assert "Ilmoittautuneita oli liian vähän" in text(client, address)
    assert client.get(url(group, "group-places")).status_code == 302


def test_a_bad_form_and_a_second_group_say_what_is_wrong(group: Group, by: Who, person: Resident) -> None:
    client = signed_in(as_who(person))
    assert client.post(url(group, "group-places"), {"key": "x"}).status_code == 404
    signed_up(person, group)
    other = group_of(by, first=group.plan.valid_from + timedelta(days=1))
    told = client.post(url(other, "group-places"), {"key": uuid4()}, follow=True).content.decode()
    assert "Sinulla on jo paikka tällaisessa ryhmässä" in told


def test_a_parent_signs_a_child_up_and_who_may_not_sees_nothing(group: Group, person: Resident) -> None:
    child = resident(now().date() - timedelta(days=365 * 9))
    let_act(person, child, kind="guardian", source="population_register")
    client = acting(person, child)
    client.post(url(group, "group-places"), {"key": uuid4()})
    assert set(Booking.objects.values_list("resident_id", flat=True)) == {child.id}
    assert "Sinulla on paikka" not in text(signed_in(as_who(person)), url(group))


def test_to_a_group_by_referral_nobody_signs_up_alone(by: Who, person: Resident) -> None:
    petri = worker("physiotherapist", "fysioterapia")
    group = group_of(petri, offering="balance-group", unit="fysioterapia", profession="physiotherapist")
    client = signed_in(as_who(person))
    page = text(client, url(group))
    assert ("Tähän ryhmään ohjaa ammattilainen" in page, url(group, "group-places") in page) == (True, False)
    assert "Ammattilainen ohjaa tähän ryhmään" in text(client, url(group, "group-places"))
    client.post(url(group, "group-places"), {"key": uuid4()})
    assert client.post(url(group, "group-waiting"), {"key": uuid4()}).status_code == 404
    assert not Booking.objects.exists()
