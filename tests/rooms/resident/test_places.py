"""The pages of a service and of a place: whom it is for, where it is, when it is open, how long one waits."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from luotsi.base.now import now
from luotsi.base.who import SYSTEM
from luotsi.domain.catalogue import actions as catalogue
from luotsi.domain.catalogue import queries
from luotsi.domain.catalogue.models import Channel, OpeningHours, Place
from luotsi.domain.catalogue.rules import Hours, UnusualHours, unusual_from
from luotsi.domain.catalogue.rules.hours import Exceptional, Weekly
from luotsi.rooms.resident import waits
from luotsi.rooms.resident.waits import Wait

pytestmark = pytest.mark.django_db
OFFICE = tuple(Weekly(day, time(8), time(16)) for day in range(5))


@pytest.fixture(scope="module", autouse=True)
def services(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The catalogue, taken in once for the file and away after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        catalogue.load_shelf(by=SYSTEM, at=now())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, ...], Wait]:
    told: dict[tuple[str, ...], Wait] = {}
    monkeypatch.setattr(waits, "_waits", lambda by: {key: one for key, one in told.items() if len(key) == len(by)})
    return told


def page(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_the_page_of_a_place_says_where_when_and_what() -> None:
    said = page("/fi/places/kuhmo/")
    for words in (
        "Kuhmon terveysasema",
        "Terveyspolku 3, 88900 Kuhmo",
        "08 000 0104",
        "Hoitajan vastaanotto",
        "Aukioloajat",
    ):
        assert words in said
    assert "<details open" in said, "the hours are printed without a press"
    assert ("county-map-chosen" in said, said.count("county-map-here")) == (True, 1)
    assert re.search(r"Suomussalmi\s+\(noin \d+ km\)", said)
    assert re.search(r"Kuhmo\s+\(lähellä\)", said)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_place_has_a_page_in_each_language(language: str) -> None:
    for key in Place.objects.values_list("key", flat=True):
        page(f"/{language}/places/{key}/")


def test_a_place_that_is_not_there_is_not_found() -> None:
    assert Client().get("/fi/places/atlantis/").status_code == 404
    Place.objects.filter(key="kuhmo").update(unpublished_at=now())
    assert Client().get("/fi/places/kuhmo/").status_code == 404


def test_a_place_costs_a_few_queries_whatever_it_gives(django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(8):
        page("/fi/places/kajaani-hva/")


def test_many_places_are_a_list_and_a_map_until_somebody_says_where_they_live() -> None:
    whole = page("/fi/services/nurse-reception/")
    assert whole.count("/fi/places/") == 8
    assert "Aukioloajat tällä viikolla" not in whole
    mine = page("/fi/services/nurse-reception/?municipality=290")
    assert "Aukioloajat tällä viikolla" in mine
    assert ("08 000 0104" in mine, "08 000 0103" in mine) == (True, False)


def test_a_service_says_whom_it_is_for_and_what_it_costs() -> None:
    said = page("/fi/services/lene/")
    for words in ("3–6-vuotiaat", "Lapset ja heidän perheensä", "Kaikki hyvinvointialueella asuvat"):
        assert words in said
    assert "Aikuisilta peritään asiakasmaksu" in page("/fi/services/urgent-dental-care/")
    assert "65 vuotta täyttäneet" in page("/fi/services/older-oral-check/")


def test_a_service_of_other_municipalities_says_so_and_leads_on() -> None:
    said = page("/fi/services/remote-reception/?municipality=290")
    assert "Tätä palvelua ei ole sinun kunnassasi" in said
    assert "/fi/services/guidance-desk/" in said


def test_how_long_people_wait_is_told_by_service_and_of_the_own_unit_where_it_is_known(waiting: Any) -> None:
    waiting[("nurse-reception",)] = Wait(6, 140, date(2026, 11, 20))
    waiting[("nurse-reception", "kuhmo")] = Wait(2, 31, date(2026, 11, 20))
    assert "enintään 6 päivää" in page("/fi/services/nurse-reception/")
    assert "enintään 2 päivää" in page("/fi/services/nurse-reception/?municipality=290")
    assert "enintään 6 päivää" in page("/fi/services/nurse-reception/?municipality=205")
    assert "Kuinka kauan nyt odotetaan" not in page("/fi/services/doctor-reception/")


def test_a_place_tells_its_own_wait(waiting: Any) -> None:
    waiting[("kuhmo",)] = Wait(0, 12, date(2026, 11, 20))
    assert "samana päivänä" in page("/fi/places/kuhmo/")
    assert "Laskettu 12 ensikäynnistä" in page("/fi/places/kuhmo/")
    assert "odotetaan" not in page("/fi/places/sotkamo/")


def test_holidays_and_exceptions_ahead_are_told_with_their_reason() -> None:
    found = unusual_from(Hours(weekly=OFFICE), date(2026, 12, 20), days=20)
    assert [(one.first, one.times) for one in found] == [
        (date(2026, 12, 24), ()), (date(2026, 12, 25), ()), (date(2027, 1, 1), ()), (date(2027, 1, 6), ()),
    ]  # fmt: skip
    short = Exceptional(date(2026, 12, 28), date(2026, 12, 30), time(9), time(12), "välipäivät")
    both = unusual_from(Hours(weekly=OFFICE, exceptional=(short,)), date(2026, 12, 27), days=4)
    assert both == (UnusualHours(date(2026, 12, 28), date(2026, 12, 30), ((time(9), time(12)),), "välipäivät"),)


def test_an_exception_on_a_holiday_stands_for_it_and_the_past_is_not_told() -> None:
    open_then = Exceptional(date(2026, 12, 24), date(2026, 12, 24), time(8), time(12))
    past = replace(open_then, first=date(2026, 12, 1), last=date(2026, 12, 2))
    found = unusual_from(Hours(weekly=OFFICE, exceptional=(open_then, past)), date(2026, 12, 20), days=5)
    assert found == (UnusualHours(date(2026, 12, 24), date(2026, 12, 24), ((time(8), time(12)),)),)


def test_who_is_always_open_has_no_unusual_hours() -> None:
    assert unusual_from(Hours(always=True), date(2026, 12, 20)) == ()


def test_an_exception_is_read_on_the_page_of_the_place() -> None:
    door = Channel.objects.get(key="kuhmo:walk_in")
    first = now().date().replace(day=1)
    OpeningHours.objects.create(
        channel=door, kind="exceptional", first_day=first, last_day=date(first.year + 1, 12, 31),
        note={"fi": "Remontti", "sv": "Renovering", "en": "Repairs"},
    )  # fmt: skip
    said = page("/sv/places/kuhmo/")
    assert "stängt (Renovering)" in said


def test_a_place_of_another_organisation_has_a_page_by_its_key() -> None:
    Place.objects.create(
        key="ptv:1:0", source="ptv", name={"fi": "Kirjasto"}, street="Kirjastokatu 1", municipality="765"
    )
    found = queries.place_page("ptv:1:0", "sv", now())
    assert found is not None
    assert (found.name, found.language, found.unit, found.services) == ("Kirjasto", "fi", "", ())
    said = page("/sv/places/ptv:1:0/")
    assert '<h1 lang="fi">Kirjasto</h1>' in said
    assert "county-map" not in said, "nobody has told where it is"
