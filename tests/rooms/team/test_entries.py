"""The pages of the wellbeing tray: an association writes, the county answers, people find."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from luotsi.base.now import today
from luotsi.base.who import Who
from luotsi.domain.catalogue.models import Service, TrayEntry
from tests.factories import worker
from tests.factories.clients import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def taru(db: None) -> Who:
    return worker("organisation-worker", "kainuun-kumppanit", "Taru Testi")


@pytest.fixture
def oona(db: None) -> Who:
    return worker("service-adviser", "asiakasohjaus", "Oona Testi")


def typed(**more: object) -> dict[str, object]:
    told = {
        "key": uuid4(), "kind": "exercise", "name_fi": "Kävelykaverit", "summary_fi": "Kävelemme yhdessä.",
        "description_fi": "Rauhallista vauhtia.", "coming_fi": "Tiistaisin kello 10.", "phone": "08 000 0153",
        "review_on": (today() + timedelta(days=200)).isoformat(),
    }  # fmt: skip
    return told | more


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def takes(client: Client, entry: TrayEntry, step: str, **more: object) -> int:
    return client.post(reverse("entry-steps", args=[entry.id]), {"step": step, **more}).status_code


def test_an_association_writes_the_county_checks_and_people_read(taru: Who, oona: Who) -> None:
    writer, checker = signed_in(taru), signed_in(oona)
    assert "Ei vielä palveluja" in text(writer, reverse("entries"))
    answer = writer.post(reverse("entry-draft"), typed())
    entry = TrayEntry.objects.get()
    assert answer["Location"] == reverse("entry", args=[entry.id])
    assert takes(writer, entry, "publish") == 409
    assert takes(writer, entry, "send") == 302
    assert "1 odottaa tarkistusta" in text(checker, reverse("entries"))
    assert "Kainuun Kumppanit ry" in text(checker, reverse("entries"))
    assert takes(checker, entry, "check") == 302
    assert takes(writer, entry, "publish") == 302
    service = Service.objects.published().get(source="tray")
    page = text(Client(), reverse("service", args=[service.key]))
    assert "Kävelemme yhdessä." in page
    assert "08 000 0153" in page
    assert reverse("service", args=[service.key]) in text(writer, reverse("entry", args=[entry.id]))


def test_a_repeated_form_makes_one_draft(taru: Who) -> None:
    told, writer = typed(), signed_in(taru)
    for _ in range(2):
        assert writer.post(reverse("entry-draft"), told).status_code == 302
    assert TrayEntry.objects.count() == 1


def test_bad_input_is_said_by_its_field_and_nothing_is_lost(taru: Who) -> None:
    writer = signed_in(taru)
    for more, words in (
        ({"name_fi": ""}, "Kirjoita palvelun nimi suomeksi"),
        ({"kind": "nonsense"}, "Valitse, mihin palvelu liittyy"),
        ({"url": "ei osoite"}, "Kirjoita verkko-osoite"),
        ({"phone": "soita"}, "uhelinnumero"),
        ({"street": "Katu 1", "postcode": ""}, "Kirjoita postinumero"),
        ({"postcode": "871"}, "viisi numeroa"),
        ({"municipalities": ["999"]}, "Valitse kunta luettelosta"),
        ({"review_on": "joskus"}, "Kirjoita päivä näin"),
        ({"name_fi": "x" * 101}, "Teksti on liian pitkä"),
    ):
        answer = writer.post(reverse("entry-draft"), typed(**more))
        body = answer.content.decode()
        assert (answer.status_code, words in body) == (422, True), words
        assert "Rauhallista vauhtia." in body
    assert not TrayEntry.objects.exists()


def test_what_is_missing_is_listed_and_nothing_is_sent(taru: Who) -> None:
    writer = signed_in(taru)
    writer.post(reverse("entry-draft"), typed(phone="", summary_fi=""))
    entry = TrayEntry.objects.get()
    assert takes(writer, entry, "send") == 422
    body = text(writer, reverse("entry", args=[entry.id]))
    assert "Yhdellä lauseella" in body
    assert "Puhelinnumero, verkko-osoite tai katuosoite" in body


def test_the_checker_returns_it_with_what_to_mend(taru: Who, oona: Who) -> None:
    writer, checker = signed_in(taru), signed_in(oona)
    writer.post(reverse("entry-draft"), typed())
    entry = TrayEntry.objects.get()
    takes(writer, entry, "send")
    assert takes(checker, entry, "return", remark="") == 422
    assert takes(checker, entry, "return", remark="Kerro mistä lähdetään.") == 302
    assert "Kerro mistä lähdetään." in text(writer, reverse("entry", args=[entry.id]))
    assert "1 odottaa sinua" in text(writer, reverse("entries"))


def test_who_writes_from_an_old_page_is_told_and_loses_nothing(taru: Who) -> None:
    writer = signed_in(taru)
    writer.post(reverse("entry-draft"), typed())
    entry = TrayEntry.objects.get()
    before = {"seen": (entry.written_at - timedelta(minutes=1)).isoformat()}
    answer = writer.post(reverse("entry-text", args=[entry.id]), typed(name_fi="Oma muutos", **before))
    assert (answer.status_code, "Oma muutos" in answer.content.decode()) == (409, True)
    now_seen = {"seen": entry.written_at.isoformat()}
    assert (
        writer.post(reverse("entry-text", args=[entry.id]), typed(name_fi="Oma muutos", **now_seen)).status_code == 302
    )
    assert TrayEntry.objects.get().draft["name"]["fi"] == "Oma muutos"


def test_another_organisation_and_a_nurse_find_nothing(taru: Who) -> None:
    signed_in(taru).post(reverse("entry-draft"), typed())
    entry = TrayEntry.objects.get()
    other = signed_in(worker("organisation-worker", "kajaanin-liikunta", "Lasse Liikuttaja"))
    for name in ("entry", "entry-text"):
        assert other.get(reverse(name, args=[entry.id])).status_code == 404
    assert takes(other, entry, "send") == 404
    assert "Kävelykaverit" not in text(other, reverse("entries"))
    assert signed_in(worker("nurse")).get(reverse("entries")).status_code == 403


def test_the_list_asks_as_much_of_many_as_of_one(taru: Who, django_assert_max_num_queries: object) -> None:
    writer = signed_in(taru)
    for number in range(5):
        writer.post(reverse("entry-draft"), typed(name_fi=f"Palvelu {number}"))
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        assert "Palvelu 4" in text(writer, reverse("entries"))


def test_the_worker_lands_on_the_tray(taru: Who) -> None:
    body = text(signed_in(taru), reverse("referrals"))
    assert reverse("entries") in body
